"""A small made-up place with one of everything that could be told to the wrong person.

Ada is the one whose story it is. Around her stand all who might be at her door: who walks with her, who may
read two parts, whose say-so ended, who is kin and carries a duty, who only works here. The words are of no
matter: `words.put_in_place` makes each of them a canary. Rows are written as the owner, beside every policy.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone

from alongside.accounts.models import (
    Account,
    EasyReadLine,
    Neighbourhood,
    Place,
    PrinciplesChange,
    SignInLink,
    Voice,
)
from alongside.audit.models import Event, Look, Question, Salt
from alongside.consent.models import (
    Basis,
    Closeness,
    LegalReason,
    Opening,
    OpeningWords,
    SaySo,
    SaySoStep,
)
from alongside.messages.models import Delivery, FullHouse, Hello, HelloAnswer, HelloWait, Message, WhyAsked
from alongside.people.models import Alias, Particulars, Person, Reach, Role, RoleHeld, Room, SamePerson
from alongside.story.models import (
    Gap,
    OnePage,
    PartAnswer,
    PartVersion,
    StoryPart,
    Tie,
    TieChange,
    Upload,
)
from tests import cast
from tests.leaks import plans, walks, words
from tests.leaks.words import Canaries

WORD = "word"  # stands wherever somebody would write
# Parts that somebody took a photo for.
PICTURED = ("good_at", "worry")

# Who looks, and what the table of pages calls them. Order is the order of its columns.
RESIDENTS = {
    "ada": "the person",
    "neighbour": "another resident",
    "sister": "one who said a part",
    "mother": "parent",
    "child": "child",
    "kept": "somebody with two records",
}
SECOND_RECORD = {"other_record": "the same, by the other record"}
SERVING = {
    "walker": (Role.WORKER, "walker"),
    "cover": (Role.PEER, "cover"),
    "part_reader": (Role.SPECIALIST, "reader of named parts"),
    "ended": (Role.WORKER, "one whose say-so ended"),
    "taken_back": (Role.WORKER, "one whose say-so was taken back"),
    "refused": (Role.WORKER, "one who was told no"),
    "not_yet": (Role.WORKER, "one whose time has not come"),
    "duty": (Role.SOCIAL_WORKER, "one with a duty in law"),
    "kin": (Role.SOCIAL_WORKER, "kin with a duty in law"),
    "worker": (Role.WORKER, "worker without a Basis"),
    "emergency": (Role.WORKER, "one who opened it in an emergency"),
    "next_door": (Role.CONNECTOR, "neighbour who works here"),
    "team_lead": (Role.TEAM_LEAD, "team lead"),
    "learning_partner": (Role.LEARNING_PARTNER, "learning partner"),
    "steward": (Role.STEWARD, "steward"),
    "other_steward": (Role.STEWARD, "second steward"),
    "duty_human": (Role.DUTY_HUMAN, "duty human"),
    "member": (Role.MEMBER, "elected member"),
    "centre": (Role.CENTRE, "Centre"),
}
SIGNED_OUT = "signed out"


@dataclass
class Here:
    """The place as built: who is in it, its canaries, and rows in the order they were written."""

    people: dict[str, Person] = field(default_factory=dict)
    canaries: Canaries = field(default_factory=Canaries)
    rows: dict[str, list[Any]] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    lookers: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Person:
        """A person by their part in it: `here.ada`."""
        if name.startswith("_") or name not in self.people:
            raise AttributeError(name)
        return self.people[name]


def title(who: str) -> str:
    """What the table of pages calls somebody."""
    if who in SERVING:
        return SERVING[who][1]
    return (RESIDENTS | SECOND_RECORD).get(who, who)


def build() -> Here:
    """Write the place as the owner, and put canaries wherever a word stands."""
    here = Here()
    _the_place()
    _people(here)
    _learnt(here)
    _say_sos(here)
    for whose in ("ada", "child", "kept", "other_record", "neighbour"):
        _page_of(here, here.people[whose])
    _opened_by_name(here)
    _emergencies(here)
    _door(here)
    _records_and_roles(here)
    plans.write(here)
    walks.write(here)
    # Who signs in with the other record comes in as the one it was found to be.
    here.lookers = [*RESIDENTS, *SERVING, "other_record"]
    here.rows = in_order()
    here.canaries = words.put_in_place()
    _files(here)
    return here


def in_order() -> dict[str, list[Any]]:
    """The keys of every row, by model, in the order they were written."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT "{model._meta.pk.column}" FROM "{model._meta.db_table}" ORDER BY ctid')
            found[words.label(model)] = [pk for (pk,) in cursor.fetchall()]
    return found


