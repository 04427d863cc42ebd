"""The place's pages: words first, a map and its table that say the same, nobody ranked."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.accounts.models import Neighbourhood, Place, Voice
from alongside.accounts.place import operations
from alongside.accounts.tests.places import District, district, needs_real_data, read_place, real, rows_of
from alongside.accounts.tests.test_place_operations import AROUND, TYNEBANK, load, tell
from alongside.kernel.acting import acting_as
from tests import cast

__all__ = ["district"]
pytestmark = pytest.mark.django_db


def page(client: Client, name: str = "place", /, *args: Any, **asked: str) -> str:
    """What a page says."""
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def maps_of(html: str) -> list[ElementTree.Element]:
    """Every map on a page, parsed as XML (so it is well formed)."""
    return [
        ElementTree.fromstring(svg)  # noqa: S314 (our own page)
        for svg in re.findall(r"<svg viewBox=\"0 0 800.*?</svg>", html, re.DOTALL)
    ]


def test_a_place_nobody_has_told_yet_says_so(client: Client) -> None:
    assert "Nobody has told this place yet" in page(client)


def test_anyone_reads_what_the_place_lives_by(client: Client) -> None:
    tell()
    html = page(client)
    assert "Nobody goes through it on their own" in html
    assert "<li>care</li><li>connection</li>" in html


def test_a_place_that_is_only_told_is_drawn_as_named_circles(client: Client) -> None:
    tell()
    (svg,) = maps_of(page(client))
    assert sorted(circle.get("cx") is not None for circle in svg.iter("circle")) == [True, True]
    assert {text.text for text in svg.iter("text")} == {"The Staithes", "Saltgate"}
    assert svg.find("path").get("class") == "land"  # type: ignore[union-attr]


@needs_real_data
@pytest.mark.parametrize("name", ["gateshead", "camden", "doncaster"])
def test_the_map_and_its_table_name_the_same_neighbourhoods(client: Client, name: str) -> None:
    load(read_place(**real(name)))
    html = page(client)
    (svg,) = maps_of(html)
    on_map = {(link.get("href"), link.findtext("title")) for link in svg.iter("a")}
    table = html[html.index("<tbody>") :]
    in_table = {
        (href, title.replace("&#x27;", "'").replace("&amp;", "&"))
        for href, title in re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)</a>', table)
    }
    assert on_map == in_table
    assert len(on_map) == Neighbourhood.objects.count()


@needs_real_data
def test_a_real_place_says_where_its_data_is_from(client: Client) -> None:
    load(read_place(**real("gateshead")))
    html = page(client)
    assert "Source: Office for National Statistics licensed under the Open Government Licence v.3.0." in html
    assert "Contains OS data © Crown copyright and database right" in html
    assert "Ministry of Housing, Communities and Local Government" in html
    assert "196,148 people live here, in 89,001 homes." in html


@needs_real_data
def test_a_large_place_takes_as_many_queries_as_a_small_one(client: Client, district: District) -> None:
    load(district.read())
    page(client)
    with CaptureQueriesContext(connection) as small:
        page(client)
    load(read_place(**real("doncaster")), instead=True)
    with CaptureQueriesContext(connection) as large:
        page(client)
    assert len(large) == len(small)


def test_the_table_sorts_by_name_first_and_by_people_when_asked(client: Client) -> None:
    tell()
    by_name, by_people = page(client), page(client, order="residents")
    assert by_name.index(">Saltgate</a></th>") < by_name.index(">The Staithes</a></th>")
    assert by_people.index(">Saltgate</a></th>") < by_people.index(">The Staithes</a></th>")
    assert 'aria-sort="descending"><a href="?order=residents' in by_people


def test_nobody_can_sort_neighbourhoods_by_deprivation(client: Client, district: District) -> None:
    district.rows[0]["imd2025_rank"], district.rows[1]["imd2025_rank"] = 3000, 1
    load(district.read())
    html = page(client, order="imd_rank")
    assert html.index(">Old Quay 001A</a></th>") < html.index(">Old Quay 001B</a></th>")
    assert "order=imd" not in html


def test_deprivation_is_said_in_words(client: Client, district: District) -> None:
    load(district.read())
    html = page(client, "place_neighbourhood", "old-quay-001a")
    assert "among the 10% of neighbourhoods in England that have had the least" in html
    assert "Its rank is 3,000 of 33,755" in html
    assert not re.search(r"\b(worst|best)\b", html)


def test_the_map_may_be_shaded_and_its_steps_are_in_words(client: Client, district: District) -> None:
    load(district.read())
    html = page(client, show="social_rent")
    assert html.count('class="shade shade--3" fill-rule') == 2  # 200 of 700 homes
    assert "20 to 29 in every 100" in html


def test_a_handful_of_homes_is_not_counted_out(client: Client, district: District) -> None:
    district.rows[0]["social_rent_hh_2021"] = 3
    load(district.read())
    assert "fewer than 10" in page(client, "place_neighbourhood", "old-quay-001a")
    taken = rows_of(client.get(reverse("place_neighbourhoods_csv")).content.decode())
    assert taken[0]["social_rent"] == ""
    assert taken[1]["social_rent"] == "200"


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(client: Client) -> None:
    tell()
    tracey = cast.person()
    with acting_as(tracey):
        boundary = {
            "type": "Polygon",
            "coordinates": [[[-1.6, 54.9], [-1.5, 54.9], [-1.5, 54.95], [-1.6, 54.9]]],
        }
        operations.draw_neighbourhood(by=tracey, name="=1+1", boundary=boundary)
    names = [row["name"] for row in rows_of(client.get(reverse("place_neighbourhoods_csv")).content.decode())]
    assert "'=1+1" in names


def test_the_shapes_are_there_for_the_map_that_moves(client: Client, district: District) -> None:
    tell()
    load(district.read())
    features = client.get(reverse("place_neighbourhoods_geojson")).json()["features"]
    assert sorted(each["geometry"]["type"] for each in features) == ["Point", "Point", "Polygon", "Polygon"]
    assert "drawn_by" not in str(features)


def test_an_unknown_neighbourhood_is_not_found(client: Client) -> None:
    tell()
    assert client.get(reverse("place_neighbourhood", args=["atlantis"])).status_code == 404


def test_a_resident_says_something_and_takes_it_back(client: Client) -> None:
    tell()
    tracey = cast.person()
    cast.sign_in(client, tracey)
    where = reverse("place_neighbourhood", args=["saltgate"])
    words = "Busy, loud, and somebody always holds the door."
    answer = client.post(where, {"words": words, "said_by": "A mam of three", "language": "en"})
    assert answer.status_code == 302
    voice = Voice.objects.get()
    html = page(client, "place_neighbourhood", "saltgate")
    assert words in html
    assert "A mam of three" in html
    assert str(tracey.name) not in html.split("<main")[1]
    client.post(reverse("place_take_back", args=[voice.pk]))
    assert words not in page(client, "place_neighbourhood", "saltgate")


def test_empty_words_are_asked_for_again(client: Client) -> None:
    tell()
    cast.sign_in(client, cast.person())
    answer = client.post(reverse("place_neighbourhood", args=["saltgate"]), {"said_by": "Tracey"})
    assert answer.status_code == 200
    assert "Say a few words. Any will do." in answer.content.decode()
    assert 'value="Tracey"' in answer.content.decode()


def test_a_stranger_reads_voices_and_is_asked_to_sign_in_to_speak(client: Client) -> None:
    tell()
    assert "Sign in to say something yourself" in page(client, "place_neighbourhood", "saltgate")
    assert client.post(reverse("place_neighbourhood", args=["saltgate"]), {"words": "x"}).status_code == 403
    assert not Voice.objects.exists()


def test_another_person_cannot_take_words_back(client: Client) -> None:
    tell()
    tracey = cast.person()
    with acting_as(tracey):
        voice = operations.say_about_place(by=tracey, words="Mine.")
    cast.sign_in(client, cast.person("Somebody Else"))
    assert client.post(reverse("place_take_back", args=[voice.pk])).status_code == 403
    assert Voice.objects.exists()


def test_a_neighbourhood_is_drawn_from_lines_without_a_script(client: Client) -> None:
    tell()
    cast.sign_in(client, cast.person())
    answer = client.post(reverse("place_draw"), {"name": "Behind the Co-op", "points": AROUND})
    assert answer.status_code == 302
    (svg,) = maps_of(page(client, "place_neighbourhood", "behind-the-co-op"))
    assert svg.find(".//*[@aria-current='page']/title").text == "Behind the Co-op"  # type: ignore[union-attr]


def test_a_drawing_that_cannot_be_says_why_and_keeps_what_was_typed(client: Client) -> None:
    tell()
    cast.sign_in(client, cast.person())
    html = client.post(reverse("place_draw"), {"name": "Mine", "points": "51.5, -0.1"}).content.decode()
    assert "Line 1 is far from here" in html
    assert "51.5, -0.1</textarea>" in html


def test_a_stranger_signs_in_before_drawing(client: Client) -> None:
    tell()
    answer = client.get(reverse("place_draw"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("sign_in"))


def test_a_steward_changes_the_words_on_the_page(client: Client) -> None:
    tell()
    cast.sign_in(client, cast.serving("Denise Armstrong", "place_steward"))
    assert reverse("place_words") in page(client)
    words = {
        "name": "Tynebank",
        "charter_words": "care\n\n belonging ",
        "languages": ["en", "so"],
        "default_language": "en",
    }
    assert client.post(reverse("place_words"), words).status_code == 302
    place = Place.objects.get()
    assert (place.charter_words, place.languages) == (["care", "belonging"], ["en", "so"])
    assert '<span lang="so">Soomaali</span>' in page(client)


def test_a_default_language_nobody_speaks_is_told(client: Client) -> None:
    tell()
    cast.sign_in(client, cast.serving("Denise Armstrong", "place_steward"))
    words = {"name": TYNEBANK["name"], "languages": ["so"], "default_language": "en"}
    assert (
        "Choose one of the languages people speak here."
        in client.post(reverse("place_words"), words).content.decode()
    )


def test_a_worker_is_told_who_changes_the_words(client: Client) -> None:
    tell()
    cast.sign_in(client, cast.serving("Priya Nair"))
    assert reverse("place_words") not in page(client)
    assert client.get(reverse("place_words")).status_code == 403


def test_the_map_to_draw_on_comes_closer_from_one_neighbourhood(client: Client) -> None:
    tell()
    cast.sign_in(client, cast.person())
    (far,) = maps_of(page(client, "place_draw"))
    (near,) = maps_of(page(client, "place_draw", around="saltgate"))
    assert near.get("data-draw-on") is not None
    assert len(list(near.iter("circle"))) == len(list(far.iter("circle"))) == 2
