"""What a phone asks and sends: every wrong thing has its own clear answer, and writes nothing."""

import datetime as dt
import json
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from alongside.accounts.models import Account
from alongside.kernel import sealing
from alongside.kernel.acting import acting_as
from alongside.pages.tests.phones import one, posted, sealed
from alongside.story.operations import say
from alongside.walks.models import Moment
from tests.cast import person, say_so, serving, sign_in
from tests.database import as_owner

pytestmark = pytest.mark.django_db
ADDRESS = "/offline/moments/"


@pytest.fixture
def here(db: Any) -> SimpleNamespace:
    """Trace, and Priya who walks with her."""
    them = SimpleNamespace(trace=person("Tracey Hallam", called="Trace"), priya=serving("Priya Nair"))
    say_so(them.trace, them.priya)
    return them


@pytest.fixture
def phone(here: SimpleNamespace, client: Client) -> Any:
    """Priya's phone sends a body."""
    sign_in(client, here.priya)
    return lambda body, **more: client.post(ADDRESS, body, content_type="application/json", **more)


def how_many() -> int:
    with as_owner():
        return Moment.objects.count()


def test_each_has_an_answer_of_its_own_and_a_proof_for_what_comes_next(
    phone: Any, here: SimpleNamespace
) -> None:
    good, bad = one(here.priya), one(here.priya, who="Zephyrine")
    answer = phone(posted(good, bad))
    kept, refused = answer.json()["answers"]
    assert (answer.status_code, kept["answer"], refused["answer"]) == (200, "kept", "refused")
    assert [kept["client_id"], refused["client_id"]] == [str(good[0]), str(bad[0])]
    assert "Zephyrine" in refused["sentence"]
    assert kept["proof"]
    assert how_many() == 1


def test_sent_again_it_is_here_already(phone: Any, here: SimpleNamespace) -> None:
    body = posted(one(here.priya))
    assert [phone(body).json()["answers"][0]["answer"] for _ in range(2)] == ["kept", "here"]
    assert how_many() == 1


def test_twice_in_one_letter_it_is_kept_once(phone: Any, here: SimpleNamespace) -> None:
    item = one(here.priya)
    said = phone(posted(item, item)).json()["answers"]
    assert [each["answer"] for each in said] == ["kept", "here"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "Expecting value"),
        ("who and words", "Expecting value"),
        ("[]", "list indices"),
        ("null", "NoneType"),
        ("{}", "clock"),
        (json.dumps({"clock": "noon", "moments": []}), "no time"),
        (json.dumps({"clock": "2027-03-08T12:00:00", "moments": []}), "no time"),
        (json.dumps({"clock": "2027-13-08T12:00:00Z", "moments": []}), "month"),
        (json.dumps({"clock": 7, "moments": []}), "must be str"),
        (json.dumps({"clock": "2027-03-08T12:00:00Z", "moments": {}}), "at most 50"),
        (json.dumps({"clock": "2027-03-08T12:00:00Z", "moments": ["words"]}), "indices"),
        (json.dumps({"clock": "2027-03-08T12:00:00Z", "moments": [{"client_id": "mine"}]}), "UUID"),
        (json.dumps({"clock": "2027-03-08T12:00:00Z", "moments": [{"envelope": "x"}]}), "client_id"),
        (json.dumps({"clock": "2027-03-08T12:00:00Z", "moments": [{"client_id": str(uuid4())}]}), "envelope"),
    ],
)  # fmt: skip
def test_what_no_phone_of_ours_sends_is_said_so_and_why(phone: Any, body: str, why: str) -> None:
    answer = phone(body)
    assert answer.status_code == 400
    assert "not what a phone sends" in answer.json()["error"]
    assert why in answer.json()["error"]
    assert how_many() == 0


def test_bytes_that_are_no_text_are_said_so(phone: Any) -> None:
    assert phone(b"\xff\xfe\x00").status_code == 400


def test_fifty_at_once_are_taken_and_fifty_one_are_not(phone: Any, here: SimpleNamespace) -> None:
    many = [one(here.priya, f"moment {number}") for number in range(51)]
    assert phone(posted(*many)).status_code == 400
    assert how_many() == 0
    answers = phone(posted(*many[:50])).json()["answers"]
    assert {each["answer"] for each in answers} == {"kept"}


