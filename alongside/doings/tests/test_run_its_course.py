"""What somebody said yes to is over one day: a detox bed, ten days. The yes stands as it was given."""

import pytest

from alongside.doings import operations
from alongside.doings.tests.world import NOW, around_trace
from alongside.kernel.acting import acting_as
from tests.database import as_owner


def test_what_somebody_said_yes_to_is_over_one_day_and_the_yes_was_never_taken_back(db):
    world = around_trace()
    with acting_as(world.trace):
        over = operations.finish(by=world.trace, doing=world.to, words="Seven days.", at=NOW)
    assert (over.state, over.over_at) == ("ended", NOW)
    with as_owner():
        world.yes.refresh_from_db()
    assert world.yes.withdrawn_at is None


def test_what_the_law_makes_somebody_do_is_not_over_because_anybody_says_so(db):
    world = around_trace()
    with acting_as(world.trace), pytest.raises(ValueError, match="duty ends"):
        operations.finish(by=world.trace, doing=world.proposed)
