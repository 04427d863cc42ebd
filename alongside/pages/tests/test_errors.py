"""Whatever cannot be had or breaks: a sentence, and a human with a name, in any state of the house."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import path, reverse

from alongside.config import urls as house_urls
from alongside.kernel.policy import Denied, open_to_all
from alongside.pages import errors
from tests.cast import person, serving, sign_in

pytestmark = pytest.mark.django_db


def breaks_the_transaction():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def swallows_a_broken_transaction():
    try:
        breaks_the_transaction()
    except DatabaseError:
        raise Denied("This did not work.") from None


def page_that(does):
    @open_to_all("a test")
    def view(request):
        does()

    return view


def raises(error):
    def does():
        raise error

    return page_that(does)


class Planted:
    """The house's own handlers and a few pages that fail."""

    urlpatterns = [
        *house_urls.urlpatterns,
        path("no/", raises(Denied("This is not for now."))),
        path("forbidden/", raises(PermissionDenied())),
        path("gone/", raises(Http404())),
        path("breaks/", raises(ZeroDivisionError())),
        path("breaks-the-database/", page_that(breaks_the_transaction)),
        path("no-after-breaking/", page_that(swallows_a_broken_transaction)),
    ]
    handler400, handler403 = house_urls.handler400, house_urls.handler403
    handler404, handler500 = house_urls.handler404, house_urls.handler500


@pytest.fixture
def denise(settings):
    errors._last_known.clear()
    settings.ROOT_URLCONF = Planted
    return serving("Denise Armstrong", "duty_human")


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


FAILING = {"/no/": 403, "/forbidden/": 403, "/gone/": 404, "/nowhere/": 404}


@pytest.mark.parametrize("address", FAILING)
@pytest.mark.parametrize("who", ["a stranger", "a resident"])
def test_it_ends_in_a_named_human_and_how_to_reach_them(visitor, denise, address, who):
    if who == "a resident":
        sign_in(visitor, person("Tracey Hallam"))
    page = visitor.get(address)
    assert page.status_code == FAILING[address]
    shown = page.content.decode()
    assert "<strong>Denise Armstrong</strong> can help." in shown
    assert f'href="{reverse("say_hello")}"' in shown


def test_a_refusal_says_its_own_sentence_and_names_its_own_human(visitor, denise, settings):
    first = path("no/", raises(Denied("Ask first.", "Bev Ormerod")))
    settings.ROOT_URLCONF = type("Other", (Planted,), {"urlpatterns": [first, *Planted.urlpatterns]})
    shown = visitor.get("/no/").content.decode()
    assert "Ask first." in shown
    assert "Bev Ormerod" in shown
    assert "Denise" not in shown


@pytest.mark.parametrize("address", ["/breaks/", "/breaks-the-database/"])
def test_when_something_breaks_the_page_asks_the_database_nothing_and_still_has_a_name(
    visitor, denise, address
):
    visitor.get("/nowhere/")  # somebody was named once since this process began
    page = visitor.get(address)
    assert page.status_code == 500
    shown = page.content.decode()
    assert "Something broke, and it was not you" in shown
    assert "Denise Armstrong" in shown


def test_in_a_house_that_just_woke_up_a_broken_page_still_says_whom_to_ask(visitor, denise):
    shown = visitor.get("/breaks/").content.decode()
    assert "Whoever walks with you" in shown
    assert reverse("say_hello") in shown


def test_nothing_is_asked_of_the_database_by_the_page_of_a_broken_house(denise, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert errors.broken(RequestFactory().get("/")).status_code == 500


def test_a_refusal_after_the_database_broke_is_still_a_refusal(visitor, denise):
    page = visitor.get("/no-after-breaking/")
    assert page.status_code == 403
    assert "This did not work." in page.content.decode()


def test_a_form_left_open_too_long_says_what_to_do_and_whom_to_ask(denise):
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(reverse("say_hello"), {"words": "hello"})
    assert page.status_code == 403
    shown = page.content.decode()
    assert "That page had been open too long" in shown
    assert "Denise Armstrong" in shown


def test_what_was_written_on_a_page_left_open_too_long_is_given_back(denise):
    page = Client(enforce_csrf_checks=True).post(
        reverse("say_hello"), {"words": "The whole <b>long</b> story", "password": "four candles and more"}
    )
    shown = page.content.decode()
    assert "The whole &lt;b&gt;long&lt;/b&gt; story</textarea>" in shown
    assert "four candles" not in shown
    assert "no-store" in page["Cache-Control"]


def test_an_address_for_another_house_is_answered_in_words(denise, visitor):
    page = visitor.get("/", headers={"host": "somewhere.else"})
    assert page.status_code == 400
    assert "We could not make sense of that" in page.content.decode()


def test_what_is_not_there_and_what_may_not_be_known_look_the_same(visitor, denise):
    micky, gary = person("Micky Garrod"), person("Gary Neighbour")
    sign_in(visitor, gary)
    there = visitor.get(reverse("person", args=[micky.pk]))
    nowhere = visitor.get(reverse("person", args=["00000000-0000-4000-8000-000000000000"]))
    assert there.status_code == nowhere.status_code == 404

    def without_proof(page):
        return "".join(
            line for line in page.content.decode().splitlines() if "csrfmiddlewaretoken" not in line
        )

    assert without_proof(there) == without_proof(nowhere)
    assert "Micky" not in there.content.decode()
