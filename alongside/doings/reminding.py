"""Each morning's reminders: whoever promised something for today hears of it, and who is coming is told, once.

Each is from a human, the one who wrote the promise down or the one who comes, by the way the other asked for.
"""

import logging
from uuid import UUID

from django.utils import formats
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.doings.models import Promise
from alongside.doings.operations import reminded
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages.operations import send
from alongside.people.models import Person

logger = logging.getLogger("alongside.doings")


def every_morning() -> int:
    """Remind of every promise of today that was not reminded of yet. Returns how many. Twice does no harm."""
    with working_on("doings.remind"):
        due = Promise.objects.filter(day=clock.today(), state=Promise.State.OPEN, reminded_at__isnull=True)
        keys = list(due.order_by("at", "pk").values_list("pk", flat=True))
    failed = [key for key in keys if not _done(key)]
    if failed:
        raise RuntimeError(f"not reminded of: {len(failed)} promises; they are tried again")
    return len(keys)


def _done(key: UUID) -> bool:
    try:
        _remind(key)
    except Exception:
        logger.exception("One promise was not reminded of; the next run tries it again")
        return False
    return True


def _remind(key: UUID) -> None:
    with working_on("doings.remind"):
        promise = (
            Promise.objects.select_for_update(of=("self",)).filter(pk=key, reminded_at__isnull=True).first()
        )
        if promise is None:
            return
        people = _people(promise)
        writer = people[promise.written_down_by_id]
        owner = people.get(promise.owner_id or promise.answering_id)
        _tell_owner(promise, owner or writer, writer)
        if promise.coming and promise.person_id and promise.person_id != promise.owner_id:
            _tell_who_is_coming(promise, people[promise.person_id], owner or writer)
        reminded(by=None, promise=promise)


def _people(promise: Promise) -> dict[UUID | None, Person]:
    keys = {promise.person_id, promise.owner_id, promise.answering_id, promise.written_down_by_id} - {None}
    with working_on("messages.send"):
        # A message goes to the one they were found to be.
        return {
            key: person.same_as or person
            for key, person in Person.objects.select_related("same_as").in_bulk(keys).items()
        }


def _tell_owner(promise: Promise, owner: Person, writer: Person) -> None:
    """To whoever made it; where that is nobody here, to whoever wrote it down, who knows how to reach them."""
    with working_on("messages.send"):
        send(
            by=writer,
            to=owner,
            subject=_("A promise for today"),
            words=format_lazy(_("Today: {words}{when}"), words=promise.words, when=when(promise)),
            reference=f"promise-{promise.pk}-{promise.day:%Y%m%d}",
            about=promise,
            link=f"/promises/{promise.pk}/",
        )


def _tell_who_is_coming(promise: Promise, person: Person, comes: Person) -> None:
    name = comes.called if promise.owner_id else promise.owner_words or comes.called
    with working_on("messages.send"):
        send(
            by=comes,
            to=person,
            subject=_("Somebody is coming today"),
            words=format_lazy(
                _("{name} is coming today{when}. {words}"), name=name, when=when(promise), words=promise.words
            ),
            reference=f"coming-{promise.pk}-{promise.day:%Y%m%d}",
            about=promise,
            link=f"/promises/{promise.pk}/",
        )


def when(promise: Promise) -> object:
    """The time and the place, as far as they were said, to stand after a day."""
    parts: list[object] = []
    if promise.at_time is not None:
        parts.append(format_lazy(_(", {time}"), time=formats.time_format(promise.at_time)))
    if promise.where_words:
        parts.append(format_lazy(_(", at {where}"), where=promise.where_words))
    return format_lazy("{}" * len(parts), *parts)
