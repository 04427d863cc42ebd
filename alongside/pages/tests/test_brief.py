"""Before a visit: the whole of somebody on one screen, strengths first, for those who walk with them."""

import io

import pypdf
import pytest
from django.urls import reverse

from alongside.audit.models import Look
from alongside.consent import operations as consent
from alongside.kernel.acting import acting_as
from alongside.pages import demo
from alongside.pages.tests.somebody import (
    GOING_ON,
    GOOD,
    MATTERS,
    NOT_WANTED,
    SECRET,
    UNSURE,
    micky_and_everyone,
    told,
)
from alongside.people.models import Person
from alongside.story import operations as story
from tests.browser import too_wide
from tests.cast import by_law, person, serving, sign_in
from tests.database import as_owner


@pytest.fixture
def them(db):
    """Made for each test: one here commits, and has another database."""
    return micky_and_everyone()


def brief(person):
    return reverse("brief", args=[person.pk])


def shown(as_, viewer, whose):
    return as_(viewer, brief(whose)).content.decode().replace("&#x27;", "'")


@pytest.mark.django_db
class TestBeforeAVisit:
    def test_strengths_come_first_then_what_matters_what_is_not_wanted_and_not_known(self, as_, them):
        page = shown(as_, them.bev, them.micky)
        order = [
            page.index(words) for words in (GOOD, MATTERS, NOT_WANTED, UNSURE, "Lacey", "Phone call after 4")
        ]
        assert order == sorted(order)

    def test_it_says_what_they_want_to_be_called(self, as_):
        trace = person("Tracey Hallam", called="Trace")
        assert "<h1>Tracey Hallam, called Trace</h1>" in shown(as_, trace, trace)

    def test_it_is_not_the_last_thing_that_happened(self, as_, them):
        assert GOING_ON not in shown(as_, them.bev, them.micky)

    def test_it_says_how_they_are_reached_how_never_and_that_there_is_a_safe_word_but_not_which(
        self, as_, them
    ):
        page = shown(as_, them.bev, them.micky)
        assert "Phone call after 4. Brown envelopes stay shut." in page
        assert "Letters." in page
        assert "There is a safe word: say it first." in page
        assert "ladder" not in page

    def test_it_names_the_language_and_whoever_interpreted(self, as_, them):
        told(them.micky, "hope", "Salaam.", language="so", spoken_in="Somali", interpreter="Amina Yusuf")
        page = shown(as_, them.bev, them.micky)
        assert "English. Interpreter before: Amina Yusuf." in page
        assert '<q lang="so"' in page

    def test_a_hunch_is_there_once_they_have_answered_it_with_their_answer(self, as_, them):
        hunch = told(them.micky, "hunch", "Shame does more harm than the debt.", by=them.bev)
        assert "more harm than the debt" not in shown(as_, them.bev, them.micky)
        with acting_as(them.micky):
            story.answer(by=them.micky, part=hunch, words="Aye. That's it.")
        page = shown(as_, them.bev, them.micky)
        assert page.index("more harm than the debt") < page.index("Aye. That's it.")

    def test_it_says_what_it_is_open_for_who_else_reads_and_whom_they_said_no_to(self, as_, them):
        probation = serving("Gavin Stokes", "specialist")
        with acting_as(them.micky):
            consent.refuse_say_so(
                by=them.micky, person=them.micky, given_to=probation, what="my story", for_what="a letter"
            )
        page = shown(as_, them.bev, them.micky)
        assert "Open to you for: walking with me." in page
        assert "Also open, by say-so, to: Moira Dent." in page
        assert "Said no to Gavin Stokes: my story." in page

    def test_what_is_between_him_and_one_other_stays_there(self, as_, them):
        assert SECRET not in shown(as_, them.bev, them.micky)

    def test_the_look_is_written_with_its_why_and_its_parts(self, as_, them):
        shown(as_, them.bev, them.micky)
        with as_owner():
            look = Look.objects.get(person_id=them.micky.pk)
        assert (look.by_id, look.page, look.why) == (them.bev.pk, "brief", "walking with me")
        assert str(them.good.pk) in look.parts

    def test_the_person_may_read_what_others_read_before_they_come_and_leaves_no_look(self, as_, them):
        assert GOOD in shown(as_, them.micky, them.micky)
        with as_owner():
            assert not Look.objects.exists()

    def test_one_who_may_read_a_part_is_told_so_and_given_a_name_to_turn_to(self, as_, them):
        refused = as_(them.moira, brief(them.micky))
        assert refused.status_code == 403
        page = refused.content.decode()
        assert "Only those who walk with Micky read this before a visit." in page
        assert "Denise Armstrong" in page
        assert MATTERS not in page

    def test_one_with_a_duty_in_law_reads_it_and_is_told_that_it_is_no_say_so(self, as_, them):
        megan = serving("Megan Ashby", "social_worker")
        by_law(megan, them.micky)
        assert "Open to you for: duty to enquire." in shown(as_, megan, them.micky)

    def test_a_neighbour_finds_nothing_and_a_stranger_is_asked_to_sign_in(self, as_, them):
        assert as_(them.gary, brief(them.micky)).status_code == 404
        assert as_(None, brief(them.micky)).status_code == 302

    def test_a_page_with_nothing_on_it_asks_for_strengths_first(self, as_):
        nobody_yet = person("New Here")
        assert "Not said yet. Ask that first." in shown(as_, nobody_yet, nobody_yet)

    def test_it_takes_as_many_questions_of_the_database_however_much_was_said(
        self, client, them, django_assert_max_num_queries
    ):
        for number in range(12):
            told(them.micky, "good_at", f"Strength {number}.")
        sign_in(client, them.bev)
        with django_assert_max_num_queries(30):
            client.get(brief(them.micky))


@pytest.mark.browser
def test_the_van_fits_one_screen_of_a_phone_and_one_sheet_of_paper(house):
    demo.load()
    with as_owner():
        micky, bev = Person.objects.get(name="Micky Garrod"), Person.objects.get(name="Bev Ormerod")
    page = house.page(bev)
    page.goto(house / brief(micky))
    assert page.get_by_text("any window clean").is_visible()
    last = page.locator(".brief__limits").bounding_box()
    assert last["y"] + last["height"] <= 844
    assert too_wide(page) == 0
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert len(printed.pages) == 1
