"""The pages of a story and a circle, as people meet them."""

import datetime as dt

import pytest
from django.urls import reverse

from alongside.audit.models import Look
from alongside.story import operations
from alongside.story.models import OnePage, PartAnswer, PartVersion, StoryPart, Tie
from alongside.story.tests.factories import became, dog, missing, said, tied, van
from tests.by_post import words_of
from tests.cast import person, say_so, serving, sign_in
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def open_page(client, viewer, name, whose, /, *more, **query):
    sign_in(client, viewer)
    return client.get(reverse(name, args=[whose.pk, *more]), query)


def post(client, viewer, name, whose, /, *more, **data):
    sign_in(client, viewer)
    return client.post(reverse(name, args=[whose.pk, *more]), data)


def test_a_story_shows_strengths_before_worries(client):
    micky, _bev = van()
    page = words_of(open_page(client, micky, "story", micky))
    assert (
        page.index("any window clean")
        < page.index("My girls on a Saturday")
        < page.index("Van failed its MOT")
    )
    assert "Unless it says otherwise, these words are for you" in page
    assert "Today: Bev." in page


def test_reading_somebody_elses_story_is_written_down_with_its_why_and_shown_to_the_reader(client):
    micky, bev = van()
    page = words_of(open_page(client, bev, "story", micky))
    assert "You may read this because: walking with me. Micky sees that you looked." in page
    with as_owner():
        (look,) = Look.objects.all()
        assert (look.by_id, look.person_id, look.page) == (bev.pk, micky.pk, "story")
        assert len(look.parts) == StoryPart.objects.count()


def test_reading_ones_own_writes_no_look(client):
    micky, _bev = van()
    open_page(client, micky, "story", micky)
    with as_owner():
        assert not Look.objects.exists()


@pytest.mark.parametrize(
    "name", ["story", "story_say", "circle", "circle_add", "circle_gap", "one_page_choose"]
)
def test_a_neighbour_cannot_tell_that_there_is_a_page(client, name):
    micky, _bev = van()
    assert open_page(client, serving("Gary Neighbour"), name, micky).status_code == 404


@pytest.mark.parametrize("name", ["story", "circle"])
def test_a_stranger_is_asked_to_sign_in(client, name):
    micky, _bev = van()
    assert client.get(reverse(name, args=[micky.pk])).status_code == 302


def test_words_can_be_said_with_nothing_else_filled_in(client):
    trace = person("Tracey Hallam", called="Trace")
    response = post(client, trace, "story_say", trace, words="Bruno.")
    with as_owner():
        part = StoryPart.objects.get()
        assert response["Location"].endswith(f"/story/#part-{part.pk}")
        assert (part.kind, part.audience, part.versions.get().language) == ("what_matters", "walkers", "en")


def test_saying_nothing_is_answered_in_a_sentence_and_loses_nothing_else(client):
    trace = person("Tracey Hallam")
    page = words_of(post(client, trace, "story_say", trace, words="", interpreter="Selam"))
    assert "Say a word or two, or add a photo" in page
    assert 'value="Selam"' in page


def test_a_worker_writes_down_what_they_said_and_a_hunch_under_their_own_name(client):
    micky, bev = van()
    post(
        client,
        bev,
        "story_say",
        micky,
        words="I'd sooner be in bed than be seen.",
        kind="going_on",
        speaker="them",
    )
    post(client, bev, "story_say", micky, words="He misses the ladder.", kind="hunch")
    with as_owner():
        his, hers = StoryPart.objects.order_by("-began_at")[:2][::-1]
        assert his.speaker_id == micky.pk
        assert hers.speaker_id == bev.pk
    page = words_of(open_page(client, micky, "story", micky))
    assert "Written down by Bev." in page
    assert "Bev wonders. You say whether it is so." in page


def test_the_one_a_hunch_is_about_answers_it_with_one_press(client):
    micky, bev = van()
    hunch = said(bev, micky, "He misses the ladder.", "hunch")
    assert "That's not it." in words_of(open_page(client, micky, "story", micky))
    post(client, micky, "story_answer", micky, hunch.pk, words="That's not it.")
    with as_owner():
        assert PartAnswer.objects.get(part=hunch).words == "That's not it."


def test_somebody_cannot_say_anothers_words_another_way(client):
    micky, bev = van()
    hunch = said(bev, micky, "He misses the ladder.", "hunch")
    assert open_page(client, micky, "story_say_again", micky, hunch.pk).status_code == 403


def test_a_stale_page_saves_beside_what_was_saved_meanwhile_and_says_so(client):
    micky, bev = van()
    part = said(bev, micky, "first")
    post(client, micky, "story_say_again", micky, part.pk, words="his own", after="1")
    sign_in(client, bev)
    response = client.post(
        reverse("story_say_again", args=[micky.pk, part.pk]), {"words": "hers", "after": "1"}, follow=True
    )
    page = words_of(response)
    assert "Both are kept, one beneath the other." in page
    assert "Two of you wrote at the same time. Both are kept." in page
    with as_owner():
        assert list(PartVersion.objects.filter(part=part).values_list("words", flat=True).order_by("number")) == [
            "first", "his own", "hers",
        ]  # fmt: skip


