"""What the house does with the audit every hour: seal the days that are over, and take the seals elsewhere.

What could not be done is noted, stands on the page of what is broken, and is tried again the next hour.
"""

import datetime as dt
import logging
from pathlib import Path

from django.conf import settings
from django.db import OperationalError
from django.utils.translation import gettext as _

from alongside.audit.exporting import NotAnExport, OtherSeal, seals, write_into
from alongside.audit.models import Carried, Seal
from alongside.audit.operations import ClockAhead, carry, seal_what_is_over
from alongside.kernel.acting import working_on

logger = logging.getLogger("alongside.audit")
Way = Carried.Way


def every_hour() -> None:
    """Seal, then write what is sealed into the folder that the place named, if it named one."""
    seal_what_is_due()
    write_what_is_sealed()


def seal_what_is_due() -> None:
    """Seal every day that is over; in the demo, where clocks are moved, however many there are."""
    trouble = ""
    try:
        days = seal_what_is_over(by_a_human=settings.DEMO)
    except (ClockAhead, OperationalError) as error:
        trouble, days = str(error), []
    if days or trouble or _troubled(Way.HERE):
        note(Way.HERE, through=days[-1] if days else None, trouble=trouble)


def write_what_is_sealed() -> None:
    """Write each seal that is not there yet into the folder of ALONGSIDE_AUDIT_FOLDER, and note how far it came."""
    folder, through, trouble = settings.AUDIT_FOLDER, None, ""
    if folder:
        with working_on("audit.seal"):
            done = Carried.objects.filter(way=Way.FOLDER).values_list("through", flat=True).first()
            try:
                through = _written(Path(folder), after=done)
            except (OSError, OtherSeal, NotAnExport) as error:
                trouble = _("The seals could not be written into %(folder)s: %(trouble)s") % {
                    "folder": folder,
                    "trouble": error,
                }
    if through or trouble or _troubled(Way.FOLDER):
        note(Way.FOLDER, through=through, trouble=trouble)


def _written(folder: Path, *, after: dt.date | None) -> dt.date | None:
    """The last day that is in the folder now and was not before; None where there is nothing new.

    A folder that is not there is not made: a disk that is not mounted would be written under, on this machine.
    """
    if not folder.is_dir():
        raise NotADirectoryError(_("there is no such folder; is it mounted?"))
    last = None
    for seal in seals(after):
        write_into(folder, seal)
        last = seal.day
    return last


def note(way: str, *, through: dt.date | None, trouble: str) -> None:
    """Keep how far it came and what stopped it, where that is anything new."""
    if trouble:
        logger.error("the audit could not be kept (%s)", way)
    with working_on("audit.seal"):
        known = Carried.objects.filter(way=way).first()
        if known is None or through or known.trouble != trouble[:500]:
            carry(by=None, way=way, through=through, trouble=trouble)


def forget_trouble(way: str) -> None:
    """What stopped it this way stops nothing any more: the place does not ask for it."""
    if _troubled(way):
        note(way, through=None, trouble="")


def _troubled(way: str) -> bool:
    with working_on("audit.seal"):
        return Carried.objects.filter(way=way).exclude(trouble="").exists()


def newest_seal(*, after_way: str) -> Seal | None:
    """The newest seal, where it was not taken this way yet. Call in the work `audit.seal`."""
    newest = Seal.objects.order_by("-day").first()
    done = Carried.objects.filter(way=after_way).values_list("through", flat=True).first()
    return newest if newest and (done is None or done < newest.day) else None
