"""What somebody says of how to reach them and of themselves: slips told in sentences, and only what is given changes.

Serves I33 and I34: nothing is needed, and nothing that was said before is lost by a slip.
"""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.people import operations
from alongside.people.models import Alias, Channel, Reach, Role, Room
from tests.cast import person, serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db
KEPT = {
    "how": "text",
    "phone": "07700 900123",
    "never": ["call"],
    "from_hour": dt.time(9),
    "to_hour": dt.time(20),
}


@pytest.fixture
def trace():
    trace = person()
    with as_owner():
        Reach.objects.create(person=trace, **KEPT)
    return trace


def reach_of(whoever):
    with as_owner():
        return {field: getattr(Reach.objects.get(person=whoever), field) for field in KEPT}


def says(whoever, **reach):
    with acting_as(whoever):
        return operations.set_reach(by=whoever, person=whoever, reach=reach)


@pytest.mark.parametrize(
    ("slip", "field", "sentence"),
    [
        ({"never": ["text"]}, "how", "also under what you never want"),
        ({"how": "call"}, "how", "ring me"),
        ({"how": "letter", "never": ["letter", "call"]}, "how", "write me a letter"),
        ({"to_hour": None}, "to_hour", "Say both hours, from and to, or neither."),
        ({"from_hour": None}, "from_hour", "Say both hours, from and to, or neither."),
    ],
)
def test_a_slip_is_told_beside_its_question_and_what_was_kept_stays(trace, slip, field, sentence):
    with pytest.raises(ValidationError) as told:
        says(trace, **slip)
    (words,) = told.value.message_dict[field]
    assert sentence in words
    assert reach_of(trace) == KEPT


@pytest.mark.parametrize(
    "given",
    [
        {"phone": ""},
        {"how": "email"},
        {"never": []},
        {"from_hour": None, "to_hour": None},
        {"from_hour": dt.time(22), "to_hour": dt.time(6)},
        {"how": "call", "never": ["text"]},
    ],
)
def test_only_what_is_given_changes(trace, given):
    says(trace, **given)
    assert reach_of(trace) == KEPT | given


@pytest.mark.parametrize("way", Channel.values)
def test_any_way_may_be_theirs_and_any_may_be_never(way):
    micky = person("Micky Garrod")
    assert says(micky, how=way).how == way
    other = next(one for one in Channel.values if one != way)
    assert says(micky, how=other, never=[way]).never == [way]


@pytest.mark.parametrize("word", ["mood", "person", "person_id", "id"])
def test_a_word_that_reach_does_not_have_is_a_fault_and_nothing_is_kept(trace, word):
    micky = person("Micky Garrod")
    with pytest.raises(ValueError, match=f"reach has no {word}"):
        says(trace, **{"phone": "", word: micky})
    with acting_as(trace), pytest.raises(ValueError, match=f"particulars has no {word}"):
        operations.set_particulars(by=trace, person=trace, particulars={"note": "x", word: micky})
    assert reach_of(trace) == KEPT


def test_somebody_who_said_nothing_yet_is_reached_on_their_own_page():
    micky = person("Micky Garrod")
    assert says(micky, note="not on Sundays").how == Channel.OWN_PAGE


@pytest.mark.parametrize("name", ["", "  ", "\t\n"])
def test_a_name_of_spaces_is_no_name(trace, name):
    with acting_as(trace), pytest.raises(ValidationError, match="Write down a name"):
        operations.add_alias(by=trace, person=trace, name=name)
    with as_owner():
        assert not Alias.objects.exists()


def test_a_new_name_with_nothing_in_it_leaves_the_old_one(trace):
    with acting_as(trace):
        named = operations.rename(by=trace, person=trace, name="  ", called=None)
    assert (named.name, named.called) == ("Tracey Hallam", "Tracey")


def test_who_takes_back_what_they_are_called_is_called_by_their_first_name(trace):
    with acting_as(trace):
        operations.rename(by=trace, person=trace, called="Trace")
        named = operations.rename(by=trace, person=trace, name="Tracey Anne Hallam", called="")
    with as_owner():
        named.refresh_from_db()
    assert (named.name, named.called) == ("Tracey Anne Hallam", "Tracey")


@pytest.mark.parametrize(("said", "kept"), [(0, 0), (50, 50), (1, 1)])
def test_i_am_full_is_a_number_like_any_other(said, kept):
    bev = serving("Bev Ormerod")
    with acting_as(bev):
        assert operations.set_room(by=bev, person=bev, room_for=said).room_for == kept


@pytest.mark.parametrize("said", [-1, 51, 1000])
def test_room_beyond_what_anybody_can_carry_is_asked_about_and_nothing_changes(said):
    bev = serving("Bev Ormerod")
    with acting_as(bev):
        operations.set_room(by=bev, person=bev, room_for=3, offers="Tea")
        with pytest.raises(ValidationError, match="from 0, which means full, to 50"):
            operations.set_room(by=bev, person=bev, room_for=said, offers="More")
    with as_owner():
        assert Room.objects.values_list("room_for", "offers").get() == (3, "Tea")


def test_saying_one_thing_of_ones_room_leaves_the_rest():
    bev = serving("Bev Ormerod")
    with acting_as(bev):
        operations.set_room(
            by=bev, person=bev, room_for=3, languages=["Polski"], offers="Tea", walking_with=2
        )
        operations.set_room(by=bev, person=bev, room_for=0)
    with as_owner():
        room = Room.objects.get()
    assert (room.room_for, room.languages, room.offers, room.walking_with) == (0, ["Polski"], "Tea", 2)


def test_the_house_says_nothing_of_anybody_outside_a_named_work(trace):
    with pytest.raises(Denied):
        operations.set_reach(by=None, person=trace, reach={"how": "email"})
    steward = serving("Denise Armstrong", Role.STEWARD)
    with acting_as(steward), pytest.raises(Denied):
        operations.set_reach(by=None, person=trace, reach={"how": "email"})
    assert reach_of(trace) == KEPT