def _the_place() -> None:
    place = Place.objects.create(slug="here", name="Here", charter_words=["kind"], two_rules=["stay"])
    told = Neighbourhood.objects.create(
        place=place, kind="told", slug="the-row", name="The Row", lat=54.9, lon=-1.6
    )
    EasyReadLine.objects.create(
        page="who_looked", language="en", place_in_order=1, words="Your page is yours."
    )
    Voice.objects.create(
        place=place, neighbourhood=told, words="We look after each other.", said_on="2026-01-02"
    )


def _learnt(here: Here) -> None:
    PrinciplesChange.objects.create(
        place=Place.objects.get(), number=1, at=timezone.now(), said_by="I. S.", after=["Ask first"],
        why="We talked too much.", by_id=here.learning_partner.pk,
    )  # fmt: skip


def _people(here: Here) -> None:
    for who in RESIDENTS:
        here.people[who] = cast.person(f"{who} of Here")
    for who, (role, _) in SERVING.items():
        here.people[who] = cast.serving(f"{who} of Here", role)
    here.people["other_record"] = cast.person("other record", same_as=here.kept)
    here.people["unknown"] = cast.person("unknown to all", account=False)
    for person in here.people.values():
        _of_themselves(person)
    for account in Account.objects.all():
        account.email = f"{account.pk.hex[:8]}@example.org"
        # Nobody signs in by it: hashing one for each would take longer than the rest.
        account.password = f"pbkdf2_sha256$1$salt${account.pk.hex}"
        account.save()


def _of_themselves(person: Person) -> None:
    Particulars.objects.create(
        person=person, born_on="1980-01-01", age_words=WORD, pronouns=WORD, where_words=WORD, note=WORD
    )
    Alias.objects.create(person=person, name=WORD)
    Reach.objects.create(
        person=person, how_words=WORD, never_words=WORD, phone=WORD, email="a@example.org", languages=[WORD],
        who_may_answer=WORD, safe_word=WORD, who_words=WORD, note=WORD,
    )  # fmt: skip


def _say_sos(here: Here) -> None:
    ada, now = here.ada, timezone.now()
    for who in ("walker", "cover"):
        _steps(cast.say_so(ada, here.people[who]))
    _steps(cast.say_so(here.child, here.duty))
    _steps(cast.say_so(here.other_record, here.worker))
    over = cast.say_so(ada, here.ended, until=now - dt.timedelta(hours=1))
    _steps(over)
    back = cast.say_so(ada, here.taken_back)
    Basis.objects.filter(pk=back.pk).update(to_at=now - dt.timedelta(minutes=1))
    SaySo.objects.filter(pk=back.say_so_id).update(state="withdrawn")
    _steps(back)
    SaySo.objects.create(
        person=ada, given_by=ada, given_to=here.refused, what=WORD, for_what=WORD, words=WORD,
        state="refused", state_at=now, until_words=WORD,
    )  # fmt: skip
    cast.by_law(here.duty, ada, whole=False)
    cast.by_law(here.kin, ada)
    later = cast.by_law(here.not_yet, ada)
    # The trigger lets a Basis only end sooner, so the one that begins later is written anew.
    Basis.objects.filter(pk=later.pk).delete()
    Basis.objects.create(
        actor=here.not_yet, person=ada, kind="duty", whole=True, why=WORD, legal_reason=later.legal_reason,
        from_at=now + dt.timedelta(days=1),
    )  # fmt: skip
    parental = LegalReason.objects.create(
        code="parental",
        basis="parental_responsibility",
        statute="Children Act 1989 s.3",
        plain_words="Parent.",
    )
    Basis.objects.create(
        actor=here.mother, person=here.child, kind="parent", whole=True, why=WORD, legal_reason=parental,
        from_at=now - dt.timedelta(days=9),
    )  # fmt: skip
    for person, other in (
        ("ada", "kin"),
        ("ada", "next_door"),
        ("child", "mother"),
        ("neighbour", "next_door"),
    ):
        _close(here.people[person], here.people[other])


