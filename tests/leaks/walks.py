"""Walks of the made-up place: who keeps them now and kept them once, moments, drafts, what is the person's alone."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from alongside.consent.models import Duty
from alongside.people.models import Person
from alongside.story.models import Tie
from alongside.walks.models import (
    ArcChoice,
    ArcLine,
    Away,
    CarriesOn,
    Challenge,
    Company,
    CoverGap,
    Draft,
    Handover,
    HandoverMeeting,
    LifeMap,
    LifeMapPlace,
    Moment,
    MomentAfter,
    MomentWith,
    Repair,
    SaidFull,
    TimeWriting,
    Walk,
    WalkPerson,
    WalkStep,
)
from tests import cast

WORD = "word"


def write(here: Any) -> None:
    """Everything of a walk that could be told to the wrong person, as the owner writes it."""
    ours = _walk(here, "walking", ["ada"], walker="walker", cover="cover")
    _kept_once(here, ours)
    _handovers(here, ours)
    _walk(here, "offered", ["child"], walker="worker")
    resting = _walk(here, "resting", ["other_record"], walker="ended", cover="taken_back")
    _carries_on(here, resting)
    two = _walk(here, "walking", ["neighbour", "mother"], walker="worker", cover="cover")
    for whose in ("neighbour", "mother"):
        for keeper in ("worker", "cover"):
            cast.say_so(here.people[whose], here.people[keeper])
    for whose, walk, keeper in (
        ("ada", ours, "walker"),
        ("child", None, "duty"),
        ("other_record", resting, "worker"),
        ("neighbour", two, "cover"),
    ):
        _moments_of(here, here.people[whose], walk, here.people[keeper])
    _both_were_there(here, two)
    _named_in_a_say_so(here)
    _drafts(here)
    for whose, shown in (("ada", False), ("neighbour", True), ("other_record", True)):
        _own(here.people[whose], shown=shown)
    _after_a_duty(here, ours)
    _work(here, ours)


def _walk(here: Any, state: str, whose: list[str], **keepers: str) -> Walk:
    now = timezone.now()
    began = now - dt.timedelta(days=200)
    walk = Walk.objects.create(state=state, state_at=now, began_at=began, usual_words=WORD, usual_days=7)
    for who in whose:
        WalkPerson.objects.create(walk=walk, person=here.people[who], from_at=began)
    for part, who in keepers.items():
        _company(walk, here.people[who], part, now - dt.timedelta(days=50))
    for step in ("offered", "began"):
        _step(walk, step, here.people[keepers["walker"]], here.people[whose[0]])
    return walk


def _company(
    walk: Walk, person: Person, part: str, from_at: dt.datetime, to_at: dt.datetime | None = None
) -> None:
    Company.objects.create(walk=walk, person=person, part=part, from_at=from_at, to_at=to_at)


def _step(walk: Walk, step: str, by: Person, said_by: Person) -> WalkStep:
    return WalkStep.objects.create(
        walk=walk, step=step, words=WORD, by=by, said_by=said_by, at=timezone.now()
    )


def _kept_once(here: Any, walk: Walk) -> None:
    """Who walked and who covered before, and does no more."""
    now = timezone.now()
    for who, part in (("ended", "walker"), ("refused", "cover")):
        _company(walk, here.people[who], part, now - dt.timedelta(days=150), now - dt.timedelta(days=51))
    _step(walk, "handed_over", here.ended, here.ada)


def _handovers(here: Any, walk: Walk) -> None:
    """One that is done, with the moment it is; one that is being talked through with somebody new."""
    chosen = _moment(here.ada, here.ada, written_down_by=here.ended, kind="handover", walk=walk)
    done = _handover(walk, here.ended, here.walker, by=here.ada)
    done.state, done.chosen_by, done.new_cover, done.moment = "done", here.ada, here.cover, chosen
    done.choice_words = WORD
    done.save()
    _handover(walk, here.walker, here.not_yet, by=here.ada)


def _handover(walk: Walk, walker: Person, to: Person, *, by: Person) -> Handover:
    now = timezone.now()
    handover = Handover.objects.create(
        walk=walk, from_walker=walker, to_walker=to, why=WORD, choice_words=WORD, began_at=now, state_at=now
    )
    HandoverMeeting.objects.create(handover=handover, day="2026-01-05", words=WORD, by=by, at=now)
    return handover


def _carries_on(here: Any, walk: Walk) -> None:
    tie = Tie.objects.filter(person=here.other_record)[0]
    CarriesOn.objects.create(step=_step(walk, "rested", here.ended, here.other_record), tie=tie)


def _moments_of(here: Any, person: Person, walk: Walk | None, keeper: Person) -> None:
    """For every audience, of the person and of whoever walks with them; one of somebody else; all answered."""
    for audience in ("walkers", "named", "only_us"):
        for by in (person, keeper):
            _moment(person, by, audience=audience, walk=walk, written_down_by=keeper)
    _moment(person, here.sister, audience="only_us", by_words=WORD)


def _moment(person: Person, by: Person, *, written_down_by: Person | None = None, **more: Any) -> Moment:
    now = timezone.now()
    moment = Moment.objects.create(
        person=person, by=by, written_down_by=written_down_by or by, words=WORD, at=now, kept_at=now,
        minutes_together=30, client_id=uuid.uuid4(), **({"by_words": WORD} | more),
    )  # fmt: skip
    for number, kind in enumerate(("answer", "said_again"), 1):
        MomentAfter.objects.create(
            moment=moment, kind=kind, number=number, follows=number - 1, words=WORD,
            by=person if kind == "answer" else by, written_down_by=moment.written_down_by, at=now,
        )  # fmt: skip
    if moment.written_down_by.pk != person.pk:
        TimeWriting.objects.create(moment=moment, worker=moment.written_down_by, seconds=60, at=now)
    return moment


def _both_were_there(here: Any, walk: Walk) -> None:
    """What happened to two who are walked with together; and once, where it was said between two alone."""
    for person, other, audience in (
        ("neighbour", "mother", "walkers"),
        ("neighbour", "mother", "named"),
        ("neighbour", "mother", "only_us"),
        ("mother", "neighbour", "walkers"),
    ):
        moment = _moment(here.people[person], here.cover, audience=audience, walk=walk)
        MomentWith.objects.create(moment=moment, person=here.people[other], at=moment.at)


def _named_in_a_say_so(here: Any) -> None:
    """Moments and a doing opened by name; one of them is only for two, and stays so."""
    moments = Moment.objects.filter(person=here.ada, by=here.ada).exclude(kind="handover")
    cast.say_so(here.ada, here.part_reader, parts=[moments.get(audience=one) for one in ("named", "only_us")])


def _drafts(here: Any) -> None:
    """Begun by the one whose page it is, by whoever may write there, and by two who may no longer."""
    now = timezone.now()
    for author, person in (
        ("ada", "ada"),
        ("walker", "ada"),
        ("ended", "ada"),
        ("taken_back", "ada"),
        ("cover", "neighbour"),
    ):
        Draft.objects.create(
            author=here.people[author], person=here.people[person], client_id=uuid.uuid4(), words=WORD, at=now
        )
    answered = Moment.objects.filter(person=here.ada, audience="only_us", by=here.sister)[0]
    Draft.objects.create(
        author=here.sister, person=here.ada, what="answer", about=answered, client_id=uuid.uuid4(),
        words=WORD, at=now,
    )  # fmt: skip


def _own(person: Person, *, shown: bool) -> None:
    now = timezone.now()
    ArcChoice.objects.create(person=person, seen_at=now, shown_at=now if shown else None)
    for strand in ("around", "mine"):
        ArcLine.objects.create(person=person, month="2026-01-01", strand=strand, words=WORD, at=now)
    own = LifeMap.objects.create(person=person, shown=shown, began_at=now)
    for gone in (None, now):
        LifeMapPlace.objects.create(life_map=own, name=WORD, words=WORD, at=now, taken_off_at=gone)


def _after_a_duty(here: Any, walk: Walk) -> None:
    now = timezone.now()
    for duty in Duty.objects.filter(person__in=[here.ada, here.child], told_at__isnull=False):
        Repair.objects.create(
            duty=duty, person=duty.person, offered_by=here.walker, words=WORD, offered_at=now, answer="later",
            answer_words=WORD, answered_at=now,
        )  # fmt: skip
    for over in (None, now):
        Challenge.objects.create(
            walk=walk, person=here.ada, words=WORD, written_down_by=here.walker, at=now, over_at=over
        )


def _work(here: Any, walk: Walk) -> None:
    """Full, away, and a day on which nobody covers: of workers, and of nobody's words."""
    now = timezone.now()
    for worker in ("walker", "cover"):
        SaidFull.objects.create(
            worker=here.people[worker], words=WORD, said_at=now, answer=WORD, answered_by=here.steward,
            answered_at=now,
        )  # fmt: skip
    today = timezone.localdate()
    Away.objects.create(worker=here.cover, from_day=today, to_day=today + dt.timedelta(days=3), said_at=now)
    CoverGap.objects.create(
        walk=walk, walker=here.walker, cover=here.cover, why="cover_away", found_on=today, alarmed=here.team_lead
    )  # fmt: skip
