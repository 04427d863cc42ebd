"""Reads that only the combined pages make."""

from alongside.accounts.models import Place


def the_place() -> Place | None:
    """The place this installation serves; None before there is one."""
    return Place.objects.first()
