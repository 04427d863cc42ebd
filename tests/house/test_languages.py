"""Every string can be said in another language; every resident's page is there in Welsh, with the same holes."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.test import Client
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR

from alongside.accounts.place.languages import LANGUAGES
from alongside.kernel.language import catalogues
from alongside.kernel.language.extract import everything_said
from alongside.people.models import Person
from tests import cast, crawl, pseudo
from tests.database import as_owner
from tests.house import residents, sources, wording
from tests.house.test_pages import somebody  # noqa: F401 - a fixture

HOLE = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+")


def missing_in(language: str) -> list[str]:
    """What a resident may read and this language has no words for, with where it is said."""
    here = {sources.here(path) for path in residents.with_parts(residents.templates())}
    kept = polib.pofile(str(catalogues.catalogue(language)))
    there = {(entry.msgctxt or "", entry.msgid) for entry in kept if entry.translated()}
    return [
        f"{said.where[0]}: {said.one}"
        for said in everything_said(sources.PACKAGE)
        if said.key not in there
        and any(where in here or where.startswith(residents.CODE) for where in said.where)
    ]


# Words in a script's own quotes, said to somebody: a sentence, or the beginning of one.
QUOTED = re.compile(r"""(["'`])((?:\\.|(?!\1)[^\\\n])*)\1""")
SENTENCE = re.compile(r"[A-Z][\w’']+(?: [\w’',…-]+)+|[A-Z][\w’']+[.!?…]")
SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|(?:(?<=\s)|^)//[^\n]*", re.DOTALL)


def said_by_a_script(source: str) -> list[str]:
    """Sentences that a script says by itself, which no catalogue could hold."""
    quoted = [found[2] for found in QUOTED.finditer(SCRIPT_COMMENT.sub(" ", source))]
    return [words for words in quoted if SENTENCE.match(words)]


def test_a_script_says_only_what_its_page_gives_it() -> None:
    scripts = [
        path
        for path in sources.tracked_files()
        if path.suffix in {".js", ".mjs"}
        and path.is_relative_to(sources.PACKAGE)
        and "build" not in path.name
    ]
    assert len(scripts) > 15
    assert {
        sources.here(path): words for path in scripts if (words := said_by_a_script(path.read_text()))
    } == {}


def test_a_sentence_in_a_script_is_found() -> None:
    source = "// Nobody reads this.\nlabel.textContent = 'Say it again'; a('main [data-x]', `Kept.`, 'ECDH', \"GET\")"
    assert said_by_a_script(source) == ["Say it again", "Kept."]


def test_residents_pages_are_all_there_in_welsh() -> None:
    assert missing_in("cy") == [], "make messages, then give these their Welsh in alongside/locale/cy"


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_translation_has_the_holes_and_marks_of_what_it_translates(language: str) -> None:
    wrong = []
    for entry in polib.pofile(str(catalogues.catalogue(language))):
        wanted = [set(HOLE.findall(entry.msgid)), set(HOLE.findall(entry.msgid_plural))]
        for form in [entry.msgstr, *entry.msgstr_plural.values()] if entry.translated() else []:
            here = set(HOLE.findall(form))
            if form and not (wanted[0] & wanted[1] if entry.msgid_plural else wanted[0]) <= here <= set.union(
                *wanted
            ):
                wrong.append(f"{entry.msgid}: {form}")
    assert wrong == []


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "diwrnod"), (1, "diwrnod"), (2, "ddiwrnod"), (3, "diwrnod"), (6, "diwrnod"), (9, "diwrnod")],
)
def test_welsh_counts_as_welsh_counts(days: int, said: str) -> None:
    with translation.override("cy"):
        words = translation.ngettext("%(weekday)s, in %(days)d day", "%(weekday)s, in %(days)d days", days)
    assert words.split()[-1] == said


def test_a_longer_language_keeps_its_holes_and_tags() -> None:
    assert pseudo.pseudo("Hello %(called)s") == "⟦Hélló %(called)s ~⟧"
    assert pseudo.pseudo('<a href="%(x)s">Tell us</a>').startswith('⟦<a href="%(x)s">Téll ús</a>')
    long = "Somebody reads this and answers you by tomorrow."
    assert len(pseudo.pseudo(long)) >= 1.35 * len(long)


