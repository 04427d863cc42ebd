"""Tynebank's easy read of two pages, with pictures drawn here, line by line."""

import io
import math
from collections.abc import Callable

from PIL import Image, ImageDraw

from alongside.accounts.place.operations import EasyLine, write_easy_read
from alongside.kernel.acting import acting_as
from alongside.people.models import Person

SIDE, PEN, INK = 480, 12, "#1c4a42"
WARM = "#f3c9a5"
Draw = ImageDraw.ImageDraw


def drawn(*shapes: Callable[[Draw], None]) -> bytes:
    """A JPEG with these shapes on white."""
    picture = Image.new("RGB", (SIDE, SIDE), "white")
    pen = ImageDraw.Draw(picture)
    for shape in shapes:
        shape(pen)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90, optimize=True)
    return out.getvalue()


def person(x: int, *, fill: str = WARM) -> Callable[[Draw], None]:
    """Somebody from the waist up, in the middle of `x`."""

    def draw(pen: Draw) -> None:
        pen.pieslice((x - 95, 270, x + 95, 560), 180, 360, fill=fill, outline=INK, width=PEN)
        pen.line((x - 95, 415, x - 95, 440), fill=INK, width=PEN)
        pen.line((x + 95, 415, x + 95, 440), fill=INK, width=PEN)
        pen.line((x - 100, 440, x + 100, 440), fill=INK, width=PEN)
        pen.rectangle((x - 120, 447, x + 120, SIDE), fill="white")
        pen.ellipse((x - 62, 140, x + 62, 264), fill=fill, outline=INK, width=PEN)
        pen.ellipse((x - 28, 185, x - 14, 199), fill=INK)
        pen.ellipse((x + 14, 185, x + 28, 199), fill=INK)
        pen.arc((x - 28, 195, x + 28, 240), 20, 160, fill=INK, width=8)

    return draw


def bubble(words: str, *, left: int = 30, right: int = 220) -> Callable[[Draw], None]:
    """What somebody says."""

    def draw(pen: Draw) -> None:
        pen.rounded_rectangle((left, 25, right, 120), 28, fill="white", outline=INK, width=PEN)
        middle = (left + right) // 2
        pen.polygon([(middle - 25, 114), (middle + 25, 114), (middle + 5, 150)], fill="white")
        pen.line([(middle - 25, 114), (middle + 5, 150), (middle + 25, 114)], fill=INK, width=PEN)
        pen.text((middle, 70), words, fill=INK, anchor="mm", font_size=54)

    return draw


def sheet(pen: Draw) -> None:
    """A page with lines on it."""
    pen.rounded_rectangle((110, 50, 370, 430), 16, fill="white", outline=INK, width=PEN)
    for line, right in enumerate((320, 300, 320, 260), start=2):
        pen.line((160, 60 * line + 40, right, 60 * line + 40), fill=INK, width=PEN)
    pen.ellipse((160, 80, 210, 130), fill=WARM, outline=INK, width=8)


def eye(pen: Draw) -> None:
    """An eye that looks."""
    steps = [step / 20 for step in range(21)]
    lid = [(40 + 400 * step, 225 - 130 * math.sin(math.pi * step)) for step in steps]
    below = [(x, 450 - y) for x, y in reversed(lid)]
    pen.line([*lid, *below, lid[0]], fill=INK, width=PEN, joint="curve")
    pen.ellipse((165, 150, 315, 300), fill=WARM, outline=INK, width=PEN)
    pen.ellipse((210, 195, 270, 255), fill=INK)


def calendar(pen: Draw) -> None:
    """A day in the calendar, ticked."""
    pen.rounded_rectangle((70, 90, 410, 420), 20, fill="white", outline=INK, width=PEN)
    pen.rounded_rectangle((70, 90, 410, 175), 20, fill=WARM, outline=INK, width=PEN)
    for ring in (160, 320):
        pen.line((ring, 55, ring, 125), fill=INK, width=PEN + 4)
    pen.line([(165, 300), (225, 360), (330, 230)], fill=INK, width=PEN + 10, joint="curve")


def open_door(pen: Draw) -> None:
    """A door that stands open."""
    pen.rectangle((120, 40, 360, 440), fill=WARM, outline=INK, width=PEN)
    pen.polygon([(120, 40), (250, 90), (250, 470), (120, 440)], fill="white")
    pen.line([(120, 40), (250, 90), (250, 470), (120, 440), (120, 40)], fill=INK, width=PEN, joint="curve")
    pen.ellipse((212, 260, 236, 284), fill=INK)


def lines() -> dict[str, list[EasyLine]]:
    """What Tynebank says of two pages."""
    say = EasyLine
    return {
        "home": [
            say(
                words="You can say hello here.",
                picture=drawn(person(125), person(355, fill="white"), bubble("Hello")),
                described="Two people. One of them says hello.",
            ),
            say(
                words="A person reads your words.",
                picture=drawn(sheet),
                described="A page with writing on it.",
            ),
            say(
                words="They tell you their name.",
                picture=drawn(person(240), bubble("I am Sam", left=110, right=370)),
                described="Somebody says their name.",
            ),
            say(
                words="They answer you by the next working day.",
                picture=drawn(calendar),
                described="A calendar with a tick in it.",
            ),
            say(
                words="You can stop at any time.",
                picture=drawn(open_door),
                described="A door that stands open.",
            ),
        ],
        "who_looked": [
            say(words="Your page is yours.", picture=drawn(sheet), described="A page with writing on it."),
            say(words="Here you see who opened it.", picture=drawn(eye), described="An eye that looks."),
            say(
                words="You see the day, and why they looked.",
                picture=drawn(calendar),
                described="A calendar with a tick in it.",
            ),
            say(
                words="You can ask them why. They must answer.",
                picture=drawn(person(125), person(355, fill="white"), bubble("Why?")),
                described="Two people. One of them asks why.",
            ),
        ],
    }


def write(steward: Person) -> None:
    """Write it, as a steward of the place."""
    with acting_as(steward):
        for page, said in lines().items():
            write_easy_read(by=steward, page=page, language="en", lines=said)
