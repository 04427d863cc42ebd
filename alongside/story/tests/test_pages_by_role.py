"""Every page of a story and a circle opened as everybody: R120, I11, I17, I18, T5; nothing typed is lost (I34).

200 is a page, 403 a refusal in a sentence that ends in a human, 404 where they may not know of it, and a
stranger is sent to the door.
"""

import html
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.audit.models import Look
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.story import policies, queries
from alongside.story.models import PartVersion, Tie
from alongside.story.tests.factories import missing, said, tied
from alongside.story.tests.world import (
    EVERYBODY,
    NEIGHBOUR,
    PERSON,
    READER,
    SPEAKER,
    STEWARD,
    WALKER,
    around_trace,
)
from tests.by_post import words_of
from tests.cast import sign_in
from tests.database import as_owner
from tests.examples import AS_PEOPLE_WRITE
from tests.standing import standing

pytestmark = pytest.mark.django_db

GOING_WITH = {PERSON: 200, WALKER: 200, READER: 403}
PAGES = {
    ("story",): {PERSON: 200, WALKER: 200, READER: 200},
    ("story_say",): GOING_WITH,
    ("story_part", "part"): {PERSON: 200, WALKER: 200, READER: 200},
    ("story_say_again", "part"): {PERSON: 200, WALKER: 403, READER: 403},
    ("story_say_again", "hunch"): {PERSON: 403, WALKER: 403, READER: 403},
    ("story_answer", "part"): GOING_WITH,
    ("story_answer", "hunch"): GOING_WITH,
    ("story_audience", "part"): {PERSON: 200, WALKER: 403, READER: 403},
    ("circle",): {PERSON: 200, WALKER: 200, READER: 200},
    ("circle_add",): GOING_WITH,
    ("circle_gap",): GOING_WITH,
    ("circle_change", "tie"): GOING_WITH,
    ("circle_audience", "tie"): {PERSON: 200, WALKER: 403, READER: 403},
    ("one_page_choose",): GOING_WITH,
}
POSTS = {
    ("story_put_away", "part"): {PERSON: 302, WALKER: 403, READER: 403},
    ("story_bring_back", "part"): {PERSON: 302, WALKER: 403, READER: 403},
    ("circle_gap_filled", "gap"): {PERSON: 302, WALKER: 302, READER: 403},
}
# Where a page of somebody else's was shown, they read of it: these show nothing yet but an empty box.
SHOWS_NOTHING = {"story_say", "circle_add", "circle_gap"}


built, world = standing(around_trace)


def address(world, page):
    name, *things = page
    return reverse(name, args=[world.trace.pk, *(getattr(world, thing).pk for thing in things)])


@pytest.mark.parametrize("page", PAGES, ids="-".join)
def test_it_opens_for_those_it_is_for_and_a_look_is_written(client, world, page):
    for who in EVERYBODY:
        sign_in(client, world.who[who])
        with as_owner():
            before = Look.objects.count()
        response = client.get(address(world, page))
        expected = PAGES[page].get(who, 404)
        assert response.status_code == expected, who
        if expected == 403:
            assert (
                "Trace" in words_of(response) or "words" in words_of(response) or "here" in words_of(response)
            )
            assert "say hello" in words_of(response).lower(), "a refusal ends in a human"
        with as_owner():
            looks = Look.objects.count() - before
        shown = expected == 200 and who != PERSON and page[0] not in SHOWS_NOTHING
        assert looks == (1 if shown else 0), who


@pytest.mark.parametrize("page", POSTS, ids="-".join)
def test_a_press_does_it_for_those_who_may_and_looking_is_no_press(client, world, page):
    for who in reversed(EVERYBODY):  # she comes last, for what she puts away is gone for the others
        sign_in(client, world.who[who])
        assert client.post(address(world, page)).status_code == POSTS[page].get(who, 404), who
        assert client.get(address(world, page)).status_code == 405, who


@pytest.mark.parametrize("page", [*PAGES, *POSTS], ids="-".join)
def test_a_stranger_is_sent_to_the_door_and_brought_back(client, world, page):
    method = client.post if page in POSTS else client.get
    response = method(address(world, page))
    assert (response.status_code, response.url) == (302, f"/sign-in/?next={address(world, page)}")


@pytest.mark.parametrize(
    "page", [("story_part", "part"), ("circle_change", "tie"), ("story_answer", "hunch")]
)
def test_a_thing_of_hers_is_not_found_under_somebody_elses_name(client, world, page):
    sign_in(client, world.trace)
    name, thing = page
    other = reverse(name, args=[world.who[WALKER].pk, getattr(world, thing).pk])
    assert client.get(other).status_code == 404


