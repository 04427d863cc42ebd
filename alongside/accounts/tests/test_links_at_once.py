"""One link, however it is pressed: by two at once, by somebody else, again, or with a letter changed."""

import datetime as dt
import threading
from urllib.parse import urlparse

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connections
from django.test import Client
from django.urls import reverse

from alongside.accounts import operations
from alongside.accounts.models import SignInLink
from alongside.kernel.acting import working_on
from tests import cast
from tests.database import as_owner

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def made_for(whoever, way="email"):
    with working_on("sign_in"):
        return operations.make_link(by=None, account=whoever.account, way=way)


def path_of(made):
    return urlparse(made.url).path


def who_is_in(client):
    return client.session.get(SESSION_KEY)


def test_pressed_by_two_at_once_it_lets_one_in(committed):
    trace = cast.person("Tracey Hallam")
    made, answers, together = made_for(trace), [], threading.Barrier(4)

    def press():
        client = Client()
        together.wait(10)
        answers.append((client.post(path_of(made)).status_code, who_is_in(client)))
        connections.close_all()

    pressing = [threading.Thread(target=press) for _ in range(4)]
    for each in pressing:
        each.start()
    for each in pressing:
        each.join(30)
    assert sorted(status for status, _ in answers) == [302, 410, 410, 410]
    assert [who for _, who in answers if who] == [str(trace.account_id)]


@pytest.mark.django_db
class TestOneLink:
    """Each with a person of its own."""

    def test_the_paper_and_its_code_are_one_link(self, client, trace):
        made = made_for(trace, "printed")
        client.post(reverse("sign_in_with_code"), {"code": made.code})
        assert who_is_in(client) == str(trace.account_id)
        assert Client().post(path_of(made)).status_code == 410

    def test_and_the_other_way_round(self, client, trace):
        made = made_for(trace, "printed")
        client.post(path_of(made))
        other = Client()
        assert other.post(reverse("sign_in_with_code"), {"code": made.code}).status_code == 410
        assert who_is_in(other) is None

    @pytest.mark.parametrize("way", ["email", "text"])
    def test_only_paper_has_a_code(self, trace, way):
        made = made_for(trace, way)
        assert made.code == ""
        with as_owner():
            assert SignInLink.objects.get().code_digest is None

    def test_whoever_was_there_before_is_signed_out_and_nothing_of_theirs_goes_over(self, client, trace):
        dean = cast.person("Dean Pike")
        cast.sign_in(client, dean)
        before = client.session.session_key
        client.post(path_of(made_for(trace)))
        assert who_is_in(client) == str(trace.account_id)
        assert client.session.session_key != before
        assert "Dean" not in client.get("/me/").content.decode()

    def test_somebody_who_is_in_and_opens_anothers_link_stays_who_they_are_until_they_press(
        self, client, trace
    ):
        dean = cast.person("Dean Pike")
        cast.sign_in(client, dean)
        shown = client.get(path_of(made_for(trace)))
        assert shown.status_code == 200
        assert who_is_in(client) == str(dean.account_id)
        assert "Tracey" not in shown.content.decode(), "a link that was forwarded does not say whose it is"

    @pytest.mark.parametrize(
        "changed", [str.upper, str.lower, lambda key: key[:-1], lambda key: key + "x", lambda key: key[::-1]]
    )
    def test_a_letter_changed_is_a_link_we_do_not_know(self, client, trace, changed):
        path = path_of(made_for(trace))
        key = path.rstrip("/").rsplit("/", 1)[1]
        answer = client.post(reverse("sign_in_with_link", args=[changed(key)]))
        assert answer.status_code == 410
        assert who_is_in(client) is None
        assert client.post(path).status_code == 302, "and the true one is not spent by it"

    @pytest.mark.parametrize("what", ["used", "taken back", "run out", "unknown"])
    def test_a_link_that_lets_nobody_in_offers_another_way_and_a_human(self, client, trace, what):
        cast.serving("Denise Armstrong", "duty_human")
        made = made_for(trace)
        path = path_of(made)
        if what == "used":
            Client().post(path)
        with as_owner():
            if what == "taken back":
                SignInLink.objects.update(taken_back_at=made.link.made_at, taken_back_by_id=trace.pk)
            if what == "run out":
                SignInLink.objects.update(made_at=LONG_AGO, until=LONG_AGO + dt.timedelta(minutes=20))
            if what == "unknown":
                SignInLink.objects.all().delete()
        for answer in (client.get(path), client.post(path)):
            shown = answer.content.decode()
            assert answer.status_code == 410
            assert reverse("sign_in_link") in shown
            assert "<strong>Denise</strong>" in shown
            assert "Tracey" not in shown

    def test_a_new_link_leaves_an_older_one_as_it_was(self, client, trace):
        first, second = made_for(trace), made_for(trace)
        assert client.post(path_of(second)).status_code == 302
        assert Client().post(path_of(first)).status_code == 302

    @pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/me/"])
    def test_a_link_leads_nowhere_but_into_this_house(self, client, trace, to):
        answer = client.post(path_of(made_for(trace)) + f"?next={to}", {"next": to})
        assert answer.status_code == 302
        assert "evil" not in answer.url

    def test_the_page_of_a_link_tells_no_other_house_where_it_is(self, client, trace):
        shown = client.get(path_of(made_for(trace)))
        assert shown["Referrer-Policy"] == "same-origin"
        assert "no-store" in shown["Cache-Control"]
