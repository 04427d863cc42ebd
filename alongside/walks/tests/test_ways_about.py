"""The way about somebody's pages is the same on each of them, and no two ways on it are called the same."""

import re

import pytest
from django.urls import reverse

from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.walks import operations
from alongside.walks.tests.test_walk import _walking
from tests.cast import sign_in

pytestmark = pytest.mark.django_db
PAGES = ("story", "circle", "plan", "walk", "moments")


def _ways(page):
    nav = page.partition('<nav class="sub-nav"')[2].partition("</nav>")[0]
    return dict(re.findall(r'href="([^"]+)"[^>]*>([^<]+)</a>', nav))


def test_each_page_about_somebody_has_the_way_to_each_other(client):
    bev, _priya, micky, _walk = _walking()
    for whoever, first in ((micky, "My story"), (bev, "Story")):
        sign_in(client, whoever)
        for page in (*PAGES, "quick_things"):
            ways = _ways(client.get(reverse(page, args=[micky.pk])).content.decode())
            assert set(ways) >= {reverse(other, args=[micky.pk]) for other in PAGES}, page
            assert len(set(ways.values())) == len(ways)
            assert next(iter(ways.values())) == first


def test_on_the_way_to_answering_a_moment_one_link_is_called_answer(client):
    bev, _priya, micky, _walk = _walking()
    with acting_as(bev):
        moment = operations.record_moment(by=bev, person=micky, words="We sat on the step.")
    sign_in(client, micky)
    listed = client.get(reverse("moments", args=[micky.pk])).content.decode()
    way = reverse("moment", args=[micky.pk, moment.pk])
    assert "Open it, or answer" in listed.partition(f'href="{way}"')[2].partition("</a>")[0]
    answers = [reverse("moment_answer", args=[micky.pk, moment.pk])]
    assert re.findall(r'href="([^"]+)">Answer<', listed + client.get(way).content.decode()) == answers


def test_whoever_is_away_is_said_to_be_back_after_the_last_day(client):
    bev, _priya, micky, _walk = _walking()
    with acting_as(bev):
        operations.say_away(by=bev, worker=bev, from_day=clock.today(), to_day=clock.today())
    sign_in(client, micky)
    page = client.get(reverse("walk", args=[micky.pk])).content.decode()
    assert re.search(r"Away\. Back after <time [^>]+>today</time>\.", page)