# What is wrong, the sentence that says so, and what must still be in its box.
SLIPS = [
    ("story_say", {"words": "Bruno is fourteen", "said_on_day": "31", "said_on_month": "2", "said_on_year": "2026"},
     "not in the calendar", "Bruno is fourteen"),
    ("story_say", {"words": "x" * 20_001}, "more than this box can hold", "x" * 20_001),
    ("story_say", {"words": "no\x00thing"}, "Null characters", "no"),
    ("story_say", {"words": "", "interpreter": "Amal, my cousin"}, "Say a word or two", "Amal, my cousin"),
    ("circle_add", {"name": "", "words": "saves me a seat", "to": "person"}, "what you call them", "saves me a seat"),
    ("circle_add", {"name": "Sheila" * 40, "words": "saves me a seat", "to": "person"}, "", "saves me a seat"),
    ("circle_gap", {"words": "x" * 301}, "", "x" * 301),
    ("one_page_choose", {"intro": "y" * 20_001}, "", "y" * 100),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "typed", "sentence", "kept"), SLIPS, ids=[f"{s[0]}-{i}" for i, s in enumerate(SLIPS)]
)
def test_a_slip_is_told_in_a_sentence_and_nothing_typed_is_lost(client, world, name, typed, sentence, kept):
    sign_in(client, world.trace)
    with as_owner():
        before = (PartVersion.objects.count(), Tie.objects.count())
    response = client.post(reverse(name, args=[world.trace.pk]), typed)
    assert response.status_code == 200
    assert "error" in words_of(response)
    assert sentence in words_of(response)
    assert kept in words_of(response)
    with as_owner():
        assert (PartVersion.objects.count(), Tie.objects.count()) == before


@pytest.mark.parametrize("sent", ["²", "-1", "9" * 5000, "", "up:", "sideways:" + "a" * 36, str(UUID(int=0))])
@pytest.mark.parametrize("name", ["on", "order", "move"])
def test_a_choice_that_is_none_of_these_is_no_choice_and_never_a_broken_page(client, world, sent, name):
    sign_in(client, world.trace)
    chosen = {"on": [str(world.tie.pk)], "order": [str(world.tie.pk)], "large_print": "on"}
    chosen[name] = [*chosen.get(name, []), sent]
    response = client.post(reverse("one_page_choose", args=[world.trace.pk]), chosen)
    if name == "move":
        assert response.status_code == 200
        return
    assert response.status_code == 302
    with acting_as(world.trace):
        page = queries.one_page(viewer=world.trace, person=world.trace)
    assert [thing.pk for thing in page.things] == [world.tie.pk]


@pytest.mark.parametrize("words", AS_PEOPLE_WRITE)
def test_words_typed_in_any_script_are_on_the_page_and_run_nothing(client, world, words):
    sign_in(client, world.trace)
    client.post(reverse("story_say", args=[world.trace.pk]), {"words": words})
    page = client.get(reverse("story", args=[world.trace.pk])).content.decode()
    for line in filter(None, words.split("\n")):
        assert html.escape(line.strip()) in page
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("who", [PERSON, WALKER])
@pytest.mark.parametrize("name", ["story", "circle", "one_page_choose"])
def test_a_longer_life_takes_no_more_statements(client, world, django_assert_max_num_queries, name, who):
    where, trace = reverse(name, args=[world.trace.pk]), world.trace
    sign_in(client, world.who[who])
    client.get(where)
    with CaptureQueriesContext(connection) as few:
        client.get(where)
    for number in range(4):
        said(trace, trace, f"More {number}.")
        tied(trace, trace, f"Friend {number}")
        missing(trace, trace, f"Gap {number}")
    with django_assert_max_num_queries(len(few)):
        client.get(where)


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_policy_of_reading_alone_says_who_reads_a_part(world, who):
    may = {PERSON, WALKER, READER}
    with as_owner():
        if who in may:
            assert policies.check_can_read_part.allows(world.who[who], world.part)
        else:
            with pytest.raises(Denied, match="not for you to read"):
                policies.check_can_read_part(world.who[who], world.part)


def test_the_one_who_had_a_hunch_reads_it_by_the_policy_and_finds_no_page_without_a_walk(client, world):
    bev = world.who[SPEAKER]
    with as_owner():
        assert policies.check_can_read_part.allows(bev, world.hunch)
        assert not policies.check_can_read_part.allows(world.who[NEIGHBOUR], world.hunch)
    sign_in(client, bev)
    assert client.get(address(world, ("story_part", "hunch"))).status_code == 404
    sign_in(client, world.who[STEWARD])
    assert client.get(address(world, ("story_part", "hunch"))).status_code == 404
