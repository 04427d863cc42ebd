"""What is broken, for those who look after the place: all of it, nothing that is well, and no word of anybody's.

Serves F7, I11 and I30: what stands still is seen by a human with a name before anybody has to ask.
"""

import datetime as dt

import pytest
from django.utils import timezone

from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.messages import queries
from alongside.messages.models import FullHouse, HelloWait
from alongside.people.models import Role
from tests.cast import person, serving
from tests.database import as_owner

from .rows import on_its_way, said

pytestmark = pytest.mark.django_db


def ago(minutes):
    return timezone.now() - dt.timedelta(minutes=minutes)


@pytest.fixture
def lead():
    return serving("Ruth Collier", Role.TEAM_LEAD)


def broken(viewer):
    with acting_as(viewer):
        return queries.broken(viewer=viewer)


@pytest.mark.parametrize(
    ("how", "seen"),
    [
        ({"state": "failed", "trouble": "x"}, True),
        ({"state": "not_known", "trouble": "x"}, True),
        ({"state": "kept_back", "trouble": "x"}, True),
        ({"state": "waiting", "tries": 2}, False),
        ({"state": "waiting", "tries": 3}, True),
        ({"state": "sending", "sending_since": 9}, False),
        ({"state": "sending", "sending_since": 11}, True),
        ({"state": "sent", "sent_at": 11, "tries": 5}, False),
        ({"state": "for_a_human"}, False),
        ({"state": "let_go", "let_go_words": "x"}, False),
    ],
)
def test_a_message_is_seen_when_it_is_stuck_slow_or_tried_again_and_again(lead, how, seen):
    # Minutes ago, counted when the test runs: a suite takes longer than a minute.
    since = {name: ago(how[name]) for name in ("sending_since", "sent_at") if name in how}
    on_its_way(serving("Priya Nair"), person(), **(how | since))
    found = broken(lead)
    assert bool(found.deliveries) is seen
    assert "anary" not in repr([vars(one) for one in found.deliveries])


JOB = "INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at, worker_id) VALUES "


@pytest.mark.parametrize(
    ("status", "due", "heard", "seen"),
    [
        ("todo", 9, None, False),
        ("todo", 11, None, True),
        ("todo", -60, None, False),  # for later
        ("doing", 60, 1, False),  # its worker is alive
        ("doing", 60, 3, True),
        ("doing", 60, None, True),  # nobody's
        ("succeeded", 60, None, False),
    ],
)
def test_a_job_is_seen_when_nobody_is_at_it(lead, status, due, heard, seen):
    with as_owner() as cursor:
        worker = None
        if heard is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [ago(heard)]
            )
            worker = cursor.fetchone()[0]
        cursor.execute(JOB + "('messages', 'x', %s, %s, %s)", [status, ago(due), worker])
    assert bool(broken(lead).stalled_jobs) is seen


@pytest.mark.parametrize(("hours", "seen"), [(1, True), (23, True), (25, False)])
def test_a_job_that_broke_is_seen_for_a_day(lead, hours, seen):
    with as_owner() as cursor:
        cursor.execute(JOB + "('messages', 'x', 'failed', NULL, NULL) RETURNING id")
        job = cursor.fetchone()[0]
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [job])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'failed', %s)",
            [job, ago(hours * 60)],
        )
    assert bool(broken(lead).stalled_jobs) is seen


@pytest.mark.parametrize(
    ("late", "answered", "seen"), [(True, False, True), (False, False, False), (True, True, False)]
)
def test_a_hello_is_seen_when_its_day_is_over_and_nobody_answered(lead, late, answered, seen):
    wait = said(serving("Priya Nair"))
    with as_owner():
        HelloWait.objects.filter(pk=wait.pk).update(
            said_at=ago(120), answer_by=ago(1 if late else -60), answered_at=ago(5) if answered else None
        )
    found = broken(lead)
    assert bool(found.hellos) is seen
    assert not any(hasattr(one, "words") for one in found.hellos)


@pytest.mark.parametrize("answered", [True, False])
def test_a_day_without_room_is_seen_until_it_is_answered_for(lead, answered):
    wait = said(None, no_room=True)
    with as_owner():
        FullHouse.objects.create(
            wait=wait, day=timezone.localdate(), answered_at=ago(1) if answered else None
        )
    assert bool(broken(lead).full_houses) is not answered


def test_where_all_is_well_it_says_so(lead):
    serving("Dot Garrod", Role.DUTY_HUMAN)
    found = broken(lead)
    assert not found.anything
    assert not found.nobody_at_the_door


@pytest.mark.parametrize("role", Role.values)
def test_only_those_who_look_after_the_place_see_it(role):
    whoever = serving("Helena Marsh", role)
    if role in (Role.STEWARD, Role.TEAM_LEAD, Role.DUTY_HUMAN):
        assert broken(whoever).nobody_at_the_door is (role != Role.DUTY_HUMAN)
    else:
        with pytest.raises(Denied, match="Those who look after the place see this"):
            broken(whoever)


def test_ones_own_to_do_is_seen_oldest_first_and_never_a_link_to_sign_in():
    priya, trace = serving("Priya Nair"), person()
    later = on_its_way(priya, trace, state="for_a_human")
    first = on_its_way(priya, trace, state="failed", trouble="x")
    with as_owner():
        type(first.message).objects.filter(pk=first.message_id).update(written_at=ago(60))
    on_its_way(priya, trace, "sign_in", state="failed", trouble="x")
    on_its_way(priya, trace, state="sent", sent_at=ago(1))
    on_its_way(serving("Bev Ormerod"), trace, state="for_a_human")
    with acting_as(priya):
        assert [one.delivery.pk for one in queries.to_do(viewer=priya)] == [first.pk, later.pk]


@pytest.mark.parametrize(
    ("who", "finds"),
    [("priya", True), ("bev", False), ("trace", False), ("denise", True), ("ruth", True), ("dot", True)],
)
def test_a_message_to_mend_is_found_by_its_sender_and_those_who_look_after_the_place(who, finds):
    people = {
        "priya": serving("Priya Nair"), "bev": serving("Bev Ormerod"), "trace": person(),
        "denise": serving("Denise Armstrong", Role.STEWARD), "ruth": serving("Ruth Collier", Role.TEAM_LEAD),
        "dot": serving("Dot Garrod", Role.DUTY_HUMAN),
    }  # fmt: skip
    stuck = on_its_way(people["priya"], people["trace"], state="failed", trouble="x")
    viewer = people[who]
    with acting_as(viewer):
        assert (queries.find_delivery(viewer=viewer, delivery=stuck.pk) is not None) is finds
