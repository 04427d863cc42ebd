"""A message is written once, in its sender's transaction, and goes by the way its reader asked for."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.policy import Denied
from alongside.messages import sending
from alongside.messages.models import Delivery, Message
from alongside.messages.operations import let_go, send, tick_done, try_again
from alongside.people.models import Reach, Role
from tests.cast import person, serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def post(settings, tmp_path):
    """The demo's post, in a file of the test's own."""
    settings.MAIL_BY = "console"
    settings.MESSAGES_CONSOLE_FILE = str(tmp_path / "post.txt")
    return tmp_path / "post.txt"


def reach(whoever, **how):
    with as_owner():
        return Reach.objects.create(person=whoever, **how)


def said(by, to, words="The kettle is on.", **more):
    with acting_as(by):
        message = send(by=by, to=to, words=words, reference=more.pop("reference", f"test-{uuid4()}"), **more)
    with as_owner():
        return Message.objects.select_related("delivery").get(pk=message.pk)


def state_of(message):
    with as_owner():
        return Delivery.objects.get(message=message).state


def test_the_job_is_queued_by_the_transaction_that_wrote_the_message():
    priya, trace = serving("Priya Nair"), person()
    reach(trace, how="email", email="trace@tynebank.example")
    with transaction.atomic():
        said(priya, trace)
        assert ProcrastinateJob.objects.count() == 1
        transaction.set_rollback(True)
    assert ProcrastinateJob.objects.count() == 0


def test_the_same_reference_is_the_same_message():
    priya, trace = serving("Priya Nair"), person()
    reach(trace, how="email", email="trace@tynebank.example")
    first = said(priya, trace, reference="kettle-1")
    again = said(priya, trace, "Other words.", reference="kettle-1")
    assert first.pk == again.pk
    assert again.words == "The kettle is on."
    assert ProcrastinateJob.objects.count() == 1


def test_no_message_is_from_nobody():
    trace = person()
    with pytest.raises(ValueError, match="from a human"):
        send(by=None, to=trace, words="x", reference="r")
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(to_person=trace, reference="r", channel="email", written_at=timezone.now())


def test_nobody_writes_in_the_name_of_another():
    priya, bev, trace = serving("Priya Nair"), serving("Bev Ormerod"), person()
    with pytest.raises(Exception, match="row-level security"), acting_as(bev):
        send(by=priya, to=trace, words="x", reference="r")


def test_it_goes_out_signed_by_a_human(post):
    priya, trace = serving("Priya Nair"), person()
    reach(trace, how="email", email="trace@tynebank.example")
    message = said(priya, trace)
    sending.deliver(message.pk)
    text = post.read_text()
    assert "To: trace@tynebank.example" in text
    assert "The kettle is on.\n\nPriya\nrelational worker, Tynebank Council" in text
    assert state_of(message) == "sent"


def test_delivering_it_again_sends_nothing_more(post):
    priya, trace = serving("Priya Nair"), person()
    reach(trace, how="email", email="trace@tynebank.example")
    message = said(priya, trace)
    for _ in range(3):
        sending.deliver(message.pk)
    assert post.read_text().count("The kettle is on.") == 1


def test_a_way_that_is_never_is_never_used():
    priya, trace = serving("Priya Nair"), person()
    reach(trace, how="text", phone="07700 900123", email="trace@tynebank.example", never=["own_page"])
    assert said(priya, trace, channel="own_page").channel == "text"


def test_where_the_asked_way_cannot_be_the_next_allowed_one_is_used():
    priya, george = serving("Priya Nair"), person("George Elliott", account=False)
    reach(george, how="call", phone="0191 498 0000", never=["text", "email", "own_page"])
    message = said(priya, george)
    assert (message.channel, message.delivery.state) == ("call", "for_a_human")
    assert ProcrastinateJob.objects.count() == 0


def test_somebody_who_says_never_to_everything_is_left_to_a_human():
    priya, trace = serving("Priya Nair"), person(account=False)
    ways = ["text", "email", "own_page", "call", "letter", "voice_note"]
    reach(trace, how="in_person", never=ways)
    with as_owner():
        Reach.objects.filter(person=trace).update(how="text", never=["in_person", *ways[1:]])
    message = said(priya, trace)
    assert message.delivery.state == "kept_back"
    assert "A human who knows them" in message.delivery.trouble


@time_machine.travel(NOON.replace(hour=22), tick=False)
def test_it_waits_for_their_hours():
    priya, micky = serving("Priya Nair"), person("Micky Garrod")
    reach(micky, how="text", phone="07700 900123", from_hour=dt.time(16), to_hour=dt.time(20))
    message = said(priya, micky)
    assert timezone.localtime(message.not_before).isoformat() == "2026-11-19T16:00:00+00:00"
    sending.deliver(message.pk)
    assert state_of(message) == "waiting"
    job = ProcrastinateJob.objects.order_by("id").first()
    assert job.scheduled_at == message.not_before


def test_a_phone_that_others_pick_up_says_nothing_but_ring(post):
    priya, trace = serving("Priya Nair"), person()
    reach(trace, how="text", phone="07700 900123", who_may_answer="me, or my brother")
    message = said(priya, trace, "Your scan is on Tuesday.")
    sending.deliver(message.pk)
    assert "Please ring Priya when you can." in post.read_text()
    assert "scan" not in post.read_text()


def test_a_safe_word_is_never_sent(post):
    priya, trace = serving("Priya Nair"), person()
    reach(trace, how="text", phone="07700 900123", safe_word="bluebell")
    sending.deliver(said(priya, trace).pk)
    assert "bluebell" not in post.read_text()


def test_a_change_of_mind_while_it_waits_is_honoured(post):
    priya, trace = serving("Priya Nair"), person()
    kept = reach(trace, how="text", phone="07700 900123")
    message = said(priya, trace)
    with as_owner():
        kept.how, kept.never = "own_page", ["text"]
        kept.save()
    sending.deliver(message.pk)
    assert not post.exists()
    with as_owner():
        message.refresh_from_db()
    assert (message.channel, state_of(message)) == ("own_page", "sent")


def test_what_was_only_good_for_a_while_is_not_sent_late(post):
    priya, trace = serving("Priya Nair"), person()
    reach(trace, how="email", email="trace@tynebank.example")
    message = said(priya, trace, not_after=timezone.now() + dt.timedelta(minutes=5))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)):
        sending.deliver(message.pk)
    assert not post.exists()
    assert state_of(message) == "let_go"


def test_on_their_own_page_it_is_there_at_once():
    priya, trace = serving("Priya Nair"), person()
    message = said(priya, trace)
    assert (message.channel, message.delivery.state) == ("own_page", "sent")
    with acting_as(trace):
        assert Message.objects.get().words == "The kettle is on."


@pytest.mark.parametrize("theirs", ["cy", "Welsh", "Cymraeg", " cymraeg "])
def test_a_translated_sentence_is_said_in_their_language(settings, theirs):
    from django.utils.translation import gettext_lazy

    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]

    priya, trace = serving("Priya Nair"), person()
    reach(trace, how="own_page", languages=[theirs])
    assert said(priya, trace, gettext_lazy("Monday")).words == "Dydd Llun"


def test_who_looks_after_the_place_sees_that_it_is_stuck_and_no_word_of_it():
    priya, trace, denise = serving("Priya Nair"), person(), serving("Denise Armstrong", Role.STEWARD)
    said(priya, trace)
    with acting_as(denise):
        assert Delivery.objects.count() == 1
        assert Message.objects.count() == 0
    with acting_as(serving("Bev Ormerod")):
        assert Delivery.objects.count() == 0


def test_a_human_ticks_what_they_did_themselves():
    priya, george = serving("Priya Nair"), person("George Elliott", account=False)
    reach(george, how="letter")
    delivery = said(priya, george).delivery
    with acting_as(priya):
        tick_done(by=priya, delivery=delivery)
    assert state_of(delivery.message) == "sent"
    bev = serving("Bev Ormerod")
    with acting_as(bev), pytest.raises(Denied):
        tick_done(by=bev, delivery=delivery)


def test_what_failed_is_tried_again_or_let_go_with_words():
    priya, trace = serving("Priya Nair"), person()
    reach(trace, how="email", email="trace@tynebank.example")
    message = said(priya, trace)
    with as_owner():
        Delivery.objects.filter(message=message).update(state="failed", trouble="It broke.", tries=8)
    with acting_as(priya):
        delivery = Delivery.objects.get(message=message)
        try_again(by=priya, delivery=delivery)
        assert (delivery.state, delivery.tries) == ("waiting", 0)
        with pytest.raises(Denied, match="few words"):
            let_go(by=priya, delivery=delivery, words=" ")
        let_go(by=priya, delivery=delivery, words="I met her at the Kettle.")
    assert state_of(message) == "let_go"


def test_jobs_carry_keys_and_no_words():
    priya, trace = serving("Priya Nair"), person()
    reach(trace, how="email", email="trace@tynebank.example")
    message = said(priya, trace, "canary words", subject="canary subject")
    assert ProcrastinateJob.objects.get().args == {"message_id": str(message.pk)}


def test_outside_of_any_work_no_message_is_seen():
    said(serving("Priya Nair"), person())
    assert not Message.objects.exists()
    with working_on("messages.send"):
        assert Message.objects.exists()
