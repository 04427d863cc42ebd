"""The parts that rooms share."""

import re
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone


def drawn(markup: str, **context: Any) -> str:
    return Template("{% load design %}" + markup).render(Context(context))


def test_words_stand_with_who_said_them_and_the_day() -> None:
    html = drawn(
        "{% words said speaker=who said_on=day lang='en' %}",
        said="Bruno.",
        who=SimpleNamespace(called="Trace"),
        day=timezone.localdate(),
    )
    assert re.search(r'lang="en" dir="auto">Bruno\.</p>', html)
    assert html.index("Bruno.") < html.index("Trace") < html.index("Today")


def test_words_are_kept_as_said_and_never_become_markup() -> None:
    assert "&lt;b&gt;loud&lt;/b&gt;" in drawn("{% words said %}", said="<b>loud</b>")


def test_words_nobody_signed_have_no_caption() -> None:
    assert "figcaption" not in drawn("{% words 'Hello' %}")


def test_a_photo_stands_inside_the_card() -> None:
    html = drawn("{% words_with said %}<img alt='Bruno asleep'>{% endwords_with %}", said="<i>him</i>")
    assert "<div class=\"words__medium\"><img alt='Bruno asleep'></div>" in html
    assert "&lt;i&gt;him" in html


@pytest.mark.parametrize(
    ("called", "initials"),
    [("Trace", "T"), ("Callum Reay", "CR"), ("Dr Imran A Sheikh", "DS"), ("أمينة", "أ"), ("", "")],
)
def test_a_face_is_made_of_initials(called: str, initials: str) -> None:
    assert f">{initials}</text>" in drawn("{% person_chip who %}", who=called)


def test_a_face_keeps_its_tint() -> None:
    tint = re.compile(r"face--(\d)")
    faces = {tint.search(drawn("{% person_chip 'Trace' %}"))[1] for _ in range(3)}
    assert len(faces) == 1


def test_a_face_leads_somewhere_only_when_told() -> None:
    assert "<a " not in drawn("{% person_chip 'Trace' role='cooks' %}")
    assert '<a class="chip" href="/t/">' in drawn("{% person_chip 'Trace' url='/t/' %}")


def test_a_notice_keeps_what_is_inside_it() -> None:
    html = drawn("{% notice kind='good' title='Saved' %}<p>{{ x }}</p>{% endnotice %}", x="<u>")
    assert (
        html == '<div class="notice notice--good"><p class="notice__title">Saved</p><p>&lt;u&gt;</p></div>\n'
    )


def test_a_button_sends_once() -> None:
    html = drawn("{% button 'Save' name='go' value='1' %}")
    assert 'data-prevent-double-click="true" name="go" value="1">Save</button>' in html


def test_a_link_button_leads() -> None:
    assert drawn("{% link_button '/x/' 'Go' kind='quiet' %}").strip() == (
        '<a class="button button--quiet" href="/x/">Go</a>'
    )


def test_a_print_button_hides_until_it_can_print() -> None:
    assert "data-print hidden>Print this page<" in drawn("{% print_button %}")


def test_nothing_yet_is_a_sentence_and_one_next_thing() -> None:
    html = drawn("{% empty 'Nobody yet.' url='/a/' label='Ask' %}")
    assert "<p>Nobody yet.</p>" in html
    assert html.count("<a ") == 1
    assert "<a " not in drawn("{% empty 'Nobody yet.' %}")


def test_a_change_link_says_what_it_changes() -> None:
    html = drawn(
        "{% summary rows %}", rows=[{"key": "Called", "value": "Trace", "url": "/", "label": "Change"}]
    )
    assert 'Change<span class="govuk-visually-hidden"> (Called)</span>' in html


def test_where_you_are_is_marked_among_the_pages_beside() -> None:
    ways = [{"url": "/a/", "label": "Now", "current": True}, {"url": "/b/", "label": "Before"}]
    html = drawn("{% sub_nav ways 'Here' %}", ways=ways)
    assert html.count('aria-current="page"') == 1
    assert 'aria-label="Here"' in html


