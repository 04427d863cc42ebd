"""What happens to a message between being written and going out, at each step and each hour.

Serves F7 (a human's name under every message), I5 and I11: people change how they want to be reached while it
waits, nobody carries it, a link is wanted too late; each ends in a sent message or in a named human.
"""

import datetime as dt
from contextlib import nullcontext

import pytest
import time_machine
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.accounts.models import Place
from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.policy import Denied
from alongside.messages import reaching, sending
from alongside.messages.models import Delivery, Message
from alongside.messages.operations import send, try_again
from alongside.messages.providers import Found, NotGone, NotKnown, console
from alongside.messages.sending import WAITS, letter_of
from alongside.people.models import Reach, Role
from tests.cast import person, serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)
SIGNED = "The kettle is on.\n\nPriya\nrelational worker, Tynebank Council\nTynebank\n"
BOTH = {"phone": "07700 900123", "email": "trace@tynebank.example"}


@pytest.fixture(autouse=True)
def post(settings, tmp_path):
    settings.MAIL_BY, settings.MESSAGES_LOOK_AGAIN_AFTER = "console", 0
    settings.MESSAGES_CONSOLE_FILE = str(tmp_path / "post.txt")
    return tmp_path / "post.txt"


@pytest.fixture
def priya():
    return serving("Priya Nair")


def written(priya, how="text", **more):
    trace = person()
    with as_owner():
        Reach.objects.create(person=trace, how=how, **{**BOTH, **more.pop("reach", {})})
    with acting_as(priya):
        return send(by=priya, to=trace, words="The kettle is on.", reference="kettle-1", **more)


def now_says(message, **reach):
    with as_owner():
        Reach.objects.filter(person=message.to_person_id).update(**reach)


def found(message):
    with as_owner():
        return Message.objects.select_related("delivery", "sender").get(pk=message.pk)


@pytest.mark.parametrize(
    ("change", "channel", "state"),
    [
        ({"never": ["text"], "how": "email"}, "email", "waiting"),
        ({"never": ["text"], "how": "own_page"}, "own_page", "sent"),
        ({"never": ["text"], "how": "call"}, "call", "for_a_human"),
        ({"how": "email"}, "email", "waiting"),
        ({"how": "own_page"}, "own_page", "sent"),
        ({"how": "call"}, "call", "for_a_human"),
        ({"how": "in_person"}, "in_person", "for_a_human"),
        ({"phone": "", "how": "letter"}, "letter", "for_a_human"),
        ({"phone": "", "email": "", "how": "in_person"}, "in_person", "for_a_human"),
        (
            {"never": ["text", "email", "own_page", "call", "in_person", "letter"], "how": "voice_note"},
            "voice_note", "for_a_human",
        ),
    ],
)  # fmt: skip
def test_who_changes_their_mind_while_it_waits_is_reached_as_they_now_say(
    priya, post, change, channel, state
):
    message = written(priya)
    now_says(message, **change)
    sending.deliver(message.pk)
    now = found(message)
    assert (now.channel, now.delivery.channel, now.delivery.state) == (channel, channel, state)
    assert not post.exists()


def test_a_way_wished_for_one_message_stays_its_way_whatever_is_usual(priya, post):
    message = written(priya, "email", channel="text")
    now_says(message, how="own_page")
    sending.deliver(message.pk)
    assert (found(message).channel, found(message).delivery.state) == ("text", "sent")
    assert "kettle is on" in post.read_text()


def test_a_way_wished_for_one_message_is_let_go_where_it_is_never(priya, post):
    message = written(priya, "own_page", channel="text")
    now_says(message, never=["text"])
    sending.deliver(message.pk)
    assert (found(message).channel, found(message).delivery.state) == ("own_page", "sent")
    assert not post.exists()


def test_who_changes_to_a_phone_that_others_pick_up_is_only_asked_to_ring(priya, post):
    message = written(priya, "email")
    now_says(message, how="text", who_may_answer="my brother")
    sending.deliver(message.pk)
    assert found(message).only_ring
    sending.deliver(message.pk)
    assert "Please ring Priya when you can." in post.read_text()
    assert "kettle is on" not in post.read_text()


def test_who_changes_twice_while_it_waits_gets_it_once_by_the_last_way(priya, post):
    message = written(priya)
    now_says(message, how="email")
    sending.deliver(message.pk)
    now_says(message, how="text")
    sending.deliver(message.pk)
    sending.deliver(message.pk)
    sending.deliver(message.pk)
    assert post.read_text().count("The kettle is on.") == 1
    assert "To: 07700 900123" in post.read_text()


