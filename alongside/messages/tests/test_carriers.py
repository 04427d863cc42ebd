"""Mail servers and GOV.UK Notify, on a good day and on a bad one: nobody gets it twice, nothing is lost."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.messages import sending, sweeping
from alongside.messages.models import Delivery, Message
from alongside.messages.operations import send, try_again
from alongside.messages.sign_in import send_link
from alongside.people.models import Reach, Role
from tests.cast import person, serving
from tests.database import as_owner

from .carriers import KEY, fake_mail, fake_notify

pytestmark = pytest.mark.django_db


@pytest.fixture
def notify(settings):
    with fake_notify() as server:
        settings.MAIL_BY = "notify"
        settings.NOTIFY_KEY, settings.NOTIFY_URL = KEY, server.url
        settings.NOTIFY_EMAIL_TEMPLATE, settings.NOTIFY_TEXT_TEMPLATE = "email-template", "text-template"
        settings.MESSAGES_LOOK_AGAIN_AFTER = 0
        yield server


@pytest.fixture
def mail(settings):
    with fake_mail() as server:
        settings.MAIL_BY = "smtp"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.DEFAULT_FROM_EMAIL = "hello@tynebank.example"
        settings.MESSAGES_LOOK_AGAIN_AFTER = 0
        yield server


def written(**how):
    priya, trace = serving("Priya Nair"), person()
    with as_owner():
        Reach.objects.create(person=trace, **(how or {"how": "email", "email": "trace@tynebank.example"}))
    with acting_as(priya):
        return send(by=priya, to=trace, words="The kettle is on.", subject="Tea", reference="kettle-1")


def delivery():
    with as_owner():
        return Delivery.objects.exclude(about_type="stuck").get()


def by_text():
    return written(how="text", phone="07700 900123")


def test_a_text_goes_by_notify_with_our_reference(notify):
    sending.deliver(by_text().pk)
    (taken,) = notify.taken
    assert taken["reference"] == "kettle-1"
    assert taken["phone_number"] == "07700 900123"
    assert taken["personalisation"]["words"] == "The kettle is on.\nPriya, Alongside"
    assert (delivery().state, delivery().their_reference) == ("sent", taken["id"])


def test_an_email_goes_by_notify_with_subject_and_words(notify):
    sending.deliver(written().pk)
    (taken,) = notify.taken
    assert (taken["email_address"], taken["personalisation"]["subject"]) == ("trace@tynebank.example", "Tea")


def test_an_unclear_answer_is_looked_up_and_never_sent_twice(notify):
    message = by_text()
    notify.answers = 503
    sending.deliver(message.pk)
    assert delivery().state == "sending"
    notify.answers = "well"
    sending.deliver(message.pk)
    assert delivery().state == "sent"
    assert len(notify.taken) == 1


def test_an_unclear_answer_to_what_never_arrived_is_sent_again(notify):
    message = by_text()
    notify.answers = 503
    sending.deliver(message.pk)
    notify.taken.clear()
    notify.answers = "well"
    sending.deliver(message.pk)
    assert (delivery().state, len(notify.taken)) == ("sent", 1)


def test_a_wrong_number_fails_at_once_in_a_sentence_that_quotes_nothing(notify):
    lead = serving("Ruth Collier", Role.TEAM_LEAD)
    message = by_text()
    notify.answers = 400
    sending.deliver(message.pk)
    found = delivery()
    assert found.state == "failed"
    assert "canary" not in found.trouble
    with as_owner():
        told = Message.objects.get(about_type="stuck")
    assert told.to_person_id == lead.pk
    assert "kettle" not in told.words


def test_being_asked_to_wait_is_waited_for_longer_each_time_and_then_a_human_sees_it(notify):
    serving("Ruth Collier", Role.TEAM_LEAD)
    message = by_text()
    notify.answers = 429
    now = timezone.now()
    for tries in range(1, 9):
        with time_machine.travel(now, tick=False):
            sending.deliver(message.pk)
            found = delivery()
            assert found.tries == tries
            assert found.next_try > now or found.state == "failed"
            now = max(found.next_try, now) + dt.timedelta(seconds=1)
    assert found.state == "failed"
    assert "asked us to wait" in found.trouble


def test_notify_is_asked_later_whether_it_arrived(notify):
    sending.deliver(by_text().pk)
    assert sweeping.ask_how_it_went() == 0
    notify.status = "delivered"
    assert sweeping.ask_how_it_went() == 1
    assert delivery().arrived_at


def test_what_comes_back_later_is_as_failed_as_any(notify):
    sending.deliver(by_text().pk)
    notify.status = "permanent-failure"
    sweeping.ask_how_it_went()
    assert delivery().state == "failed"


def test_an_email_goes_by_smtp_with_an_id_made_of_our_reference(mail):
    sending.deliver(written().pk)
    (taken,) = mail.taken
    assert delivery().their_reference in taken
    assert "The kettle is on." in taken
    assert "relational worker, Tynebank Council" in taken
    assert delivery().state == "sent"


def test_a_mail_server_that_is_away_is_tried_again(mail, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    message = written()
    sending.deliver(message.pk)
    assert delivery().state == "waiting"
    assert "could not be reached" in delivery().trouble
    settings.EMAIL_PORT = port
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        sending.deliver(message.pk)
    assert (delivery().state, len(mail.taken)) == ("sent", 1)


def test_a_line_that_breaks_in_the_middle_is_told_plainly_and_left_to_a_human(mail):
    lead = serving("Ruth Collier", Role.TEAM_LEAD)
    message = written()
    mail.does = "hang up"
    sending.deliver(message.pk)
    assert delivery().state == "not_known"
    sending.deliver(message.pk)
    assert len(mail.taken) == 1
    with as_owner():
        assert Message.objects.get(about_type="stuck").to_person_id == lead.pk


@pytest.mark.parametrize(("does", "state"), [("no such person", "failed"), ("full", "waiting")])
def test_an_address_that_is_no_more_fails_and_a_full_one_waits(mail, does, state):
    message = written()
    mail.does = does
    sending.deliver(message.pk)
    assert delivery().state == state
    assert "canary" not in delivery().trouble


def test_where_nobody_carries_texts_the_next_allowed_way_is_taken(mail):
    assert written(how="text", phone="07700 900123", email="trace@tynebank.example").channel == "own_page"


def test_a_message_without_a_job_is_found_again(notify):
    message = by_text()
    with as_owner():
        ProcrastinateJob.objects.all()._raw_delete("default")
        Delivery.objects.update(next_try=timezone.now() - dt.timedelta(minutes=5))
    assert sweeping.sweep_forgotten() == 1
    assert sweeping.sweep_forgotten() == 0
    assert ProcrastinateJob.objects.get().args == {"message_id": str(message.pk)}


def asked_for_link(**how):
    trace = person()
    with as_owner():
        Reach.objects.create(person=trace, **how)
        return trace.account


def test_a_link_to_sign_in_goes_at_any_hour_and_is_not_kept(notify):
    serving("Ruth Collier", Role.DUTY_HUMAN)
    account = asked_for_link(how="text", phone="07700 900123", from_hour=dt.time(16), to_hour=dt.time(16, 1))
    sent = send_link(account=account, link_url="https://tynebank.example/l/1", way="text")
    sending.deliver(sent.message.pk)
    assert "https://tynebank.example/l/1" in notify.taken[0]["personalisation"]["words"]
    with as_owner():
        assert Message.objects.get().words == ""


def test_a_link_that_failed_is_not_sent_again_without_its_words(notify):
    duty = serving("Ruth Collier", Role.DUTY_HUMAN)
    sent = send_link(
        account=asked_for_link(how="text", phone="07700 900123"), link_url="https://x", way="text"
    )
    notify.answers = 400
    sending.deliver(sent.message.pk)
    with acting_as(duty), pytest.raises(Denied, match="ask for a new one"):
        try_again(by=duty, delivery=delivery())


def test_nobody_else_reads_a_link_to_sign_in(notify):
    duty = serving("Ruth Collier", Role.DUTY_HUMAN)
    send_link(account=asked_for_link(how="text", phone="07700 900123"), link_url="https://x", way="text")
    with acting_as(duty):
        assert Message.objects.count() == 0


@pytest.mark.parametrize(
    "how",
    [
        {"phone": "07700 900123", "who_may_answer": "me or my brother"},
        {"phone": "07700 900123", "never": ["text"]},
        {},
    ],
)
def test_where_a_link_cannot_go_a_human_is_named_who_prints_one(notify, how):
    duty = serving("Ruth Collier", Role.DUTY_HUMAN)
    with pytest.raises(Denied) as no:
        send_link(account=asked_for_link(how="own_page", **how), link_url="https://x", way="text")
    assert no.value.whom == duty
