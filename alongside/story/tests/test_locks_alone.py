"""Two locks, each tried without the other: policies with row-level security stepped out of, and the reverse."""

import datetime as dt
from contextlib import nullcontext

import pytest
from django.db import connection
from django.utils import timezone

from alongside.consent.models import Basis, Closeness
from alongside.kernel import policy
from alongside.kernel.acting import acting_as
from alongside.kernel.memo import remembering
from alongside.story import operations, queries
from alongside.story.models import StoryPart
from alongside.story.tests.factories import said, tied
from tests.cast import by_law, person, say_so, serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db

OPEN, ONLY_US, AWAY, HUNCH, ONLY_HUNCH = (
    "for walkers",
    "for us two",
    "put away",
    "a hunch",
    "a hunch for us two",
)
EVERYTHING = {OPEN, ONLY_US, AWAY, HUNCH, ONLY_HUNCH}
# What each of them may read, decided here by hand: an oracle that knows no policy.
MAY_READ = {
    "the person": EVERYTHING,
    "a record of the same person": EVERYTHING,
    "the one who had the hunches": {OPEN, HUNCH, ONLY_HUNCH},
    "another who walks with them": {OPEN, HUNCH},
    "one who came by law": {OPEN, HUNCH},
    "one given the open part": {OPEN},
    "one given what is for us two": set(),
    "one given what is put away": set(),
    "one whose say-so has ended": set(),
    "one whose say-so begins tomorrow": set(),
    "a neighbour who came by law": set(),
    "a steward": set(),
    "a neighbour": set(),
}


def the_world():
    """A person, everyone around them, and parts of every kind."""
    whose, bev = person("Tracey Hallam"), serving("Bev Ormerod")
    say_so(whose, bev)
    parts = {
        OPEN: said(whose, whose, OPEN),
        ONLY_US: said(whose, whose, ONLY_US, audience="only_us"),
        AWAY: said(whose, whose, AWAY),
        HUNCH: said(bev, whose, HUNCH, "hunch"),
        ONLY_HUNCH: said(bev, whose, ONLY_HUNCH, "hunch", audience="only_us"),
    }
    with acting_as(whose):
        operations.put_away(by=whose, part=parts[AWAY])
    who = {"the person": whose, "the one who had the hunches": bev}
    who["a record of the same person"] = person("T. Hallam")
    with as_owner():
        whose.same_as = who["a record of the same person"]
        whose.save()
    who |= {name: serving(name) for name in MAY_READ if name not in who and "steward" not in name}
    who["a steward"] = serving("a steward", "place_steward")
    say_so(whose, who["another who walks with them"])
    by_law(who["one who came by law"], whose)
    for name, key in (("the open part", OPEN), ("what is for us two", ONLY_US), ("what is put away", AWAY)):
        say_so(whose, who[f"one given {name}"], parts=[parts[key]])
    now = timezone.now()
    ended = say_so(whose, who["one whose say-so has ended"])
    by_law(who["a neighbour who came by law"], whose)
    with as_owner():
        ended.to_at = now
        ended.save()
        Basis.objects.create(
            actor=who["one whose say-so begins tomorrow"],
            person=whose,
            kind="say_so",
            whole=True,
            why="from tomorrow on",
            say_so=ended.say_so,
            from_at=now + dt.timedelta(days=1),
        )
        near = who["a neighbour who came by law"]
        Closeness.objects.create(person=near, other=whose, words="next door", said_by=near, said_at=now)
    return whose, who


def lock(which, monkeypatch):
    """Leave only one of the locks on."""
    if which == "row-level security alone":
        monkeypatch.setattr(policy, "enforce", lambda *_: None)
        monkeypatch.setattr(queries, "narrow", lambda queryset, _condition: queryset)
        return nullcontext()
    return as_owner() if which == "policies alone" else nullcontext()


def words_read(viewer, whose):
    parts = [
        *queries.story_of(viewer=viewer, person=whose),
        *queries.story_of(viewer=viewer, person=whose, put_away=True),
    ]
    return {told.words for told in parts}


