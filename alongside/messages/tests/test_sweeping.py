"""What the queue cannot see of itself: a message whose job is gone, and one of which nobody knows if it arrived.

Serves F7 and I11: nothing that was written is forgotten, and nothing that is well is touched again.
"""

import datetime as dt

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.messages import sending, sweeping
from alongside.messages.models import Delivery
from alongside.messages.providers import Found, NotGone, console
from tests.cast import serving
from tests.database import as_owner

from .test_waiting import post, written  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya():
    return serving("Priya Nair")


@pytest.mark.parametrize(
    ("minutes", "state", "lost"),
    [
        (1, "waiting", 0),
        (3, "waiting", 1),
        (1, "sending", 0),
        (3, "sending", 1),
        (3, "sent", 0),
        (3, "for_a_human", 0),
    ],
)
def test_what_has_no_job_any_more_is_found_after_two_minutes(priya, minutes, state, lost):
    written(priya)
    then = timezone.now() - dt.timedelta(minutes=minutes)
    with as_owner():
        ProcrastinateJob.objects.all()._raw_delete("default")
        Delivery.objects.update(state=state, next_try=then, sending_since=then, sent_at=then)
    assert sweeping.sweep_forgotten() == lost


@pytest.mark.parametrize(("days", "asked"), [(0, 1), (2.9, 1), (3.1, 0)])
def test_whether_it_arrived_is_asked_for_three_days(priya, monkeypatch, days, asked):
    monkeypatch.setattr(console.Console, "look_up", lambda self, reference: (Found.ARRIVED, ""))
    sending.deliver(written(priya).pk)
    with as_owner():
        Delivery.objects.update(sent_at=timezone.now() - dt.timedelta(days=days))
    assert sweeping.ask_how_it_went() == asked
    assert sweeping.ask_how_it_went() == 0


@pytest.mark.parametrize(
    ("known", "answers", "state"),
    [
        (Found.GONE, 0, "sent"),
        (Found.NOT_GONE, 0, "sent"),
        (Found.CANNOT_TELL, 0, "sent"),
        (Found.ARRIVED, 1, "sent"),
        (Found.CAME_BACK, 1, "failed"),
    ],
)
def test_only_a_clear_answer_changes_anything(priya, monkeypatch, known, answers, state):
    monkeypatch.setattr(console.Console, "look_up", lambda self, reference: (known, ""))
    sending.deliver(written(priya).pk)
    assert sweeping.ask_how_it_went() == answers
    with as_owner():
        delivery = Delivery.objects.exclude(about_type="stuck").get()
    assert delivery.state == state
    assert (delivery.arrived_at is not None) == (known is Found.ARRIVED)


def test_where_nobody_answers_the_question_is_asked_again_another_hour(priya, monkeypatch):
    def away(self, reference):
        raise NotGone("Nobody answers.")

    sending.deliver(written(priya).pk)
    monkeypatch.setattr(console.Console, "look_up", away)
    assert sweeping.ask_how_it_went() == 0
    monkeypatch.setattr(console.Console, "look_up", lambda self, reference: (Found.ARRIVED, ""))
    assert sweeping.ask_how_it_went() == 1