@pytest.mark.parametrize("who_may_answer", ["", "my brother"])
def test_what_the_house_adds_is_in_the_language_of_the_one_it_is_to(
    priya, settings, monkeypatch, who_may_answer
):
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    heard = []

    def note(words):
        heard.append(translation.get_language())
        return words

    monkeypatch.setattr(sending, "_", note)
    monkeypatch.setattr(sending.humans, "role_of", lambda sender: note(""))
    how = "text" if who_may_answer else "email"
    message = written(priya, how, reach={"languages": ["Cymraeg"], "who_may_answer": who_may_answer})
    with translation.override("en-gb"):
        letter_of(found(message))
    assert heard == ["cy"]


@pytest.mark.parametrize(
    ("said", "spoken_in"),
    [("cy", "cy"), ("CYMRAEG", "cy"), ("English", "en-gb"), ("en", "en-gb"), ("Somali", "en-gb"), ("", "cy")],
)
def test_the_house_says_it_in_their_language_where_it_speaks_it_and_else_in_its_own(
    settings, said, spoken_in
):
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    with translation.override("cy"):
        assert reaching.spoken(said) == spoken_in


def test_another_number_is_where_it_goes(priya, post):
    message = written(priya)
    now_says(message, phone="07700 900999")
    sending.deliver(message.pk)
    assert "To: 07700 900999" in post.read_text()
    assert found(message).address == "07700 900999"


def test_a_phone_that_others_pick_up_since_says_nothing_but_ring(priya, post):
    message = written(priya)
    now_says(message, who_may_answer="my brother")
    sending.deliver(message.pk)
    assert "Please ring Priya when you can." in post.read_text()
    assert "kettle is on" not in post.read_text()


def test_hours_said_since_are_waited_for(priya, post):
    with time_machine.travel(NOON, tick=False):
        message = written(priya)
        now_says(message, from_hour=dt.time(16), to_hour=dt.time(20))
        sending.deliver(message.pk)
        assert found(message).delivery.next_try == NOON.replace(hour=16)
        assert not post.exists()
    with time_machine.travel(NOON.replace(hour=16), tick=False):
        sending.deliver(message.pk)
    assert found(message).delivery.state == "sent"


@pytest.mark.parametrize(
    ("zone_now", "goes"),
    [
        ("2026-03-28 23:00", "2026-03-29 07:00"),  # an hour lost: 8 on the wall is 7 by the sun
        ("2026-10-24 22:00", "2026-10-25 08:00"),
        ("2026-12-24 23:00", "2026-12-25 08:00"),
    ],
)
def test_over_midnight_it_waits_for_eight_on_the_wall(priya, zone_now, goes):
    moment = dt.datetime.fromisoformat(zone_now).replace(tzinfo=dt.UTC)
    with time_machine.travel(moment, tick=False):
        message = written(priya, reach={"from_hour": dt.time(8), "to_hour": dt.time(20)})
    assert message.not_before == dt.datetime.fromisoformat(goes).replace(tzinfo=dt.UTC)
    with as_owner():
        assert ProcrastinateJob.objects.get().scheduled_at == message.not_before


def test_where_nobody_carries_it_any_more_it_stands_on_their_own_page(priya, settings):
    message = written(priya)
    settings.MAIL_BY = "smtp"  # which carries no texts, and the post has no server
    now_says(message, email="")
    sending.deliver(message.pk)
    assert (found(message).channel, found(message).delivery.state) == ("own_page", "sent")


@pytest.mark.parametrize(
    ("raised", "state"),
    [
        (NotGone("No.", for_good=True), "failed"),
        (NotGone("Not now."), "waiting"),
        (NotKnown("Perhaps."), "sending"),
    ],
)
def test_each_bad_answer_has_its_own_end(priya, monkeypatch, raised, state):
    def refuse(self, letter):
        raise raised

    monkeypatch.setattr(console.Console, "hand_over", refuse)
    message = written(priya)
    sending.deliver(message.pk)
    assert (found(message).delivery.state, found(message).delivery.trouble) == (state, raised.sentence)


@pytest.mark.parametrize("tries", range(1, len(WAITS) + 1))
def test_each_try_waits_longer_than_the_one_before(priya, monkeypatch, tries):
    def not_now(self, letter):
        raise NotGone("Not now.")

    monkeypatch.setattr(console.Console, "hand_over", not_now)
    message = written(priya)
    with as_owner():
        Delivery.objects.update(tries=tries - 1)
    with time_machine.travel(NOON + dt.timedelta(days=400), tick=False):
        sending.deliver(message.pk)
        waits = found(message).delivery.next_try - timezone.now()
    assert waits == dt.timedelta(minutes=WAITS[tries - 1])
    assert tuple(sorted(WAITS)) == WAITS


