"""What every page has around it: the place's name, the way about, who is looking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.accounts.models import Place
from alongside.accounts.place import easy_read
from alongside.consent.policies import WALKING_ROLES
from alongside.kernel import memo
from alongside.kernel.language.catalogues import is_drafted
from alongside.people.models import Person, Role
from alongside.people.policies import holds

Way = dict[str, Any]


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """Context for the layouts of the room `design`. At most two statements, and only where a layout asks."""
    viewer: Person | None = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "place_name": SimpleLazyObject(_place_name),
        "nav": SimpleLazyObject(lambda: _nav(viewer, request.path)),
        "find_url": SimpleLazyObject(lambda: reverse("find") if viewer and holds(viewer) else ""),
        "footer_links": _footer(),
        # Whose phone may keep moments where there is no signal: of those who walk with people, and nobody else's.
        "phone_of": SimpleLazyObject(lambda: _phone_of(viewer)),
        "sign_out_url": reverse("sign_out"),
        "QUICK_EXIT_URL": settings.QUICK_EXIT_URL,
        "demo": settings.DEMO,
        "easy_read": SimpleLazyObject(lambda: easy_read.around(request)),
        "drafted_by_machine": is_drafted(get_language() or settings.LANGUAGE_CODE),
    }


def _phone_of(viewer: Person | None) -> str:
    return str(viewer.account_id) if viewer and holds(viewer, *WALKING_ROLES) else ""


def _place_name() -> str:
    """Told at the door of the request; asked anew where something was written since."""
    return memo.once("place_name", Place.called) or "Alongside"


def _way(name: str, label: str, path: str) -> Way:
    url = reverse(name)
    return {"url": url, "label": label, "current": path == url}


def _nav(viewer: Person | None, path: str) -> list[Way]:
    """People and relationships first, for every role (R1); few nouns (R61)."""
    if viewer is None:
        return [
            _way("say_hello", _("Say hello"), path),
            _way("place", _("Our place"), path),
            _way("sign_in", _("Sign in"), path),
        ]
    ways = [_way("today", _("Today"), path)] if holds(viewer, *WALKING_ROLES) else []
    ways.append(_way("my_page", _("My page"), path))
    if holds(viewer, *WALKING_ROLES, Role.SPECIALIST, Role.DUTY_HUMAN):
        ways += [_way("people", _("People I walk with"), path), _way("hellos", _("Hellos"), path)]
    if holds(viewer, Role.TEAM_LEAD):
        ways.append(_way("lead", _("What is in the way"), path))
    ways += [_way("my_messages", _("Messages"), path), _way("place", _("Our place"), path)]
    if holds(viewer, Role.STEWARD):
        ways.append(_way("steward_home", _("Looking after"), path))
    return ways


def _footer() -> list[Way]:
    return [
        {"url": reverse("one_minute"), "label": _("What this is, in one minute")},
        {"url": reverse("hard_stops"), "label": _("What the software refuses, and why")},
    ]
