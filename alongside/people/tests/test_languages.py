"""The house speaks to somebody in their language, and says which words a machine drafted."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.people import operations
from tests import cast

IN_WELSH, IN_ENGLISH = "Pwy sy'n eich ateb", "Who answers you"


def page(client: Client, name: str = "say_hello", **headers: str) -> str:
    return client.get(reverse(name), headers=headers).content.decode()


def press(client: Client, code: str, back: str = "/hello/") -> str:
    answer = client.post(reverse("set_language"), {"language": code, "next": back})
    assert answer.status_code == 302
    return answer.url


def lang(html: str) -> str:
    return html.split('<html lang="')[1].split('"')[0]


def speaks(name: str, *languages: str):
    """Somebody who has said which languages they speak."""
    whoever = cast.person(name)
    from alongside.kernel.acting import acting_as

    with acting_as(whoever):
        operations.set_reach(
            by=whoever, person=whoever, reach={"how": "own_page", "languages": list(languages)}
        )
    return whoever


def test_a_stranger_is_spoken_to_as_their_browser_asks(db, client):
    assert lang(page(client, **{"Accept-Language": "cy"})) == "cy"
    assert lang(page(client, **{"Accept-Language": "pl"})) == "en-gb"


def test_what_is_chosen_at_the_door_comes_before_the_browser(db, client):
    assert press(client, "cy") == "/hello/"
    assert lang(page(client, **{"Accept-Language": "en"})) == "cy"
    press(client, "en-gb")
    assert lang(page(client, **{"Accept-Language": "cy"})) == "en-gb"


@pytest.mark.parametrize("said", ["cy", "Welsh", "cymraeg", "Cymraeg"])
def test_who_has_said_their_language_is_spoken_to_in_it_wherever_they_sign_in(db, client, said):
    press(client, "en-gb")
    cast.sign_in(client, speaks("Tracey Hallam", said))
    assert lang(page(client, "my_page")) == "cy"


def test_the_first_of_their_languages_that_the_house_speaks_is_taken(db, client):
    cast.sign_in(client, speaks("Tracey Hallam", "Polski", "Cymraeg", "English"))
    assert lang(page(client, "my_page")) == "cy"


def test_who_presses_another_language_gets_it_for_this_visit(db, client):
    tracey = speaks("Tracey Hallam", "Cymraeg")
    cast.sign_in(client, tracey)
    press(client, "en-gb")
    assert lang(page(client, "my_page")) == "en-gb"
    cast.sign_in(Client(), tracey)
    again = Client()
    cast.sign_in(again, tracey)
    assert lang(page(again, "my_page")) == "cy"


def test_nobody_is_sent_elsewhere_by_choosing_a_language(db, client):
    assert press(client, "cy", back="https://elsewhere.example/") == "/"


def test_a_language_we_do_not_speak_changes_nothing_and_is_said(db, client):
    press(client, "tlh")
    html = page(client)
    assert lang(html) == "en-gb"
    assert "We do not speak that language here yet." in html


def test_a_language_is_not_chosen_by_following_a_link(db, client):
    assert client.get(reverse("set_language"), {"language": "cy"}).status_code == 405


def test_every_page_offers_the_other_language_by_its_own_name(db, client):
    assert (
        '<button class="text-button" type="submit" name="language" value="cy" lang="cy">Cymraeg</button>'
        in page(client)
    )


def test_a_drafted_page_says_so_in_both_languages_and_whom_to_tell(db, client):
    html = page(client, **{"Accept-Language": "cy"})
    assert "Peiriant a ddrafftiodd y cyfieithiad hwn" in html
    assert '<span lang="en-GB">A machine drafted this translation' in html
    assert f'<a href="{reverse("say_hello")}">Dywedwch wrthon ni</a>' in html
    assert "A machine drafted" not in page(client, **{"Accept-Language": "en"})