@pytest.mark.parametrize(
    ("known", "state"),
    [
        (Found.GONE, "sent"),
        (Found.ARRIVED, "sent"),
        (Found.CAME_BACK, "failed"),
        (Found.CANNOT_TELL, "not_known"),
        (Found.NOT_GONE, "sent"),
    ],
)
def test_what_was_cut_short_is_asked_about_before_anything_is_done(priya, post, monkeypatch, known, state):
    monkeypatch.setattr(console.Console, "look_up", lambda self, reference: (known, "theirs"))
    message = written(priya)
    with as_owner():
        Delivery.objects.update(
            state="sending", sending_since=timezone.now() - dt.timedelta(minutes=5), tries=1
        )
    sending.deliver(message.pk)
    assert found(message).delivery.state == state
    assert post.exists() == (known is Found.NOT_GONE), "sent again only where it surely never went"


def test_what_is_being_sent_by_another_is_left_alone_for_a_minute(priya, post, settings):
    settings.MESSAGES_LOOK_AGAIN_AFTER = 60
    message = written(priya)
    with as_owner():
        Delivery.objects.update(state="sending", sending_since=timezone.now(), tries=1)
    sending.deliver(message.pk)
    assert found(message).delivery.state == "sending"
    assert not post.exists()


@pytest.mark.parametrize("state", ["sent", "failed", "kept_back", "for_a_human", "let_go", "not_known"])
def test_what_is_settled_stays_settled(priya, post, state):
    message = written(priya)
    with as_owner():
        Delivery.objects.update(state=state, trouble="x", let_go_words="x", sent_at=timezone.now())
    sending.deliver(message.pk)
    assert found(message).delivery.state == state
    assert not post.exists()


def test_a_message_that_is_stuck_is_told_once_to_another_than_its_sender(priya):
    lead, steward = serving("Ruth Collier", Role.TEAM_LEAD), serving("Denise Armstrong", Role.STEWARD)
    message = written(lead)
    with as_owner():
        delivery = Delivery.objects.get(message=message)
        delivery.trouble, delivery.tries = "It broke.", 3
    for _ in range(2):
        with working_on("messages.send"):
            sending.tell_that_stuck(delivery)
    with as_owner():
        (told,) = Message.objects.filter(about_type="stuck")
    assert (told.to_person, told.sender, told.channel) == (steward, lead, "own_page")
    with as_owner():
        about_it = Delivery.objects.get(message=told)
    with working_on("messages.send"):
        sending.tell_that_stuck(about_it)  # never a message about a message about a message
    with as_owner():
        assert Message.objects.filter(about_type="stuck").count() == 1
    assert "Ruth" in told.words
    assert "kettle" not in told.words


@pytest.mark.parametrize(
    ("how", "more", "subject", "words"),
    [
        (
            "email",
            {"subject": "Tea"},
            "Tea",
            SIGNED,
        ),
        (
            "email",
            {},
            "Tynebank",
            SIGNED,
        ),
        ("text", {"subject": "Tea"}, "", "The kettle is on.\nPriya, Tynebank"),
        (
            "text",
            {"link": "/hellos/1/"},
            "",
            "The kettle is on.\nhttps://tynebank.example/hellos/1/\nPriya, Tynebank",
        ),
        (
            "text",
            {"link": "/hellos/1/", "reach": {"who_may_answer": "x"}},
            "",
            "Please ring Priya when you can.",
        ),
    ],
)
def test_every_message_is_signed_by_a_human_and_a_shared_phone_is_told_nothing(
    priya, settings, how, more, subject, words
):
    settings.BASE_URL = "https://tynebank.example"
    with as_owner():
        Place.objects.create(slug="tynebank", name="Tynebank")
    letter = letter_of(found(written(priya, how, **more)))
    assert (letter.subject, letter.words, letter.sender) == (subject, words, "Priya")


@pytest.mark.parametrize(
    ("state", "may"),
    [("failed", True), ("not_known", True), ("kept_back", True), ("waiting", True), ("sent", False), ("sending", False),
     ("let_go", False), ("for_a_human", False)],
)  # fmt: skip
def test_only_what_is_stuck_is_tried_again(priya, state, may):
    message = written(priya)
    with as_owner():
        Delivery.objects.update(state=state, trouble="x", let_go_words="x", sent_at=timezone.now())
        delivery = Delivery.objects.get()
    with acting_as(priya), nullcontext() if may else pytest.raises(Denied, match="This is not stuck"):
        try_again(by=priya, delivery=delivery)
    assert found(message).delivery.state == ("waiting" if may else state)
