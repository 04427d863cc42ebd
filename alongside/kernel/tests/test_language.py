"""Catalogues follow what the house says, keep what was translated, and know what nobody has read."""

import gettext
import os

import polib
import pytest

from alongside.kernel.language import catalogues
from alongside.kernel.language.extract import everything_said, in_template

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

def said(n):
    return _("Come in"), ngettext("%(n)s cup", "%(n)s cups", n) % {"n": n}, pgettext_lazy("trust", "Not now")
"""
PAGE = """{% load i18n %}{% translate "Come in" %}{# never #}
{% include "x.html" with label=_("Sit down") %}
{% blocktranslate trimmed count n=n %}
  One chair, {{ name }}
{% plural %}
  {{ n }} chairs
{% endblocktranslate %}"""


@pytest.fixture
def house(tmp_path):
    """A package of one module and one page, and an empty Welsh catalogue."""
    (tmp_path / "room" / "templates").mkdir(parents=True)
    (tmp_path / "room" / "tests").mkdir()
    (tmp_path / "room" / "code.py").write_text(CODE)
    (tmp_path / "room" / "templates" / "page.html").write_text(PAGE)
    (tmp_path / "room" / "tests" / "test_it.py").write_text('_("Never said")')
    return tmp_path


def brought(house):
    return catalogues.bring_up_to_date("cy", everything_said(house / "room"), house)


def book(house):
    return polib.pofile(str(catalogues.catalogue("cy", house)))


def translated(house, said, drafted=True):
    kept = book(house)
    entry = kept.find(said)
    entry.msgstr, entry.tcomment = "Dewch i mewn", catalogues.DRAFTED if drafted else ""
    kept.save()


def test_every_string_of_code_and_pages_is_found_once_and_tests_are_not(house):
    said = {(each.context, each.one, each.many): each.where for each in everything_said(house / "room")}
    assert said == {
        ("", "Come in", ""): ["room/code.py", "room/templates/page.html"],
        ("", "%(n)s cup", "%(n)s cups"): ["room/code.py"],
        ("trust", "Not now", ""): ["room/code.py"],
        ("", "Sit down", ""): ["room/templates/page.html"],
        ("", "One chair, %(name)s", "%(n)s chairs"): ["room/templates/page.html"],
    }


@pytest.mark.parametrize("said", ["It's here", 'The "door"', "Half\u00a0an hour", "100 %% yours"])
def test_quotes_and_odd_letters_survive(said):
    source = "{% load i18n %}{% blocktranslate %}" + said.replace("%%", "%") + "{% endblocktranslate %}"
    assert [each.one for each in in_template(source)] == [said]


def test_a_catalogue_is_the_same_when_nothing_changed(house):
    brought(house)
    path = catalogues.catalogue("cy", house)
    os.utime(path, (1, 1))
    before = path.read_text()
    brought(house)
    assert (path.stat().st_mtime, path.read_text()) == (1, before)
    assert str(house) not in before
    assert "Date" not in before


def test_what_was_translated_stays_and_what_nobody_says_goes(house):
    assert "Come in" in brought(house)
    translated(house, "Come in")
    (house / "room" / "templates" / "page.html").write_text("<p>Come in</p>")
    assert brought(house) == ["%(n)s cup", "Not now"]
    assert [entry.msgid for entry in book(house)] == ["Come in", "%(n)s cup", "Not now"]
    assert book(house).find("Come in").msgstr == "Dewch i mewn"
    assert catalogues.unread("cy", house) == 1


def test_compiled_words_are_made_anew_only_where_they_are_older(house):
    brought(house)
    translated(house, "Come in")
    assert catalogues.compile_newer(house) == ["cy"]
    assert catalogues.compile_newer(house) == []
    compiled = catalogues.catalogue("cy", house).with_suffix(".mo")
    os.utime(compiled, (1, 1))
    assert catalogues.compile_newer(house) == ["cy"]
    with compiled.open("rb") as words:
        assert gettext.GNUTranslations(words).gettext("Come in") == "Dewch i mewn"
    assert sorted(path.name for path in compiled.parent.iterdir()) == ["django.mo", "django.po"]


def test_a_person_takes_the_mark_off_what_they_have_read(house):
    brought(house)
    translated(house, "Come in")
    translated(house, "Sit down")
    assert catalogues.mark_read("cy", "nobody says this", house) == []
    assert catalogues.mark_read("cy", "COME", house) == ["Come in"]
    assert catalogues.unread("cy", house) == 1
    assert catalogues.mark_read("cy", None, house) == ["Sit down"]
    assert catalogues.unread("cy", house) == 0
    brought(house)
    assert catalogues.unread("cy", house) == 0


def test_a_language_without_a_catalogue_has_nothing_unread(house):
    assert catalogues.unread("pl", house) == 0
