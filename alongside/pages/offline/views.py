"""What a phone asks the place, and what it sends."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.kernel import clock, sealing
from alongside.kernel.policy import open_to_all, signed_in
from alongside.kernel.request import Request
from alongside.pages.offline import along, arriving
from alongside.pages.offline.clocks import a_time
from alongside.people.models import Person

# A phone sends ten at a time.
MOST_AT_ONCE = 50


@open_to_all("a phone asks whose it is now; a stranger hears that it is nobody's")
@require_safe
def whose(request: Request) -> JsonResponse:
    """Whose phone this is, the key to seal with, the time here, and the proof that goes with what is sent."""
    viewer = request.viewer
    if viewer is None:
        return JsonResponse({"account": None})
    key = sealing.public_key()
    return JsonResponse(
        {
            "account": str(viewer.account_id),
            "key": {"id": key.id, "point": key.point},
            "now": clock.now().isoformat(),
            "proof": get_token(request),
        }
    )


@signed_in()
@require_POST
def moments(request: Request) -> JsonResponse:
    """Sealed moments of the one who is signed in: for each, that it is kept, here already, or why not."""
    viewer: Person = request.viewer
    try:
        phone_now, items = _read(request.body)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        return JsonResponse(
            {"error": _("This is not what a phone sends: %(why)s") % {"why": error}}, status=400
        )
    answers = [arriving.arrived(viewer, key, envelope, phone_now).as_json() for key, envelope in items]
    proof = get_token(request)
    return JsonResponse({"answers": [{**each, "proof": proof} for each in answers]})


def _read(body: bytes) -> tuple[dt.datetime, list[tuple[UUID, str]]]:
    """The phone's clock, and each id with its envelope. Raises ValueError, TypeError, KeyError or RecursionError."""
    said: dict[str, Any] = json.loads(body)
    phone_now = a_time(said["clock"])
    if not isinstance(said["moments"], list) or len(said["moments"]) > MOST_AT_ONCE:
        raise ValueError(f"at most {MOST_AT_ONCE} moments at once")
    return phone_now, [(UUID(str(each["client_id"])), str(each["envelope"])) for each in said["moments"]]


@signed_in()
@require_POST
def people(request: Request) -> JsonResponse:
    """Today's people, to be locked away on the phone. Each of them is a look, written down here."""
    viewer: Person = request.viewer
    return JsonResponse(
        {
            "account": str(viewer.account_id),
            "lasts_seconds": along.LASTS_SECONDS,
            "people": along.taken_along(viewer),
        }
    )
