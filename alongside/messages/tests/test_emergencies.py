"""What is said when a page was opened in an emergency: by whom, to whom, by which way, and what it keeps to itself."""

import datetime as dt

import pytest

from alongside.consent.emergencies import operations as emergencies
from alongside.consent.models import Closeness, Opening
from alongside.kernel import clock
from alongside.kernel.acting import acting_as, working_on
from alongside.messages import operations, telling
from alongside.messages.models import Delivery, Message
from alongside.people.models import Channel, Reach, Role
from tests.cast import person, serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db

WORDS = "Canary. She wrote goodbye."


@pytest.fixture
def who():
    return {
        "trace": person(),
        "priya": serving("Priya Nair"),
        "ruth": serving("Ruth Collier", Role.TEAM_LEAD),
        "denise": serving("Denise Armstrong", Role.STEWARD),
    }


def opened(who, **more):
    with acting_as(who["priya"]):
        return operations.open_in_an_emergency(by=who["priya"], words=WORDS, name=who["trace"].name, **more)


def said():
    """(from, to, its words) of every message, in the order of those it is to."""
    with as_owner():
        rows = Message.objects.order_by("written_at").values_list("sender__name", "to_person__name", "words")
        return list(rows)


def told_at():
    with as_owner():
        return Opening.objects.get().told_at


def reached(whom, **how):
    with as_owner():
        Reach.objects.create(person=whom, **how)


def test_she_is_told_at_once_by_the_one_who_did_it_and_so_is_whoever_looks_at_it(who):
    opened(who)
    first, second = said()
    assert first[:2] == ("Priya Nair", "Tracey Hallam")
    assert second[:2] == ("Priya Nair", "Ruth Collier")
    assert told_at() is not None


def test_no_message_says_why_or_whose_page_it_was_and_each_leads_to_where_it_stands(who):
    opening = opened(who)
    with acting_as(who["trace"]):
        operations.say_of_opening(by=who["trace"], opening=opening, words="Canary: ring me next time.")
    with acting_as(who["ruth"]):
        operations.review_opening(by=who["ruth"], opening=opening, found="not_right", words="Canary.")
    written = said()
    assert len(written) == 5
    assert not [words for _by, _to, words in written if "Canary" in words]
    assert not [words for _by, to, words in written if to != "Tracey Hallam" and "Hallam" in words]
    with as_owner():
        assert {one.link for one in Message.objects.all()} == {f"/emergencies/{opening.pk}/"}


@pytest.mark.parametrize(
    ("how", "state"),
    [
        ({"how": "call", "phone": "07700 900123"}, Delivery.State.FOR_A_HUMAN),
        (
            {"how": "own_page", "never": [way for way in Channel.values if way != "own_page"]},
            Delivery.State.SENT,
        ),
    ],
)
def test_it_goes_by_the_way_she_asked_for_and_where_that_is_a_human_she_is_not_told_yet(who, how, state):
    reached(who["trace"], **how)
    opened(who)
    with as_owner():
        assert Delivery.objects.get(message__to_person=who["trace"]).state == state
        opening = Opening.objects.get()
    assert (opening.told_at is None) == (state == Delivery.State.FOR_A_HUMAN)
    assert (opening.tells_id, opening.tell_by - opening.at) == (who["priya"].pk, dt.timedelta(days=1))


def test_where_every_way_we_have_is_never_it_is_kept_back_and_a_human_tells_her(who):
    never = [way for way in Channel.values if way != "text"]
    reached(who["trace"], how="text", never=never)
    opened(who)
    with as_owner():
        assert Delivery.objects.get(message__to_person=who["trace"]).state == Delivery.State.KEPT_BACK
    assert told_at() is None


def test_a_reason_to_tell_her_later_sends_her_nothing_and_she_hears_what_was_found_only_after_she_was_told(
    who,
):
    later = clock.now() + dt.timedelta(days=5)
    opening = opened(who, not_told_why="He reads her post.", tells=who["ruth"], tell_by=later)
    with acting_as(who["ruth"]):
        operations.review_opening(by=who["ruth"], opening=opening, found="right", words="Fine.")
    assert {to for _by, to, _words in said()} == {"Ruth Collier", "Priya Nair"}


def test_nobody_found_tells_nobody(who):
    with acting_as(who["priya"]):
        found = operations.open_in_an_emergency(by=who["priya"], words=WORDS, name="Nobody Atall")
    assert found is None
    assert said() == []


def test_where_nobody_could_be_named_what_she_says_reaches_the_one_who_opened_it(who):
    with as_owner():
        for lead in ("ruth", "denise"):
            Closeness.objects.create(
                person=who["trace"], other=who[lead], words="x", said_by=who["trace"], said_at=clock.now()
            )
    opening = opened(who)
    assert opening.reviewer is None
    with acting_as(who["trace"]):
        operations.say_of_opening(by=who["trace"], opening=opening, words="Why?")
    assert [to for _by, to, _words in said()] == ["Tracey Hallam", "Priya Nair"]


def late(opening):
    more_than_a_day = dt.timedelta(hours=25)
    days = ("at", "until", "review_by", "tell_by")
    with working_on("consent.tell"), as_owner():
        Opening.objects.update(**{name: getattr(opening, name) - more_than_a_day for name in days})


def test_a_steward_is_told_once_of_what_nobody_looked_at_within_the_day(who):
    opening = opened(who)
    assert telling.alarm_about_openings() == 0
    late(opening)
    before = len(said())
    assert telling.alarm_about_openings() == 1
    assert telling.alarm_about_openings() == 0
    (new,) = said()[before:]
    assert new[1] == "Denise Armstrong"
    assert "nobody has looked at it" in new[2]
    assert "Hallam" not in new[2]


@pytest.mark.parametrize("close_to", ["trace", "priya"])
def test_a_steward_who_is_close_is_not_the_one_who_is_told(who, close_to):
    other = serving("Ola Bright", Role.STEWARD)
    opening = opened(who)
    with as_owner():
        Closeness.objects.create(
            person=who[close_to], other=who["denise"], words="x", said_by=who[close_to], said_at=clock.now()
        )
    late(opening)
    assert telling.alarm_about_openings() == 1
    assert said()[-1][1] == other.name


def test_what_was_looked_at_alarms_nobody(who):
    opening = opened(who)
    with acting_as(who["ruth"]):
        emergencies.review_opening(by=who["ruth"], opening=opening, found="right", words="Fine.")
    late(opening)
    assert telling.alarm_about_openings() == 0


def test_it_is_among_what_is_done_every_minute(who):
    late(opened(who))
    telling.every_minute()
    assert said()[-1][1] == "Denise Armstrong"
