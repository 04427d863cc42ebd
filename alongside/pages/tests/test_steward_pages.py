"""Looking after the place: people and roles, organisations, records of one person, and what is broken."""

import datetime as dt

import pytest
from django.urls import reverse

from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.messages.models import Delivery, FullHouse, Hello, HelloWait, Message
from alongside.people.models import Organisation, Person, Role, RoleHeld, SamePerson
from alongside.walks import operations as walks
from alongside.walks.gaps import find_gaps
from alongside.walks.tests.moments import walking
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def trace():
    return cast.person("Tracey Hallam")


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def all_pages(steward, trace):
    kettle = cast.organisation()
    held = cast.hold(cast.person("Bev Ormerod"), Role.WORKER)
    with as_owner():
        same = SamePerson.objects.create(
            kept=trace, other=held.person, why="x", proposed_by=held.person, proposed_at=clock.now()
        )
    return [
        ("steward_home",),
        ("steward_people",),
        ("steward_write_down",),
        ("steward_person", trace.pk),
        ("steward_hold_role", trace.pk),
        ("steward_rename", trace.pk),
        ("steward_propose_same", trace.pk),
        ("steward_end_role", held.pk),
        ("steward_same",),
        ("steward_agree_same", same.pk),
        ("steward_undo_same", same.pk),
        ("steward_organisations",),
        ("steward_add_organisation",),
        ("steward_change_organisation", kettle.slug),
        ("steward_end_organisation", kettle.slug),
        ("steward_switch_sign_in", held.person_id),
        ("steward_broken",),
    ]


def test_every_page_opens_for_a_steward(client, steward, trace):
    for name, *args in all_pages(steward, trace):
        assert page(client, name, *args).status_code in (200, 405), name


@pytest.mark.parametrize("role", [None, Role.WORKER, Role.CENTRE, Role.MEMBER])
def test_every_page_turns_others_away(client, steward, trace, role):
    pages = all_pages(steward, trace)
    somebody = cast.serving("Helena Marsh", role) if role else cast.person("Helena Marsh")
    cast.sign_in(client, somebody)
    for name, *args in pages:
        for answer in (page(client, name, *args), client.post(reverse(name, args=args))):
            assert answer.status_code in (403, 404), name
            assert "Tracey" not in answer.content.decode()


def test_every_page_asks_a_stranger_to_sign_in(client, steward, trace):
    pages = all_pages(steward, trace)
    client.cookies.clear()
    for name, *args in pages:
        assert page(client, name, *args).status_code == 302, name


def test_a_team_lead_sees_what_is_broken_and_nothing_else(client, steward):
    cast.sign_in(client, cast.serving("Ruth Collier", Role.TEAM_LEAD))
    assert "What is broken" in page(client, "steward_broken").content.decode()
    assert page(client, "steward_home").status_code == 403


def test_a_steward_finds_by_name_and_reads_no_story(client, steward, trace):
    shown = page(client, "steward_people", q="hall").content.decode()
    assert reverse("steward_person", args=[trace.pk]) in shown
    assert f'"{reverse("person", args=[trace.pk])}"' not in shown
    assert client.get(reverse("person", args=[trace.pk])).status_code == 404


def test_somebody_is_written_down_with_a_name(client, steward):
    shown = client.post(reverse("steward_write_down"), {"name": "Norah Tully"}, follow=True).content.decode()
    assert "Norah Tully is written down." in shown
    assert "They hold no role here" in shown


def test_a_name_is_put_right(client, steward, trace):
    client.post(reverse("steward_rename", args=[trace.pk]), {"name": "Tracey Pugh", "called": "Trace"})
    with as_owner():
        assert Person.objects.get(pk=trace.pk).name == "Tracey Pugh"