def test_a_part_is_put_away_and_brought_back_by_its_person(client):
    trace = person("Tracey Hallam")
    part = said(trace, trace, "something I regret")
    post(client, trace, "story_put_away", trace, part.pk)
    assert "1 thing you put away" in words_of(open_page(client, trace, "story", trace))
    post(client, trace, "story_bring_back", trace, part.pk)
    assert "you put away" not in words_of(open_page(client, trace, "story", trace))


def test_nothing_changes_by_being_looked_at(client):
    trace = person("Tracey Hallam")
    part = said(trace, trace)
    sign_in(client, trace)
    assert client.get(reverse("story_put_away", args=[trace.pk, part.pk])).status_code == 405


def test_a_part_made_for_only_the_two_is_gone_from_the_walkers_page(client):
    trace, callum = dog()
    part = said(trace, trace, "what happened on the bridge")
    post(client, trace, "story_audience", trace, part.pk, audience="only_us")
    assert "the bridge" not in words_of(open_page(client, callum, "story", trace))
    page = words_of(open_page(client, trace, "story", trace))
    assert "the bridge" in page
    assert "Only for you." in page


def test_a_person_reads_to_whom_a_single_part_is_open(client):
    trace, _callum = dog()
    part = said(trace, trace, "where I'm sleeping", "going_on")
    say_so(trace, serving("Probation Officer"), parts=[part])
    assert "Also open to Probation, because you said so." in words_of(
        open_page(client, trace, "story", trace)
    )


def test_one_who_was_given_one_part_reads_that_part_alone(client):
    trace, _callum = dog()
    part = said(trace, trace, "where I'm sleeping", "going_on")
    officer = serving("Probation Officer")
    say_so(trace, officer, parts=[part])
    page = words_of(open_page(client, officer, "story", trace))
    assert "where I'm sleeping" in page
    assert "Bruno" not in page
    assert "Say something" not in page


def test_words_carry_their_language_and_who_interpreted(client):
    filmon = person("Filmon Tesfay")
    said(
        filmon,
        filmon,
        "To be father in the room.",
        spoken_in="Tigrinya",
        interpreter="an outside interpreter",
    )
    said(filmon, filmon, "أريد أن أعمل", "hope", language="ar")
    page = words_of(open_page(client, filmon, "story", filmon))
    assert "Spoken in Tigrinya, interpreted by an outside interpreter." in page
    assert '<p class="words__said" lang="ar" dir="auto">' in page


def test_a_circle_is_drawn_told_as_a_table_and_in_words(client):
    trace, callum = dog()
    page = words_of(open_page(client, callum, "circle", trace))
    assert 'role="img" aria-labelledby="ecomap-title ecomap-says"' in page
    assert "Around Trace: Bruno (dog (14))" in page
    assert '<th scope="row">Sheila at the Kettle</th>' in page
    assert "they call me chef" in page


def test_whom_they_trust_is_asked_first(client):
    trace = person("Tracey Hallam", called="Trace")
    assert "Who do you trust?" in words_of(open_page(client, trace, "circle_add", trace))
    post(client, trace, "circle_add", trace, name="Bruno", to="animal", trusted="on")
    assert "Who else is around you?" in words_of(open_page(client, trace, "circle_add", trace))
    with as_owner():
        tie = Tie.objects.get()
        assert (tie.name, tie.to, tie.trusted, tie.help) == ("Bruno", "animal", True, "not_said")


def test_a_circle_is_shown_as_it_was_on_a_day(client):
    micky, _bev = van()
    day = dt.date.today() - dt.timedelta(days=3)
    tie = tied(
        micky,
        micky,
        "Steph",
        tie="the girls' mam",
        since=day - dt.timedelta(days=30),
        words="we can talk now",
    )
    became(micky, tie, "did_not_take", on=day)
    before = words_of(open_page(client, micky, "circle", micky, on=(day - dt.timedelta(days=1)).isoformat()))
    assert "we can talk now" in before
    assert "Lacey" not in before
    now = words_of(open_page(client, micky, "circle", micky))
    assert "we can talk now" not in now.split("What has changed")[0].split("as a table")[0]
    assert "Steph: it didn’t take" in now


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "'; DROP TABLE", "9999-99-99"])
def test_a_day_that_is_none_is_said_to_be_none(client, day):
    micky, _bev = van()
    response = open_page(client, micky, "circle", micky, on=day)
    assert "no day in the calendar" in words_of(response)
    assert "Lacey" in words_of(response)


