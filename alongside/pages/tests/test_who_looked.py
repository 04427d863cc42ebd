"""Who looked at my page: every look with its why, for the person alone."""

import datetime as dt
import re
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alongside.design.days import as_heading
from alongside.pages.person import looks
from tests.cast import by_law, serving, sign_in

pytestmark = pytest.mark.django_db


def listed(whose):
    return reverse("who_looked", args=[whose.pk])


def read(as_, viewer, address):
    return as_(viewer, address).content.decode().replace("&#x27;", "'")


def test_each_look_says_who_with_what_they_do_here_which_page_and_why(as_, them):
    as_(them.moira, reverse("person", args=[them.micky.pk]))
    page = read(as_, them.micky, listed(them.micky))
    assert "Moira Dent" in page
    assert "specialist who can be pulled in" in page
    assert "opened <strong>your page</strong>. Why: sorting the arrears." in page
    assert "Ask why" in page


@pytest.mark.parametrize("name", ["person", "story", "circle", "one_page", "one_page_pdf", "brief", "say_so"])
def test_every_page_about_somebody_leaves_a_look_with_a_name_a_person_understands(as_, them, name):
    as_(them.bev, reverse(name, args=[them.micky.pk]))
    page = read(as_, them.micky, listed(them.micky))
    assert "Bev Ormerod" in page
    look = name.removesuffix("_pdf")
    assert f"opened <strong>{looks.PAGES[look]}</strong>" in page


def test_a_duty_in_law_is_a_look_like_any_other(as_, them):
    megan = serving("Megan Ashby", "social_worker")
    by_law(megan, them.micky)
    as_(megan, reverse("person", args=[them.micky.pk]))
    assert "Why: duty to enquire." in read(as_, them.micky, listed(them.micky))


def test_nobody_but_the_person_reads_the_list(as_, them):
    for other in (them.bev, them.moira):
        refused = as_(other, listed(them.micky))
        assert refused.status_code == 403
        assert "This is theirs to do, not yours." in refused.content.decode()
    assert as_(them.gary, listed(them.micky)).status_code == 404
    assert as_(None, listed(them.micky)).status_code == 302


def test_where_nobody_looked_it_says_so(as_, them):
    assert "Nobody has looked at your page." in read(as_, them.micky, listed(them.micky))


def test_a_long_list_comes_in_pages_newest_first_and_asks_as_often(
    client, as_, them, django_assert_max_num_queries
):
    sign_in(client, them.bev)
    for _ in range(looks.A_PAGE + 1):
        client.get(reverse("person", args=[them.micky.pk]))
    as_(them.moira, reverse("person", args=[them.micky.pk]))
    client.cookies.clear()
    sign_in(client, them.micky)
    with django_assert_max_num_queries(30):
        first = client.get(listed(them.micky)).content.decode()
    assert first.index("Moira Dent") < first.index("Bev Ormerod")
    assert first.count("Ask why<") == looks.A_PAGE
    assert read(as_, them.micky, f"{listed(them.micky)}?page=2").count("Ask why<") == 2


def test_the_list_is_told_day_by_day_the_latest_day_first(as_, them):
    page = reverse("person", args=[them.micky.pk])
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) + dt.timedelta(days=6)
    for days_ago in (5, 1, 0, 0):
        with time_machine.travel(noon - dt.timedelta(days=days_ago), tick=False):
            as_(them.bev, page)
    with time_machine.travel(noon + dt.timedelta(hours=1), tick=False):
        shown = read(as_, them.micky, listed(them.micky))
        before = as_heading(noon - dt.timedelta(days=5))
    assert re.findall(r"<h2[^>]*><time[^>]*>([^<]+)<", shown) == ["Today", "Yesterday", before]
    assert shown.count("Ask why<") == 4


def test_every_page_that_writes_a_look_has_a_name_the_person_can_read():
    house = Path(looks.__file__).parents[2]
    code = [path.read_text() for path in house.rglob("*.py") if "tests" not in path.parts]
    written = {name for text in code for name in re.findall(r'\bpage="([^"]+)"', text)}
    assert {"person", "plan", "walk"} <= written
    assert written - set(looks.PAGES) == set()