@pytest.mark.parametrize(
    ("page", "rest"),
    [("⟦Hélló Sam ~⟧ and more", "and more"), ("⟦By ⟦you⟧ Sam⟧", ""), ("Save", "Save")],
)
def test_what_is_in_no_bracket_is_found(page: str, rest: str) -> None:
    assert pseudo.outside(page).strip() == rest


# What stands on a page as it is in every language.
CALENDAR = " ".join(
    str(each) for table in (MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR) for each in table.values()
)
OWN_NAMES = " ".join(name for _code, name in LANGUAGES)
NAMES = f"Alongside Ctrl PDF CSV GeoJSON PIN Noon Midnight a.m p.m Pseudo {CALENDAR} {OWN_NAMES}"
# Words that are somebody's own and stand in no table: what they type, a key for their phone.
SECRET_WORDS = re.compile(
    r"\b[A-Z2-7]{16,}\b|<code\b.*?</code>|<svg\b.*?</svg>|<textarea\b.*?</textarea>", re.DOTALL
)


def _texts(model: Any) -> list[str]:
    fields = model._meta.concrete_fields
    named = [
        each.name
        for each in fields
        if isinstance(each, models.CharField | models.TextField | models.JSONField | ArrayField)
    ]
    return [str(value) for row in model.objects.values_list(*named) for value in row] if named else []


def known_words() -> set[str]:
    """Every word that stands in the database, and every name that is the same in all languages."""
    with as_owner():
        texts = [text for model in apps.get_models() for text in _texts(model)]
    return {word.casefold() for word in wording.WORD.findall(" ".join([NAMES, *texts]))}


def untranslated(html: str, known: set[str]) -> list[str]:
    """Words of a page that were not handed over for translation and are nobody's own."""
    said = pseudo.outside(
        wording.words_in_template(SECRET_WORDS.sub(" ", html.split("<body", 1)[-1].partition(">")[2]))
    )
    return [word for word in wording.WORD.findall(said) if word.casefold() not in known and len(word) > 1]


def test_a_word_beyond_translating_is_found() -> None:
    page = "<head><title>x</title></head><body class='y'><h1>⟦Hélló ⟦Sam⟧⟧, Sam</h1><p>Save it</p>ABCDEFGHIJKLMNOP"
    assert untranslated(page, {"sam"}) == ["Save", "it"]


@pytest.fixture
def longer(tmp_path: Path) -> Iterator[None]:
    """The house speaks the longer language."""
    with pseudo.spoken(tmp_path):
        yield


def looked_at(client: Client, values: dict[str, Any]) -> tuple[set[str], dict[str, str]]:
    """Every page in the longer language: names of those that opened, and words beyond translating by address."""
    known, opened, found = known_words(), set(), {}
    for page in crawl.addresses(crawl.examples(values))[0]:
        answer = client.get(page.address, headers={"Accept-Language": pseudo.CODE})
        if answer.status_code in {200, 403, 404} and answer.headers["Content-Type"].startswith("text/html"):
            opened |= {page.page.name} if answer.status_code == 200 else set()
            if words := untranslated(answer.content.decode(), known):
                found[page.address] = " ".join(words)
    return opened, found


# Pages that at least have to open for somebody, so that their words are looked at and not only a refusal's.
OPEN_TO: dict[str | None, set[str]] = {
    None: {"home", "offline"},
    "Tracey Hallam": {"my_page", "plan", "my_promises", "my_calendar", "walk", "moments", "arc", "life_map"},
    "Priya Nair": {"today", "my_days", "time_writing", "moment_who", "walk", "plan", "moments"},
    "Imogen Blake": {"steward_home", "steward_easy_read"},
}


@pytest.mark.parametrize("name", OPEN_TO)
def test_no_word_on_any_page_is_beyond_translating(
    client: Client,
    somebody: dict[str, Any],  # noqa: F811
    longer: None,
    name: str | None,
) -> None:
    if name:
        with as_owner():
            whoever = Person.objects.get(name=name)
        cast.sign_in(client, whoever)
    opened, found = looked_at(client, somebody)
    assert OPEN_TO[name] - opened == set()
    assert found == {}
