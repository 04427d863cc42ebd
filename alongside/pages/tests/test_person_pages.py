"""My page, and somebody's page as far as it is open: each role, the look with its why, the next byte."""

import pytest
from django.urls import reverse

from alongside.audit.models import Look
from alongside.consent import operations as consent
from alongside.consent.models import SaySo
from alongside.kernel.acting import acting_as
from alongside.pages.tests.somebody import (
    GOING_ON,
    GOOD,
    MATTERS,
    NOT_WANTED,
    SECRET,
    micky_and_everyone,
    told,
)
from tests.browser import axe, too_wide
from tests.cast import by_law, person, say_so, serving, sign_in
from tests.database import as_owner


@pytest.fixture
def them(db):
    """Made for each test: one here commits, and has another database."""
    return micky_and_everyone()


def page_of(whose):
    return reverse("person", args=[whose.pk])


def read(as_, viewer, address):
    return as_(viewer, address).content.decode().replace("&#x27;", "'")


def looks_at(whose):
    with as_owner():
        found = Look.objects.filter(person_id=whose.pk).order_by("at")
        return [(look.by_id, look.page, look.why) for look in found]


@pytest.mark.django_db
class TestMyPage:
    def test_it_says_hello_and_begins_with_what_i_am_good_at(self, as_, them):
        page = read(as_, them.micky, reverse("my_page"))
        assert page.index("Hello Micky") < page.index(GOOD) < page.index(MATTERS) < page.index("Lacey")

    def test_it_says_who_may_read_it_and_who_looked_and_why(self, as_, them):
        as_(them.bev, page_of(them.micky))
        page = read(as_, them.micky, reverse("my_page"))
        assert "Bev Ormerod" in page
        assert "Moira Dent" in page
        assert "walking with me" in page

    def test_it_is_worth_having_with_no_service_and_no_words_yet(self, as_):
        page = read(as_, person("New Here"), reverse("my_page"))
        assert "Start with what you are good at, if you like." in page
        assert "Nobody reads it by your say-so." in page

    def test_a_stranger_is_asked_to_sign_in(self, as_, db):
        assert as_(None, reverse("my_page")).url.startswith(reverse("sign_in"))

    def test_it_shows_nobody_elses_words(self, as_, them):
        assert GOOD not in read(as_, them.bev, reverse("my_page"))

    def test_it_asks_the_database_as_often_however_much_is_on_it(
        self, client, them, django_assert_max_num_queries
    ):
        for number in range(10):
            told(them.micky, "good_at", f"Strength {number}.")
            say_so(them.micky, serving(f"Reader {number}"))
        sign_in(client, them.micky)
        with django_assert_max_num_queries(17):
            client.get(reverse("my_page"))


