"""What the place holds to: changed by those who hold the learning, by name, with a why, in the open (R12, I16)."""

import html

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from alongside.accounts.models import Place, PrinciplesChange
from alongside.accounts.place import operations
from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.policy import Denied
from alongside.people.models import Role
from tests import cast
from tests.database import as_owner
from tests.standing import standing

pytestmark = pytest.mark.django_db

UNDERSTAND, PULL, STAY = "Understand, do not assess", "Pull help in", "Stay as long as it takes"
RULES = ["Do no harm", "Stay legal"]
TOLD = {"id": "tynebank", "name": "Tynebank", "principles": [UNDERSTAND, PULL], "two_rules": RULES}
WHY = "Every door opened once the dog had a plan."
IMRAN, DENISE, PRIYA, NORAH = "the learning partner", "the steward", "a worker", "a neighbour"
LAST_YEAR, LEAD = "a learning partner of last year", "a team lead"


def around_the_principles():
    with working_on("demo"):
        operations.tell_of_place(by=None, told=TOLD)
    people = {
        IMRAN: cast.serving("Imran Sheikh", Role.LEARNING_PARTNER),
        DENISE: cast.serving("Denise Armstrong", Role.STEWARD),
        PRIYA: cast.serving("Priya Nair"),
        LEAD: cast.serving("Ruth Collier", Role.TEAM_LEAD),
        LAST_YEAR: cast.serving("Sam Bell", Role.LEARNING_PARTNER),
        NORAH: cast.person("Norah Tully"),
    }
    with as_owner():
        people[LAST_YEAR].roles.update(from_day="2020-01-01", to_day="2021-01-01")
    return people


built, world = standing(around_the_principles)


def change(by, principles, why=WHY, **more):
    with acting_as(by), transaction.atomic():
        return operations.change_principles(by=by, principles=principles, why=why, **more)


def held():
    return Place.objects.get().principles


def sent(client, who, **fields):
    cast.sign_in(client, who)
    return client.post(reverse("place_change_principles"), fields)


def page(client, name="place_principles"):
    return html.unescape(client.get(reverse(name)).content.decode())


# What is kept


@pytest.mark.parametrize("who", [IMRAN, DENISE])
def test_those_who_hold_the_learning_change_them_and_what_stood_before_is_kept_with_why(world, who):
    change(world[who], [UNDERSTAND, PULL, STAY])
    assert held() == [UNDERSTAND, PULL, STAY]
    kept = PrinciplesChange.objects.get()
    assert (kept.number, kept.before, kept.after) == (1, [UNDERSTAND, PULL], [UNDERSTAND, PULL, STAY])
    assert (kept.why, kept.said_by, kept.by_id) == (WHY, world[who].name, world[who].pk)


@pytest.mark.parametrize("who", [PRIYA, LEAD, LAST_YEAR, NORAH])
def test_anybody_else_is_told_who_writes_them_down(world, who):
    with pytest.raises(Denied, match="learning partner or a place steward"):
        change(world[who], [STAY])
    assert held() == [UNDERSTAND, PULL]


def test_one_change_follows_another(world):
    change(world[IMRAN], [STAY])
    change(world[DENISE], [STAY, PULL], said_by="Denise")
    assert list(PrinciplesChange.objects.values_list("number", "said_by", "before")) == [
        (2, "Denise", [STAY]),
        (1, "Imran Sheikh", [UNDERSTAND, PULL]),
    ]


def test_the_two_rules_are_not_among_them(world):
    change(world[IMRAN], ["Break every rule"])
    assert Place.objects.get().two_rules == RULES


@pytest.mark.parametrize(
    ("principles", "why", "says"),
    [
        ([], WHY, "Keep one at least"),
        ([STAY, PULL, STAY], WHY, f"“{STAY}” stands there twice"),
        ([UNDERSTAND, PULL], WHY, "how they stand already"),
        ([STAY], "  ", "Say why"),
    ],
)
def test_what_cannot_be_kept_is_said_in_a_sentence(world, principles, why, says):
    with pytest.raises(ValueError, match=says):
        change(world[IMRAN], principles, why)
    assert held() == [UNDERSTAND, PULL]


def test_whoever_wrote_meanwhile_is_not_written_over(world):
    change(world[DENISE], [STAY], after=0)
    with pytest.raises(operations.ChangedMeanwhile, match="Somebody else changed these"):
        change(world[IMRAN], [PULL], after=0)
    assert held() == [STAY]


def test_the_place_s_other_words_are_changed_without_them(world):
    with acting_as(world[DENISE]), pytest.raises(ValueError, match="a place has no principles"):
        operations.change_words(by=world[DENISE], place=Place.objects.get(), words={"principles": [STAY]})


# The second lock


def a_change(world, by=IMRAN, **other):
    sound = {"place": Place.objects.get(), "number": 1, "at": "2026-06-01T09:00Z", "said_by": "Imran",
             "before": [UNDERSTAND, PULL], "after": [STAY], "why": WHY, "by_id": world[by].pk}  # fmt: skip
    return PrinciplesChange(**{**sound, **other})


def refused(world, who, do, match=""):
    with acting_as(world[who]), pytest.raises(DatabaseError, match=match), transaction.atomic():
        do()


