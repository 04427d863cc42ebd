"""In an emergency, as pages: words first, one page of one person, told at once, and looked at by somebody else."""

import datetime as dt
import re

import pytest
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from alongside.audit.models import Look
from alongside.consent.models import Basis, Closeness, LegalReason, Opening, OpeningWords
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages.models import Message
from alongside.people.models import Reach, Role
from tests import cast
from tests.database import as_owner

from .somebody import GOING_ON, GOOD, SECRET

pytestmark = pytest.mark.django_db

WORDS = "He rang from the bridge and then the line went dead"
FORM = {"words": WORDS, "name": "Micky Garrod", "how_much": "first"}
WHO = ("micky", "bev", "moira", "gary", "denise", "sam", "ruth", "lena", "callum", "member", "centre")
# Who may write why and open (those who walk with people), and who may name a law.
OPENS, BY_LAW = {"bev", "sam", "lena", "callum"}, {"callum", "ruth"}


@pytest.fixture
def all_of_them(them):
    them.sam = cast.serving("Sam Oduya")
    them.ruth = cast.serving("Ruth Collier", Role.STEWARD)
    them.lena = cast.serving("Lena Ward", Role.TEAM_LEAD)
    them.callum = cast.serving("Callum Reay", Role.SOCIAL_WORKER)
    them.member = cast.serving("Omar Aziz", Role.MEMBER)
    them.centre = cast.serving("Helena Marsh", Role.CENTRE)
    return them


def send(client, whoever, page, *args, **form):
    cast.sign_in(client, whoever)
    return client.post(reverse(page, args=args), form)


def see(client, whoever, name, *args):
    cast.sign_in(client, whoever)
    return client.get(reverse(name, args=args))