@pytest.mark.django_db
class TestSomebodysPage:
    def test_ones_own_address_leads_to_my_page(self, as_, them):
        assert as_(them.micky, page_of(them.micky)).url == reverse("my_page")

    def test_who_walks_with_them_reads_it_and_is_told_on_what_say_so(self, as_, them):
        page = read(as_, them.bev, page_of(them.micky))
        assert "Micky lets you read this, for: walking with me." in page
        assert page.index(GOOD) < page.index(MATTERS) < page.index(GOING_ON) < page.index(NOT_WANTED)
        assert SECRET not in page

    def test_who_walks_with_them_prints_a_way_in_and_nobody_else_is_offered_one(self, as_, them):
        paper = reverse("print_sign_in_link", args=[them.micky.account_id])
        assert paper in read(as_, them.bev, page_of(them.micky))
        assert as_(them.bev, paper).status_code == 200
        part_reader = serving("Ann Abel")
        say_so(them.micky, part_reader, parts=[told(them.micky, "good_at", "Whistles.")])
        assert paper not in read(as_, part_reader, page_of(them.micky))
        with as_owner():
            them.micky.account, account = None, them.micky.account
            them.micky.save()
            account.delete()
        assert "/sign-in/paper/" not in read(as_, them.bev, page_of(them.micky))

    def test_one_with_a_named_part_reads_that_part_and_nothing_else(self, as_, them):
        page = read(as_, them.moira, page_of(them.micky))
        assert GOING_ON in page
        for closed in (GOOD, MATTERS, NOT_WANTED, SECRET, "Lacey", "The whole story"):
            assert closed not in page

    def test_one_with_a_duty_is_told_that_it_is_the_law_and_not_a_say_so(self, as_, them):
        megan = serving("Megan Ashby", "social_worker")
        by_law(megan, them.micky)
        page = read(as_, megan, page_of(them.micky))
        assert "the law gave you a duty, Children Act 1989 s.47" in page
        assert "It is not their say-so." in page

    def test_a_neighbour_finds_nothing(self, as_, them):
        refused = as_(them.gary, page_of(them.micky))
        assert refused.status_code == 404
        assert "Micky" not in refused.content.decode()

    def test_a_neighbour_who_works_for_the_council_finds_nothing_either(self, as_, them):
        assert as_(serving("Carol Next-Door", "team_lead"), page_of(them.micky)).status_code == 404

    def test_a_stranger_is_asked_to_sign_in(self, as_, them):
        assert as_(None, page_of(them.micky)).url.startswith(reverse("sign_in"))

    def test_each_look_is_written_with_its_why_and_ones_own_is_not(self, as_, them):
        for viewer in (them.bev, them.moira, them.micky, them.gary):
            as_(viewer, page_of(them.micky))
        assert looks_at(them.micky) == [
            (them.bev.pk, "person", "walking with me"),
            (them.moira.pk, "person", "sorting the arrears"),
        ]

    def test_taking_back_acts_on_the_next_byte_also_where_the_page_is_open(self, client, them):
        sign_in(client, them.bev)
        assert client.get(page_of(them.micky)).status_code == 200
        with acting_as(them.micky):
            consent.withdraw_say_so(by=them.micky, say_so=SaySo.objects.get(given_to=them.bev))
        for name in ("person", "brief", "one_page", "one_page_pdf", "say_so", "story", "circle"):
            assert client.get(reverse(name, args=[them.micky.pk])).status_code == 404, name

    def test_it_asks_the_database_as_often_however_much_was_said(
        self, client, them, django_assert_max_num_queries
    ):
        for number in range(12):
            told(them.micky, "good_at", f"Strength {number}.")
        sign_in(client, them.bev)
        with django_assert_max_num_queries(20):
            client.get(page_of(them.micky))


ADDRESSES = ["person", "one_page", "brief", "say_so", "say_so_give", "who_looked"]


@pytest.mark.browser
def test_every_page_about_somebody_is_clean_to_the_rules_and_fits_a_narrow_phone(house):
    from alongside.pages.tests.somebody import micky_and_everyone

    them = micky_and_everyone()
    mine = house.page(them.micky, width=320)
    bevs = house.page(them.bev, width=320)
    bevs.goto(house / page_of(them.micky))
    with as_owner():
        given = SaySo.objects.get(given_to=them.bev)
    own = [reverse("my_page"), reverse("say_so_take_back", args=[them.micky.pk, given.pk])]
    own += [f"{reverse('say_so_give', args=[them.micky.pk])}?to={them.denise.pk}", reverse("hard_stops")]
    own += [reverse(name, args=[them.micky.pk]) for name in ADDRESSES]
    theirs = [reverse(name, args=[them.micky.pk]) for name in ADDRESSES if name != "who_looked"]
    for page, addresses in ((mine, own), (bevs, theirs)):
        for address in [*addresses, "/nowhere/"]:
            page.goto(house / address)
            assert too_wide(page) == 0, address
            assert axe(page) == "", address


@pytest.mark.browser
def test_without_a_script_a_say_so_is_taken_back_while_the_reader_has_the_page_open(house):
    from alongside.pages.tests.somebody import micky_and_everyone

    them = micky_and_everyone()
    bevs = house.page(them.bev)
    bevs.goto(house / page_of(them.micky))
    assert bevs.get_by_text(GOOD).is_visible()
    mine = house.page(them.micky, script=False)
    mine.goto(house / reverse("my_page"))
    mine.get_by_role("link", name="Who may read my page").click()
    mine.get_by_role("link", name="Take it back from Bev Ormerod").click()
    mine.get_by_role("button", name="Take it back").click()
    assert mine.get_by_text("Bev cannot read it any more.").is_visible()
    assert bevs.reload().status == 404
    assert not bevs.get_by_text(GOOD).is_visible()
    assert bevs.get_by_text("Denise Armstrong").is_visible()
