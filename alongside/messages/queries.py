"""Every read of the room: what waits on me, what reached me, what is broken, and the door itself."""

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from alongside.accounts.models import Neighbourhood, Place
from alongside.accounts.place import queries as place
from alongside.audit.models import Look
from alongside.audit.queries import AuditKept, audit_kept
from alongside.consent.policies import opened_to, selves
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.kernel.policy import narrow
from alongside.messages import come_back, humans, policies, workdays
from alongside.messages.models import Delivery, FullHouse, Hello, HelloWait, Message, WhyAsked
from alongside.people.door import somebody_at_the_door
from alongside.people.models import Channel, Person, Reach

WITH_YOUR_OWN_HANDS: dict[str, Any] = {
    Channel.CALL: _("Ring %(name)s"),
    Channel.IN_PERSON: _("Go and see %(name)s"),
    Channel.LETTER: _("Write %(name)s a letter"),
    Channel.VOICE_NOTE: _("Send %(name)s a voice note"),
}
SLOW = dt.timedelta(minutes=10)
DEAD = dt.timedelta(minutes=2)
RECENT = dt.timedelta(days=1)


@dataclass(frozen=True)
class Door:
    """Who stands at the door, and when."""

    place: Place | None
    human: Person | None
    role: str
    open_now: bool
    opens: dt.time
    shuts: dt.time
    next_day: dt.date


def door() -> Door:
    """What a stranger is shown at the door: a name, a face, and hours."""
    with working_on("hello"):
        human = somebody_at_the_door()
        role = humans.role_of(human) if human else ""
    opens, shuts = workdays.hours()
    return Door(
        place=place.the_place(),
        human=human,
        role=role,
        open_now=workdays.is_open(clock.now()),
        opens=opens,
        shuts=shuts,
        next_day=workdays.next_working_day(clock.today()),
    )


def neighbourhoods() -> QuerySet[Neighbourhood]:
    """Those of today, to say where one is."""
    return place.neighbourhoods(viewer=None)


def _given(found: QuerySet[Any]) -> set[UUID]:
    """Which of these the viewer is given, asked before a work is begun that row-level security lets see more."""
    return set(found.values_list("pk", flat=True))


def _whole(hellos: QuerySet[Hello]) -> QuerySet[Hello]:
    return hellos.select_related(
        "named", "wait", "person", "entered_by", "neighbourhood", "wished_walk_with"
    ).prefetch_related("answers__by")


def hello_by_key(key: str) -> Hello | None:
    """The hello that these four words open, for sixty days. Call in the work `hello`."""
    since = clock.now() - come_back.GOOD_FOR
    return _whole(Hello.objects.filter(code_digest=come_back.digest(key), said_at__gt=since)).first()


def hello_just_said(pk: str) -> Hello | None:
    """The hello that this visitor said or came back to a moment ago (their session says which)."""
    return _whole(Hello.objects.filter(pk=pk)).first()


def hellos_for(*, viewer: Person) -> list[Hello]:
    """Hellos the viewer answers: those that wait first, the longest waiting on top."""
    mine = policies.visible_hellos(viewer) & (Q(named=viewer) | Q(no_room=True))
    keys = _given(narrow(Hello.objects.all(), mine))
    with working_on("hello", person=viewer):
        found = list(_whole(Hello.objects.filter(pk__in=keys)).order_by("said_at"))
    waiting = [hello for hello in found if hello.wait.answered_at is None]
    return waiting + [hello for hello in reversed(found) if hello.wait.answered_at is not None]


def my_hellos(*, viewer: Person) -> list[Hello]:
    """Hellos the viewer said, or wrote down for somebody, newest first."""
    mine = _given(narrow(Hello.objects.all(), Q(entered_by=viewer) | Q(person=viewer)))
    with working_on("hello", person=viewer):
        return list(_whole(Hello.objects.filter(pk__in=mine)).order_by("-said_at"))


def find_hello(*, viewer: Person, hello: UUID) -> Hello | None:
    """One hello that the viewer may read; None where there is none for them."""
    mine = _given(narrow(Hello.objects.filter(pk=hello), policies.visible_hellos(viewer)))
    with working_on("hello", person=viewer):
        return _whole(Hello.objects.filter(pk__in=mine)).first()


@dataclass(frozen=True)
class ToDo:
    """A message that a human does themself, or that is stuck, and how the person is reached."""

    delivery: Delivery
    message: Message
    to: Person | None
    reach: Reach | None

    @property
    def what(self) -> str:
        """What to do, in words: "Ring George"."""
        name = self.to.called if self.to else self.message.address
        said = WITH_YOUR_OWN_HANDS.get(self.message.channel, _("Reach %(name)s"))
        return str(said % {"name": name})


