"""The pages of a plan, in the browser's shoes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from alongside.audit.models import Look
from alongside.doings import operations, queries
from alongside.doings.models import Doing, DoingStep, Promise, QuickThing
from alongside.doings.tests.world import (
    DUTY,
    EVERYBODY,
    HELPER,
    LAW,
    NEIGHBOUR,
    NOW,
    OWNER,
    PERSON,
    STEWARD,
    WALKER,
)
from alongside.doings.writing import Who
from alongside.kernel.acting import acting_as
from alongside.messages.models import Message
from tests import cast
from tests.database import as_owner


def opened(client, world, who, name, *args, **said):
    """A page opened, or a form sent, as somebody."""
    cast.sign_in(client, world.who[who])
    address = reverse(name, args=args)
    return client.post(address, said, follow=True) if said else client.get(address)


def text(response):
    return response.content.decode()


def test_what_the_law_does_comes_before_anything_else(client, world):
    page = text(opened(client, world, PERSON, "plan", world.trace.pk))
    assert page.index("Somebody worried that you are hurt.") < page.index("By me")
    assert page.index("By me") < page.index("By me, with help") < page.index("For me") < page.index("To me")
    assert "Cook for sixty again." in page


@pytest.mark.parametrize(("who", "status"), [
    (PERSON, 200), (WALKER, 200), (LAW, 200), (OWNER, 404), (HELPER, 404), (DUTY, 404), (NEIGHBOUR, 404),
    (STEWARD, 404),
])  # fmt: skip
def test_a_plan_is_for_the_person_and_whoever_walks_with_them(client, world, who, status):
    for name in ("plan", "plan_on_paper", "quick_things"):
        assert opened(client, world, who, name, world.trace.pk).status_code == status


def test_a_stranger_is_asked_to_sign_in(client, world):
    for address in (
        reverse("plan", args=[world.trace.pk]),
        reverse("doing", args=[world.mine.pk]),
        "/promises/",
    ):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("who", EVERYBODY)
def test_whoever_has_one_thing_to_do_sees_that_one(client, world, who):
    sees = {PERSON, WALKER, LAW}
    assert opened(client, world, who, "doing", world.helped.pk).status_code == (
        200 if who in sees | {OWNER, HELPER} else 404
    )
    assert opened(client, world, who, "doing", world.mine.pk).status_code == (200 if who in sees else 404)
    assert opened(client, world, who, "duty", world.duty.pk).status_code == (
        200 if who in sees | {DUTY} else 404
    )


def test_reading_one_thing_is_a_look_also_without_a_basis(client, world):
    opened(client, world, OWNER, "doing", world.helped.pk)
    with as_owner():
        look = Look.objects.get(by_id=world.who[OWNER].pk)
    assert (look.person_id, look.page, look.parts) == (world.trace.pk, "plan", [str(world.helped.pk)])
    assert look.why


def test_a_worker_who_reads_the_plan_is_seen_to(client, world):
    opened(client, world, WALKER, "plan", world.trace.pk)
    with as_owner():
        look = Look.objects.get(by_id=world.who[WALKER].pk)
    assert look.page == "plan"
    assert str(world.mine.pk) in look.parts


def test_words_alone_put_something_on_the_plan(client, world):
    opened(client, world, PERSON, "plan_add", world.trace.pk, words="See our Jamie.")
    with as_owner():
        made = Doing.objects.get(words="See our Jamie.")
    assert (made.lane, made.state, made.owner, made.audience) == ("by", "doing", world.trace, "walkers")


def test_help_without_a_name_is_asked_about_and_nothing_is_lost(client, world):
    page = text(
        opened(client, world, PERSON, "plan_add", world.trace.pk, words="See our Jamie.", lane="by_with_help")
    )
    assert "Say who helps. A first name is plenty." in page
    assert "See our Jamie." in page


def test_what_is_done_for_her_carries_her_decision(client, world):
    opened(
        client, world, WALKER, "plan_add", world.trace.pk, words="The form.", lane="for",
        decision_words="I can't look at it.",
    )  # fmt: skip
    with as_owner():
        made = Doing.objects.get(words="The form.")
    assert (made.decided_by, made.decision_words, made.owner) == (
        world.trace, "I can't look at it.", world.who[WALKER],
    )  # fmt: skip


def test_a_form_about_what_is_done_to_her_is_refused(client, world):
    page = text(opened(client, world, PERSON, "plan_add", world.trace.pk, words="A bed.", lane="to"))
    assert "is not one of the available choices" in page


def test_two_who_reword_at_once_are_both_kept_and_shown(client, world):
    for who, words in ((PERSON, "Cook for everybody."), (WALKER, "Cook on Tuesdays.")):
        page = text(opened(client, world, who, "doing_reword", world.mine.pk, words=words, after=1))
    assert "Both are kept" in page
    for who in (PERSON, WALKER):
        page = text(opened(client, world, who, "doing", world.mine.pk))
        assert "Cook for everybody." in page
        assert "Cook on Tuesdays." in page
        assert "said it like this at the same time" in page
    with as_owner():
        assert Doing.objects.get(pk=world.mine.pk).words == "Cook for sixty again."
        assert DoingStep.objects.filter(doing=world.mine).count() == 3


def test_the_one_who_said_they_would_do_it_says_that_it_is_done(client, world):
    page = text(opened(client, world, OWNER, "doing_done", world.helped.pk, words="Took her there."))
    assert "Took her there." in page
    with as_owner():
        assert Doing.objects.get(pk=world.helped.pk).state == "done"


def test_done_twice_is_said_in_a_sentence(client, world):
    opened(client, world, PERSON, "doing_done", world.mine.pk, words="")
    again = opened(client, world, PERSON, "doing_done", world.mine.pk, words="And again.")
    assert "This is over already" in text(again)
    assert "And again." in text(again)


def test_a_lane_is_changed_by_saying_who_helps(client, world):
    opened(
        client,
        world,
        WALKER,
        "doing_move",
        world.mine.pk,
        lane="by_with_help",
        who_words="Bev",
        words="She asked.",
    )
    with as_owner():
        moved = Doing.objects.get(pk=world.mine.pk)
        assert (moved.lane, moved.helper_words) == ("by_with_help", "Bev")
        assert moved.steps.get(what="moved_lane").words == "She asked."


def test_a_yes_is_taken_back_without_a_reason_and_it_ends(client, world):
    page = text(opened(client, world, PERSON, "doing_take_back", world.to.pk, words=""))
    assert "Your yes is taken back. It has ended." in page
    with as_owner():
        ended = Doing.objects.get(pk=world.to.pk)
    assert ended.state == "ended"
    assert opened(client, world, OWNER, "doing_take_back", world.to.pk).status_code == 404


def test_a_question_about_a_duty_reaches_the_human_who_does_it(client, world):
    page = text(opened(client, world, PERSON, "duty_question", world.duty.pk, words="Who said so?"))
    assert "Ros has your words and answers you." in page
    assert "Who said so?" in page
    with as_owner():
        message = Message.objects.get()
    assert (message.sender, message.to_person) == (world.trace, world.who[DUTY])


def test_a_duty_says_everything_it_must(client, world):
    page = text(opened(client, world, PERSON, "duty", world.duty.pk))
    for said in ("Somebody worried that you are hurt.", "Care Act 2014 s.42", "Ring Ros, or her lead.", "You are safe.",
                 "She sleeps.", "Come and look."):  # fmt: skip
        assert said in page


def test_whoever_walks_with_her_tells_her_and_it_is_told_on_the_plan(client, world):
    opened(client, world, WALKER, "duty_told", world.duty.pk, person_words="Aye, right.", walker_there="on")
    page = text(opened(client, world, PERSON, "duty", world.duty.pk))
    assert "Aye, right." in page
    assert "Whoever walks with you was there." in page
    assert "Whoever walks with them was there." in text(opened(client, world, WALKER, "duty", world.duty.pk))
    with as_owner():
        assert Doing.objects.get(pk=world.proposed.pk).state == "duty_told"


def test_a_duty_ends_in_words_and_ends_what_it_made_anybody_do(client, world):
    assert opened(client, world, WALKER, "duty_end", world.duty.pk, words="No.").status_code == 403
    opened(client, world, DUTY, "duty_end", world.duty.pk, words="She is safe.")
    with as_owner():
        assert Doing.objects.get(pk=world.proposed.pk).state == "ended"


def test_a_quick_thing_needs_a_word_and_is_done_with_one_tap(client, world):
    opened(client, world, WALKER, "quick_thing_add", world.trace.pk, words="Light bulb.")
    with as_owner():
        bulb = QuickThing.objects.get(words="Light bulb.")
    assert bulb.owner == world.who[WALKER]
    opened(client, world, PERSON, "quick_thing_done", bulb.pk, yes="1")
    with as_owner():
        bulb.refresh_from_db()
    assert bulb.done_at is not None


def test_a_promise_needs_a_word_and_has_a_day(client, world):
    opened(client, world, WALKER, "promise_add", world.trace.pk, words="Ring the surgery.", coming="on")
    with as_owner():
        made = Promise.objects.get(words="Ring the surgery.")
    assert (made.owner, made.coming, made.state) == (world.who[WALKER], True, "open")
    assert made.day


def test_what_a_person_promised_is_written_down_for_them_and_is_theirs_to_tell(client, world):
    cast.sign_in(client, world.who[WALKER])
    said = {"words": "I bring the pan back.", "who": world.trace.pk}
    client.post(reverse("promise_add", args=[world.trace.pk]), said)
    with as_owner():
        made = Promise.objects.get(words="I bring the pan back.")
    assert (made.owner, made.written_down_by) == (world.trace, world.who[WALKER])
    assert "I bring the pan back." in text(opened(client, world, PERSON, "my_promises"))


def test_the_one_who_promised_says_in_words_what_became_of_it(client, world):
    page = text(opened(client, world, OWNER, "promise", world.promised.pk, words="Rang him.", state="kept"))
    assert "Rang him." in page
    assert opened(client, world, NEIGHBOUR, "promise", world.promised.pk).status_code == 404
    page = text(opened(client, world, PERSON, "plan", world.trace.pk))
    assert "Rang him." in page


def test_what_i_said_i_would_do_stands_on_one_page(client, world):
    page = text(opened(client, world, OWNER, "my_promises"))
    assert "Ring the vet." in page
    assert "Get to the clinic." in page
    assert "Trace" in page
    assert "Cook for sixty" not in page


def test_the_sheet_on_paper_has_room_to_write(client, world):
    page = text(opened(client, world, PERSON, "plan_on_paper", world.trace.pk))
    assert "Cook for sixty again." in page
    assert page.count("by-hand__line") == 8
    assert date_format(world.promised.day, "l j F") in page, "a sheet is read tomorrow, too"


def test_a_calendar_is_made_shown_once_and_ended(client, world):
    page = text(opened(client, world, WALKER, "my_calendar", made="1"))
    address = page.split('value="http://testserver')[1].split('"')[0]
    assert client.get(address).headers["Content-Type"].startswith("text/calendar")
    assert address not in text(opened(client, world, WALKER, "my_calendar"))
    opened(client, world, WALKER, "end_calendar", sure="1")
    assert client.get(address).status_code == 404


def asked(client, address):
    with CaptureQueriesContext(connection) as asking:
        assert client.get(address).status_code == 200
    return len(asking)


def test_a_plan_asks_as_often_with_many_things_as_with_a_few(client, world):
    trace = world.trace
    cast.sign_in(client, world.who[WALKER])
    addresses = [reverse("plan", args=[trace.pk]), reverse("quick_things", args=[trace.pk]), "/promises/"]
    few = [asked(client, address) for address in addresses]
    with acting_as(trace):
        for number in range(8):
            doing = operations.begin(by=trace, person=trace, words=f"One more {number}", at=NOW)
            operations.reword(by=trace, doing=doing, words="Said again.")
            operations.add_quick_thing(by=trace, person=trace, words="Bulb", owner=world.who[WALKER])
            operations.promise(by=trace, person=trace, words="Ring", day=NOW.date(), owner=world.who[WALKER])
    assert [asked(client, address) for address in addresses[:2]] == few[:2]
    few_mine = asked(client, "/promises/")
    with acting_as(trace):
        for _number in range(8):
            operations.promise(by=trace, person=trace, words="Ring", day=NOW.date(), owner=world.who[WALKER])
    assert asked(client, "/promises/") == few_mine


def test_a_family_reads_what_it_plans_and_keeps_the_rest_to_each(world):
    trace, sheila = world.trace, world.who[HELPER]
    with acting_as(trace):
        operations.begin(by=trace, together=world.ours, words="Sunday dinner.", at=NOW)
    with acting_as(sheila):
        assert queries.together_to_open(viewer=sheila, together=world.ours.pk) is None
        operations.join(by=sheila, belongs=world.asked)
        (dinner,) = queries.doings_of(viewer=sheila, together=world.ours)
        assert dinner.words == "Sunday dinner."
        assert {str(each.by) for each in dinner.steps} == {"Trace"}
        assert [told.words for told in queries.doings_of(viewer=sheila, person=trace)] == [
            "Get to the clinic."
        ]
        operations.leave(by=sheila, belongs=world.asked)
        assert queries.doings_of(viewer=sheila, together=world.ours) == []


def test_a_yes_is_written_down_with_how_it_was_explained_and_who_does_it(client, world):
    said = {"to_what": "A bed at the ward.", "informed_how": "The nurse came twice."}
    lacking = text(opened(client, world, PERSON, "plan_yes", world.trace.pk, **said))
    assert "Say who does it. A first name is plenty." in lacking
    assert "The nurse came twice." in lacking
    opened(client, world, PERSON, "plan_yes", world.trace.pk, who_words="the ward", **said)
    with as_owner():
        made = Doing.objects.get(words="A bed at the ward.")
        assert (made.state, made.consent.given_by, made.consent.informed_how) == (
            "consented", world.trace, "The nurse came twice.",
        )  # fmt: skip
        assert world.trace.consents.count() == 2, "what was refused left no yes behind"


def test_a_yes_is_mine_on_my_page_and_theirs_on_anybody_elses(client, world):
    said = {"to_what": "A bed at the ward.", "informed_how": "The nurse came twice.", "who_words": "the ward"}
    opened(client, world, PERSON, "plan_yes", world.trace.pk, **said)
    assert "With your yes." in text(opened(client, world, PERSON, "plan", world.trace.pk))
    assert "With their yes." in text(opened(client, world, WALKER, "plan", world.trace.pk))


def test_whoever_reads_by_law_writes_no_yes_of_hers(client, world):
    assert opened(client, world, LAW, "plan_yes", world.trace.pk).status_code == 403


def test_a_duty_is_written_down_whole_or_not_at_all(client, world):
    cast.by_law(world.who[DUTY], world.trace)
    said = {
        "what": "We visit on Friday.", "why": "The school worried.", "statute": "Children Act 1989 s.47",
        "would_stop": "You are both safe.", "how_to_question": "Ring my lead.",
    }  # fmt: skip
    lacking = text(opened(client, world, DUTY, "plan_duty", world.trace.pk, **said))
    assert "Say when they were told; or why not yet, and by which day they will be." in lacking
    opened(client, world, DUTY, "plan_duty", world.trace.pk, told="on", person_words="Right.", **said)
    with as_owner():
        made = Doing.objects.get(words="We visit on Friday.")
        assert (made.state, made.duty.statute, made.owner) == (
            "duty_told", "Children Act 1989 s.47", world.who[DUTY],
        )  # fmt: skip
    assert opened(client, world, WALKER, "plan_duty", world.trace.pk).status_code == 403


def test_whoever_does_what_a_yes_is_to_reads_that_and_does_not_take_it_back(client, world):
    with acting_as(world.trace):
        lent = operations.agree_to(by=world.trace, consent=world.yes, who=Who(owner=world.who[OWNER]), at=NOW)
    page = text(opened(client, world, OWNER, "doing", lent.pk))
    assert "Take the yes back" not in page
    assert opened(client, world, OWNER, "doing_take_back", lent.pk).status_code == 403
