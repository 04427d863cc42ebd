"""Those it was shared with are told within the hour that it ended, in the name of a human, once."""

import pytest
from django.utils import timezone

from alongside.consent.models import SaySo
from alongside.consent.operations import withdraw_say_so
from alongside.kernel.acting import acting_as
from alongside.messages import telling
from alongside.messages.models import Message
from alongside.people.models import Role
from tests.cast import person, say_so, serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended():
    """Trace takes back what probation could read."""
    trace, probation = person(), serving("Sam Probation")
    given = say_so(trace, probation).say_so
    with acting_as(trace):
        withdraw_say_so(by=trace, say_so=given, words="canary")
    return probation


def everything():
    with as_owner():
        return list(Message.objects.select_related("sender"))


def test_the_one_it_was_shared_with_is_told_by_a_human(ended):
    serving("Ruth Collier", Role.DUTY_HUMAN)
    assert telling.tell_of_withdrawals() == 1
    (told,) = everything()
    assert told.to_person_id == ended.pk
    assert told.sender.called == "Ruth"
    assert "Tracey has taken back what they let you read" in told.words
    assert "canary" not in told.words
    with as_owner():
        assert SaySo.objects.get().told_at


def test_they_are_told_once(ended):
    telling.tell_of_withdrawals()
    assert telling.tell_of_withdrawals() == 0
    assert len(everything()) == 1


def test_what_still_holds_is_told_to_nobody():
    say_so(person(), serving("Sam Probation"))
    assert telling.tell_of_withdrawals() == 0


def test_what_came_to_its_day_is_told_too():
    given = say_so(person(), serving("Sam Probation"), until=timezone.now()).say_so
    telling.every_minute()
    (told,) = everything()
    assert "has come to its end" in told.words
    with as_owner():
        given.refresh_from_db()
    assert given.state == "ended"


def test_what_fails_does_not_keep_the_rest_from_being_done(ended, monkeypatch):
    def falls_over():
        raise ZeroDivisionError

    monkeypatch.setattr(telling, "end_all_by_date", falls_over)
    with pytest.raises(RuntimeError, match="falls_over"):
        telling.every_minute()
    assert len(everything()) == 1
