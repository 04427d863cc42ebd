"""What the build made: ours, whole, and pointing nowhere else."""

import re
from itertools import product
from pathlib import Path

import pytest

OWN_WORDS = "licences.txt"  # the packages' own terms, which name their own homes
NAMESPACE = re.compile(r"http://www\.w3\.org/(2000/svg|1999/xlink|1998/Math/MathML|1999/xhtml)")
TEXT = ["--ink", "--soft-ink", "--pine", "--error"]
GROUNDS = ["--paper", "--card", "--sand", "--lamp-glow"]
TINTS = ["--sage-tint", "--lamp-tint", "--sky-tint", "--clay-tint", "--plum-tint"]
BUTTONS = [("--on-pine", "--pine"), ("--paper", "--brick"), ("--on-lamp", "--lamp")]
AAA = 7


def texts(built: Path) -> list[tuple[str, str]]:
    kept = [file for file in built.rglob("*") if file.suffix in {".css", ".js"} and file.name != OWN_WORDS]
    return [(file.name, file.read_text()) for file in kept]


def tokens(css: str, *, dark: bool) -> dict[str, str]:
    """Colour names and values, as the light or the dark page has them."""
    blocks = re.findall(r":root\{(color-scheme:light dark;.*?|--paper:.*?)\}", css)
    light, night = blocks[0], blocks[1]
    found = dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{3,6})", light))
    return {**found, **dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{3,6})", night))} if dark else found


def light_of(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((light_of(one), light_of(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_nothing_built_points_to_another_site(built: Path) -> None:
    found = {name: re.findall(r"https?://[\w./-]+", NAMESPACE.sub("", text)) for name, text in texts(built)}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_no_address_without_a_scheme_is_fetched_either(built: Path) -> None:
    assert [name for name, text in texts(built) if re.search(r"""url\(["']?//|@import""", text)] == []


@pytest.mark.parametrize("mark", ["GDS Transport", "crest", "crown", "govuk-header", "www.gov.uk"])
def test_no_mark_of_the_crown_is_used(built: Path, mark: str) -> None:
    assert [name for name, text in texts(built) if mark.lower() in text.lower()] == []


def test_no_picture_of_the_crown_is_shipped(built: Path) -> None:
    pictures = {file.name for file in built.rglob("*") if file.suffix in {".png", ".svg", ".ico", ".jpg"}}
    # Two are the map's, one is our own.
    assert {name.split("-")[0].split(".")[0] for name in pictures} == {"layers", "marker", "mark"}


def test_every_font_the_sheet_names_is_beside_it(built: Path) -> None:
    named = set(re.findall(r"url\((fonts/[\w.-]+)\)", (built / "alongside.css").read_text()))
    assert any("atkinson" in name for name in named)
    assert [name for name in named if not (built / name).stat().st_size] == []


def test_every_package_we_build_from_brings_its_terms(built: Path) -> None:
    terms = (built / OWN_WORDS).read_text()
    for package in ("leaflet", "htmx.org", "atkinson-hyperlegible-next", "literata", "govuk-frontend"):
        assert package in terms


def test_sides_are_start_and_end_so_that_arabic_reads_right(built: Path) -> None:
    css = (built / "alongside.css").read_text()
    sided = re.findall(r"(?:margin|padding|border)-(?:left|right)|(?:[{;]|text-align:)(?:left|right)\b", css)
    assert sided == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), list(product(TEXT, GROUNDS)))
def test_text_can_be_read_by_tired_eyes(built: Path, text: str, ground: str, dark: bool) -> None:
    colours = tokens((built / "alongside.css").read_text(), dark=dark)
    assert contrast(colours[text], colours[ground]) >= AAA


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("ground", TINTS)
def test_ink_can_be_read_on_every_tint(built: Path, ground: str, dark: bool) -> None:
    colours = tokens((built / "alongside.css").read_text(), dark=dark)
    assert contrast(colours["--ink"], colours[ground]) >= AAA


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), BUTTONS)
def test_words_on_buttons_can_be_read(built: Path, text: str, ground: str, dark: bool) -> None:
    colours = tokens((built / "alongside.css").read_text(), dark=dark)
    assert contrast(colours[text], colours[ground]) >= AAA


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_edge_of_a_box_can_be_seen(built: Path, dark: bool) -> None:
    colours = tokens((built / "alongside.css").read_text(), dark=dark)
    assert contrast(colours["--edge"], colours["--card"]) >= 3


def test_a_first_visit_on_a_borrowed_phone_is_light(built: Path) -> None:
    needed = ["alongside.css", "alongside.js", "htmx.js"]
    assert sum((built / name).stat().st_size for name in needed) < 140_000
