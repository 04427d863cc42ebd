"""Writing the easy read of a page."""

from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from alongside.accounts.models.easy_read import EasyReadLine
from alongside.accounts.models.place import Place
from alongside.accounts.place import policies
from alongside.audit.recording import operation, record

MOST_LINES = 12
MOST_BYTES = 400_000
JPEG = b"\xff\xd8\xff"


class EasyLine(TypedDict):
    """A short sentence, and a picture as a small JPEG (None for none) said in words."""

    words: str
    picture: bytes | None
    described: str


@operation("place.write_easy_read")
def write_easy_read(*, by: Any, page: str, language: str, lines: list[EasyLine]) -> list[EasyReadLine]:
    """Say what a page is for in short sentences with pictures, in one language; no lines takes it away.

    `page` is an address's name, `language` a code. What stood there before is replaced. Raises Denied when `by` is
    no place steward; ValidationError for more than 12 lines, or a picture that is no small JPEG or not described.
    """
    policies.check_can_change_words(by)
    if len(lines) > MOST_LINES:
        raise ValidationError(_("Twelve sentences are plenty. Say less, and it is read more."))
    for line in lines:
        _check_picture(line)
    EasyReadLine.objects.filter(page=page, language=language).delete()
    written = EasyReadLine.objects.bulk_create(
        EasyReadLine(page=page, language=language, place_in_order=place, **line)
        for place, line in enumerate(lines, start=1)
    )
    fields = {"page": page, "language": language, "words": [line["words"] for line in lines]}
    record("place.write_easy_read", by=by, thing=Place.objects.get(), fields=fields)
    return written


def _check_picture(line: EasyLine) -> None:
    picture = line["picture"]
    if picture is None:
        return
    if not picture.startswith(JPEG) or len(picture) > MOST_BYTES:
        raise ValidationError(_("That picture is too large for this. A simple drawing is best."))
    if not line["described"]:
        raise ValidationError(_("Say in a few words what the picture shows."))
