"""Paper made from words: every word on it is data, and what this computer cannot draw is told by name."""

import io
from typing import Any

import pypdf
import pytest
import typst

from alongside.pages.paper import letters, making
from alongside.pages.paper.letters import OTHER, SCRIPTS, SIGNS, cannot_draw, missing_scripts
from alongside.pages.paper.making import CannotDraw, make, printable, words_in

SHEET = b"""
#let data = json(bytes(sys.inputs.data))
#set document(title: "A sheet")
#set text(font: data.fonts, lang: "en")
#heading(level: 1)[#data.title]
#data.words
"""


@pytest.fixture(autouse=True)
def a_sheet(monkeypatch):
    monkeypatch.setattr(making, "_template", lambda name: SHEET)


def on_paper(words, title="About me"):
    reader = pypdf.PdfReader(io.BytesIO(make("sheet", {"title": title, "words": words})))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize(
    "words",
    [
        '#panic("no")',
        '#read("/etc/passwd")',
        "$ x^2 $",
        "= A heading of mine",
        "*bold* _italic_ `code`",
        "// not a comment",
        "@label <label>",
        "\\u{48} and \\n and \\\\",
        '"}], "words": "mine", [{"',
        "{{ viewer }} {% load %}",
    ],
)
def test_what_somebody_said_is_never_read_as_an_instruction(words):
    assert " ".join(words.split()) in on_paper(words)


def test_the_paper_is_tagged_and_says_its_title_and_language():
    reader = pypdf.PdfReader(io.BytesIO(make("sheet", {"title": "About me", "words": "x"})))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "A sheet"


def test_the_same_words_make_the_same_letters_every_time():
    assert on_paper("Zoë drinks tea at Łódź’s café.") == on_paper("Zoë drinks tea at Łódź’s café.")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("tea\x00\x07\x1b[31m", "tea[31m"),
        ("two\nlines", "two\nlines"),
        ("a\tb", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("10\u00a0000", "10\u00a0000"),
        (7, 7),
        (None, None),
        ({"a": ["x\x07", {"b": "y\x07"}]}, {"a": ["x", {"b": "y"}]}),
    ],
)
def test_signs_that_a_keyboard_slips_in_are_left_off_and_those_that_shape_letters_stay(typed, printed):
    assert printable(typed) == printed


def test_every_word_on_a_sheet_is_looked_at_wherever_it_stands():
    sheet = {"a": "one", "b": ["two", {"c": "three", "d": [["four"]]}], "e": 5, "f": None, "g": True}
    assert list(words_in(sheet)) == ["one", "two", "three", "four"]


@pytest.fixture
def only_latin(monkeypatch):
    """A computer that draws nothing but Latin letters."""

    def draws(words):
        return all(ord(letter) < 0x250 for letter in words)

    monkeypatch.setattr(letters, "_draws", draws)


@pytest.mark.parametrize(
    ("words", "package"),
    [
        ("ሰላም", "fonts-sil-abyssinica"),
        ("سلام", "fonts-noto-core"),
        ("你好", "fonts-noto-cjk"),
        ("こんにちは", "fonts-noto-cjk"),
        ("안녕", "fonts-noto-cjk"),
        ("🙂", "fonts-noto-color-emoji"),
        ("Привіт", "fonts-noto-core"),
        ("ᚠᚢᚦ", "fonts-noto"),
    ],
)
def test_a_way_of_writing_that_lacks_is_told_with_what_brings_it(only_latin, words, package):
    assert [script.package for script in cannot_draw([f"Hello {words} there"])] == [package]


def test_each_is_told_once_however_many_words_of_it_there_are(only_latin):
    assert len(cannot_draw(["Привіт Привіт", "як справи", "ሰላም"])) == 2


@pytest.mark.parametrize("words", ["", "plain letters", "tea for two & 3", "Zoë, Łódź"])
def test_where_nothing_lacks_nothing_is_told(only_latin, words):
    assert cannot_draw([words]) == []


def test_plain_words_are_not_even_tried(monkeypatch):
    monkeypatch.setattr(letters, "_draws", lambda words: pytest.fail("nothing to try"))
    assert cannot_draw(["Only plain letters here."]) == []


@pytest.mark.parametrize(
    ("spoken", "packages"),
    [
        (["en", "cy"], set()),
        (["ti"], {"fonts-sil-abyssinica"}),
        (["zh", "EN-gb"], {"fonts-noto-cjk"}),
        (["uk-UA"], {"fonts-noto-core"}),
        ([], set()),
    ],
)
def test_a_place_is_told_only_of_the_languages_it_speaks(only_latin, monkeypatch, spoken, packages):
    monkeypatch.setattr(letters, "FONTS", list(letters.fonts().families()))
    assert {script.package for script in missing_scripts(spoken)} == packages


def test_without_any_plain_letters_that_is_told_first(only_latin, monkeypatch):
    monkeypatch.setattr(letters, "FONTS", ["No Such Font"])
    assert missing_scripts(["en"])[0].package == letters.PLAIN


def test_every_way_of_writing_knows_its_letters_and_where_to_get_them():
    for name, script in SCRIPTS.items():
        assert {letters._script(letter) for letter in script.letters} <= {script, SIGNS}, name
        assert script.package.startswith("fonts-")
        assert script.languages
    assert letters._script("ᚠ") is OTHER


def failing(message):
    def fail(*given, **more):
        error = typst.TypstError(message)
        error.message = message
        raise error

    return fail


def test_letters_that_cannot_be_drawn_are_told_and_no_half_sheet_is_made(only_latin, monkeypatch):
    monkeypatch.setattr(making.typst, "compile", failing("the text '你' could not be displayed in any font"))
    with pytest.raises(CannotDraw, match="Chinese and Japanese") as told:
        make("sheet", {"title": "About me", "words": "你好"})
    assert [script.package for script in told.value.scripts] == ["fonts-noto-cjk"]


def test_a_fault_of_ours_in_a_template_is_not_taken_for_a_letter(monkeypatch):
    monkeypatch.setattr(making, "_template", lambda name: b"#no-such-function()")
    with pytest.raises(typst.TypstError):
        make("sheet", {"title": "x", "words": "y"})