def test_before_anybody_was_written_down_the_page_says_which_day_it_shows(client):
    """An empty circle of another day must not look as if everybody were lost."""
    micky, _bev = van()
    page = words_of(open_page(client, micky, "circle", micky, on="2001-01-01"))
    assert "On 1 January 2001 nobody was written down here." in page
    assert "See it today" in page
    assert "Who do you trust?" not in page


def test_what_is_missing_is_named_and_found(client):
    micky, _bev = van()
    gap = missing(micky, micky, "A grandad for the girls")
    assert "A grandad for the girls" in words_of(open_page(client, micky, "circle", micky))
    post(client, micky, "circle_gap_filled", micky, gap.pk)
    assert "Not missing any more: A grandad for the girls" in words_of(
        open_page(client, micky, "circle", micky)
    )


def test_someone_who_has_not_joined_is_only_words_on_that_page(client):
    trace, _callum = dog()
    page = open_page(client, trace, "circle", trace).content.decode()
    for tie in page.split('class="tie"')[1:]:
        addresses = [piece.split('"')[0] for piece in tie.split('href="')[1:]]
        assert all(
            f"/people/{trace.pk}/" in address for address in addresses if address.startswith("/people/")
        )


def test_a_one_page_is_chosen_in_an_order(client):
    trace, callum = dog()
    with as_owner():
        good = StoryPart.objects.get(person=trace, kind="good_at")
        matters = StoryPart.objects.get(person=trace, kind="what_matters")
        bruno = Tie.objects.get(person=trace, name="Bruno")
    post(
        client, trace, "one_page_choose", trace, intro="Call me chef.", large_print="on",
        on=[matters.pk, bruno.pk, good.pk], order=[matters.pk, bruno.pk, good.pk],
    )  # fmt: skip
    from alongside.kernel.acting import acting_as
    from alongside.story import queries

    with acting_as(callum):
        page = queries.one_page(viewer=callum, person=trace)
    assert [thing.pk for thing in page.things] == [matters.pk, bruno.pk, good.pk]
    assert (page.intro, page.large_print, page.chosen) == ("Call me chef.", True, True)


def test_moving_something_up_keeps_all_that_was_ticked_and_written_and_saves_nothing(client):
    trace, _callum = dog()
    with as_owner():
        good = StoryPart.objects.get(person=trace, kind="good_at")
        bruno = Tie.objects.get(person=trace, name="Bruno")
    keys = {"on": [good.pk, bruno.pk], "order": [good.pk, bruno.pk], "intro": "Call me chef."}
    moved = post(client, trace, "one_page_choose", trace, move=f"up:{bruno.pk}", **keys)
    page = words_of(moved)
    assert page.index(f'name="order" value="{bruno.pk}"') < page.index(f'name="order" value="{good.pk}"')
    assert page.count(" checked") == 2
    assert "Call me chef." in page
    assert "This is number 1 now." in page
    again = words_of(post(client, trace, "one_page_choose", trace, move=f"up:{good.pk}", **keys))
    assert "It is as far as it goes: number 1." in again
    with as_owner():
        assert not OnePage.objects.exists()


def test_a_key_of_somebody_elses_part_is_not_put_on_ones_page():
    trace, micky = person("Tracey Hallam"), person("Micky Garrod")
    part = said(micky, micky)
    from alongside.kernel.acting import acting_as

    with acting_as(trace), pytest.raises(ValueError, match="not on this page"):
        operations.choose_one_page(by=trace, person=trace, parts=[part.pk])


@pytest.mark.parametrize("name", ["story_part", "story_say_again", "story_answer", "story_audience"])
def test_every_page_of_a_part_opens_for_its_person(client, name):
    trace = person("Tracey Hallam")
    part = said(trace, trace, "Bruno.")
    response = open_page(client, trace, name, trace, part.pk)
    assert response.status_code == 200
    assert "Bruno." in words_of(response)


@pytest.mark.parametrize("name", ["circle_change", "circle_audience"])
def test_every_page_of_a_tie_opens_for_its_person(client, name):
    trace = person("Tracey Hallam")
    tie = tied(trace, trace, "Bruno")
    assert "Bruno" in words_of(open_page(client, trace, name, trace, tie.pk))


def test_what_became_of_a_tie_is_said_with_its_day(client):
    trace = person("Tracey Hallam")
    tie = tied(trace, trace, "Jamie", words="not since he was fifteen")
    post(
        client,
        trace,
        "circle_change",
        trace,
        tie.pk,
        what="mended",
        words="a text. Then a coffee.",
        trusted="yes",
    )
    page = words_of(open_page(client, trace, "circle", trace))
    assert "a text. Then a coffee." in page
    assert "not since he was fifteen" in page.split("How it has gone")[1]


def test_another_way_of_saying_it_asks_for_the_words(client):
    trace = person("Tracey Hallam")
    tie = tied(trace, trace, "Jamie")
    assert "Say it in new words." in words_of(
        post(client, trace, "circle_change", trace, tie.pk, what="reworded")
    )
