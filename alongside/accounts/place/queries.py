"""Reads about the place. All of it is open to everybody; `viewer` is taken as everywhere in the house."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models.easy_read import EasyReadLine
from alongside.accounts.models.place import Neighbourhood, Place, Voice, Ward
from alongside.accounts.models.principles import PrinciplesChange
from alongside.kernel import memo

# Nothing here sorts by deprivation, trouble or homelessness: a place is not a league table (F17).
ORDERS: dict[str, tuple[Promise | str, tuple[Any, ...]]] = {
    "name": (_("Neighbourhood"), ("name",)),
    "ward": (_("Ward"), (F("ward__name").asc(nulls_last=True), "name")),
    "residents": (_("People"), (F("residents").desc(nulls_last=True), "name")),
    "households": (_("Homes"), (F("households").desc(nulls_last=True), "name")),
    "disabled": (_("Disabled people"), (F("disabled").desc(nulls_last=True), "name")),
    "social_rent": (
        _("Homes rented from council or housing association"),
        (F("social_rent").desc(nulls_last=True), "name"),
    ),
    "private_rent": (
        _("Homes rented from a private landlord"),
        (F("private_rent").desc(nulls_last=True), "name"),
    ),
}


@dataclass(frozen=True)
class PlacePage:
    """What the page of the place shows."""

    place: Place
    neighbourhoods: list[Neighbourhood]
    wards: list[Ward]
    voices: list[Voice]


@dataclass(frozen=True)
class ToldChange:
    """One change of the principles: what came in and what went out. Neither where only the order changed."""

    change: PrinciplesChange
    added: list[str]
    gone: list[str]


def changes_of_principles(*, viewer: Any, since: int = 0) -> list[ToldChange]:
    """How the principles came to be, newest first; only what was changed after the change number `since`."""
    return [
        ToldChange(
            change=each,
            added=[line for line in each.after if line not in each.before],
            gone=[line for line in each.before if line not in each.after],
        )
        for each in PrinciplesChange.objects.filter(number__gt=since)
    ]


def the_place() -> Place | None:
    """The place of this installation, or None before anyone has told it."""
    return Place.objects.first()


def neighbourhoods(*, viewer: Any, order: str = "name") -> QuerySet[Neighbourhood]:
    """The neighbourhoods of today with their wards; an unknown `order` is by name."""
    return (
        Neighbourhood.objects.current().select_related("ward").order_by(*ORDERS.get(order, ORDERS["name"])[1])
    )


def place_page(*, viewer: Any, order: str = "name") -> PlacePage | None:
    """Place, neighbourhoods, wards and the newest voices, in four queries however large the place is."""
    place = the_place()
    if place is None:
        return None
    return PlacePage(
        place=place,
        neighbourhoods=list(neighbourhoods(viewer=viewer, order=order)),
        wards=list(Ward.objects.filter(current=True)),
        voices=list(Voice.objects.select_related("neighbourhood")[:12]),
    )


def find_neighbourhood(*, viewer: Any, slug: str) -> Neighbourhood | None:
    """One neighbourhood by its address, also one that was laid aside; None when there is none."""
    return Neighbourhood.objects.select_related("ward", "place").filter(slug=slug).first()


def beside(*, viewer: Any, neighbourhood: Neighbourhood) -> list[Neighbourhood]:
    """Others of the same ward, to be shown around it on a map; all told ones where there are no wards."""
    others = Neighbourhood.objects.current().exclude(pk=neighbourhood.pk)
    if neighbourhood.ward_id:
        return list(others.filter(ward_id=neighbourhood.ward_id))
    return list(others.filter(kind=Neighbourhood.Kind.TOLD)) if not neighbourhood.boundary else []


def voices_about(*, viewer: Any, neighbourhood: Neighbourhood) -> list[Voice]:
    """What residents say about one neighbourhood, newest first."""
    return list(Voice.objects.filter(neighbourhood=neighbourhood))


def find_voice(*, viewer: Any, voice: UUID) -> Voice | None:
    """One voice, for taking it back."""
    return Voice.objects.select_related("neighbourhood").filter(pk=voice).first()


def easy_read(*, viewer: Any, page: str, language: str) -> list[EasyReadLine]:
    """The easy read of a page in a language (a code), else in English; empty where the place wrote none.

    One statement; none where a request was told at the door that there is none, and nothing was written since.
    """
    written: frozenset[str] | None = memo.once("easy_pages", lambda: None)
    if written is not None and page not in written:
        return []
    family = language.split("-")[0]
    lines = list(_easy_lines().filter(page=page, language__in={family, "en"}))
    theirs = [line for line in lines if line.language == family]
    return theirs or [line for line in lines if line.language == "en"]


def easy_read_written(*, viewer: Any, page: str, language: str) -> list[EasyReadLine]:
    """The lines written for a page in exactly this language."""
    return list(_easy_lines().filter(page=page, language=language))


def _easy_lines() -> QuerySet[EasyReadLine]:
    has_picture = ExpressionWrapper(Q(picture__isnull=False), output_field=BooleanField())
    return EasyReadLine.objects.defer("picture").annotate(has_picture=has_picture)


def easy_reads(*, viewer: Any) -> dict[tuple[str, str], int]:
    """How many lines there are of each page in each language."""
    found = EasyReadLine.objects.order_by().values_list("page", "language").annotate(Count("pk"))
    return {(page, language): lines for page, language, lines in found}


def easy_pictures(*, viewer: Any, page: str, language: str) -> dict[int, bytes]:
    """The pictures of a page's lines by their place in the order, as JPEG."""
    found = EasyReadLine.objects.filter(page=page, language=language, picture__isnull=False)
    return {
        place: bytes(picture) for place, picture in found.values_list("place_in_order", "picture") if picture
    }


def easy_picture(*, viewer: Any, line: UUID) -> bytes | None:
    """One picture as JPEG; None where there is none."""
    found = (
        EasyReadLine.objects.filter(pk=line, picture__isnull=False).values_list("picture", flat=True).first()
    )
    return bytes(found) if found else None
