"""Every string the house says is found, as it is said; and nothing that is not said."""

import pytest

from alongside.kernel.language import catalogues
from alongside.kernel.language.extract import Said, everything_said, in_code, in_template


def said_in(tmp_path, code):
    path = tmp_path / "module.py"
    path.write_text(code, encoding="utf-8")
    return [(each.context, each.one, each.many) for each in in_code(path)]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('_("Come in")', [("", "Come in", "")]),
        ("_('Come in')", [("", "Come in", "")]),
        ('translation.gettext("Come in")', [("", "Come in", "")]),
        ('gettext_lazy("Come in")', [("", "Come in", "")]),
        ('_("Come " "in")', [("", "Come in", "")]),
        ('_("""Come\nin""")', [("", "Come\nin", "")]),
        ('_("Come in, %(called)s") % {"called": x}', [("", "Come in, %(called)s", "")]),
        ('ngettext("%(n)s cup", "%(n)s cups", n)', [("", "%(n)s cup", "%(n)s cups")]),
        ('pgettext("trust", "Not now")', [("trust", "Not now", "")]),
        ('npgettext("time", "%(n)s hour", "%(n)s hours", n)', [("time", "%(n)s hour", "%(n)s hours")]),
        ('f(_("One"), _("Two"))', [("", "One", ""), ("", "Two", "")]),
        ('_(_("Twice"))', [("", "Twice", "")]),
        ("_(name)", []),
        ('_(f"Come in {name}")', []),
        ("_()", []),
        ('print("Come in")', []),
        ("\"_('Never said')\"", []),
        ('# _("Never said")', []),
        ('ngettext("only one")', []),
        ("_(7)", []),
    ],
)
def test_a_string_is_found_however_the_code_says_it(tmp_path, code, found):
    assert said_in(tmp_path, code) == found


def test_strings_come_in_the_order_in_which_they_stand(tmp_path):
    assert [one for _, one, _ in said_in(tmp_path, 'b = [_("Second")]\na = _("Third")\n')] == [
        "Second",
        "Third",
    ]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('{% translate "Come in" %}', [("", "Come in", "")]),
        ("{% translate 'Come in' %}", [("", "Come in", "")]),
        ('{% translate "Come in" as title %}{{ title }}', [("", "Come in", "")]),
        ('{% trans "May" context "month" %}', [("month", "May", "")]),
        ("{% blocktranslate %}Come in{% endblocktranslate %}", [("", "Come in", "")]),
        ("{% blocktranslate trimmed %}\n  Come\n  in\n{% endblocktranslate %}", [("", "Come in", "")]),
        ("{% blocktranslate with x=y %}For {{ x }}{% endblocktranslate %}", [("", "For %(x)s", "")]),
        (
            "{% blocktranslate count n=n %}{{ n }} cup{% plural %}{{ n }} cups{% endblocktranslate %}",
            [("", "%(n)s cup", "%(n)s cups")],
        ),
        ('{% include "x.html" with label=_("Sit down") %}', [("", "Sit down", "")]),
        ('{{ _("Sit down") }}', [("", "Sit down", "")]),
        ("<p>Come in</p>", []),
        ("{# _('Never said') #}", []),
        ("{% comment %}{% translate 'Never said' %}{% endcomment %}", []),
        ("{{ words }}", []),
    ],
)
def test_a_string_is_found_however_a_page_says_it(page, found):
    assert [(each.context, each.one, each.many) for each in in_template("{% load i18n %}" + page)] == found


def test_a_string_said_in_two_files_is_one_string_with_both_named(tmp_path):
    room = tmp_path / "room"
    (room / "templates").mkdir(parents=True)
    (room / "a.py").write_text('_("Come in")')
    (room / "b.py").write_text('ngettext("Come in", "All come in", n)')
    (room / "templates" / "c.html").write_text('{% load i18n %}{% translate "Come in" %}')
    (found,) = everything_said(room)
    assert (found.one, found.many) == ("Come in", "All come in")
    assert found.where == ["room/a.py", "room/b.py", "room/templates/c.html"]


@pytest.mark.parametrize("folder", ["tests", "migrations", "static", "__pycache__"])
def test_what_nobody_reads_is_not_said(tmp_path, folder):
    (tmp_path / "room" / folder).mkdir(parents=True)
    (tmp_path / "room" / folder / "a.py").write_text('_("Never said")')
    assert everything_said(tmp_path / "room") == []


def test_the_same_words_in_another_sense_are_another_string():
    assert Said("May", context="month").key != Said("May", context="allowed").key


def test_a_plural_has_as_many_forms_as_its_language(tmp_path):
    said = [Said("%(n)s cup", "%(n)s cups")]
    catalogues.bring_up_to_date("cy", said, tmp_path)
    catalogues.bring_up_to_date("pl", said, tmp_path)
    forms = {
        code: len(catalogues.opened(catalogues.catalogue(code, tmp_path))[0].msgstr_plural)
        for code in catalogues.languages(tmp_path)
    }
    assert forms == {"cy": 6, "pl": 2}


def test_a_plural_that_is_only_half_translated_is_not_translated(tmp_path):
    said = [Said("%(n)s cup", "%(n)s cups")]
    catalogues.bring_up_to_date("pl", said, tmp_path)
    path = catalogues.catalogue("pl", tmp_path)
    book = catalogues.opened(path)
    book[0].msgstr_plural = {0: "kubek", 1: ""}
    book.save(str(path))
    assert catalogues.bring_up_to_date("pl", said, tmp_path) == ["%(n)s cup"]
    assert catalogues.opened(path)[0].msgstr_plural[0] == "kubek", "what is there is kept"


def test_a_string_that_got_a_plural_does_not_keep_a_translation_that_has_none(tmp_path):
    catalogues.bring_up_to_date("pl", [Said("cup")], tmp_path)
    assert catalogues.bring_up_to_date("pl", [Said("cup", "cups")], tmp_path) == ["cup"]
