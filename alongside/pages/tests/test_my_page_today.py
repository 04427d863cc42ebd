"""A resident's page at a glance: what is done to them first, who comes, who walks along; and a worker's view of it."""

import datetime as dt

import pytest
from django.urls import reverse

from alongside.audit.models import Look
from alongside.consent.lanes import operations as lanes
from alongside.doings import operations as doings
from alongside.doings.tests.world import a_duty
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.story import operations as story
from alongside.walks import operations as walks
from alongside.walks.models import Walk
from alongside.walks.tests.moments import recorded, walking
from tests import cast
from tests.browser import axe, too_wide
from tests.database import as_owner


class Them:
    """Micky with a walk, a plan, a visit tomorrow and a duty in law."""

    def __init__(self):
        self.bev, self.priya = cast.serving("Bev Ormerod"), cast.serving("Priya Nair")
        self.ros = cast.serving("Ros Adair", "social_worker")
        self.micky = cast.person("Micky Garrod")
        self.walk = walking(self.bev, self.priya, self.micky)
        with acting_as(self.micky):
            doings.begin(by=self.micky, person=self.micky, words="Get the ladders back.")
            doings.add_quick_thing(by=self.micky, person=self.micky, words="A bus pass.")
        with acting_as(self.bev):
            doings.promise(
                by=self.bev, person=self.micky, words="Tea, and the post.", owner=self.bev, coming=True,
                day=clock.today() + dt.timedelta(days=1), where_words="the yard",
            )  # fmt: skip
        self.duty = a_duty(self.ros, self.micky)


@pytest.fixture
def them(db):
    return Them()


def read(as_, viewer, address):
    return as_(viewer, address).content.decode().replace("&#x27;", "'")


def mine(as_, them):
    return read(as_, them.micky, reverse("my_page"))


def theirs(as_, viewer, them):
    return read(as_, viewer, reverse("person", args=[them.micky.pk]))


@pytest.mark.django_db
class TestMyPage:
    def test_what_the_law_does_to_me_comes_before_anything_else(self, as_, them):
        page = mine(as_, them)
        places = [
            page.index(said)
            for said in (
                "The law makes somebody do this", "Who is coming", "Tea, and the post.", "Who walks with me",
                "Say something", 'id="me"', "Get the ladders back.", "A bus pass.", "My circle",
                "Who may read it, and who did",
            )
        ]  # fmt: skip
        assert places == sorted(places)

    def test_a_duty_that_ended_is_not_in_front_of_me_any_more(self, as_, them):
        with acting_as(them.ros):
            lanes.end_duty(by=them.ros, duty=them.duty, words="It was not needed.")
        assert "The law makes somebody do this" not in mine(as_, them)

    def test_who_walks_with_me_and_who_is_there_when_they_are_away(self, as_, them):
        assert "when Bev is not there" in mine(as_, them)
        with acting_as(them.bev):
            walks.say_away(by=them.bev, worker=them.bev, from_day=clock.today(), to_day=clock.today())
        assert "Priya is there." in mine(as_, them)

    def test_a_walk_that_rests_comes_back_with_one_press(self, as_, them):
        with acting_as(them.micky):
            walks.rest_walk(by=them.micky, walk=them.walk)
        page = mine(as_, them)
        assert "you tell nothing twice" in page
        assert as_(them.micky, reverse("walk_come_back", args=[them.walk.pk]), {}).status_code == 302
        with as_owner():
            assert Walk.objects.get(pk=them.walk.pk).state == Walk.State.WALKING

    def test_it_asks_nothing_in_a_box_and_is_no_form(self, as_, them):
        page = mine(as_, them)
        main = page[page.index("<main") : page.index("</main>")]
        assert '<input type="text"' not in main
        assert "<textarea" not in main

    def test_with_no_service_in_it_it_is_a_page_all_the_same(self, as_, db):
        page = read(as_, cast.person("New Here"), reverse("my_page"))
        for absent in ("Who is coming", "Who walks with me", "The law makes", "All of my plan"):
            assert absent not in page
        assert "My plan, if I want one" in page
        assert "Start my circle" in page

    def test_it_asks_the_database_as_often_however_full_the_days_are(
        self, client, them, django_assert_max_num_queries
    ):
        with acting_as(them.micky):
            for number in range(8):
                doings.begin(by=them.micky, person=them.micky, words=f"Thing {number}.")
                doings.add_quick_thing(by=them.micky, person=them.micky, words=f"Quick {number}.")
        cast.sign_in(client, them.micky)
        with django_assert_max_num_queries(17):
            client.get(reverse("my_page"))