def test_a_role_is_given_and_ended(client, steward, trace):
    kettle = cast.organisation()
    said = {
        "role": Role.PEER,
        "title": "makes the tea",
        "organisation": str(kettle.pk),
        "from_day_day": "5",
        "from_day_month": "1",
        "from_day_year": "2026",
    }
    client.post(reverse("steward_hold_role", args=[trace.pk]), said)
    with as_owner():
        held = RoleHeld.objects.get(person=trace)
    assert (held.role, held.title, held.organisation_id) == (Role.PEER, "makes the tea", kettle.pk)
    assert held.from_day == dt.date(2026, 1, 5)
    client.post(reverse("steward_end_role", args=[held.pk]), {})
    with as_owner():
        held.refresh_from_db()
    assert held.to_day == clock.today()


def test_a_role_with_its_days_the_wrong_way_round_is_told_beside_the_day(client, steward, trace):
    days = {"to_day_day": "5", "to_day_month": "1", "to_day_year": "2020"}
    shown = client.post(reverse("steward_hold_role", args=[trace.pk]), {"role": Role.PEER, **days})
    assert "before the first" in shown.content.decode()
    with as_owner():
        assert not RoleHeld.objects.filter(person=trace).exists()


def test_ending_a_role_that_would_leave_people_is_read_first_and_said_twice(client, steward, trace):
    bev = cast.serving("Bev Ormerod")
    cast.say_so(trace, bev)
    with as_owner():
        held = RoleHeld.objects.get(person=bev)
    url = reverse("steward_end_role", args=[held.pk])
    shown = client.get(url).content.decode()
    assert "Bev walks with 1 person" in shown
    assert "Hallam" not in shown
    shown = client.post(url, {}).content.decode()
    assert "Bev walks with 1 person" in shown
    with as_owner():
        held.refresh_from_db()
    assert held.to_day is None
    client.post(url, {"knowing": "yes"})
    with as_owner():
        held.refresh_from_db()
    assert held.to_day == clock.today()


def test_an_organisation_is_written_down_and_put_right(client, steward):
    client.post(reverse("steward_add_organisation"), {"name": "The Kettle", "kind": "association"})
    url = reverse("steward_change_organisation", args=["the-kettle"])
    client.post(url, {"name": "The Kettle House", "kind": "association", "note": "open nine to nine"})
    shown = page(client, "steward_organisations").content.decode()
    assert "The Kettle House" in shown
    assert "open nine to nine" in shown
    with as_owner():
        assert Organisation.objects.filter(slug="the-kettle").count() == 1


def test_an_organisation_that_is_there_already_is_told_beside_its_name(client, steward):
    cast.organisation("The Kettle")
    shown = client.post(reverse("steward_add_organisation"), {"name": "the kettle", "kind": "charity"})
    assert "written down already" in shown.content.decode()


def test_two_stewards_put_two_records_together_and_take_them_apart(client, steward, trace):
    other = cast.person("Trace Pugh", account=False)
    url = reverse("steward_propose_same", args=[trace.pk])
    assert "Trace Pugh" in client.get(url, {"q": "pugh"}).content.decode()
    assert "Are these one person?" in client.get(url, {"other": other.pk}).content.decode()
    client.post(url, {"other": other.pk, "why": "She told us at the Kettle."})
    with as_owner():
        same = SamePerson.objects.get()
    shown = page(client, "steward_same").content.decode()
    assert "Another place steward looks at this" in shown
    assert client.post(reverse("steward_agree_same", args=[same.pk])).status_code == 403
    cast.sign_in(client, cast.serving("Ruth Collier", Role.STEWARD))
    assert "She told us at the Kettle." in page(client, "steward_same").content.decode()
    client.post(reverse("steward_agree_same", args=[same.pk]))
    with as_owner():
        assert Person.objects.get(pk=other.pk).same_as_id == trace.pk
    client.post(reverse("steward_undo_same", args=[same.pk]))
    with as_owner():
        assert Person.objects.get(pk=other.pk).same_as_id is None


@pytest.mark.parametrize("key", ["", "nobody", "00000000-0000-0000-0000-000000000000"])
def test_a_record_that_is_none_is_looked_for_again(client, steward, trace, key):
    url = reverse("steward_propose_same", args=[trace.pk])
    assert "Find the other one" in client.get(url, {"other": key}).content.decode()