@pytest.mark.parametrize("column", ["name", "mission", "two_rules", "languages", "principles"])
def test_the_database_lets_a_learning_partner_change_nothing_of_the_place_itself(world, column):
    new = ["en", "so"] if column in ("languages", "two_rules", "principles") else "Mine"
    with acting_as(world[IMRAN]):
        assert Place.objects.update(**{column: new}) == 0


def test_nor_does_it_let_a_steward_change_them_without_a_why(world):
    refused(world, DENISE, lambda: Place.objects.update(principles=[STAY]), "changed with a why")


@pytest.mark.parametrize("who", [PRIYA, LEAD, LAST_YEAR, NORAH])
def test_it_refuses_a_change_by_anybody_else(world, who):
    refused(world, who, lambda: a_change(world, who).save(force_insert=True), "row-level security")


def test_it_refuses_a_change_in_somebody_else_s_name(world):
    refused(world, IMRAN, lambda: a_change(world, DENISE).save(force_insert=True), "row-level security")


@pytest.mark.parametrize("other", [{"before": [STAY], "after": [PULL]}, {"number": 3}, {"number": 0}])
def test_it_refuses_a_change_of_what_never_stood_there(world, other):
    refused(world, IMRAN, lambda: a_change(world, **other).save(force_insert=True), "from what they are now")


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ({"why": ""}, "says_why"),
        ({"said_by": ""}, "has_a_name"),
        ({"after": []}, "leaves_some"),
        ({"after": [UNDERSTAND, PULL]}, "changes_something"),
    ],
)
def test_its_constraints_say_what_a_change_is(world, other, name):
    refused(world, IMRAN, lambda: a_change(world, **other).save(force_insert=True), name)


@pytest.mark.parametrize("do", ["update", "delete"])
def test_what_was_changed_is_never_rewritten(world, do):
    change(world[IMRAN], [STAY])
    every = PrinciplesChange.objects.all()
    rewrite = (lambda: every.update(why="Because.")) if do == "update" else every.delete
    refused(world, DENISE, rewrite, "permission denied")


# The pages


def test_everybody_reads_how_they_came_to_be(client, world):
    change(world[IMRAN], [STAY, UNDERSTAND])
    here = page(client)
    for said in (*RULES, STAY, UNDERSTAND, WHY, "Imran Sheikh", "Came in", "Went out", PULL):
        assert said in here
    assert reverse("place_change_principles") not in here


def test_a_change_of_their_order_says_so(client, world):
    change(world[IMRAN], [PULL, UNDERSTAND])
    assert "The same ones, in another order." in page(client)


def test_a_place_that_never_changed_them_says_so(client, world):
    assert "Nobody has changed them since they were first written down." in page(client)


def test_before_there_is_a_place_there_is_nothing_to_hold_to(client, world):
    with as_owner():
        Place.objects.all().delete()
    assert client.get(reverse("place_principles")).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [(IMRAN, 200), (DENISE, 200), (PRIYA, 403), (LEAD, 403), (LAST_YEAR, 403), (NORAH, 403)],
)
def test_who_may_open_the_form_and_is_shown_the_way_to_it(client, world, who, status):
    cast.sign_in(client, world[who])
    assert client.get(reverse("place_change_principles")).status_code == status
    for name in ("place", "place_principles"):
        assert (reverse("place_change_principles") in page(client, name)) is (status == 200)


def test_a_learning_partner_writes_down_what_was_learnt(client, world):
    answer = sent(
        client, world[IMRAN], principles=f"{UNDERSTAND}\n\n {STAY} ", why=WHY, said_by="", after="0"
    )
    assert (answer.status_code, answer["Location"]) == (302, reverse("place_principles"))
    assert held() == [UNDERSTAND, STAY]
    here = page(client)
    assert "Kept, with why." in here
    assert "Imran Sheikh" in here


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"why": ""}, "Say why, in a few words"),
        ({"principles": " \n "}, "Keep one at least"),
        ({"principles": f"{STAY}\n{STAY}"}, "stands there twice"),
        ({"principles": f"{PULL}\n{'x' * 301}"}, "Line 2 is longer than 300 letters."),
        ({"principles": f"{PULL}\0"}, "Null characters"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(client, world, bad, says):
    fields = {
        "principles": f"{STAY}\n{PULL}",
        "why": "Because of Bruno.",
        "said_by": "Imran",
        "after": "0",
        **bad,
    }
    answer = sent(client, world[IMRAN], **fields)
    assert answer.status_code == 200
    here = html.unescape(answer.content.decode())
    assert says in here
    for name in ("principles", "why", "said_by"):
        assert fields[name].strip("\0") in here
    assert held() == [UNDERSTAND, PULL]


@pytest.mark.parametrize("after", ["0", "", "soon", "-1", "7"])
def test_of_two_at_once_the_later_reads_the_other_and_loses_nothing(client, world, after):
    change(world[DENISE], [UNDERSTAND, STAY], "The dog came first.")
    mine = {"principles": f"{PULL}\nRing twice", "why": "Doorbells break.", "said_by": "Imran"}
    answer = sent(client, world[IMRAN], **mine, after=after)
    here = html.unescape(answer.content.decode())
    assert held() == [UNDERSTAND, STAY]
    for said in ("Somebody else changed these", STAY, *mine.values()):
        assert said in here
    assert 'name="after" value="1"' in here
    sent(client, world[IMRAN], **mine, after="1")
    assert held() == [PULL, "Ring twice"]
    assert "The dog came first." in page(client)
