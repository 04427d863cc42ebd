"""The pages of the door, the named human, and the whys."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from alongside.audit.models import Look
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.messages.models import Hello, HelloAnswer, HelloWait, Message, WhyAsked
from alongside.messages.operations import ask_why, send
from alongside.people.models import Reach, Role, Room
from tests.cast import person, say_so, serving, sign_in
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_guessed():
    cache.clear()


@pytest.fixture
def priya():
    worker = serving("Priya Nair")
    with as_owner():
        Room.objects.create(person=worker, room_for=3)
    return worker


def said(client, **words):
    return client.post(reverse("say_hello"), {"words": "I don't know where to start", **words}, follow=True)


def key_on(page):
    return page.context["key"]


def test_a_stranger_says_hello_and_is_told_a_name_and_a_day(client, priya):
    page = said(client).content.decode()
    assert "Priya has room for you" in page
    assert "relational worker, Tynebank Council" in page
    assert "116 123" in page


def test_words_are_the_only_thing_asked_for(client, priya):
    page = client.post(reverse("say_hello"), {"words": " "})
    assert page.status_code == 200
    assert "Say a word or two" in page.content.decode()
    form = client.get(reverse("say_hello")).context["form"]
    assert [name for name, field in form.fields.items() if field.required] == ["words"]


def test_what_was_typed_is_not_lost_when_something_is_wrong(client, priya):
    page = client.post(reverse("say_hello"), {"words": "", "called": "Trace"}).content.decode()
    assert "Trace" in page


def test_looking_at_the_door_writes_nothing(client, priya):
    client.get(reverse("say_hello"))
    client.get(reverse("hello_key", args=["apple-river-lamp-wren"]))
    with as_owner():
        assert not Hello.objects.exists()


def test_a_stranger_comes_back_with_four_words_and_reads_the_answer(client, priya):
    key = key_on(said(client))
    with as_owner():
        HelloAnswer.objects.create(
            hello=Hello.objects.get(), by=priya, words="Come at ten.", at=timezone.now()
        )
    client.cookies.clear()
    page = client.post(reverse("come_back"), {"key": " ".join(key).title()}, follow=True).content.decode()
    assert "Come at ten." in page


def test_a_stranger_adds_words(client, priya):
    said(client)
    client.post(reverse("hello_yours"), {"words": "And the rent"})
    with as_owner():
        assert HelloAnswer.objects.get().words == "And the rent"


def test_wrong_words_are_told_kindly_and_counted(client, priya):
    for _ in range(20):
        page = client.post(reverse("come_back"), {"key": "apple river lamp wren"})
        assert "We do not know these four words" in page.content.decode()
    key = key_on(said(client))
    client.cookies.clear()
    page = client.post(reverse("come_back"), {"key": " ".join(key)})
    assert "Wait ten minutes" in page.content.decode()


def try_wrong_words(client, times, **where):
    return [
        "Wait ten minutes"
        in client.post(reverse("come_back"), {"key": "apple river lamp wren"}, **where).content.decode()
        for _ in range(times)
    ]


def test_behind_a_proxy_each_visitor_has_tries_of_their_own(client, priya, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    # Whoever sends a made-up address along is still known by the one the proxy saw.
    library = [{"HTTP_X_FORWARDED_FOR": f"198.51.100.{n}, 203.0.113.7"} for n in range(21)]
    assert [try_wrong_words(client, 1, **where) for where in library] == [[False]] * 20 + [[True]]
    assert try_wrong_words(client, 1, HTTP_X_FORWARDED_FOR="203.0.113.8") == [False]


def test_an_address_a_visitor_made_up_counts_for_nothing_without_a_proxy(client, priya):
    made_up = [{"HTTP_X_FORWARDED_FOR": f"203.0.113.{n}"} for n in range(21)]
    assert [try_wrong_words(client, 1, **where) for where in made_up][-1] == [True]


def test_wrong_words_from_everywhere_are_counted_together(client, priya, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"come_back": "20/10m/ip,3/10m/key"}
    each = [try_wrong_words(client, 1, REMOTE_ADDR=f"203.0.113.{n}") for n in range(4)]
    assert each == [[False], [False], [False], [True]]


def test_a_shared_computer_forgets_after_twenty_minutes_and_at_a_press(client, priya):
    said(client)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=21)):
        assert client.get(reverse("hello_yours")).status_code == 302
    said(client)
    client.post(reverse("hello_forget"))
    assert client.get(reverse("hello_yours")).status_code == 302


def test_another_visitor_does_not_see_it(client, priya):
    said(client, words="canary")
    client.cookies.clear()
    assert "canary" not in client.get(reverse("hello_yours"), follow=True).content.decode()


def test_a_helper_writes_it_down_for_somebody(client, priya):
    bev = serving("Bev Ormerod", Role.CONNECTOR)
    sign_in(client, bev)
    page = client.post(reverse("hello_for_someone"), {"words": "The boiler", "called": "George"}, follow=True)
    assert "Priya has room for you" in page.content.decode()
    with as_owner():
        hello = Hello.objects.get()
    assert (hello.kind, hello.entered_by_id, hello.person_id) == ("helper", bev.pk, None)


def test_a_neighbour_is_asked_for_the_persons_yes(client, priya):
    sign_in(client, person("Joan Hall"))
    page = client.post(reverse("hello_for_someone"), {"words": "The boiler"})
    assert "Ask them first" in page.content.decode()
    client.post(reverse("hello_for_someone"), {"words": "The boiler", "persons_yes": "on"})
    with as_owner():
        assert Hello.objects.get().kind == "neighbour"


def test_the_named_human_finds_it_and_answers(client, priya):
    said(client, called="Trace")
    client.cookies.clear()
    sign_in(client, priya)
    assert "Trace" in client.get(reverse("hellos")).content.decode()
    with as_owner():
        address = reverse("hello", args=[Hello.objects.get().pk])
    assert "Trace says hello" in client.get(address).content.decode()
    client.post(address, {"do": "answer", "answer-words": "Come at ten."})
    client.post(
        address, {"do": "together", "together-outcome": "simple", "together-words": "Rang the landlord"}
    )
    client.post(address, {"do": "write_down", "write_down-name": "Tracey Hallam"})
    with as_owner():
        hello = Hello.objects.get()
        assert HelloWait.objects.get().answered_at
    assert (hello.outcome, hello.person_id is None) == ("simple", False)
    page = client.get(address).content.decode()
    assert "Come at ten." in page
    assert "Rang the landlord" in page


@pytest.mark.parametrize("role", [Role.WORKER, Role.STEWARD, Role.MEMBER, Role.DUTY_HUMAN])
def test_others_do_not_find_it(client, priya, role):
    said(client, words="canary")
    client.cookies.clear()
    sign_in(client, serving("Bev Ormerod", role))
    with as_owner():
        address = reverse("hello", args=[Hello.objects.get().pk])
    assert client.get(address).status_code == 404
    assert "canary" not in client.get(reverse("hellos")).content.decode()


def test_the_wrong_answer_is_told_and_nothing_is_lost(client, priya):
    said(client)
    client.cookies.clear()
    sign_in(client, priya)
    with as_owner():
        address = reverse("hello", args=[Hello.objects.get().pk])
    page = client.post(address, {"do": "together", "together-outcome": "simple"}).content.decode()
    assert "Say in a few words what was done." in page


def test_what_this_is_takes_one_minute_and_says_the_charter(client, priya):
    from alongside.accounts.models import Place

    with as_owner():
        Place.objects.create(
            slug="tynebank",
            name="Tynebank",
            charter_words=["a kettle that is always on"],
            two_rules=["Do no harm"],
        )
    page = client.get(reverse("one_minute")).content.decode()
    assert "a kettle that is always on" in page
    assert "Do no harm" in page


def test_a_human_sees_how_to_ring_and_the_safe_word_and_ticks_it(client, priya):
    george = person("George Elliott", account=False)
    with as_owner():
        Reach.objects.create(person=george, how="call", phone="0191 498 0000", safe_word="bluebell")
    say_so(george, priya)
    with acting_as(priya):
        message = send(by=priya, to=george, words="I come on Tuesday.", reference="r")
    sign_in(client, priya)
    page = client.get(reverse("my_messages")).content.decode()
    assert "bluebell" in page
    assert "0191 498 0000" in page
    with as_owner():
        delivery = message.delivery.pk
    client.post(reverse("message_done", args=[delivery]))
    assert "bluebell" not in client.get(reverse("my_messages")).content.decode()


def test_having_something_to_tell_opens_no_number_and_no_safe_word(client, priya):
    george = person("George Elliott", account=False)
    with as_owner():
        Reach.objects.create(person=george, how="call", phone="0191 498 0000", safe_word="bluebell")
    with acting_as(priya):
        send(by=priya, to=george, words="I come on Tuesday.", reference="r")
    sign_in(client, priya)
    page = client.get(reverse("my_messages")).content.decode()
    assert "Ring George" in page
    assert "Ask whoever walks with them" in page
    assert "bluebell" not in page
    assert "0191" not in page


def test_a_message_stands_on_ones_own_page(client, priya):
    trace = person()
    with acting_as(priya):
        send(by=priya, to=trace, words="The kettle is on.", reference="r")
    sign_in(client, trace)
    page = client.get(reverse("my_messages")).content.decode()
    assert "The kettle is on." in page
    assert "Priya" in page
    client.cookies.clear()
    sign_in(client, person("Joan Hall"))
    assert "The kettle is on." not in client.get(reverse("my_messages")).content.decode()


def looked(looker, whom):
    with as_owner():
        return Look.objects.create(
            at=timezone.now(), person_id=whom.pk, by_id=looker.pk, page="story", why="walking with me"
        )


def test_asking_why_reaches_the_looker_and_a_named_human_and_comes_back_with_an_answer(client, priya):
    trace, lead = person(), serving("Ruth Collier", Role.TEAM_LEAD)
    look = looked(priya, trace)
    sign_in(client, trace)
    page = client.post(reverse("ask_why", args=[look.pk]), {"words": "It was Sunday."}, follow=True)
    assert "Priya was asked to answer you. Ruth knows too" in page.content.decode()
    with as_owner():
        assert {one.to_person_id for one in Message.objects.all()} == {priya.pk, lead.pk}
        asked = WhyAsked.objects.get()
    client.cookies.clear()
    sign_in(client, priya)
    assert "Trace asks why" in client.get(reverse("whys")).content.decode().replace("Tracey", "Trace")
    client.post(reverse("why", args=[asked.pk]), {"words": "I was getting ready for Monday."})
    client.cookies.clear()
    sign_in(client, trace)
    assert "getting ready for Monday" in client.get(reverse("ask_why", args=[look.pk])).content.decode()
    assert "getting ready for Monday" in client.get(reverse("my_messages")).content.decode()


def test_nobody_asks_about_looks_at_another(client, priya):
    look = looked(priya, person())
    joan = person("Joan Hall")
    sign_in(client, joan)
    assert client.post(reverse("ask_why", args=[look.pk]), {"words": ""}).status_code == 404
    with acting_as(joan), pytest.raises(Denied, match="your own page"):
        ask_why(by=joan, look_id=look.pk)
    with as_owner():
        assert not WhyAsked.objects.exists()


def test_a_why_is_not_found_by_others(client, priya):
    trace = person()
    look = looked(priya, trace)
    sign_in(client, trace)
    client.post(reverse("ask_why", args=[look.pk]), {"words": ""})
    client.cookies.clear()
    sign_in(client, serving("Bev Ormerod"))
    with as_owner():
        asked = WhyAsked.objects.get().pk
    assert client.get(reverse("why", args=[asked])).status_code == 404


def test_unknown_things_are_not_there(client, priya):
    sign_in(client, priya)
    for name in ("hello", "why", "message_done", "message_mend"):
        assert client.get(reverse(name, args=[uuid4()])).status_code == 404


def test_the_page_of_messages_leads_those_who_serve_to_what_was_asked_of_looks(client, priya):
    sign_in(client, priya)
    assert reverse("whys") in client.get(reverse("my_messages")).content.decode()
    sign_in(client, person("Dean Pike"))
    assert reverse("whys") not in client.get(reverse("my_messages")).content.decode()
