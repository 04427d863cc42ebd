"""What is somebody's own to do is done by nobody else, however near they stand (I19)."""

import pytest

from alongside.consent.policies import check_is_own_page
from alongside.consent.tests.world import EVERYBODY, PERSON, around_trace
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_the_person_is_on_their_own_page(who):
    world = around_trace()
    with acting_as(world.who[who]):
        assert check_is_own_page.allows(world.who[who], world.trace) is (who == PERSON)


def test_their_other_record_is_theirs_too_and_not_the_other_way_round():
    trace = cast.person("Tracey Hallam")
    twin = cast.person("T. Hallam", account=False, same_as=trace)
    assert check_is_own_page.allows(trace, twin)
    assert not check_is_own_page.allows(twin, trace)


def test_whoever_walks_with_them_is_told_that_it_is_theirs():
    world = around_trace()
    with pytest.raises(Denied, match="This is theirs to do, not yours"):
        check_is_own_page(world.who["a walker"], world.trace)