@pytest.mark.django_db
class TestSomebodysPage:
    def test_who_walks_with_them_sees_what_came_lately_the_plan_and_the_walk(self, as_, them):
        recorded(them.bev, them.micky, "He fixed the gutter for Ron.")
        page = theirs(as_, them.bev, them)
        for said in (
            "Write down what happened", "He fixed the gutter for Ron.", "Get the ladders back.", "Tea, and the post.",
            "The walk, and the two rules", "A duty in law",
        ):  # fmt: skip
            assert said in page

    def test_only_the_last_few_moments_stand_there(self, as_, them):
        for number in range(5):
            at = clock.now() - dt.timedelta(days=5 - number)
            recorded(them.bev, them.micky, f"Moment {number}.", at=at)
        page = theirs(as_, them.bev, them)
        assert [f"Moment {number}." in page for number in range(5)] == [False, False, True, True, True]

    def test_one_with_a_named_part_sees_nothing_of_the_walk_the_plan_or_what_happened(self, as_, them):
        recorded(them.bev, them.micky, "He fixed the gutter for Ron.")
        with acting_as(them.micky):
            part = story.say(by=them.micky, person=them.micky, kind="good_at", words="Windows.")
        moira = cast.serving("Moira Dent", "specialist")
        cast.say_so(them.micky, moira, parts=[part])
        page = theirs(as_, moira, them)
        assert "Windows." in page
        for closed in ("gutter", "ladders", "Tea, and the post.", "Bev", "A bus pass.", "duty"):
            assert closed not in page.split("<main", 1)[1].split("</main>", 1)[0].replace("Bev lets", "")

    def test_reading_it_is_one_look(self, as_, them):
        theirs(as_, them.bev, them)
        with as_owner():
            assert [look.page for look in Look.objects.filter(person_id=them.micky.pk)] == ["person"]

    def test_it_asks_the_database_as_often_however_much_happened(
        self, client, them, django_assert_max_num_queries
    ):
        for number in range(12):
            recorded(them.bev, them.micky, f"Moment {number}.")
        cast.sign_in(client, them.bev)
        with django_assert_max_num_queries(20):
            client.get(reverse("person", args=[them.micky.pk]))


@pytest.mark.browser
def test_the_page_with_a_life_on_it_is_clean_to_the_rules_and_fits_a_narrow_phone(house):
    them = Them()
    recorded(them.bev, them.micky, "He fixed the gutter for Ron.", at=clock.now() - dt.timedelta(days=40))
    with acting_as(them.bev):
        for coming in (True, False):
            doings.promise(
                by=them.bev,
                person=them.micky,
                words="Tea at yours",
                owner=them.bev,
                coming=coming,
                day=clock.today(),
            )
    with acting_as(them.micky):
        walks.draw_arc(by=them.micky, person=them.micky)
        walks.put_on_life_map(by=them.micky, person=them.micky, name="The yard", words="Loud.")
    page = house.page(them.micky, width=320)
    month = f"{clock.now() - dt.timedelta(days=40):%Y-%m}"
    own = [
        reverse("my_page"),
        reverse("arc", args=[them.micky.pk]),
        reverse("life_map", args=[them.micky.pk]),
    ]
    for address in [*own, f"{own[1]}?month={month}"]:
        page.goto(house / address)
        assert too_wide(page) == 0, address
        assert axe(page) == "", address
    bevs = house.page(them.bev, width=320)
    for address in (reverse("person", args=[them.micky.pk]), reverse("today")):
        bevs.goto(house / address)
        assert too_wide(bevs) == 0, address
        assert axe(bevs) == "", address
