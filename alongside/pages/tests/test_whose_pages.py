"""Who did they look at: asked with a reason, answered day by day without names, read by the one asked about."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.audit.models import Carried, Look, Question
from alongside.audit.recording import look
from alongside.consent.models import Closeness
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.pages.person import looks
from alongside.pages.steward import whose
from alongside.people.models import Person
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
WHY = "Somebody at the Kettle knew what only Trace told us"


@pytest.fixture
def callum():
    """Callum opened Tracey's story yesterday and Norah's circle before, and nobody said why that was."""
    callum, trace, norah = (
        cast.serving("Callum Reay"),
        cast.person("Tracey Hallam"),
        cast.person("Norah Tully"),
    )
    for days, whom, page in ((1, trace, "story"), (2, norah, "circle"), (3, trace, "person")):
        with clock.moved_to(timezone.now() - dt.timedelta(days=days)), acting_as(callum):
            look(by=callum, person_id=whom.pk, page=page, why="walking with me")
    with acting_as(callum):  # the database is told that the clock goes on
        return callum


def asked(client, callum, **more):
    address = reverse("steward_ask_whose_pages", args=[callum.pk])
    return client.post(address, {"why": WHY, **more}, follow=True)


def words_of(answer):
    return answer.content.decode().replace("&#x27;", "'").replace("&nbsp;", " ")


def test_from_the_first_page_to_the_answer(client, steward, callum):
    home = words_of(client.get(reverse("steward_home")))
    assert reverse("steward_whose_pages") in home
    chosen = words_of(client.get(reverse("steward_whose_pages"), {"q": "Reay"}))
    assert reverse("steward_ask_whose_pages", args=[callum.pk]) in chosen
    form = words_of(client.get(reverse("steward_ask_whose_pages", args=[callum.pk])))
    assert "Whose pages did Callum open?" in form
    assert "What you write here Callum reads, with your name." in form
    page = words_of(asked(client, callum))
    assert "Pages that Callum opened" in page
    assert [page.index(said) for said in ("their story", "their circle", "their page.")] == sorted(
        page.index(said) for said in ("their story", "their circle", "their page.")
    )
    assert page.count("<strong>Person A</strong>") == 2
    assert page.count("<strong>Person B</strong>") == 1
    assert "Why: walking with me." in page
    assert "Tracey" not in page
    assert "Norah" not in page


def test_the_one_asked_about_reads_it_on_their_own_page_and_may_ask_why(client, steward, callum):
    asked(client, callum)
    client.cookies.clear()
    cast.sign_in(client, callum)
    page = words_of(client.get(reverse("who_looked", args=[callum.pk])))
    assert "Denise Armstrong" in page
    assert f"Asked whose pages you opened. Why: {WHY}." in page
    assert "opened <strong>the list of pages you opened</strong>" in page
    assert page.count("Ask why") == 2


def test_without_a_reason_nothing_is_asked_and_what_was_typed_stays(client, steward, callum):
    page = asked(client, callum, why="", from_day_day="1", from_day_month="5", from_day_year="2026")
    assert "Say in a few words why you ask. They read it." in words_of(page)
    assert 'value="2026"' in words_of(page)
    with as_owner():
        assert not Question.objects.exists()


def test_years_at_once_are_a_slip_beside_the_form_and_the_reason_stays(client, steward, callum):
    page = words_of(asked(client, callum, from_day_day="1", from_day_month="5", from_day_year="2020"))
    assert "Ask about three months or less at once." in page
    assert WHY in page


def test_where_they_opened_nothing_it_says_so(client, steward):
    page = words_of(asked(client, cast.serving("Priya Nair")))
    assert "Priya opened nobody’s page in these days." in page


def test_one_name_is_told_with_a_reason_and_its_owner_reads_it(client, steward, callum):
    asked(client, callum)
    with as_owner():
        question, seen = Question.objects.get(), Look.objects.get(page="circle")
    address = reverse("steward_tell_name", args=[question.pk, seen.pk])
    form = words_of(client.get(address))
    assert "Person B" in form
    assert "Norah" not in form
    assert "Say in a few words why you ask." in words_of(client.post(address, {"why": ""}))
    page = words_of(client.post(address, {"why": "She has to hear of it"}, follow=True))
    assert "<strong>Norah Tully</strong>: their circle" in page
    assert "Tracey" not in page
    with as_owner():
        norah = Look.objects.get(page="name told")
    assert (norah.person_id, norah.why) == (seen.person_id, "She has to hear of it")
    assert client.get(address).status_code == 403


def test_its_owner_reads_that_they_were_named(client, steward, callum):
    asked(client, callum)
    with as_owner():
        question, seen = Question.objects.get(), Look.objects.get(page="circle")
    client.post(reverse("steward_tell_name", args=[question.pk, seen.pk]), {"why": "She has to hear of it"})
    client.cookies.clear()
    with as_owner():
        norah = Person.objects.get(pk=seen.person_id)
    cast.sign_in(client, norah)
    page = words_of(client.get(reverse("who_looked", args=[norah.pk])))
    assert "Was told that it was your page somebody opened. Why: She has to hear of it." in page


def test_a_name_that_is_not_theirs_to_hear_is_refused_beside_the_form(client, steward, callum):
    asked(client, callum)
    with as_owner():
        question, seen = Question.objects.get(), Look.objects.get(page="circle")
        norah = Person.objects.get(pk=seen.person_id)
        Closeness.objects.create(
            person=norah, other=steward, words="kin", said_by=norah, said_at=timezone.now()
        )
    page = words_of(
        client.post(reverse("steward_tell_name", args=[question.pk, seen.pk]), {"why": "She has to hear"})
    )
    assert "This name is not told to you. Another place steward can ask for it." in page
    assert "She has to hear" in page


@pytest.mark.parametrize(
    ("role", "status"), [("relational_worker", 403), ("team_lead", 403), ("duty_human", 403)]
)
def test_only_a_steward_asks(client, as_, callum, role, status):
    someone = cast.serving("Ruth Collier", role)
    assert as_(someone, reverse("steward_whose_pages")).status_code == status
    assert as_(someone, reverse("steward_ask_whose_pages", args=[callum.pk])).status_code == 404


def test_another_steward_does_not_find_the_answer(client, as_, steward, callum):
    asked(client, callum)
    with as_owner():
        question, seen = Question.objects.get(), Look.objects.filter(page="circle").get()
    other = cast.serving("Imogen Blake", "place_steward")
    for who in (other, callum):
        assert as_(who, reverse("steward_opened", args=[question.pk])).status_code == 404
        assert as_(who, reverse("steward_tell_name", args=[question.pk, seen.pk])).status_code == 404


def test_the_day_after_it_is_asked_again_with_a_reason(client, steward, callum):
    asked(client, callum)
    with as_owner() as cursor:
        question = Question.objects.get()
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE audit_look SET at = at - interval '25 hours' WHERE page = 'looks asked'")
        cursor.execute("SET session_replication_role = DEFAULT")
    refused = client.get(reverse("steward_opened", args=[question.pk]))
    assert refused.status_code == 403
    assert "This was answered for a day. Ask again, and say why." in words_of(refused)


def test_a_long_answer_comes_in_pages_and_asks_as_often(
    client, steward, callum, django_assert_max_num_queries
):
    trace = cast.person("Gary Lisle")
    with acting_as(callum):
        for _ in range(whose.A_PAGE + 5):
            look(by=callum, person_id=trace.pk, page="story", why="walking with me")
    asked(client, callum)
    with as_owner():
        question = Question.objects.get()
    address = reverse("steward_opened", args=[question.pk])
    with django_assert_max_num_queries(25):
        first = words_of(client.get(address))
    assert first.count("Be told the name") == whose.A_PAGE
    assert words_of(client.get(f"{address}?page=2")).count("Be told the name") == 8


def test_from_somebodys_page_the_question_is_near_where_they_serve_and_nowhere_else(client, steward, callum):
    for person, there in ((callum, True), (cast.person("Gary Lisle"), False)):
        page = words_of(client.get(reverse("steward_person", args=[person.pk])))
        assert ("Whose pages did they open?" in page) is there


def test_every_page_that_leaves_a_look_has_a_name_a_steward_understands():
    assert {*looks.PAGES, *looks.DONE} <= set(whose.THEIRS)


def test_what_was_not_kept_as_it_should_be_is_among_what_is_broken(client, steward):
    address = reverse("steward_broken")
    assert "The record of who looked" not in words_of(client.get(address))
    with as_owner():
        Carried.objects.create(way="folder", tried_at=timezone.now(), trouble="The disk elsewhere is full.")
    page = words_of(client.get(address))
    assert "The record of who looked is not kept as it should be" in page
    assert "The disk elsewhere is full." in page
    assert "Something is broken" in words_of(client.get(reverse("steward_home")))
