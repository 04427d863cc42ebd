"""Every page about somebody, by everybody who might try: who opens it, who is refused in which sentence, and
for whom it is not there at all.

Serves I17 (each opening by another is one look with its why), I18 and T5; a page of somebody one may not know
of looks exactly like a page of nobody.
"""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.audit.models import Look
from alongside.pages.person.looks import PAGES as PAGES_BY_NAME
from alongside.people.models import Role
from tests import cast
from tests.database import as_owner

from .somebody import GOOD, SECRET, told

PAGES = (
    "person", "say_so", "say_so_give", "one_page", "one_page_pdf", "brief", "who_looked", "reach_for",
    "story", "circle",
)  # fmt: skip
# Pages that show words of theirs, under the name the look is kept by.
LOOKED = {name: name for name in ("person", "say_so", "one_page", "brief", "story", "circle")}
LOOKED["reach_for"] = "reach"
NOT_THERE_FOR = ("gary", "denise", "ruth", "lead", "member", "centre")
WHO = ("micky", "bev", "moira", "callum", *NOT_THERE_FOR)
ONLY_THEIRS = "who_looked"
FOR_WHO_WALKS = ("say_so_give", "brief", "reach_for")
SENTENCES = {
    "who_looked": "This is theirs to do, not yours.",
    "say_so_give": "Only Micky, or somebody who walks with them, writes here.",
    "brief": "Only those who walk with Micky read this before a visit.",
    "reach_for": "Only Micky, or somebody who walks with them, writes here.",
}


@pytest.fixture
def everyone(them):
    """Micky and those around him, somebody with a duty in law, and somebody who looks after the place."""
    them.callum = cast.serving("Callum Reay", Role.SOCIAL_WORKER)
    them.ruth = cast.serving("Ruth Collier", Role.STEWARD)
    them.lead = cast.serving("Lena Ward", Role.TEAM_LEAD)
    them.member = cast.serving("Omar Aziz", Role.MEMBER)
    them.centre = cast.serving("Helena Marsh", Role.CENTRE)
    cast.by_law(them.callum, them.micky)
    return them


def expected(who, page):
    if who in NOT_THERE_FOR:
        return 404
    if who == "micky":
        return 302 if page == "person" else 200
    if page == ONLY_THEIRS or (who == "moira" and page in FOR_WHO_WALKS):
        return 403
    return 200


def address(page, person):
    return reverse(page, args=[person.pk])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "who", ["micky", "bev", "moira", "callum", "gary", "denise", "ruth", "lead", "member", "centre"]
)
def test_each_opens_what_is_open_to_them(as_, everyone, who, page):
    answer = as_(getattr(everyone, who), address(page, everyone.micky))
    assert answer.status_code == expected(who, page)
    if answer.status_code == 403:
        shown = answer.content.decode()
        assert SENTENCES[page] in shown
        assert GOOD not in shown
    if page != "one_page_pdf":
        assert (SECRET in b"".join(answer).decode()) <= (who == "micky")


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_asked_to_sign_in_and_brought_back(as_, them, page):
    answer = as_(None, address(page, them.micky))
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"next={address(page, them.micky)}")


@pytest.mark.parametrize("page", PAGES)
def test_somebody_unknown_and_nobody_at_all_look_the_same(as_, them, page):
    """But for the address itself, which stands in it where the page names it."""
    real = as_(them.gary, address(page, them.micky))
    nobody = uuid4()
    none = as_(them.gary, reverse(page, args=[nobody]))
    assert real.status_code == none.status_code == 404
    tidy = (
        real.content.decode().replace(str(them.micky.pk), "…"),
        none.content.decode().replace(str(nobody), "…"),
    )
    assert len(tidy[0]) == len(tidy[1])
    assert "Micky" not in tidy[0]


@pytest.mark.parametrize("page", LOOKED)
@pytest.mark.parametrize(("who", "why"), [("bev", "walking with me"), ("callum", "duty to enquire")])
def test_each_opening_by_another_is_one_look_with_its_why(as_, everyone, who, why, page):
    as_(getattr(everyone, who), address(page, everyone.micky))
    with as_owner():
        (look,) = Look.objects.all()
    assert (look.by_id, look.person_id) == (getattr(everyone, who).pk, everyone.micky.pk)
    assert look.page in PAGES_BY_NAME, "the person reads it in words of theirs"
    assert (look.page, look.why) == (LOOKED[page], why)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["micky", "gary", None])
def test_opening_ones_own_page_or_none_at_all_is_no_look(as_, them, who, page):
    as_(getattr(them, who) if who else None, address(page, them.micky))
    with as_owner():
        assert not Look.objects.exists()


@pytest.mark.parametrize("page", ["say_so", "story", "circle", "brief", "one_page", "who_looked"])
def test_a_page_asks_the_database_as_often_for_three_parts_as_for_fifteen(client, them, page):
    cast.sign_in(client, them.micky)

    def statements():
        with CaptureQueriesContext(connection) as asked:
            client.get(address(page, them.micky))
        return len(asked)

    statements()
    few = statements()
    for number in range(12):
        told(them.micky, "good_at", f"Window {number}")
        cast.say_so(them.micky, cast.serving(f"Reader {number}"), why=f"{number}")
    assert statements() == few
    assert few <= 30


@pytest.mark.parametrize(("who", "page"), [("bev", "person"), ("bev", "brief"), ("micky", "story")])
def test_a_page_asks_the_database_for_nothing_twice(client, them, who, page):
    cast.sign_in(client, getattr(them, who))
    client.get(address(page, them.micky))
    with CaptureQueriesContext(connection) as asked:
        client.get(address(page, them.micky))
    said = [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    assert sorted(said) == sorted(set(said))


def test_a_page_of_words_alone_asks_for_no_picture_and_for_nobodys_name_but_theirs(client, them):
    cast.sign_in(client, them.bev)
    client.get(address("person", them.micky))
    with CaptureQueriesContext(connection) as asked:
        client.get(address("person", them.micky))
    said = [one["sql"] for one in asked]
    assert not [sql for sql in said if "story_upload" in sql]
    assert (
        len([sql for sql in said if 'FROM "people_person"' in sql]) <= 2
    )  # who looks, and whom they look at
    assert len(said) <= 17