def _steps(basis: Basis) -> None:
    SaySo.objects.filter(pk=basis.say_so_id).update(words=WORD, until_words=WORD)
    SaySoStep.objects.create(
        say_so=basis.say_so, step="given", words=WORD, at=timezone.now(), by_id=basis.person_id
    )


def _close(person: Person, other: Person) -> None:
    Closeness.objects.create(person=person, other=other, words=WORD, said_by=person, said_at=timezone.now())


def _page_of(here: Here, person: Person) -> None:
    """Parts of every kind and for every audience, a circle, a one page, and what others wrote."""
    for kind in StoryPart.Kind.values:
        speaker = here.sister if kind == "hunch" else person
        _part(person, kind, speaker, written_by=here.walker)
    _part(person, "worry", person, audience="only_us")
    _part(person, "hope", here.sister, audience="only_us")
    _part(person, "going_on", person, put_away_at=timezone.now())
    for audience in ("walkers", "only_us"):
        _tie(person, audience, member=here.neighbour if person == here.ada else None)
        Gap.objects.create(
            person=person, words=WORD, named_on="2026-01-05", audience=audience, written_down_by=person
        )
    chosen = StoryPart.objects.filter(person=person, kind="good_at").values_list("pk", flat=True)
    OnePage.objects.create(person=person, parts=[str(key) for key in chosen], intro=WORD)


def _part(
    person: Person, kind: str, speaker: Person, *, audience: str = "walkers", written_by: Person | None = None,
    **more: Any,
) -> StoryPart:  # fmt: skip
    now = timezone.now()
    part = StoryPart.objects.create(
        person=person, kind=kind, speaker=speaker, audience=audience, began_at=now,
        place_in_order=StoryPart.ORDER[kind], **more,
    )  # fmt: skip
    for number in (1, 2):
        version = PartVersion.objects.create(
            part=part, number=number, follows=number - 1, words=WORD, interpreter=WORD, spoken_in=WORD,
            written_down_by=written_by or speaker, said_on="2026-01-05", at=now,
            medium="photo" if kind in PICTURED and number == 2 else "text",
        )  # fmt: skip
    PartAnswer.objects.create(part=part, by=person, written_down_by=person, words=WORD, at=now)
    if kind in PICTURED:
        Upload.objects.create(
            version=version, file_name=f"{hashlib.sha256(part.pk.bytes).hexdigest()[:48]}.jpg", size=100,
            content_type="image/jpeg", sha256=hashlib.sha256(part.pk.bytes).hexdigest(), described=WORD,
        )  # fmt: skip
    return part


def _tie(person: Person, audience: str, member: Person | None) -> None:
    tie = Tie.objects.create(
        person=person, name=WORD, tie=WORD, words=WORD, introduced_by=WORD, member=member, audience=audience,
        written_down_by=person, began_at=timezone.now(), since="2026-01-05",
    )  # fmt: skip
    TieChange.objects.create(
        tie=tie, what="reworded", tie_words=WORD, words=WORD, on="2026-01-06", by=person, at=timezone.now()
    )


def _opened_by_name(here: Here) -> None:
    """Parts and a tie named in a say-so; one of them is only for two, and stays so."""
    ada = here.ada
    parts = StoryPart.objects.filter(person=ada)
    named = [
        parts.get(kind="good_at"),
        parts.get(kind="worry", audience="only_us"),
        parts.get(put_away_at__isnull=False),
        Tie.objects.get(person=ada, audience="walkers"),
    ]
    _steps(cast.say_so(ada, here.part_reader, parts=named))
    _steps(
        cast.say_so(ada, here.ended, parts=[parts.get(kind="hope", audience="walkers")],
                    until=timezone.now() - dt.timedelta(hours=1))
    )  # fmt: skip
    for looker in ("walker", "part_reader", "taken_back"):
        _looked(here, ada, here.people[looker])
    _looked(here, here.child, here.duty)
    _asked_whose_pages(here)


