"""The picture of an arc, drawn on the server: soft ground, what was around above it, what is one's own beneath.

A pure function from months to SVG. It has no axis, no scale, no number and no line through it: a month with more
in it is a little fuller, up to a size that none goes beyond. The table twin on the page says all of it in words.
"""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alongside.walks.queries.arc import Month

WIDTH, GROUND, FULL, THIN, SIDE = 360, 92, 58, 5, 16
HEIGHT = GROUND + FULL + 52
# How full a month looks for nothing, one, two things and so on: it grows less and less, and then no more.
FULLER = (0.0, 0.34, 0.52, 0.66, 0.77, 0.86, 0.93, 1.0)
Point = tuple[float, float]


def draw(months: Sequence[Month], title: str, around: str, mine: str) -> SafeString:
    """The picture, with its title and a description in words; `around` and `mine` name the two strands."""
    at = [SIDE + (WIDTH - 2 * SIDE) * (place + 0.5) / len(months) for place in range(len(months))]
    above = [(x, GROUND - THIN - _full(month.around)) for x, month in zip(at, months, strict=True)]
    beneath = [(x, GROUND + THIN + _full(month.mine)) for x, month in zip(at, months, strict=True)]
    drawn = [
        f'<path class="arc__around" d="{_hill(above, GROUND - 1)}"/>',
        f'<path class="arc__mine" d="{_hill(beneath, GROUND + 1)}"/>',
        f'<path class="arc__ground" d="M{SIDE - 8} {GROUND}H{WIDTH - SIDE + 8}"/>',
        *(_stone(x) for x, month in zip(at, months, strict=True) if month.setbacks),
        _words(SIDE - 8, 16, around, "start"),
        _words(SIDE - 8, HEIGHT - 27, mine, "start"),
        *(_name(x, month, place) for place, (x, month) in enumerate(zip(at, months, strict=True))),
    ]
    # Whatever was said is escaped; everything else was made here.
    return mark_safe(  # noqa: S308
        f'<svg class="arc" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="arc-title arc-desc"'
        f' xmlns="http://www.w3.org/2000/svg"><title id="arc-title">{escape(title)}</title>'
        f'<desc id="arc-desc">{escape(describe(months))}</desc>{"".join(drawn)}</svg>'
    )


def describe(months: Sequence[Month]) -> str:
    """The picture in words, month by month; a quiet month is passed over."""
    said = []
    for month in months:
        there = [
            words
            for words, is_so in (
                (_("people from services around"), bool(month.around)),
                (_("things of one's own"), bool(month.mine)),
                (_("a setback"), bool(month.setbacks)),
            )
            if is_so
        ]
        if there:
            said.append(f"{date_format(month.first, 'F Y')}: {', '.join(there)}.")
    return " ".join(said) or _("Nothing is written down for these months.")


def _full(events: Sequence[object]) -> float:
    return FULL * FULLER[min(len(events), len(FULLER) - 1)]


def _hill(points: Sequence[Point], ground: float) -> str:
    """A soft outline through the points, closed along the ground."""
    first, last = points[0], points[-1]
    path = f"M{SIDE - 8:g} {ground:g}L{SIDE - 8:g} {first[1]:.1f}L{first[0]:.1f} {first[1]:.1f}"
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = (x0 + x1) / 2
        path += f"C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
    return f"{path}L{WIDTH - SIDE + 8:g} {last[1]:.1f}L{WIDTH - SIDE + 8:g} {ground:g}z"


def _stone(x: float) -> str:
    """A setback: a stone on the path, of one size, as every path has them."""
    return f'<circle class="arc__stone" cx="{x:.1f}" cy="{GROUND}" r="6"/>'


def _words(x: float, y: float, said: str, anchor: str) -> str:
    return f'<text class="arc__words" x="{x:g}" y="{y:g}" font-size="13" text-anchor="{anchor}">{escape(said)}</text>'


def _name(x: float, month: Month, place: int) -> str:
    """Every other month by its name: all of them are named in the words beneath."""
    if place % 2 == 0:
        return ""
    where = f'x="{x:.1f}" y="{HEIGHT - 4}" font-size="12" text-anchor="middle"'
    return f'<text class="arc__month" {where}>{escape(date_format(month.first, "M"))}</text>'
