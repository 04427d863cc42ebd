"""The application with both locks off, to measure what they cost. It serves a bench database and nothing else."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
if "bench" not in os.environ.get("DATABASE_URL", ""):
    raise SystemExit("bench.unlocked only serves a bench database")

from alongside.config.wsgi import application as locked
from alongside.kernel import policy

_narrow = policy.narrow


def _everything(queryset, condition):  # type: ignore[no-untyped-def]
    return queryset


def _let(check, viewer, thing):  # type: ignore[no-untyped-def]
    return None


def _unlock() -> None:
    import sys

    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - imports every view
    policy.enforce = _let
    for name, module in list(sys.modules.items()):
        # A list of whose page is open has to stay that list; all other narrowing goes.
        ours = name.startswith("alongside.") and not name.endswith("consent.policies")
        if ours and getattr(module, "narrow", None) is _narrow:
            module.narrow = _everything  # type: ignore[attr-defined]


_unlock()
application = locked