@pytest.mark.parametrize("which", ["both locks", "policies alone", "row-level security alone"])
def test_everyone_reads_what_is_for_them_and_nothing_else(which, monkeypatch):
    whose, who = the_world()
    for name, viewer in who.items():
        with lock(which, monkeypatch), acting_as(viewer):
            assert words_read(viewer, whose) == MAY_READ[name], name


@pytest.mark.parametrize("which", ["both locks", "policies alone", "row-level security alone"])
def test_a_circle_is_seen_by_those_it_is_for(which, monkeypatch):
    whose, bev, officer, neighbour = person("Trace"), serving("Bev"), serving("Officer"), person("Gary")
    bruno = tied(whose, whose, "Bruno")
    tied(whose, whose, "Him", audience="only_us")
    with acting_as(whose):
        operations.name_gap(by=whose, person=whose, words="a grandad")
    say_so(whose, bev)
    say_so(whose, officer, parts=[bruno])
    expected = {
        whose: ({"Bruno", "Him"}, {"a grandad"}),
        bev: ({"Bruno"}, {"a grandad"}),
        officer: ({"Bruno"}, set()),
        neighbour: (set(), set()),
    }
    for viewer, (names, gaps) in expected.items():
        with lock(which, monkeypatch), acting_as(viewer):
            seen = queries.circle_of(viewer=viewer, person=whose)
            assert ({tie.name for tie in seen.ties}, {gap.words for gap in seen.gaps}) == (names, gaps)


@pytest.mark.parametrize("which", ["policies alone", "row-level security alone"])
def test_a_single_part_by_its_address_is_found_by_those_it_is_for(which, monkeypatch):
    _whose, who = the_world()
    with as_owner():
        keys = {part.versions.get().words: part.pk for part in StoryPart.objects.all()}
    for name, viewer in who.items():
        with lock(which, monkeypatch), acting_as(viewer):
            found = {words for words, key in keys.items() if queries.part(viewer=viewer, pk=key)}
            assert found == MAY_READ[name], name


def test_the_locks_are_really_off_when_a_test_says_so(monkeypatch):
    whose, who = the_world()
    neighbour = who["a neighbour"]
    with lock("row-level security alone", monkeypatch), as_owner(), acting_as(neighbour):
        assert words_read(neighbour, whose) == EVERYTHING


def test_a_worker_writes_nothing_for_another_under_row_level_security_alone(monkeypatch):
    from django.db import DatabaseError

    whose, neighbour = person("Trace"), person("Gary")
    with lock("row-level security alone", monkeypatch), acting_as(neighbour), pytest.raises(DatabaseError):
        operations.say(by=neighbour, person=whose, kind="worry", words="gossip")


@pytest.fixture
def statements(django_assert_num_queries):
    def count(viewer, ask):
        from django.test.utils import CaptureQueriesContext

        # As in a request, which asks once who holds which basis.
        with acting_as(viewer), remembering(), CaptureQueriesContext(connection) as seen:
            ask()
        return len(seen)

    return count


def test_a_story_takes_as_many_statements_however_long_it_is(statements):
    whose, bev = person("Trace"), serving("Bev")
    say_so(whose, bev)

    def grow(times):
        for number in range(times):
            part = said(bev, whose, f"words {number}")
            with acting_as(bev):
                operations.say_again(by=bev, part=part, words="again")
                operations.answer(by=bev, part=part, words="yes")

    for viewer in (whose, bev):
        grow(1)
        few = statements(viewer, lambda viewer=viewer: queries.story_of(viewer=viewer, person=whose))
        grow(6)
        many = statements(viewer, lambda viewer=viewer: queries.story_of(viewer=viewer, person=whose))
        assert few == many <= 9


def test_a_circle_takes_as_many_statements_however_large_it_is(statements):
    whose = person("Trace")

    def grow(times):
        for number in range(times):
            tie = tied(whose, whose, f"somebody {number}")
            with acting_as(whose):
                operations.change_tie(by=whose, tie=tie, what="faded")

    grow(1)
    few = statements(whose, lambda: queries.circle_of(viewer=whose, person=whose))
    grow(6)
    assert statements(whose, lambda: queries.circle_of(viewer=whose, person=whose)) == few <= 7
