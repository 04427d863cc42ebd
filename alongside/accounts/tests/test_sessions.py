"""Where one is signed in: seen, ended one by one or all at once, and felt at the next request."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Account
from alongside.accounts.tests.conftest import PASSWORD, with_password
from alongside.audit.models import Event
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def trace(trace):
    with_password(trace)
    return trace


def signed_in(name="Tracey Hallam", **more):
    client = Client(**more)
    client.post(reverse("sign_in"), {"login": name, "password": PASSWORD})
    assert SESSION_KEY in client.session
    return client


def inside(client):
    return client.get(reverse("sessions")).status_code == 200


def test_every_device_is_listed_in_plain_words(trace):
    signed_in(HTTP_USER_AGENT=FIREFOX)
    page = signed_in().get(reverse("sessions")).content.decode()
    assert "Firefox · Windows" in page
    assert "Sign out there" in page


def test_a_device_signed_out_from_here_is_a_stranger_at_its_next_request(trace):
    here, there = signed_in(), signed_in(HTTP_USER_AGENT=FIREFOX)
    assert inside(there)
    from allauth.usersessions.models import UserSession

    with as_owner():
        row = UserSession.objects.get(session_key=there.session.session_key)
    here.post(reverse("sessions"), {"end": str(row.pk)})
    assert inside(here)
    assert there.get(reverse("sessions")).url.startswith(reverse("sign_in"))


def test_signing_out_everywhere_but_here_leaves_here(trace):
    here, others = signed_in(), [signed_in(), signed_in()]
    here.post(reverse("sessions"), {"end": "elsewhere"})
    assert inside(here)
    assert not any(inside(other) for other in others)


def test_signing_out_everywhere_is_everywhere(trace):
    here, there = signed_in(), signed_in()
    assert here.post(reverse("sessions"), {"end": "everywhere"}).url == reverse("home")
    assert not inside(here)
    assert not inside(there)
    with as_owner():
        assert Event.objects.get(did="sign_in.end_sessions").person_id == trace.pk


def test_another_persons_session_cannot_be_ended(trace):
    from allauth.usersessions.models import UserSession

    dean = cast.person("Dean Pike")
    with_password(dean)
    mine, theirs = signed_in("Dean Pike"), signed_in()
    with as_owner():
        row = UserSession.objects.get(session_key=theirs.session.session_key)
    mine.post(reverse("sessions"), {"end": str(row.pk)})
    assert inside(theirs)


def test_a_new_password_signs_every_other_device_out_and_keeps_this_one(trace):
    here, there = signed_in(), signed_in()
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = here.post(reverse("choose_password"), {"password": "seven seals on the long sands"})
    assert response.url == reverse("second_factor")
    assert inside(here)
    answer = there.get(reverse("sessions"))
    assert answer.status_code == 302
    assert SESSION_KEY not in there.session
    with as_owner():
        assert Account.objects.get(pk=trace.account_id).check_password("seven seals on the long sands")


def test_a_weak_new_password_is_refused_in_a_sentence(trace):
    here = signed_in()
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = here.post(reverse("choose_password"), {"password": "short"}).content.decode()
    assert "too short" in page


def test_a_new_password_wants_the_old_one_first(trace):
    answer = signed_in().get(reverse("choose_password"))
    assert answer.url.startswith(reverse("account_reauthenticate"))


def test_an_account_closed_in_the_middle_of_the_day_is_a_stranger_at_once(trace):
    here = signed_in()
    with as_owner():
        Account.objects.filter(pk=trace.account_id).update(is_active=False)
    answer = here.get(reverse("sessions"))
    assert answer.status_code == 302
    assert SESSION_KEY not in here.session


def test_looking_at_the_list_writes_nothing(trace, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    here = signed_in()
    with CaptureQueriesContext(connection) as seen:
        inside(here)
    writes = [one["sql"] for one in seen if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []


@pytest.mark.parametrize("address", ["/", "/hello/", "/me/", "/sign-in/", "/nothing/here/"])
def test_the_back_button_of_a_library_computer_finds_no_page_kept(trace, address):
    """Private pages, the hello a stranger types, and a page that is not there: nothing stays behind."""
    for browser in (Client(), signed_in()):
        kept = set(browser.get(address)["Cache-Control"].split(", "))
        assert {"no-store", "private"} <= kept


def test_what_may_be_kept_says_so_itself(client):
    from django.http import HttpResponse

    from alongside.accounts.middleware import NothingStaysBehind

    def open_data(request):
        return HttpResponse(headers={"Cache-Control": "public, max-age=60"})

    assert NothingStaysBehind(open_data)(None)["Cache-Control"] == "public, max-age=60"


def test_words_sent_after_the_session_ended_are_given_back_and_not_thrown_away(trace, client):
    page = client.post(
        reverse("story_say", args=[trace.pk]), {"words": "Bruno saw the sea", "kind": "hope", "one": "新"}
    )
    shown = page.content.decode()
    assert page.status_code == 403
    assert "You are signed out" in shown
    assert shown.index("Bruno saw the sea</textarea>") < shown.index("新")
    assert "hope</textarea>" not in shown


def test_a_stranger_who_sends_no_words_is_asked_in_as_ever(trace, client):
    assert client.post(reverse("story_say", args=[trace.pk]), {"kind": "hope"}).url.startswith(
        reverse("sign_in")
    )