def paged(number: int) -> str:
    request = RequestFactory().get("/?q=dog%20walks&page=9")
    return drawn("{% pagination page %}", page=Paginator(range(30), 10).page(number), request=request)


def test_earlier_and_later_keep_what_was_asked() -> None:
    html = paged(2)
    assert 'rel="prev" href="?q=dog+walks&amp;page=1"' in html
    assert 'rel="next" href="?q=dog+walks&amp;page=3"' in html
    assert "Page 2 of 3" in html


def test_the_first_page_has_nothing_before_it_and_the_last_nothing_after() -> None:
    assert 'rel="prev"' not in paged(1)
    assert 'rel="next"' not in paged(3)


def test_one_page_needs_no_pages() -> None:
    assert (
        drawn(
            "{% pagination page %}", page=Paginator([1], 10).page(1), request=RequestFactory().get("/")
        ).strip()
        == ""
    )


def test_a_picture_has_a_twin_that_can_be_read_aloud() -> None:
    html = drawn("{% table_twin 'Around me' heads rows %}", heads=["Month", "Who"], rows=[["May", "Callum"]])
    assert "<caption>Around me</caption>" in html
    assert '<th scope="col">Who</th>' in html
    assert '<th scope="row">May</th><td>Callum</td>' in html


def test_a_day_carries_its_exact_self() -> None:
    day = timezone.localdate() - timedelta(days=1)
    assert drawn("{% when day %}", day=day).strip() == f'<time datetime="{day.isoformat()}">Yesterday</time>'


def test_no_day_is_nothing_at_all() -> None:
    assert drawn("{% when day %}", day=None).strip() == ""


@pytest.mark.parametrize(
    ("lane", "mine", "theirs"),
    [
        ("by", "By me", "By Trace"),
        ("by_with_help", "By me, with help", "By Trace, with help"),
        ("for", "For me", "For Trace"),
        ("to", "To me", "To Trace"),
    ],
)
def test_a_lane_says_who_does_it(lane: str, mine: str, theirs: str) -> None:
    assert f"</svg>{mine}</span>" in drawn("{% lane lane %}", lane=lane)
    assert f"</svg>{theirs}</span>" in drawn("{% lane lane called='Trace' %}", lane=lane)


def test_a_lane_nobody_knows_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        drawn("{% lane 'at' %}")


def test_the_way_out_is_one_real_button() -> None:
    html = drawn("{% quick_exit %}", QUICK_EXIT_URL="https://weather.example/")
    assert 'method="post" action="/leave/"' in html
    assert html.count("<button") == 1
    assert 'data-leave="https://weather.example/"' in html


def test_the_way_out_works_before_anybody_mounted_it(settings: Any) -> None:
    settings.ROOT_URLCONF = "alongside.design.urls"
    settings.QUICK_EXIT_URL = "https://elsewhere.example/"
    assert 'href="https://elsewhere.example/"' in drawn("{% quick_exit %}")


def test_something_folded_away_opens_without_a_script() -> None:
    assert drawn("{% details 'Why?' %}<p>So.</p>{% enddetails %}").strip() == (
        '<details class="more"><summary>Why?</summary><div class="more__inside"><p>So.</p></div></details>'
    )


@pytest.mark.parametrize(("code", "name"), [("en-gb", "English"), ("cy", "Cymraeg"), ("pl", "Polski")])
def test_a_language_is_called_by_its_own_name(code: str, name: str) -> None:
    assert drawn("{{ code|own_name }}", code=code) == name


def test_a_language_nobody_listed_has_the_places_word(settings: Any) -> None:
    settings.LANGUAGES = [("so", "Soomaali")]
    assert drawn("{{ code|own_name }}", code="so") == "Soomaali"


def test_an_old_day_is_said_with_its_year() -> None:
    assert "4 May 2021" in drawn("{% words 'x' said_on=day %}", day=date(2021, 5, 4))
