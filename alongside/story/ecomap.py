"""The picture of a circle, drawn on the server: a person, those around them, and what is missing.

A pure function from a circle to SVG: no scripts, no links, readable in the hand and on paper. Shapes differ
as well as colours, and the table twin on the page says all of it in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alongside.story.circle_on import TieOn
from alongside.story.ecomap_shapes import HEART, SHAPES, TINTS
from alongside.story.fitting import fitted, width
from alongside.story.models import Tie, TieChange

WIDTH = 360  # of the drawing; a phone is about as many px wide, so letters are as large as they say
MIDDLE = WIDTH / 2
SIDE = 64  # how far from an edge a side column stands
ROOM = 2 * SIDE - 8  # how wide words may be
ROW = 128  # from one in a column to the next
NAME, TIE, LINE = 15.0, 13.0, 17
REACH = 27  # from the middle of a shape to where its line ends
ME = 42
BENEATH = 106  # room for the words of those lowest

INK, SOFT, PAPER, CARD, PINE = "#2a2320", "#574a42", "#fbf6ec", "#fffdf8", "#1c4a42"


@dataclass(frozen=True)
class Spot:
    """Where somebody stands: `side` is -1 for the left, 1 for the right, 0 above or beneath the person."""

    x: float
    y: float
    side: int
    above: bool = False


def spots(number: int, above: float) -> tuple[list[Spot], float, float]:
    """Places for so many around one person: the one above, then row by row, last the one beneath.

    `above` is the room for the words of the one above. Returns the places with the height of the drawing
    and how far down the person stands.
    """
    top, beneath = number % 2 == 1 or number >= 4, number >= 4 and number % 2 == 0
    rows = (number - top - beneath) // 2
    half = max(rows - 1, 0) * ROW / 2
    up = max(half + 34, 138) + above if top else max(half + 42, ME + 14)
    low = max(half + BENEATH if rows else 0, ME + 14)
    down = max(half + 34, 122) if beneath else 0
    first = [Spot(MIDDLE, above, 0, above=True)] if top else []
    sides = [
        Spot(x, up - half + row * ROW, side)
        for row in range(rows)
        for x, side in ((SIDE, -1), (WIDTH - SIDE, 1))
    ]
    last = [Spot(MIDDLE, up + down, 0)] if beneath else []
    return [*first, *sides, *last], up + max(low, down + BENEATH if beneath else 0), up


def _path(spot: Spot, down: float) -> str:
    """Out of the person and round into the one around them, level, so that no line crosses a name."""
    if spot.side:
        end = spot.x - spot.side * REACH
        return f"M{MIDDLE:g} {down:g}Q{MIDDLE + spot.side * 14:g} {spot.y:g} {end:g} {spot.y:g}"
    return f"M{MIDDLE:g} {down:g}V{spot.y + (REACH if spot.above else -REACH):g}"


def _line(spot: Spot, down: float, tie: TieOn) -> str:
    """The line in the style of how the tie stands, with the direction of help."""
    path = f'<path class="line" fill="none" stroke="{SOFT}" d="{_path(spot, down)}"'
    faded = tie.state == TieChange.What.FADED
    style = 'stroke-width="2" stroke-dasharray="0.1 7"' if faded else 'stroke-width="2.5"'
    drawn = f'{path} stroke-linecap="round" {style}/>'
    if tie.state == TieChange.What.MENDED:
        # Stitches: the same line once more, broad and broken.
        drawn += f'{path} stroke-width="10" stroke-dasharray="2 12"/>'
    return drawn + _helping(spot, tie.help)


WAYS: dict[str, tuple[int, ...]] = {Tie.Help.THEY_HELP: (-1,), Tie.Help.I_HELP: (1,), Tie.Help.BOTH: (-1, 1)}


def _helping(spot: Spot, direction: str) -> str:
    """Small arrows where the line meets them: towards the person, away, or both with their tips apart."""
    ways = WAYS.get(direction, ())
    along_x, along_y = (spot.side, 0) if spot.side else (0, -1 if spot.above else 1)
    arrows = ""
    for way in ways:
        at = REACH + 9 + (10 if way < 0 and len(ways) > 1 else 0)
        arrows += _arrow(spot.x - along_x * at, spot.y - along_y * at, along_x * way, along_y * way)
    return arrows


def _arrow(x: float, y: float, dx: int, dy: int) -> str:
    """A small arrow at a point, looking the way of `dx` and `dy`."""
    tip = f"{x + 6 * dx:g} {y + 6 * dy:g}"
    back_x, back_y = x - 3 * dx, y - 3 * dy
    wings = f"{back_x - 5 * dy:g} {back_y - 5 * dx:g} {back_x + 5 * dy:g} {back_y + 5 * dx:g}"
    return f'<path class="arrow" fill="{INK}" d="M{tip} {wings}z"/>'


Lines = list[tuple[str, str]]


def _words(name: str, tie: str, room: float) -> Lines:
    """A name and what they are on at most four lines, each with how it is set."""
    strong = f'class="name" font-size="{NAME:g}" font-weight="700" fill="{INK}"'
    soft = f'class="tie" font-size="{TIE:g}" fill="{SOFT}"'
    names, ties = fitted(name, room / NAME, 2), fitted(tie, room / TIE, 2)
    return [(line, strong) for line in names] + [(line, soft) for line in ties]


def _label(spot: Spot, lines: Lines) -> str:
    """Words above a shape or beneath it."""
    y = spot.y - 34 - (len(lines) - 1) * LINE if spot.above else spot.y + 42
    return "".join(
        f'<text x="{spot.x:g}" y="{y + at * LINE:g}" {style} stroke="{PAPER}" stroke-width="4"'
        f' paint-order="stroke" text-anchor="middle">{escape(words)}</text>'
        for at, (words, style) in enumerate(lines)
    )


def _shape(spot: Spot, tie: TieOn) -> str:
    to = Tie.To(tie.to)
    dash = ' stroke-dasharray="4 4"' if tie.state == TieChange.What.FADED else ""
    return (
        f'<g class="who {to}" transform="translate({spot.x:g} {spot.y:g})" fill="{TINTS[to]}"'
        f' stroke="{INK}" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"{dash}>'
        f"{SHAPES[to]}{HEART if tie.trusted else ''}</g>"
    )


def _gap(spot: Spot) -> str:
    return (
        f'<circle class="gap" cx="{spot.x:g}" cy="{spot.y:g}" r="23" fill="{CARD}" stroke="{SOFT}"'
        ' stroke-width="2" stroke-dasharray="5 6" stroke-linecap="round"/>'
    )


def _person(called: str, down: float) -> str:
    room = 2 * ME - 14
    size = max(11.0, min(17.0, room / max(map(width, called.split()), default=1)))
    lines = fitted(called, room / size, 2)
    first = down + size / 3 - (len(lines) - 1) * LINE / 2
    words = "".join(
        f'<text class="me-words" x="{MIDDLE:g}" y="{first + at * LINE:g}" font-size="{size:.3g}"'
        f' font-weight="700" fill="{CARD}" text-anchor="middle">{escape(line)}</text>'
        for at, line in enumerate(lines)
    )
    return f'<circle class="me" cx="{MIDDLE:g}" cy="{down:g}" r="{ME}" fill="{PINE}"/>{words}'


def said(called: str, ties: Sequence[TieOn], gaps: Sequence[str]) -> str:
    """The picture in one or two sentences, for whoever does not see it."""
    names = ", ".join(f"{tie.name} ({tie.tie})" if tie.tie else tie.name for tie in ties)
    around = _("Around %(called)s: %(names)s.") % {"called": called, "names": names} if names else ""
    missing = _("Missing: %(gaps)s.") % {"gaps": ", ".join(gaps)} if gaps else ""
    return " ".join(part for part in (around, missing) if part) or _("Nobody is in the picture yet.")


def draw(called: str, title: str, ties: Sequence[TieOn], gaps: Sequence[str] = ()) -> SafeString:
    """A circle as SVG: `called` in the middle, ties around, gaps as empty rings with the person's words."""
    words = [_words(tie.name, tie.tie, ROOM) for tie in ties] + [_words("", gap, ROOM) for gap in gaps]
    above = 40 + LINE * len(words[0]) if words else 0
    where, height, down = spots(len(words), above)
    placed = list(zip(ties, where, strict=False))
    parts = [_line(spot, down, tie) for tie, spot in placed]
    parts += [_shape(spot, tie) for tie, spot in placed]
    parts += [_gap(spot) for spot in where[len(ties) :]]
    parts += [_label(spot, lines) for spot, lines in zip(where, words, strict=True)]
    parts.append(_person(called, down))
    return mark_safe(  # noqa: S308 - every word of a person went through escape()
        f'<svg class="ecomap" viewBox="0 0 {WIDTH} {height:g}" role="img"'
        f' aria-labelledby="ecomap-title ecomap-says" xmlns="http://www.w3.org/2000/svg"'
        ' font-family="Atkinson Hyperlegible Next Variable, sans-serif">'
        f'<title id="ecomap-title">{escape(title)}</title>'
        f'<desc id="ecomap-says">{escape(said(called, ties, gaps))}</desc>{"".join(parts)}</svg>'
    )
