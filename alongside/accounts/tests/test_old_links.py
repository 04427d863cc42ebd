"""Links that have long let nobody in are let go, and no other."""

import datetime as dt

import pytest
from procrastinate.contrib.django import app

from alongside.accounts import operations
from alongside.accounts.models import SignInLink
from alongside.audit.models import Event
from alongside.kernel import clock
from alongside.kernel.acting import acting_as, working_on
from alongside.messages.tasks import old_links
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(days=31)
LATELY = dt.timedelta(days=29)


@pytest.fixture
def trace(db):
    return cast.person("Tracey Hallam", called="Trace")


def link(whoever, *, until, **became):
    """A link as it stands today: `until` and what became of it, each as so long ago."""
    with as_owner():
        return SignInLink.objects.create(
            account=whoever.account,
            way="email",
            digest=f"{SignInLink.objects.count():064}",
            made_at=clock.now() - dt.timedelta(days=400),
            until=clock.now() - until,
            **{what: clock.now() - ago for what, ago in became.items()},
        )


def standing():
    with as_owner():
        return set(SignInLink.objects.values_list("pk", flat=True))


def test_links_that_ended_a_month_ago_are_let_go_and_the_others_stay(trace):
    old = [
        link(trace, until=LONG_AGO),
        link(trace, until=LATELY, used_at=LONG_AGO),
        link(trace, until=-LATELY, taken_back_at=LONG_AGO),
    ]
    kept = [link(trace, until=LATELY), link(trace, until=-LATELY), link(trace, until=LATELY, used_at=LATELY)]
    old_links(timestamp=0)
    assert standing() == {each.pk for each in kept}
    with as_owner():
        events = Event.objects.filter(did="sign_in.let_link_go")
        assert {event.thing_id for event in events} == {each.pk for each in old}
        assert {(event.work, event.person_id) for event in events} == {("sign_in.sweep", None)}
    assert operations.sweep_links() == 0


def test_more_than_can_be_let_go_at_once_are_let_go_the_next_day(trace, monkeypatch):
    for days in range(3):
        link(trace, until=LONG_AGO + dt.timedelta(days=days))
    monkeypatch.setattr(operations, "SWEPT_AT_ONCE", 2)
    assert [operations.sweep_links() for _ in range(3)] == [2, 1, 0]


def test_nobody_else_removes_a_link_and_a_good_one_is_never_removed(trace):
    old, good = link(trace, until=LONG_AGO), link(trace, until=-LATELY)
    for who in (acting_as(trace), working_on("sign_in"), working_on("messages.send")):
        with who:
            SignInLink.objects.filter(pk=old.pk).delete()
    with working_on("sign_in.sweep"):
        SignInLink.objects.filter(pk=good.pk).delete()
    assert standing() == {old.pk, good.pk}


def test_it_is_done_every_night():
    assert ("messages.old_links", "old links") in app.periodic_registry.periodic_tasks
