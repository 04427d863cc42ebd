"""The walls every page stands in."""

import re
from itertools import pairwise

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.utils.translation import override

from alongside.design.tests.conftest import ROOM, SHOWN, page_at

TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_a_style_or_a_script_of_its_own(template: object) -> None:
    text = template.read_text()  # type: ignore[attr-defined]
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("address", SHOWN)
def test_every_page_has_one_heading_one_main_and_its_language(address: str) -> None:
    html = page_at(address)
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert len(re.findall(r"<main[ >]", html)) == 1
    assert '<html lang="en-gb" dir="ltr">' in html


@pytest.mark.parametrize("address", SHOWN)
def test_headings_step_down_one_at_a_time(address: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page_at(address).split("<main")[1])]
    # The summary of slips is a second-level heading before the first: it is what to read first.
    steps = [later - earlier for earlier, later in pairwise(levels)]
    assert max(steps, default=0) <= 1


def test_arabic_reads_from_the_right() -> None:
    with override("ar"):
        assert '<html lang="ar" dir="rtl">' in page_at("/design/")


def test_the_chooser_offers_the_other_languages_by_their_own_names() -> None:
    html = page_at("/design/")
    assert re.findall(r'name="language" value="(\w+)" lang="\w+">([^<]+)<', html) == [
        ("cy", "Cymraeg"),
        ("ar", "العربيّة"),
    ]


def test_a_residents_tab_says_nothing_an_onlooker_could_use() -> None:
    html = render_to_string("design/person.html", {"place_name": "Tynebank"})
    assert "<title>Tynebank</title>" in html


def test_every_residents_page_has_a_quick_way_out_before_anything_else() -> None:
    html = render_to_string("design/person.html", {"nav": [{"url": "/", "label": "My page"}]})
    assert html.index("data-leave=") < html.index("My page")


def test_a_workers_page_has_no_quick_exit() -> None:
    assert "data-leave" not in render_to_string("design/work.html", {})


def test_a_slip_is_told_in_the_tab_too() -> None:
    assert "<title>Please look again:" in page_at("/design/asked/")


def test_who_is_here_can_leave_with_one_press() -> None:
    html = page_at("/design/")
    assert "Here as Trace" in html
    assert '<form method="post" action="/out/" data-sign-out="/out/">' in html


def test_a_stranger_is_not_asked_to_sign_out() -> None:
    assert "Sign out" not in render_to_string("design/base.html", {"sign_out_url": "/out/"})


def test_what_happened_is_told_in_a_polite_voice() -> None:
    html = render_to_string("design/base.html", {"messages": [Message(constants.SUCCESS, "Kept.")]})
    assert re.search(r'role="status" aria-live="polite"><div class="notice notice--good"><p>Kept.</p>', html)


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html", "403_csrf.html"])
def test_when_all_else_is_broken_there_is_still_a_page_and_somebody_to_ask(name: str) -> None:
    html = render_to_string(name)
    assert "Whoever walks with you" in html
    assert "<h1>" in html


def test_a_refusal_is_a_sentence_that_ends_in_a_named_human() -> None:
    html = page_at("/design/refused/")
    assert html.index("she has not said that you may") < html.index("<strong>Callum Reay</strong> can help.")
    assert "Whoever walks with you" not in html


def test_a_sheet_of_paper_has_no_walls() -> None:
    html = page_at("/design/paper/")
    assert "<header" not in html
    assert "<footer" not in html
    assert "not being talked over" in html


def test_a_skin_nobody_made_is_the_residents() -> None:
    assert 'class="house person"' in page_at("/design/?skin=../../secret")