def shown(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def opened(client, all_of_them):
    send(client, all_of_them.sam, "open_in_an_emergency", **FORM)
    with as_owner():
        return Opening.objects.get()


@pytest.mark.parametrize(("name", "may"), [("open_in_an_emergency", OPENS), ("open_by_law", BY_LAW)])
def test_the_two_forms_are_for_those_whose_work_it_is(client, all_of_them, name, may):
    for who in WHO:
        assert see(client, getattr(all_of_them, who), name).status_code == (200 if who in may else 403), who
        way = f'href="{reverse(name)}"'
        assert (way in shown(see(client, getattr(all_of_them, who), "people_someone"))) == (who in may)


def test_the_words_come_before_the_name_and_what_was_asked_after_is_brought_along(client, all_of_them):
    asked = send(client, all_of_them.sam, "people_someone", name="Micky Garrod", why="at the door")
    assert 'value="Micky Garrod"' in shown(asked)
    page = shown(send(client, all_of_them.sam, "open_in_an_emergency", name="Micky Garrod"))
    assert page.index('name="words"') < page.index('name="name"')
    assert 'value="Micky Garrod"' in page
    assert "alert" not in page
    with as_owner():
        assert not Opening.objects.exists()


def test_it_opens_what_he_wants_known_and_whom_to_ring_and_is_written_down_with_that_why(
    client, opened, all_of_them
):
    sam, micky = all_of_them.sam, all_of_them.micky
    page = shown(see(client, sam, "opening", opened.pk))
    assert "Bev Ormerod walks with them." in page
    assert "Never:</strong>" in page
    assert "ladder" in page
    theirs = shown(see(client, sam, "person", micky.pk))
    assert GOOD in theirs
    assert GOING_ON not in theirs
    assert SECRET not in theirs
    assert "You read this in an emergency" in theirs
    with as_owner():
        assert {(look.page, look.why) for look in Look.objects.filter(by_id=sam.pk)} == {
            ("emergency", WORDS),
            ("person", WORDS),
        }


def test_after_a_day_the_one_who_opened_it_reads_their_own_words_and_nothing_of_his(
    client, opened, all_of_them
):
    with clock.moved_to(opened.until + dt.timedelta(seconds=1)):
        page = shown(see(client, all_of_them.sam, "opening", opened.pk))
        assert "It is shut now." in page
        assert WORDS in page
        assert "ladder" not in page
        assert see(client, all_of_them.sam, "person", all_of_them.micky.pk).status_code == 404


def test_what_happened_is_read_by_him_and_those_who_answer_for_it(client, opened, all_of_them):
    for who in WHO:
        answer = see(client, getattr(all_of_them, who), "opening", opened.pk)
        assert answer.status_code == (200 if who in {"micky", "bev", "sam", "lena"} else 404), who
        if answer.status_code == 200:
            assert WORDS in shown(answer)
            assert (reverse("opening_review", args=[opened.pk]) in shown(answer)) == (who == "lena")


DOES = {
    "opening_review": {"lena"},
    "opening_told": {"bev", "sam", "lena"},
    "opening_close": {"micky", "bev", "sam", "lena"},
    "opening_say": {"micky", "bev"},
}


@pytest.mark.parametrize("name", DOES)
def test_each_does_what_is_theirs(client, opened, all_of_them, name):
    with as_owner():
        Opening.objects.update(told_at=None)
    for who in WHO:
        with transaction.atomic():
            answer = send(
                client, getattr(all_of_them, who), name, opened.pk, found="right", words="I rang them."
            )
            transaction.set_rollback(True)
        knows = 403 if who in {"micky", "bev", "sam", "lena"} else 404
        assert answer.status_code == (302 if who in DOES[name] else knows), who
    assert client.get(reverse(name, args=[opened.pk])).status_code == 405


def test_he_reads_it_where_he_reads_who_looked_and_says_what_it_was_for_him(client, opened, all_of_them):
    micky, lena = all_of_them.micky, all_of_them.lena
    for name in ("who_looked", "say_so"):
        page = shown(see(client, micky, name, micky.pk))
        assert WORDS in page
        assert reverse("opening", args=[opened.pk]) in page
    page = shown(see(client, micky, "opening", opened.pk))
    assert "Lena Ward looks at it by" in page
    send(client, micky, "opening_say", opened.pk, words="You could have rung Bev.")
    assert "You could have rung Bev." in shown(see(client, lena, "opening", opened.pk))
    with as_owner():
        (said,) = Message.objects.filter(about_id=opened.pk, sender=micky)
        assert said.to_person_id == lena.pk
        assert "rung Bev" not in said.words
        assert OpeningWords.objects.get().words == "You could have rung Bev."


def test_that_it_was_wrong_is_told_to_him_and_ends_in_a_named_human(client, opened, all_of_them):
    lena, micky = all_of_them.lena, all_of_them.micky
    page = shown(see(client, lena, "opening", opened.pk))
    assert "the page of Micky Garrod" in page
    assert GOOD not in page
    bad = send(client, lena, "opening_review", opened.pk, found="", words="")
    assert bad.status_code == 200
    assert "Say whether it was right." in shown(bad)
    send(client, lena, "opening_review", opened.pk, found="not_right", words="Sam was curious.")
    theirs = shown(see(client, micky, "opening", opened.pk))
    assert "Lena Ward found that, and is there for you to talk to." in theirs
    assert "Sam was curious." in theirs
    assert see(client, all_of_them.sam, "person", micky.pk).status_code == 404


def test_the_days_of_those_who_have_something_to_do_begin_with_it(client, opened, all_of_them):
    way = reverse("opening", args=[opened.pk])
    assert way in shown(see(client, all_of_them.lena, "today"))
    assert way in shown(see(client, all_of_them.lena, "lead"))
    # Micky is told by a call, which is Sam's to make.
    assert way in shown(see(client, all_of_them.sam, "today"))
    send(client, all_of_them.sam, "opening_told", opened.pk)
    assert way not in shown(see(client, all_of_them.sam, "today"))
    assert way in shown(see(client, all_of_them.sam, "people"))


def test_what_nobody_looked_at_stands_on_the_stewards_page_with_names_and_hours(client, opened, all_of_them):
    ruth = all_of_them.ruth
    assert "Nothing waits" in shown(see(client, ruth, "steward_openings"))
    assert "An emergency nobody looked at" not in shown(see(client, ruth, "steward_home"))
    yesterday_and_more = dt.timedelta(hours=25)
    with working_on("consent.tell"), as_owner():
        Opening.objects.update(
            **{name: F(name) - yesterday_and_more for name in ("at", "until", "review_by", "tell_by")}
        )
        opened.refresh_from_db()
    for name in ("steward_openings", "steward_broken"):
        page = shown(see(client, ruth, name))
        assert "Sam Oduya opened the page of Micky Garrod" in page
        assert f"Lena Ward was to look at it by {timezone.localtime(opened.review_by):%A}" in page
        assert "Not told yet; Sam Oduya tells them" in page
        assert f"{timezone.localtime(opened.at):%H:%M}" in page
    assert "An emergency nobody looked at" in shown(see(client, ruth, "steward_home"))
    assert "Nothing is broken" not in shown(see(client, ruth, "steward_broken"))
    send(client, ruth, "opening_told", opened.pk)
    send(client, ruth, "opening_review", opened.pk, found="right", words="I rang them.")
    assert "Nothing waits" in shown(see(client, ruth, "steward_openings"))


def test_the_stewards_list_is_for_stewards(client, opened, all_of_them):
    for who in WHO:
        answer = see(client, getattr(all_of_them, who), "steward_openings")
        assert answer.status_code == (200 if who == "ruth" else 403), who


def test_kin_read_the_same_as_whoever_writes_a_name_nobody_has(client, all_of_them):
    sam, micky = all_of_them.sam, all_of_them.micky
    with as_owner():
        Closeness.objects.create(
            person=micky, other=sam, words="cousin", said_by=micky, said_at=timezone.now()
        )
    answers = [
        send(client, sam, "open_in_an_emergency", **{**FORM, "name": name})
        for name in ("Micky Garrod", "Nobody Atall")
    ]
    pages = [re.sub(r'csrfmiddlewaretoken" value="\w+"', "", shown(answer)) for answer in answers]
    assert pages[0] == pages[1]
    assert "Nobody found here" in pages[0]
    assert "Lena Ward" in pages[0]
    assert WORDS not in pages[0]


def test_what_is_missing_is_said_beside_its_box_and_nothing_written_is_lost(client, all_of_them):
    page = shown(
        send(client, all_of_them.sam, "open_in_an_emergency", words=WORDS, not_told_why="He reads it.")
    )
    assert "Write their whole name." in page
    assert WORDS in page
    assert "He reads it." in page
    assert '<details class="more" open>' in page


@pytest.mark.parametrize(("days", "kept"), [(20, True), (28, True), (29, False)])
def test_telling_him_is_put_off_with_a_reason_a_name_and_a_day(client, all_of_them, days, kept):
    sam, lena = all_of_them.sam, all_of_them.lena
    day = clock.today() + dt.timedelta(days=days)
    boxes = {"tell_by_day": day.day, "tell_by_month": day.month, "tell_by_year": day.year}
    put_off = {"not_told_why": "Steph reads his post.", "tells": str(lena.pk), **boxes}
    answer = send(client, sam, "open_in_an_emergency", **FORM, **put_off)
    with as_owner():
        assert Opening.objects.filter(told_at=None, tells=lena).exists() is kept
        assert not Message.objects.filter(to_person=all_of_them.micky).exists()
    if not kept:
        assert "within 28 days" in shown(answer)
        return
    page = shown(see(client, lena, "opening", _only()))
    assert "They were not told yet" in page
    assert "Steph reads his post." in page
    send(client, lena, "opening_told", _only())
    assert "They were not told yet" not in shown(see(client, lena, "opening", _only()))


def _only():
    with as_owner():
        return Opening.objects.get().pk


def law():
    with as_owner():
        return LegalReason.objects.create(
            code="s42", basis="public_task", statute="Care Act 2014 s.42", plain_words="We must ask."
        )


def by_law(day, **more):
    boxes = {"until_day": day.day, "until_month": day.month, "until_year": day.year} if day else {}
    return {"why": "A bruise.", "name": "Micky Garrod", **boxes, **more}


def test_a_duty_opens_his_page_with_the_law_and_the_words_on_it(client, all_of_them):
    callum, micky, day = all_of_them.callum, all_of_them.micky, clock.today() + dt.timedelta(days=3)
    reason = law()
    answer = send(client, callum, "open_by_law", **by_law(day, reason=str(reason.pk)))
    assert answer.headers["Location"] == reverse("person", args=[micky.pk])
    with as_owner():
        basis = Basis.objects.get(kind="duty")
        assert (basis.actor_id, basis.legal_reason_id, basis.why, basis.whole) == (
            callum.pk,
            reason.pk,
            "A bruise.",
            True,
        )
        assert timezone.localtime(basis.to_at).date() == day
    assert GOING_ON in shown(see(client, callum, "person", micky.pk))
    assert "Care Act 2014 s.42" in shown(see(client, micky, "say_so", micky.pk))


@pytest.mark.parametrize(("days", "said"), [(None, "Say until which day"), (-1, "That day is over")])
def test_a_duty_has_a_law_and_a_day_to_come(client, all_of_them, days, said):
    day = clock.today() + dt.timedelta(days=days) if days else None
    law()
    page = shown(send(client, all_of_them.callum, "open_by_law", **by_law(day)))
    assert said in page
    assert "Choose the law." in page
    assert "A bruise." in page
    with as_owner():
        assert not Basis.objects.filter(kind="duty").exists()


def test_by_law_too_kin_find_nobody_and_a_place_without_laws_names_one_first(client, all_of_them):
    callum, micky, day = all_of_them.callum, all_of_them.micky, clock.today()
    assert reverse("steward_name_reason") in shown(see(client, callum, "open_by_law"))
    with as_owner():
        Closeness.objects.create(
            person=micky, other=callum, words="cousin", said_by=micky, said_at=timezone.now()
        )
    page = shown(send(client, callum, "open_by_law", **by_law(day, reason=str(law().pk))))
    assert "Nobody found here" in page
    with as_owner():
        assert not Basis.objects.filter(kind="duty").exists()


def test_whom_to_ring_says_when_nobody_walks_with_them(client, all_of_them):
    with as_owner():
        Basis.objects.filter(kind="say_so").update(to_at=timezone.now())
        Reach.objects.all().delete()
    send(client, all_of_them.sam, "open_in_an_emergency", **FORM)
    assert "Nobody here walks with them now." in shown(see(client, all_of_them.sam, "opening", _only()))