def to_do(*, viewer: Person) -> list[ToDo]:
    """The viewer's own messages that wait for their hand, oldest first.

    A number and a safe word are shown to a sender whom the person lets read how they are reached, and to no
    other: having something to tell somebody opens nothing of theirs.
    """
    states = [Delivery.State.FOR_A_HUMAN, *Delivery.STUCK]
    own = _given(narrow(Message.objects.filter(delivery__state__in=states), Q(sender=viewer)))
    with working_on("messages.send", person=viewer):
        found = Message.objects.filter(pk__in=own).exclude(about_type="sign_in")
        waiting = list(found.select_related("delivery", "to_person").order_by("written_at"))
    people = {message.to_person_id for message in waiting if message.to_person_id}
    may = narrow(Person.objects.filter(pk__in=people), opened_to(viewer)).values_list("pk", flat=True)
    reaches: dict[UUID | None, Reach] = {
        reach.person_id: reach for reach in Reach.objects.filter(person__in=list(may))
    }
    return [
        ToDo(message.delivery, message, message.to_person, reaches.get(message.to_person_id))
        for message in waiting
    ]


def received(*, viewer: Person, limit: int = 50) -> list[Message]:
    """What was said to the viewer on their own page, newest first."""
    own = _given(narrow(Message.objects.filter(channel=Channel.OWN_PAGE), Q(to_person=viewer)))
    with working_on("messages.send", person=viewer):
        found = Message.objects.filter(pk__in=own).select_related("sender")
        return list(found.order_by("-written_at")[:limit])


def find_delivery(*, viewer: Person, delivery: UUID) -> Delivery | None:
    """One delivery that the viewer may know of: their own message, or any for who looks after the place."""
    own = Q() if policies.check_can_look_after_messages.allows(viewer) else Q(sender=viewer)
    return narrow(Delivery.objects.filter(pk=delivery), own).select_related("sender").first()


@dataclass(frozen=True)
class Broken:
    """What is broken, for who looks after the place: no words, and no names but of those who serve."""

    deliveries: list[Delivery]
    stalled_jobs: list[ProcrastinateJob]
    hellos: list[HelloWait]
    full_houses: list[FullHouse]
    nobody_at_the_door: bool
    audit: AuditKept

    @property
    def anything(self) -> bool:
        """Whether there is something to mend."""
        return any(
            [
                self.deliveries,
                self.stalled_jobs,
                self.hellos,
                self.full_houses,
                self.nobody_at_the_door,
                self.audit.anything,
            ]
        )


def broken(*, viewer: Person) -> Broken:
    """Messages that are stuck, jobs that stand still, hellos left alone, days without room. Raises Denied."""
    policies.check_can_look_after_messages(viewer)
    now = clock.now()
    alone = HelloWait.objects.filter(answered_at__isnull=True, answer_by__lte=now)
    return Broken(
        deliveries=list(_stuck(now)),
        stalled_jobs=list(_stalled(now)),
        hellos=list(alone.select_related("named", "alarmed").order_by("answer_by")),
        full_houses=list(FullHouse.objects.filter(answered_at__isnull=True).select_related("wait__named")),
        nobody_at_the_door=humans.at_the_door() is None,
        audit=audit_kept(viewer=viewer),
    )


def _stuck(now: dt.datetime) -> QuerySet[Delivery]:
    stuck = Q(state__in=Delivery.STUCK)
    slow = Q(state=Delivery.State.SENDING, sending_since__lt=now - SLOW)
    again = Q(state=Delivery.State.WAITING, tries__gte=3)
    return Delivery.objects.filter(stuck | slow | again).select_related("sender").order_by("written_at")


def _stalled(now: dt.datetime) -> QuerySet[ProcrastinateJob]:
    silent = Q(worker__isnull=True) | Q(worker__last_heartbeat__lt=now - DEAD)
    left = Q(status="doing") & silent
    late = Q(status="todo", scheduled_at__lt=now - SLOW)
    failed = ProcrastinateEvent.objects.filter(type="failed", at__gt=now - RECENT).values("job_id")
    broke = Q(status="failed", pk__in=failed)
    return ProcrastinateJob.objects.filter(left | late | broke).order_by("id")[:100]


def whys_for(*, viewer: Person) -> list[WhyAsked]:
    """Questions the viewer is asked to answer, those without an answer first."""
    asked = _given(narrow(WhyAsked.objects.exclude(person=viewer), policies.visible_whys(viewer)))
    with working_on_why(viewer):
        return sorted(
            _named(WhyAsked.objects.filter(pk__in=asked)), key=lambda why: why.answered_at is not None
        )


def find_why(*, viewer: Person, why: UUID) -> WhyAsked | None:
    """One question that the viewer may read."""
    with working_on_why(viewer):
        return _named(narrow(WhyAsked.objects.filter(pk=why), policies.visible_whys(viewer))).first()


def my_whys(*, viewer: Person) -> dict[UUID, WhyAsked]:
    """What the viewer asked, by the look it is about, with the answers."""
    with working_on_why(viewer):
        return {why.look_id: why for why in _named(WhyAsked.objects.filter(person=viewer))}


def look_at_me(*, viewer: Person, look: UUID) -> Look | None:
    """One look at the viewer's own page; None where it is no such look."""
    return narrow(Look.objects.filter(pk=look), Q(person_id__in=selves(viewer))).first()


def _named(whys: QuerySet[WhyAsked]) -> QuerySet[WhyAsked]:
    return whys.select_related("person", "looker", "also_told", "answered_by")


def working_on_why(viewer: Person) -> AbstractContextManager[None]:
    """Names of the people in a why may be read, the whys themselves only as the viewer."""
    return working_on("messages.send", person=viewer)
