"""Every address of the house, with an example of each: for tests that open all of them.

Examples come from `EXAMPLES`: a name that stands in an address ("person"), or an address's name and that name
("story_part.part"), maps to a function that gives a value. The nearer one wins. Add to it with each new room.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Page:
    """One pattern of the resolver: its whole route, its name with namespaces, what stands in it, its view."""

    route: str
    name: str
    holes: tuple[str, ...]
    view: Callable[..., Any]


@dataclass(frozen=True)
class Address:
    """One page at one address."""

    page: Page
    address: str


Example = Callable[[], Any]
EXAMPLES: dict[str, Example] = {}


def pages(patterns: Sequence[URLPattern | URLResolver] | None = None) -> list[Page]:
    """Every pattern there is, included ones too."""
    found: list[Page] = []
    _walk(get_resolver().url_patterns if patterns is None else patterns, "", "", (), found)
    return found


def _walk(
    patterns: Sequence[URLPattern | URLResolver],
    route: str,
    names: str,
    holes: tuple[str, ...],
    found: list[Page],
) -> None:
    for pattern in patterns:
        here, held = f"{route}{pattern.pattern}", (*holes, *_holes(pattern))
        if isinstance(pattern, URLResolver):
            space = f"{names}{pattern.namespace}:" if pattern.namespace else names
            _walk(pattern.url_patterns, here, space, held, found)
        else:
            found.append(Page(here, f"{names}{pattern.name}" if pattern.name else "", held, pattern.callback))


def _holes(pattern: URLPattern | URLResolver) -> list[str]:
    regex = pattern.pattern.regex
    return list(regex.groupindex)


def examples(more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A value for each name in an address; `more` comes before `EXAMPLES`."""
    return {name: make() for name, make in EXAMPLES.items()} | dict(more or {})


def addresses(values: Mapping[str, Any]) -> tuple[list[Address], list[Page]]:
    """Every address that can be filled in, and the pages that lack an example."""
    filled, missing = [], []
    for page in pages():
        found = address_of(page, values)
        if found is None:
            missing.append(page)
        else:
            filled.append(Address(page, found))
    return filled, missing


def address_of(page: Page, values: Mapping[str, Any]) -> str | None:
    """The address of a page with its holes filled, or None where an example lacks or does not fit."""
    kwargs = {hole: values.get(f"{page.name}.{hole}", values.get(hole)) for hole in page.holes}
    if None in kwargs.values():
        return None
    if not page.name:
        return None if page.holes else f"/{page.route}"
    try:
        return reverse(page.name, kwargs=kwargs)
    except NoReverseMatch:
        return None