def _emergencies(here: Here) -> None:
    """One in which Ada's page is open now, which a lead was named for; and one nobody looked at, long over."""
    now, day = timezone.now(), dt.timedelta(days=1)
    for by, at, reviewer in ((here.emergency, now, here.team_lead), (here.ended, now - 3 * day, None)):
        opening = Opening.objects.create(
            person=here.ada, by=by, words=WORD, at=at, until=at + day, reviewer=reviewer, review_by=at + day,
            tells=by, tell_by=at + 20 * day, not_told_why=WORD,
        )  # fmt: skip
        opened = StoryPart.objects.filter(person=here.ada, kind="good_at").values_list("pk", flat=True)
        basis = Basis.objects.create(
            actor=by, person=here.ada, kind="emergency", parts=list(opened), why=WORD, opening=opening,
            from_at=at, to_at=at + day,
        )  # fmt: skip
        OpeningWords.objects.create(opening=opening, by=here.ada, words=WORD, at=now)
        Look.objects.create(
            at=now, person_id=here.ada.pk, by_id=by.pk, page="person", why=WORD, basis_id=basis.pk
        )
    Opening.objects.filter(by=here.ended).update(
        reviewer=here.steward, reviewed_at=now, found="not_right", review_words=WORD
    )
    waits = Opening.objects.create(
        person=here.child, by=here.worker, words=WORD, at=now - 2 * day, until=now - day, review_by=now - day,
        tells=here.worker, tell_by=now - day,
    )  # fmt: skip
    OpeningWords.objects.create(opening=waits, by=here.child, words=WORD, at=now)


def _looked(here: Here, person: Person, by: Person) -> None:
    now = timezone.now()
    basis = Basis.objects.filter(person=person, actor=by).first()
    look = Look.objects.create(
        at=now, person_id=person.pk, by_id=by.pk, page="story", why=WORD, basis_id=basis and basis.pk
    )
    if by != here.walker:
        WhyAsked.objects.create(
            person=person, look_id=look.pk, looker=by, looked_at=now, page="story", also_told=here.team_lead,
            words=WORD, asked_at=now, answer=WORD, answered_by=by, answered_at=now,
        )  # fmt: skip


def _asked_whose_pages(here: Here) -> None:
    """A steward asked whose pages the walker opened; that was a look at the walker."""
    now = timezone.now()
    for by, whom in ((here.steward, here.walker), (here.other_steward, here.cover)):
        look = Look.objects.create(at=now, person_id=whom.pk, by_id=by.pk, page="looks asked", why=WORD)
        Question.objects.create(
            look=look, from_at=now - dt.timedelta(days=28), to_at=now + dt.timedelta(hours=1)
        )


def _door(here: Here) -> None:
    """Hellos said, written down and found nobody with room; messages that came, failed and let somebody in."""
    own = _hello(here, person=here.ada, named=here.worker)
    written = _hello(here, named=here.walker, kind="helper", entered_by=here.cover)
    full = _hello(here, named=here.duty_human, no_room=True)
    FullHouse.objects.create(
        wait=full.wait, day="2026-01-05", words=WORD, answered_by=here.steward, answered_at=timezone.now()
    )
    for hello in (own, written, full):
        HelloAnswer.objects.create(hello=hello, by=hello.named, words=WORD, at=timezone.now())
    for number, (sender, to, state, about) in enumerate(
        [
            (here.walker, here.ada, "sent", ""),
            (here.walker, here.ada, "failed", ""),
            (here.ada, here.walker, "let_go", ""),
            (here.duty, here.child, "for_a_human", ""),
            (here.duty_human, here.ada, "waiting", "sign_in"),
            (here.worker, None, "kept_back", "messages.hello"),
        ]
    ):
        _message(number, sender, to, state, about)