def test_one_that_is_far_too_long_stays_and_the_others_come(phone: Any, here: SimpleNamespace) -> None:
    key = uuid4()
    long = sealed(here.priya, key, "words " * 60_000)
    assert len(long) > sealing.LONGEST
    said = phone(posted((key, long), one(here.priya))).json()["answers"]
    assert [each["answer"] for each in said] == ["refused", "kept"]


@pytest.mark.parametrize("envelope", ["", "words", "1.2.3.4", "9.AAAAAAAAAAAA.x.y", "1.AAAAAAAAAAAA.**.**"])
def test_what_is_no_envelope_is_refused_by_itself(phone: Any, here: SimpleNamespace, envelope: str) -> None:
    said = phone(posted((uuid4(), envelope), one(here.priya))).json()["answers"]
    assert [each["answer"] for each in said] == ["refused", "kept"]
    assert said[0]["sentence"]


def test_a_key_the_place_does_not_hold_is_said_so(phone: Any, here: SimpleNamespace) -> None:
    key, letter = one(here.priya)
    version, key_id, *rest = letter.split(".")
    (said,) = phone(posted((key, ".".join([version, key_id[::-1], *rest])))).json()["answers"]
    assert (said["answer"], "key" in said["sentence"]) == ("refused", True)


def test_what_was_sealed_before_the_key_was_renewed_still_arrives(phone: Any, here: SimpleNamespace) -> None:
    old = one(here.priya)
    new_key = sealing.renew()
    new = one(here.priya, "sealed after")
    assert new[1].split(".")[1] == new_key.id != old[1].split(".")[1]
    assert [each["answer"] for each in phone(posted(old, new)).json()["answers"]] == ["kept", "kept"]


def test_an_account_nobody_has_opens_nothing(phone: Any, here: SimpleNamespace) -> None:
    stranger = SimpleNamespace(account_id=uuid4())
    key = uuid4()
    (said,) = phone(posted((key, sealed(stranger, key)))).json()["answers"]  # type: ignore[arg-type]
    assert said["answer"] == "refused"


def test_anothers_moment_and_anothers_id_are_theirs(
    client: Client, phone: Any, here: SimpleNamespace
) -> None:
    callum = serving("Callum Reay")
    say_so(here.trace, callum)
    key, letter = one(here.priya)
    phone(posted((key, letter)))
    sign_in(client, callum)
    own = sealed(callum, key, "my own words")
    theirs, mine = phone(posted((key, letter), (key, own))).json()["answers"]
    assert (theirs["answer"], mine["answer"]) == ("refused", "kept")
    with as_owner():
        assert {moment.by_id: moment.words for moment in Moment.objects.all()} == {
            here.priya.pk: "We sat by the river.", callum.pk: "my own words"
        }  # fmt: skip


def test_a_page_of_another_site_cannot_send(here: SimpleNamespace) -> None:
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, here.priya)
    body = posted(one(here.priya))
    assert strict.post(ADDRESS, body, content_type="application/json").status_code == 403
    proof = strict.get("/offline/whose/").json()["proof"]
    given = strict.post(ADDRESS, body, content_type="application/json", headers={"X-CSRFToken": proof})
    assert given.status_code == 200


def test_a_stranger_sends_and_takes_nothing(client: Client, here: SimpleNamespace) -> None:
    for address in (ADDRESS, "/offline/people/", "/offline/open/"):
        answer = client.post(address, posted(one(here.priya)), content_type="application/json")
        assert (answer.status_code, answer["Location"].startswith("/sign-in/")) == (302, True)
    assert how_many() == 0


def test_an_envelope_sent_after_signing_out_is_not_shown_as_if_it_were_words(
    client: Client, here: SimpleNamespace
) -> None:
    key, letter = one(here.priya)
    answer = client.post("/offline/open/", {"client_id": str(key), "envelope": letter})
    assert (answer.status_code, answer["Location"].startswith("/sign-in/")) == (302, True)


def test_reading_these_addresses_does_nothing(phone: Any, client: Client) -> None:
    for address in (ADDRESS, "/offline/people/", "/offline/open/"):
        assert client.get(address).status_code == 405


