"""Who may read, write and answer a story and a circle. Row-level security says the same; each holds alone.

The unit is the part: told once does not become told to all (T5).
"""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.policies import check_can_write_for, live_bases, people_walked_with, selves
from alongside.kernel.policy import Denied, policy
from alongside.people.models import Person
from alongside.story.models import Audience, Gap, PartVersion, StoryPart, Tie, Upload


def _opened(viewer: Person, of: Person | None = None) -> Q:
    """What say-so and legal reason open: whoever walks with them, and what was opened by name."""
    bases = [basis for basis in live_bases(viewer) if of is None or basis.person_id == of.pk]
    walked_with = {basis.person_id for basis in bases if basis.whole}
    named: set[UUID] = {key for basis in bases for key in basis.parts}
    opened = Q(audience=Audience.WALKERS, person__in=walked_with)
    return opened | (~Q(audience=Audience.ONLY_US) & Q(pk__in=named)) if named else opened


# With `of`, these say as much as is needed of rows about that one person, and never more than without.


def visible_to(viewer: Person, of: Person | None = None) -> Q:
    """The condition on a StoryPart that the viewer may read it."""
    theirs = Q(person__in=selves(viewer))
    if of is not None and of.pk in selves(viewer):
        return theirs
    return theirs | Q(speaker=viewer) | (Q(put_away_at__isnull=True) & _opened(viewer, of))


def circle_visible_to(viewer: Person, of: Person | None = None) -> Q:
    """The condition on a Tie or a Gap that the viewer may read it."""
    theirs = Q(person__in=selves(viewer))
    return theirs if of is not None and of.pk in selves(viewer) else theirs | _opened(viewer, of)


def one_page_visible_to(viewer: Person) -> Q:
    """The condition on a OnePage: the person, and whoever walks with them."""
    return Q(person__in=selves(viewer) | people_walked_with(viewer))


def is_own(viewer: Person, person_id: UUID) -> bool:
    """Whether this is the viewer's own page (or that of a record found to be the same person)."""
    return viewer.pk == person_id or person_id in selves(viewer)


@policy(because=_lazy("Words put into somebody's mouth stay on their page."))
def check_can_write(viewer: Person, person: Person) -> None:
    """The person themself, or whoever walks with them, writing down what they said."""
    check_can_write_for(viewer, person)


class Telling(NamedTuple):
    """What is about to be kept on somebody's page: whose page, who says it, and whom it is for."""

    person: Person
    speaker: Person
    audience: str = Audience.WALKERS


@policy(because=_lazy("Words put into somebody's mouth stay on their page."))
def check_can_speak_as(viewer: Person, telling: Telling) -> None:
    """What the person said is written down for them, or one says it oneself; nobody speaks for a third."""
    if telling.speaker not in (telling.person, viewer) and not is_own(viewer, telling.person.pk):
        raise Denied(
            _("Write down what they said, or what you think. Others say it themselves."), whom=telling.person
        )


@policy(because=_lazy("Words cannot be kept from whoever writes them down; to say so would not be true."))
def check_can_keep_between(viewer: Person, telling: Telling) -> None:
    """Only the two whom it is between can say that it stays between them."""
    if telling.audience != Audience.ONLY_US or viewer == telling.speaker:
        return
    if not is_own(viewer, telling.person.pk):
        raise Denied(
            _("You are writing this down, so you know it too. %(called)s can make it for fewer people.")
            % {"called": telling.person},
            whom=telling.person,
        )


@policy(
    because=_lazy("Words told to one person and read by another are trust broken; UK GDPR article 5(1)(f).")
)
def check_can_read_part(viewer: Person, part: StoryPart) -> None:
    """Whoever the part is for."""
    if not StoryPart.objects.filter(visible_to(viewer), pk=part.pk).exists():
        raise Denied(_("These words are not for you to read."))


@policy(
    because=_lazy(
        "A photo or a voice says more than it means to, and cannot be unseen; UK GDPR article 5(1)(f)."
    )
)
def check_can_read_upload(viewer: Person, upload: Upload) -> None:
    """A photo, drawing or voice note is for whoever its part is for."""
    check_can_read_part(viewer, upload.version.part)


@policy(because=_lazy("Words changed by another are no longer what was said; UK GDPR article 5(1)(d)."))
def check_can_add_version(viewer: Person, part: StoryPart) -> None:
    """The one who said it, or who wrote it down for them and still walks with them."""
    if part.speaker_id in selves(viewer):
        return
    wrote_it = PartVersion.objects.filter(part=part, written_down_by=viewer).exists()
    if not (wrote_it and part.person_id in people_walked_with(viewer)):
        raise Denied(_("Only the one who said this can say it another way. You can answer beneath it."))


@policy(
    because=_lazy(
        "The one it is about must be able to answer, and not be talked over by others; UK GDPR article 16."
    )
)
def check_can_answer(viewer: Person, part: StoryPart) -> None:
    """The one it is about, the one who said it, or whoever walks with them and writes their answer down."""
    if part.speaker_id == viewer.pk or is_own(viewer, part.person_id):
        return
    if part.person_id not in people_walked_with(viewer):
        raise Denied(_("Only the one this is about, and the one who said it, can answer here."))


class Answering(NamedTuple):
    """An answer that is about to be kept: beneath which part, and who says it."""

    part: StoryPart
    said_by: Person


@policy(because=_lazy("Words put into somebody's mouth stay on their page."))
def check_can_answer_as(viewer: Person, answering: Answering) -> None:
    """One answers for oneself; the person's answer is written down by whoever may write on their page."""
    part, said_by = answering
    own_page = is_own(viewer, part.person_id)
    if said_by.pk == part.person_id and not own_page:
        check_can_write(viewer, part.person)
    elif said_by.pk != viewer.pk or not (own_page or viewer.pk == part.speaker_id):
        raise Denied(_("Only the one this is about, and the one who said it, can answer here."))


@policy(because=_lazy("Told once is not told to all: who else reads it is for the person to say."))
def check_can_change_audience(viewer: Person, thing: StoryPart | Tie | Gap) -> None:
    """The person it is about says whom it is for."""
    if not is_own(viewer, thing.person_id):
        raise Denied(_("Whom this is for is up to the person it is about."))


@policy(
    because=_lazy("What was said in confidence may be kept closer, never passed on; the duty of confidence.")
)
def check_can_narrow_audience(viewer: Person, thing: StoryPart | Tie | Gap) -> None:
    """Who said a part may make it for fewer people, never for more."""
    if not (isinstance(thing, StoryPart) and thing.speaker_id == viewer.pk):
        check_can_change_audience(viewer, thing)


@policy(because=_lazy("A page that others can clear is not your own page."))
def check_can_put_away(viewer: Person, part: StoryPart) -> None:
    """What stands on a page is for the person whose page it is to say."""
    if not is_own(viewer, part.person_id):
        raise Denied(_("Only the person whose page this is can put this away."))


@policy(because=_lazy("Who somebody is to you is yours to say."))
def check_can_change_tie(viewer: Person, thing: Tie | Gap) -> None:
    """The person, or whoever walks with them, writing down what became of it."""
    check_can_write_for(viewer, thing.person)


@policy(
    because=_lazy("Someone in your circle did not ask to be known here; Human Rights Act 1998, article 8.")
)
def check_can_name_member(viewer: Person, person: Person) -> None:
    """Only the one whose circle it is says that somebody in it is somebody here (I20)."""
    if not is_own(viewer, person.pk):
        raise Denied(
            _("Only %(called)s can say that somebody in their circle is here too.") % {"called": person}
        )