def _hello(here: Here, **more: Any) -> Hello:
    now = timezone.now()
    hello = Hello.objects.create(
        words=WORD, called=WORD, how_to_reach=WORD, language=WORD, outcome="simple", outcome_words=WORD,
        code_digest=hashlib.sha256(str(more).encode()).hexdigest(), said_at=now, **more,
    )  # fmt: skip
    HelloWait.objects.create(
        hello=hello, named=hello.named, said_at=now, answer_by=now + dt.timedelta(days=1)
    )
    return hello


def _message(number: int, sender: Person, to: Person | None, state: str, about: str) -> None:
    now = timezone.now()
    message = Message.objects.create(
        reference=f"message-{number}", sender=sender, to_person=to, address=WORD, channel="email", subject=WORD,
        words=WORD, language="en", about_type=about, written_at=now,
    )  # fmt: skip
    Delivery.objects.create(
        message=message, sender=sender, channel="email", about_type=about, state=state, trouble=WORD,
        let_go_words=WORD, their_reference=WORD, sent_at=now, written_at=now,
    )  # fmt: skip


def _records_and_roles(here: Here) -> None:
    now = timezone.now()
    SamePerson.objects.create(
        kept=here.kept, other=here.other_record, why=WORD, proposed_by=here.steward, proposed_at=now,
        agreed_by=here.other_steward, agreed_at=now,
    )  # fmt: skip
    SamePerson.objects.create(
        kept=here.ada, other=here.unknown, why=WORD, proposed_by=here.other_steward, proposed_at=now
    )
    Room.objects.create(person=here.worker, room_for=2, languages=["en"])
    Salt.objects.create(person_id=here.ada.pk)
    Event.objects.create(
        at=now, did="story.say", by_id=here.walker.pk, person_id=here.ada.pk, thing="story.storypart",
        thing_id=StoryPart.objects.filter(person=here.ada).values_list("pk", flat=True)[0],
        fields={"words": "0" * 64},
    )  # fmt: skip
    for who in ("ada", "walker"):
        SignInLink.objects.create(
            account_id=here.people[who].account_id, way="printed", made_at=now, until=now + dt.timedelta(days=1),
            digest=hashlib.sha256(who.encode()).hexdigest(), made_by_id=here.duty_human.pk,
            code_digest=hashlib.sha256(f"code of {who}".encode()).hexdigest(),
        )  # fmt: skip
    RoleHeld.objects.create(
        person=here.learning_partner, role=Role.CONNECTOR, from_day="2020-01-01", to_day="2021-01-01"
    )


def _files(here: Here) -> None:
    """A file for each upload, whose bytes are a canary as well."""
    folder = Path(settings.UPLOADS) / "story"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for upload in Upload.objects.all():
        here.canaries.watch_file(upload)
        path = folder / upload.file_name
        path.write_bytes(
            b"\xff\xd8\xff\xe0" + here.canaries.token_of("story.Upload", upload.pk, "file").encode()
        )
        here.files.append(path)


def of_demo() -> Here:
    """The demo as it was loaded, its people by the names they had, canaries wherever a word stood."""
    here = Here(rows=in_order())
    with_account = Person.objects.filter(account__isnull=False)
    here.people = {person.name: person for person in with_account.order_by("began_at", "name")}
    # Those who look differently at others first: whose story it is, and who walks with them.
    told = Person.objects.filter(story_parts__isnull=False).order_by("began_at").distinct()
    reads = Person.objects.filter(bases_held__isnull=False).order_by("began_at").distinct()
    first = [
        person.name
        for pair in zip(told, reads, strict=False)
        for person in pair
        if person.name in here.people
    ]
    here.lookers = list(dict.fromkeys([*first, *here.people]))
    here.people |= {"ada": told[0], "sister": told[1]}
    here.canaries = words.put_in_place()
    _files(here)
    return here


def viewers(here: Here) -> Iterator[tuple[str, Person | None]]:
    """Everybody who may be at a page: signed out first, then all who have an account."""
    yield SIGNED_OUT, None
    for who in here.lookers:
        yield who, here.people[who]