def test_what_is_broken_says_when_nobody_is_at_the_door(client, steward):
    assert "Nobody is at the door today" in page(client, "steward_broken").content.decode()
    cast.serving("Ruth Collier", Role.DUTY_HUMAN)
    assert "Nothing is broken" in page(client, "steward_broken").content.decode()


def test_what_is_broken_is_said_on_the_first_page(client, steward):
    assert reverse("steward_broken") in page(client, "steward_home").content.decode()
    assert "Something is broken" in page(client, "steward_home").content.decode()


@pytest.fixture
def stuck(trace):
    """A message that did not go, a hello left alone, and a day on which nobody had room."""
    bev = cast.serving("Bev Ormerod")
    then = clock.now() - dt.timedelta(days=3)
    with as_owner():
        said = Message.objects.create(
            reference="r1", sender=bev, to_person=trace, channel="text", words="SECRET WORDS", written_at=then
        )
        delivery = Delivery.objects.create(
            message=said,
            sender=bev,
            channel="text",
            state=Delivery.State.FAILED,
            trouble="The number does not exist.",
            written_at=then,
        )
        hello = Hello.objects.create(
            words="SECRET HELLO", called="Trace", named=bev, said_at=then, code_digest="x"
        )
        wait = HelloWait.objects.create(
            hello=hello, named=bev, said_at=then, answer_by=then + dt.timedelta(days=1)
        )
        full = FullHouse.objects.create(wait=wait, day=then.date())
    return delivery, full


def test_what_is_stuck_is_seen_without_a_word_of_it(client, steward, trace, stuck):
    shown = page(client, "steward_broken").content.decode()
    assert "The number does not exist." in shown
    assert "Hellos left alone" in shown
    assert "Days on which nobody had room" in shown
    for secret in ("SECRET", "Trace", "Hallam"):
        assert secret not in shown


def test_a_stuck_message_is_tried_again_or_let_go_with_words(client, steward, stuck):
    delivery, _full = stuck
    url, back = reverse("message_mend", args=[delivery.pk]), reverse("steward_broken")
    said = {"do": "let_go", "words": "She has a new number.", "back": back}
    assert client.post(url, said)["Location"] == back
    with as_owner():
        delivery.refresh_from_db()
    assert (delivery.state, delivery.let_go_words) == (Delivery.State.LET_GO, "She has a new number.")


def test_a_day_without_room_is_answered_in_words_and_only_once(client, steward, stuck):
    _delivery, full = stuck
    url = reverse("steward_full_house", args=[full.pk])
    assert "Write a few words" in client.post(url, {"words": " "}, follow=True).content.decode()
    client.post(url, {"words": "We asked the Kettle for two more."})
    with as_owner():
        full.refresh_from_db()
    assert (full.words, full.answered_by_id) == ("We asked the Kettle for two more.", steward.pk)
    assert client.post(url, {"words": "again"}).status_code == 404


def test_a_worker_answers_for_no_day_without_room(client, steward, stuck):
    _delivery, full = stuck
    cast.sign_in(client, cast.serving("Callum Reay"))
    assert client.post(reverse("steward_full_house", args=[full.pk]), {"words": "no"}).status_code == 404


def test_a_walk_that_nobody_covers_is_among_what_is_broken(client, steward):
    cast.serving("Sheila Bright", "duty_human")
    assert "Nobody covers" not in page(client, "steward_broken").content.decode()
    bev, priya = cast.serving("Bev Ormerod"), cast.serving("Priya Nair")
    walking(bev, priya, cast.person("Micky Garrod"))
    with acting_as(priya):
        walks.say_away(by=priya, worker=priya, from_day=clock.today(), to_day=clock.today())
    find_gaps()
    shown = page(client, "steward_broken").content.decode()
    assert "Nobody covers" in shown
    assert reverse("lead") in shown
    assert "Micky" not in shown