def test_whose_says_the_account_the_key_and_the_time_and_to_a_stranger_nothing(
    client: Client, here: SimpleNamespace
) -> None:
    assert client.get("/offline/whose/").json() == {"account": None}
    sign_in(client, here.priya)
    said = client.get("/offline/whose/").json()
    assert (said["account"], said["key"]["id"]) == (str(here.priya.account_id), sealing.public_key().id)
    assert set(said) == {"account", "key", "now", "proof"}
    assert "Priya" not in json.dumps(said)
    assert abs((timezone.now() - dt.datetime.fromisoformat(said["now"])).total_seconds()) < 60


def test_an_account_that_was_ended_is_nobodys(client: Client, here: SimpleNamespace, phone: Any) -> None:
    with as_owner():
        Account.objects.filter(pk=here.priya.account_id).update(is_active=False)
    assert client.get("/offline/whose/", follow=True).json() == {"account": None}
    assert phone(posted(one(here.priya))).status_code == 302
    assert how_many() == 0


OPENS = {
    # who: the offline page, whose phone this is, what is sent, today's people, one that stayed, how many people
    None: (200, 200, 302, 302, 302, None),
    "a resident": (200, 200, 200, 200, 400, 0),
    "whoever walks with Trace": (200, 200, 200, 200, 400, 1),
    "a worker of others": (200, 200, 200, 200, 400, 0),
    "a specialist with one part": (200, 200, 200, 200, 400, 0),
    "a lead": (200, 200, 200, 200, 400, 0),
    "a steward": (200, 200, 200, 200, 400, 0),
}


@pytest.mark.parametrize("who", OPENS)
def test_who_opens_what(client: Client, here: SimpleNamespace, who: str | None) -> None:
    with acting_as(here.trace):
        part = say(by=here.trace, person=here.trace, kind="hope", words="A garden.")
    specialist = serving("Moira Dent", "specialist")
    say_so(here.trace, specialist, parts=[part])
    people = {
        "a resident": here.trace, "whoever walks with Trace": here.priya, "a worker of others": serving("Bev"),
        "a specialist with one part": specialist, "a lead": serving("Lena", "team_lead"),
        "a steward": serving("Ruth", "place_steward"),
    }  # fmt: skip
    if who:
        sign_in(client, people[who])
    page, whose = client.get("/offline/"), client.get("/offline/whose/")
    sent = client.post(ADDRESS, posted(), content_type="application/json")
    along, stayed = (
        client.post("/offline/people/"),
        client.post("/offline/open/", {"client_id": str(uuid4())}),
    )
    found = [each.status_code for each in (page, whose, sent, along, stayed)]
    taken = len(along.json()["people"]) if along.status_code == 200 else None
    assert (*found, taken) == OPENS[who]


class TestThePageItself:
    """Cached by a phone: it may depend on nobody."""

    def test_it_is_the_same_for_a_stranger_a_worker_and_a_resident(
        self, client: Client, here: SimpleNamespace
    ) -> None:
        pages = [client.get("/offline/").content]
        for whoever in (here.priya, here.trace):
            sign_in(client, whoever)
            pages.append(client.get("/offline/").content)
        assert len(set(pages)) == 1

    def test_the_script_beside_our_pages_changes_with_the_page_and_not_with_the_reader(
        self, client: Client, here: SimpleNamespace
    ) -> None:
        before = client.get("/service-worker.js").content
        sign_in(client, here.priya)
        assert client.get("/service-worker.js").content == before
        welsh = client.get("/service-worker.js", headers={"Accept-Language": "cy"})
        assert welsh["Cache-Control"] == "no-cache"

    def test_a_home_screen_learns_what_the_place_is_called_and_nobody_in_it(self, client: Client) -> None:
        told = json.loads(client.get("/manifest.webmanifest").content)
        assert (told["start_url"], told["display"], told["short_name"]) == (
            "/offline/",
            "standalone",
            "Alongside",
        )
        assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}

    def test_pages_of_those_who_walk_with_people_make_a_phone_ready_and_no_others(
        self, client: Client, here: SimpleNamespace
    ) -> None:
        for whoever, ready in ((here.priya, True), (here.trace, False)):
            sign_in(client, whoever)
            page = client.get("/me/", follow=True).content.decode()
            assert (f'data-offline="{whoever.account_id}"' in page) is ready
