"""Whose pages did they open: asked with a reason, answered to the one who asked, a look in itself (I17, I30, F1)."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from alongside.audit.models import Event, Look, Question
from alongside.audit.recording import look
from alongside.consent.asked import operations, policies, queries
from alongside.consent.models import Closeness
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from tests import cast, deeds
from tests.database import as_owner
from tests.deeds import WORDS, World, deed

pytestmark = pytest.mark.django_db

STEWARD, OTHER, WORKER, LEAD, PERSON = "a steward", "another", "the worker", "a team lead", "the person"
EVERYBODY = [STEWARD, OTHER, WORKER, LEAD, PERSON]
WHY = "Somebody at the Kettle knew what Trace only told us."


def looked(by, whom, *, days=1, minutes=0, page="story", why="walking with me"):
    moment = timezone.now() - dt.timedelta(days=days, minutes=minutes)
    with clock.moved_to(moment), acting_as(by):
        return look(by=by, person_id=whom.pk, page=page, why=why)


@pytest.fixture
def world():
    who = {
        STEWARD: cast.serving("Helen Rutter", "place_steward"),
        OTHER: cast.serving("Imogen Blake", "place_steward"),
        WORKER: cast.serving("Callum Reay"),
        LEAD: cast.serving("Ruth Collier", "team_lead"),
        PERSON: cast.person("Tracey Hallam", called="Trace"),
    }
    callum, norah = who[WORKER], cast.person("Norah Tully")
    seen = [
        looked(callum, who[PERSON], days=3), looked(callum, norah, days=2), looked(callum, who[PERSON], days=1),
    ]  # fmt: skip
    looked(callum, norah, days=40)
    looked(who[LEAD], norah)
    with acting_as(who[STEWARD]):
        question = operations.ask_whose_pages(by=who[STEWARD], person=callum, why=WHY)
    return World(who, callum=callum, trace=who[PERSON], norah=norah, seen=seen, question=question)


DEEDS = [
    deed(
        "consent.ask_whose_pages",
        lambda by, w: operations.ask_whose_pages(by=by, person=w.callum, why=WORDS),
        {STEWARD, OTHER},
        "why",
    ),
    deed(
        "consent.tell_name",
        lambda by, w: operations.tell_name(by=by, question=w.question, look_id=w.seen[0].pk, why=WORDS),
        {STEWARD},
        "why",
    ),
]


@deeds.named(DEEDS)
def test_whoever_may_not_is_refused_in_a_sentence(deed, world):
    deeds.refused(deed, EVERYBODY, world, "audit")


@deeds.named(DEEDS)
def test_row_security_alone_refuses_them_too(deed, world):
    deeds.refused_by_the_database(deed, EVERYBODY, world, "audit")


@deeds.each(DEEDS)
def test_whoever_may_does_it_and_no_word_of_it_is_in_the_audit(deed, who, world):
    deeds.recorded(deed, who, world)


@deeds.named(DEEDS)
def test_nothing_is_done_where_the_audit_cannot_be_written(deed, world):
    deeds.undone_without_audit(deed, STEWARD, world, "audit")


def answer(world, who=STEWARD, question=None):
    with acting_as(world.who[who]):
        return queries.opened(viewer=world.who[who], question=question or world.question)


def test_the_answer_is_when_which_page_and_why_and_no_name(world):
    found = answer(world)
    assert [one.key for one in found] == [seen.pk for seen in reversed(world.seen)]
    assert {(one.page, one.why, one.person) for one in found} == {("story", "walking with me", None)}


def test_the_same_person_is_the_same_letter_in_the_order_they_were_first_looked_at(world):
    assert [one.letter for one in answer(world)] == ["A", "B", "A"]


@pytest.mark.parametrize(
    ("number", "told"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")]
)
def test_there_are_letters_for_everybody(number, told):
    assert queries.letter(number) == told


def test_somebody_who_opened_something_to_the_steward_is_named_to_them(world):
    cast.say_so(world.norah, world.who[STEWARD])
    assert [str(one.person) if one.person else one.letter for one in answer(world)] == ["A", "Norah", "A"]


def test_two_records_of_one_person_are_one_letter(world):
    with as_owner():
        world.norah.same_as = world.trace
        world.norah.save()
    assert [one.letter for one in answer(world)] == ["A", "A", "A"]


def test_what_was_done_with_the_other_record_of_a_worker_is_theirs(world):
    other = cast.person("C. Reay", account=False)
    looked(other, world.norah)
    with as_owner():
        other.same_as = world.callum
        other.save()
    assert len(answer(world)) == 4


def looks_at(whoever):
    with acting_as(whoever):
        return [
            (one.page, one.why, one.by_id) for one in Look.objects.filter(person_id=whoever.pk).order_by("at")
        ]


def test_the_question_is_itself_a_look_at_the_one_asked_about_and_so_is_each_reading(world):
    helen = world.who[STEWARD].pk
    assert looks_at(world.callum) == [("looks asked", WHY, helen)]
    answer(world)
    answer(world)
    assert looks_at(world.callum) == [
        ("looks asked", WHY, helen),
        ("looks", WHY, helen),
        ("looks", WHY, helen),
    ]


def test_a_question_cannot_be_without_the_look_that_it_is(world):
    days = {"from_at": timezone.now() - dt.timedelta(days=1), "to_at": timezone.now()}
    with as_owner(), pytest.raises(DatabaseError), transaction.atomic():
        Question.objects.create(look_id=None, **days)


@pytest.mark.parametrize("who", [OTHER, WORKER, LEAD, PERSON])
def test_the_answer_is_for_the_one_who_asked_also_past_every_policy(world, who):
    viewer = world.who[who]
    with acting_as(viewer), deeds.no_policies():
        assert queries.opened(viewer=viewer, question=world.question) == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT guard.tell_name(%s, %s, 'why')", [world.question.pk, world.seen[0].pk])
            assert cursor.fetchone() == (None,)
    with acting_as(viewer), pytest.raises(Denied, match="another place steward"):
        policies.check_can_read_answer(viewer, world.question)


def test_the_one_asked_about_reads_which_days_were_asked_for(world):
    with acting_as(world.callum):
        assert Question.objects.get().from_at == world.question.from_at


def test_it_is_answered_for_a_day_by_both_locks(world):
    helen = world.who[STEWARD]
    with clock.moved_to(timezone.now() + policies.ANSWERED_FOR), acting_as(helen):
        assert queries.opened(viewer=helen, question=world.question) == []
        with pytest.raises(Denied, match="Ask again, and say why"):
            policies.check_can_read_answer(helen, world.question)


def test_whoever_is_no_steward_any_more_is_answered_no_more(world):
    helen = world.who[STEWARD]
    with as_owner():
        helen.roles.update(to_day=dt.date(2020, 1, 1), from_day=dt.date(2019, 1, 1))
    assert answer(world) == []


@pytest.mark.parametrize("why", ["", "  "])
def test_without_a_reason_nothing_is_asked(world, why):
    helen = world.who[STEWARD]
    with acting_as(helen), pytest.raises(Denied, match="Say in a few words why you ask"):
        operations.ask_whose_pages(by=helen, person=world.callum, why=why)
    with acting_as(helen), pytest.raises(Denied, match="Say in a few words why you ask"):
        operations.tell_name(by=helen, question=world.question, look_id=world.seen[0].pk, why=why)


def test_nobody_asks_about_themself_nor_about_a_resident_by_both_locks(world):
    helen = world.who[STEWARD]
    with acting_as(helen):
        with pytest.raises(Denied, match="Another place steward"):
            operations.ask_whose_pages(by=helen, person=helen, why=WHY)
        with pytest.raises(Denied, match="only about those who work here"):
            operations.ask_whose_pages(by=helen, person=world.trace, why=WHY)
        with (
            deeds.no_policies(),
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
        ):
            operations.ask_whose_pages(by=helen, person=world.trace, why=WHY)


def test_somebody_who_worked_here_once_is_asked_about_too(world):
    with as_owner():
        world.callum.roles.update(to_day=dt.date(2026, 1, 1), from_day=dt.date(2025, 1, 1))
    helen = world.who[STEWARD]
    with acting_as(helen):
        assert operations.ask_whose_pages(by=helen, person=world.callum, why=WHY)


@pytest.mark.parametrize(
    ("from_day", "to_day", "told"),
    [
        (dt.date(2026, 1, 1), dt.date(2026, 4, 5), "three months or less"),
        (dt.date(2026, 3, 2), dt.date(2026, 3, 1), "The first day comes before the last"),
    ],
)
def test_years_at_once_are_not_asked_for(world, from_day, to_day, told):
    helen = world.who[STEWARD]
    with acting_as(helen), pytest.raises(Denied, match=told):
        operations.ask_whose_pages(by=helen, person=world.callum, why=WHY, from_day=from_day, to_day=to_day)


def test_days_are_the_places_own_and_both_within(world):
    helen, last = world.who[STEWARD], dt.date(2026, 7, 2)
    with acting_as(helen):
        asked = operations.ask_whose_pages(
            by=helen, person=world.callum, why=WHY, from_day=dt.date(2026, 7, 1), to_day=last
        )
    assert asked.from_at == dt.datetime(2026, 6, 30, 23, tzinfo=dt.UTC)
    assert asked.to_at == dt.datetime(2026, 7, 2, 23, tzinfo=dt.UTC)


def tell(world, number=0, who=STEWARD):
    with acting_as(world.who[who]):
        return operations.tell_name(
            by=world.who[who],
            question=world.question,
            look_id=world.seen[number].pk,
            why="Trace has to hear of it.",
        )


def test_a_name_is_told_with_a_reason_and_that_person_reads_it(world):
    assert tell(world) == world.trace
    assert [str(one.person) if one.person else one.letter for one in answer(world)] == ["Trace", "B", "Trace"]
    assert looks_at(world.trace)[-1] == ("name told", "Trace has to hear of it.", world.who[STEWARD].pk)
    with as_owner():
        assert Event.objects.get(did="consent.tell_name").person_id == world.trace.pk


def test_a_name_that_was_told_before_is_not_told_again_without_a_reason(world):
    """Another question begins without names."""
    tell(world)
    helen = world.who[STEWARD]
    with clock.moved_to(timezone.now() + dt.timedelta(minutes=1)), acting_as(helen):
        again = operations.ask_whose_pages(by=helen, person=world.callum, why=WHY)
        assert [one.person for one in queries.opened(viewer=helen, question=again)] == [None, None, None]


@pytest.mark.parametrize("said_by", ["trace", "helen"])
def test_the_name_of_somebody_close_is_not_told(world, said_by):
    helen = world.who[STEWARD]
    pair = (world.trace, helen) if said_by == "trace" else (helen, world.trace)
    with as_owner():
        Closeness.objects.create(
            person=pair[0], other=pair[1], words="kin", said_by=world.trace, said_at=timezone.now()
        )
    before = looks_at(world.trace)
    with pytest.raises(Denied, match="Another place steward can ask for it"):
        tell(world)
    assert looks_at(world.trace) == before
    assert tell(world, number=1) == world.norah


def test_only_a_look_of_the_answer_leads_to_a_name(world):
    helen = world.who[STEWARD]
    old = looked(world.callum, world.norah, days=60)
    other = looked(world.who[LEAD], world.norah)
    for one in (old, other):
        with acting_as(helen), pytest.raises(Denied, match="not told to you"):
            operations.tell_name(by=helen, question=world.question, look_id=one.pk, why=WHY)
