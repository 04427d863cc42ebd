"""Addresses for neighbourhoods: readable, unique, never one of the place's own pages."""

from django.utils.text import slugify

TAKEN_BY_PAGES = frozenset({"draw", "words", "say", "neighbourhoods", "looking-after", "principles"})
LONGEST = 120


def free_slug(name: str, taken: set[str]) -> str:
    """A slug for `name` that is not in `taken`, which it joins."""
    base = slugify(name)[:LONGEST] or "neighbourhood"
    slug, number = base, 1
    while slug in taken or slug in TAKEN_BY_PAGES:
        number += 1
        slug = f"{base}-{number}"
    taken.add(slug)
    return slug
