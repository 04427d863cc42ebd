"""Every form of a plan, sent without a script: what it keeps, what it refuses in words, and nothing lost by it."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from alongside.audit.models import Look
from alongside.consent.lanes import operations as lanes
from alongside.doings import operations
from alongside.doings.models import Doing, DoingStep, Promise, PromiseStep, QuickThing
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
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from tests import cast
from tests.by_post import again, by_post, words_of
from tests.database import as_owner


@pytest.fixture
def at(client, world):
    return by_post(client, world)


FORMS = [
    ("plan_add", "trace", {PERSON, WALKER, LAW}),
    ("plan_yes", "trace", {PERSON, WALKER}),
    ("promise_add", "trace", {PERSON, WALKER, LAW}),
    ("quick_thing_add", "trace", {PERSON, WALKER, LAW}),
    ("doing_reword", "helped", {PERSON, WALKER, LAW}),
    ("doing_how", "helped", {PERSON, WALKER, LAW, OWNER}),
    ("doing_move", "helped", {PERSON, WALKER, LAW}),
    ("doing_done", "helped", {PERSON, WALKER, LAW, OWNER}),
    ("doing_let_go", "helped", {PERSON, WALKER, LAW}),
    ("doing_take_back", "to", {PERSON, WALKER}),
    ("duty_question", "duty", {PERSON, WALKER, LAW}),
    ("duty_told", "duty", {WALKER, LAW, DUTY}),
    ("duty_end", "duty", {DUTY}),
    ("promise", "promised", {PERSON, WALKER, LAW, OWNER}),
]


@pytest.mark.parametrize(("name", "which", "may"), FORMS, ids=[name for name, *_ in FORMS])
def test_a_form_opens_for_those_who_may_send_it_and_for_nobody_else(at, world, name, which, may):
    opens = {who for who in EVERYBODY if at(who, name, getattr(world, which)).status_code == 200}
    assert opens == may


@pytest.mark.parametrize(("name", "which", "may"), FORMS, ids=[name for name, *_ in FORMS])
def test_whoever_may_not_is_turned_away_also_when_it_is_sent_and_nothing_is_kept(at, world, name, which, may):
    with as_owner():
        before = (DoingStep.objects.count(), Promise.objects.count(), QuickThing.objects.count())
    for who in set(EVERYBODY) - may:
        answer = at(
            who, name, getattr(world, which), words="Mine now.", what="Mine now.", to_what="x", who_words="x"
        )
        assert answer.status_code in (403, 404), who
    with as_owner():
        assert (DoingStep.objects.count(), Promise.objects.count(), QuickThing.objects.count()) == before


def heading_and_title(page):
    """The words of the one h1 of a page, and its title."""
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return heading.strip(), re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]


def test_every_form_has_one_heading_that_is_none_of_its_questions(at, world):
    for name, which, may in FORMS:
        page = words_of(at(min(may), name, getattr(world, which)))
        heading, _title = heading_and_title(page)
        asked = [label.strip() for label in re.findall(r"<(?:label|legend)[^>]*>(.*?)</", page, re.DOTALL)]
        assert heading, name
        assert asked, name
        assert heading not in asked, name
        visible = re.findall(r'<(?:input|textarea)(?![^>]*type="hidden")[^>]* id="([^"]+)"', page)
        assert set(re.findall(r'<label[^>]* for="([^"]+)"', page)) <= set(visible), name


@pytest.mark.parametrize(("who", "name", "which", "title"), [
    (WALKER, "doing_reword", "mine", "Say it another way · Trace – Alongside"),
    (WALKER, "duty_told", "duty", "They were told face to face · Trace – Alongside"),
    # On somebody's own phone a tab tells an onlooker nothing.
    (PERSON, "doing_reword", "mine", "Alongside"),
])  # fmt: skip
def test_a_tab_says_which_form_it_is_on_a_desk_and_nothing_on_ones_own_phone(
    at, world, who, name, which, title
):
    assert heading_and_title(words_of(at(who, name, getattr(world, which))))[1] == title


@pytest.mark.parametrize(("name", "which", "back"), [
    ("plan_add", "trace", "plan"), ("promise_add", "trace", "plan"), ("quick_thing_add", "trace", "plan"),
    ("plan_yes", "trace", "plan"), ("doing_reword", "mine", "doing"), ("doing_how", "mine", "doing"),
    ("doing_move", "mine", "doing"), ("doing_done", "mine", "doing"), ("doing_let_go", "mine", "doing"),
    ("doing_take_back", "to", "doing"), ("duty_question", "duty", "duty"), ("doing", "mine", "plan"),
    ("promise", "promised", "plan"), ("duty", "duty", "plan"), ("plan_on_paper", "trace", "plan"),
])  # fmt: skip
def test_there_is_a_way_back_from_every_page(at, world, name, which, back):
    thing = getattr(world, which)
    to = thing if back in ("doing", "duty") else world.trace
    assert f'href="{reverse(back, args=[to.pk])}"' in words_of(at(PERSON, name, thing))


@pytest.mark.parametrize(("who", "name", "which"), [
    (OWNER, "doing", "helped"), (HELPER, "doing", "helped"), (OWNER, "promise", "promised"), (DUTY, "duty", "duty"),
])  # fmt: skip
def test_whoever_has_one_thing_goes_back_to_what_they_said_they_would_do(at, world, who, name, which):
    page = words_of(at(who, name, getattr(world, which)))
    assert f'href="{reverse("my_promises")}"' in page
    assert reverse("plan", args=[world.trace.pk]) not in page


LOOKED_AT = [
    ("plan", "trace"), ("plan_on_paper", "trace"), ("quick_things", "trace"), ("doing", "mine"),
    ("promise", "promised"), ("duty", "duty"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "which"), LOOKED_AT)
def test_a_page_of_somebody_elses_is_looked_at_once_and_ones_own_never(at, world, name, which):
    for who, looks in ((PERSON, 0), (WALKER, 1), (LAW, 1)):
        at(who, name, getattr(world, which))
        with as_owner():
            found = list(Look.objects.filter(by_id=world.who[who].pk))
        assert len(found) == looks
        assert {look.person_id for look in found} <= {world.trace.pk}
        assert all(look.why for look in found)


@pytest.mark.parametrize(("name", "which", "said", "sentence"), [
    ("plan_add", "trace", {"words": " "}, "Say it in a word or two."),
    ("quick_thing_add", "trace", {"words": " "}, "Say it in a word or two."),
    ("promise_add", "trace", {"words": " "}, "Say it in a word or two."),
    ("doing_reword", "mine", {"words": " "}, "Say it in a word or two."),
    ("doing_how", "mine", {"words": " "}, "Say it in a word or two."),
    ("promise", "promised", {"words": " "}, "Say it in a word or two."),
    ("duty_question", "duty", {"words": " "}, "Say it in a word or two."),
    ("plan_add", "trace", {"words": "x" * 5001}, "That is more than this box can hold."),
    ("quick_thing_add", "trace", {"words": "x" * 5001}, "That is more than this box can hold."),
    ("promise_add", "trace", {"words": "x" * 5001}, "That is more than this box can hold."),
    ("doing_done", "mine", {"words": "x" * 5001}, "That is more than this box can hold."),
    ("doing_let_go", "mine", {"words": "x" * 5001}, "That is more than this box can hold."),
])  # fmt: skip
def test_a_slip_is_told_beside_its_box_with_every_word_still_in_it(at, world, name, which, said, sentence):
    page = words_of(at(PERSON, name, getattr(world, which), **said))
    assert sentence in page
    assert said["words"].strip() in page
    assert 'aria-describedby="' in page


@pytest.mark.parametrize(("field", "typed", "sentence"), [
    ("at_time", "25:00", "Write the time like 14:30."),
    ("at_time", "at tea", "Write the time like 14:30."),
    ("where_words", "x" * 201, "200"),
    ("who_words", "x" * 201, "200"),
])  # fmt: skip
def test_what_is_folded_away_in_a_promise_is_told_too_and_the_words_stay(at, world, field, typed, sentence):
    page = words_of(at(WALKER, "promise_add", world.trace, words="Ring the surgery.", **{field: typed}))
    assert sentence in page
    assert typed in page
    assert "Ring the surgery." in page
    with as_owner():
        assert not Promise.objects.filter(words="Ring the surgery.").exists()


@pytest.mark.parametrize(
    "day", [("31", "2", "2027"), ("x", "3", "2027"), ("1", "13", "2027"), ("27", "3", "")]
)
def test_a_day_that_is_in_no_calendar_is_told_and_stays_as_it_was_typed(at, world, day):
    typed = dict(zip(("day_day", "day_month", "day_year"), day, strict=True))
    page = words_of(at(PERSON, "promise_add", world.trace, words="Ring the surgery.", **typed))
    assert "That day is not in the calendar. Write it like 27 3 2027." in page
    assert "Ring the surgery." in page
    assert all(f'value="{part}"' in page for part in day if part)


def test_a_promise_whose_day_nobody_said_is_a_week_from_now_whatever_the_clock_says(at, world):
    for moment in (NOW, dt.datetime(2027, 12, 30, 23, 30, tzinfo=dt.UTC)):
        with clock.moved_to(moment):
            at(PERSON, "promise_add", world.trace, words=f"At {moment:%Y}.")
        with as_owner():
            made = Promise.objects.get(words=f"At {moment:%Y}.")
        assert made.day == moment.date() + dt.timedelta(days=7)


def test_a_promise_made_somebody_elses_is_theirs_and_in_words(at, world):
    at(WALKER, "promise_add", world.trace, words="Mend the tap.", who_words="the landlord")
    at(PERSON, "promise_add", world.trace, words="Bring the form.", who=str(world.who[WALKER].pk))
    with as_owner():
        landlord = Promise.objects.get(words="Mend the tap.")
        callum = Promise.objects.get(words="Bring the form.")
    assert (landlord.owner, landlord.owner_words) == (None, "the landlord")
    assert (callum.owner, callum.written_down_by) == (world.who[WALKER], world.trace)
    assert "the landlord" in words_of(at(PERSON, "plan", world.trace))


def test_nobody_is_put_down_for_something_who_has_nothing_to_do_with_it(at, world):
    stranger = world.who[NEIGHBOUR]
    for name in ("promise_add", "plan_add"):
        page = words_of(at(WALKER, name, world.trace, words="Ring.", who=str(stranger.pk), lane="for"))
        assert "is not one of the available choices" in page
    with as_owner():
        assert not Promise.objects.filter(owner=stranger).exists()
        assert not Doing.objects.filter(owner=stranger).exists()


class TestAThingOnThePlan:
    def test_a_wish_has_not_begun(self, at, world):
        at(PERSON, "plan_add", world.trace, words="See the sea.", wish="on", from_where="at the Kettle")
        with as_owner():
            made = Doing.objects.get(words="See the sea.")
        assert (made.state, made.from_where) == ("wished", "at the Kettle")
        assert "at the Kettle" in words_of(at(PERSON, "doing", made))

    def test_only_the_person_keeps_it_from_whoever_walks_with_them(self, at, world):
        at(PERSON, "plan_add", world.trace, words="Write to Jamie.", audience="only_us")
        with as_owner():
            made = Doing.objects.get(words="Write to Jamie.")
        assert made.audience == "only_us"
        assert at(WALKER, "doing", made).status_code == 404
        assert "Write to Jamie." not in words_of(at(WALKER, "plan", world.trace))
        assert "Write to Jamie." in words_of(at(PERSON, "plan", world.trace))

    def test_a_worker_is_not_asked_whom_it_is_for_and_saying_so_changes_nothing(self, at, world):
        assert 'name="audience"' not in words_of(at(WALKER, "plan_add", world.trace))
        at(WALKER, "plan_add", world.trace, words="A bus pass.", audience="only_us")
        with as_owner():
            assert Doing.objects.get(words="A bus pass.").audience == "walkers"

    def test_whoever_reads_by_law_decides_nothing_for_her_and_is_told_so(self, at, world):
        answer = at(
            LAW, "plan_add", world.trace, words="The form.", lane="for", who_words="us", decision_words="Aye."
        )
        assert answer.status_code == 403
        assert "Only Trace decides this" in words_of(answer)

    def test_how_it_is_going_stands_beneath_it_and_it_goes_on(self, at, world):
        at(OWNER, "doing_how", world.helped, words="The bus did not come.")
        assert again(world.helped).state == "doing"
        assert "The bus did not come." in words_of(at(PERSON, "doing", world.helped))

    @pytest.mark.parametrize(("name", "state"), [("doing_done", "done"), ("doing_let_go", "let_go")])
    def test_over_it_offers_no_more_ways_on_and_is_still_read(self, at, world, name, state):
        at(PERSON, name, world.mine, words="That was that.")
        assert again(world.mine).state == state
        page = words_of(at(PERSON, "doing", world.mine))
        assert "That was that." in page
        assert reverse("doing_done", args=[world.mine.pk]) not in page
        assert reverse("doing_move", args=[world.mine.pk]) not in page

    @pytest.mark.parametrize("name", ["doing_done", "doing_let_go", "doing_how", "doing_move"])
    def test_sent_once_it_is_over_it_is_told_and_the_words_stay(self, at, world, name):
        at(PERSON, "doing_let_go", world.mine, words="x")
        page = words_of(at(PERSON, name, world.mine, words="One word more.", lane="by"))
        assert "This is over already: let go." in page
        assert "One word more." in page

    def test_with_help_it_asks_who_and_for_me_it_takes_the_words_as_the_decision(self, at, world):
        page = words_of(at(PERSON, "doing_move", world.mine, lane="by_with_help", words="My knees."))
        assert "Say who helps. A first name is plenty." in page
        assert "My knees." in page
        at(PERSON, "doing_move", world.mine, lane="for", who_words="Nana", words="I asked her.")
        moved = again(world.mine)
        assert (moved.lane, moved.owner_words, moved.decision_words) == ("for", "Nana", "I asked her.")

    def test_back_to_by_me_nobody_helps_any_more(self, at, world):
        at(PERSON, "doing_move", world.helped, lane="by", words="I go by myself.")
        moved = again(world.helped)
        assert (moved.lane, moved.helper_id, moved.helper_words, moved.owner_id) == (
            "by",
            None,
            "",
            world.trace.pk,
        )
        assert at(HELPER, "doing", world.helped).status_code == 404

    def test_a_lane_is_chosen_before_it_is_moved(self, at, world):
        page = words_of(at(PERSON, "doing_move", world.mine, words="Somebody else."))
        assert "Choose who does it now." in page
        assert "Somebody else." in page

    def test_what_is_done_to_her_is_not_moved_anywhere(self, at, world):
        page = words_of(at(PERSON, "doing_move", world.to, lane="by", words="By me."))
        assert "What is done to somebody begins with a yes or a duty, and ends with it." in page
        assert again(world.to).lane == "to"

    def test_what_she_said_yes_to_is_over_in_words_and_her_yes_was_never_taken_back(self, at, world):
        at(PERSON, "doing_done", world.to, words="The week is over.")
        assert again(world.to).state == "ended"
        with as_owner():
            world.yes.refresh_from_db()
        assert world.yes.withdrawn_at is None

    def test_what_rests_on_a_duty_is_neither_done_nor_let_go_by_saying_so(self, at, world):
        for name in ("doing_done", "doing_let_go"):
            page = words_of(at(PERSON, name, world.proposed, words="No more."))
            assert "ends when the yes is taken back, or the duty ends" in page
            assert "No more." in page

    def test_a_yes_taken_back_twice_is_taken_back_once_and_no_page_breaks(self, at, world):
        assert at(PERSON, "doing_take_back", world.to, words="No more.").status_code == 302
        second = at(PERSON, "doing_take_back", world.to, words="No more.")
        assert (second.status_code, "That yes had been taken back already." in words_of(second)) == (
            403,
            True,
        )
        with as_owner():
            assert DoingStep.objects.filter(doing=world.to, what="taken_back").count() == 1

    def test_nothing_but_what_rests_on_a_yes_is_taken_back(self, at, world):
        answer = at(PERSON, "doing_take_back", world.mine, words="x")
        assert (answer.status_code, "This does not rest on a yes." in words_of(answer)) == (403, True)


class TestAQuickThing:
    def test_it_is_done_or_let_go_with_one_tap_and_the_second_tap_is_told(self, client, at, world):
        for name, field in (("quick_thing_done", "done_at"), ("quick_thing_let_go", "let_go_at")):
            with acting_as(world.trace):
                thing = operations.add_quick_thing(by=world.trace, person=world.trace, words="Light bulb.")
            assert at(PERSON, name, thing, yes="1").url == reverse("plan", args=[world.trace.pk])
            first = getattr(again(thing), field)
            assert first
            for other in ("quick_thing_done", "quick_thing_let_go"):
                sent = at(PERSON, other, thing, yes="1")
                assert "That is off the list already." in words_of(client.get(sent.url))
            assert getattr(again(thing), field) == first

    def test_whoever_does_it_says_so_and_goes_back_to_their_own_page(self, at, world):
        assert at(OWNER, "quick_thing_done", world.quick, yes="1").url == reverse("my_promises")
        assert again(world.quick).done_at

    @pytest.mark.parametrize("who", [HELPER, NEIGHBOUR, STEWARD, DUTY])
    def test_nobody_else_finds_it(self, at, world, who):
        assert at(who, "quick_thing_done", world.quick, yes="1").status_code == 404
        assert again(world.quick).done_at is None

    def test_it_is_never_done_by_opening_an_address(self, client, at, world):
        assert at(PERSON, "quick_thing_done", world.quick).status_code == 405

    def test_what_is_to_do_stands_before_what_is_off_the_list(self, at, world):
        with acting_as(world.trace):
            later = operations.add_quick_thing(by=world.trace, person=world.trace, words="Curtain rail.")
        at(PERSON, "quick_thing_done", world.quick, yes="1")
        page = words_of(at(PERSON, "quick_things", world.trace))
        assert page.index(later.words) < page.index("Off the list") < page.index("Bus pass.")

    def test_with_nothing_to_do_it_says_so_kindly(self, at, world):
        at(PERSON, "quick_thing_let_go", world.quick, yes="1")
        assert "Nothing to do this week." in words_of(at(PERSON, "quick_things", world.trace))


class TestAPromise:
    @pytest.mark.parametrize(("state", "shown"), [("kept", "kept"), ("late", "late"), ("let_go", "let go")])
    def test_what_became_of_it_is_said_in_words(self, at, world, state, shown):
        at(OWNER, "promise", world.promised, state=state, words="I rang on Tuesday.")
        now = again(world.promised)
        assert (now.state, now.told_words) == (state, "I rang on Tuesday.")
        page = words_of(at(PERSON, "promise", world.promised))
        assert "I rang on Tuesday." in page
        assert shown in page

    def test_late_it_is_still_kept_and_both_words_stand(self, at, world):
        at(OWNER, "promise", world.promised, state="late", words="No answer.")
        at(OWNER, "promise", world.promised, state="kept", words="She picked up.")
        page = words_of(at(PERSON, "promise", world.promised))
        assert page.index("No answer.") < page.index("She picked up.")
        with as_owner():
            assert list(PromiseStep.objects.order_by("at").values_list("state", flat=True)) == [
                "late",
                "kept",
            ]

    @pytest.mark.parametrize(("first", "then"), [
        ("kept", "kept"), ("kept", "late"), ("kept", "let_go"), ("let_go", "kept"), ("late", "late"),
    ])  # fmt: skip
    def test_said_twice_is_told_and_the_words_stay_in_the_box(self, at, world, first, then):
        at(OWNER, "promise", world.promised, state=first, words="The first word.")
        page = words_of(at(OWNER, "promise", world.promised, state=then, words="The second word."))
        assert "That was said already" in page
        assert "The second word." in page
        assert again(world.promised).told_words == "The first word."

    def test_settled_it_asks_nothing_more(self, at, world):
        at(OWNER, "promise", world.promised, state="kept", words="Rang.")
        assert 'name="words"' not in words_of(at(OWNER, "promise", world.promised))

    def test_what_i_promised_is_gone_from_my_page_when_it_is_kept_and_stays_while_it_is_late(self, at, world):
        at(OWNER, "promise", world.promised, state="late", words="No answer.")
        assert "Ring the vet." in words_of(at(OWNER, "my_promises", None))
        at(OWNER, "promise", world.promised, state="let_go", words="Bruno is well.")
        assert "Ring the vet." not in words_of(at(OWNER, "my_promises", None))

    def test_with_nothing_promised_the_page_says_so_kindly(self, at, world):
        assert "Nothing is waiting for you." in words_of(at(NEIGHBOUR, "my_promises", None))

    def test_they_stand_by_their_day_and_time(self, at, world):
        with acting_as(world.trace):
            for text, day, time in (
                ("Third.", 12, None), ("Second.", 11, dt.time(16)), ("First.", 11, dt.time(9)),
            ):  # fmt: skip
                operations.promise(
                    by=world.trace, person=world.trace, words=text, day=dt.date(2026, 3, day), at_time=time
                )
        page = words_of(at(PERSON, "plan", world.trace))
        assert page.index("First.") < page.index("Second.") < page.index("Third.")


class TestADuty:
    @pytest.mark.parametrize("name", ["duty_end", "duty_told"])
    def test_sent_twice_is_kept_once_and_no_page_breaks(self, at, world, name):
        for _again in range(2):
            assert at(DUTY, name, world.duty, words="Safe.", person_words="Right.").status_code in (
                200,
                302,
                403,
            )
        with as_owner():
            assert DoingStep.objects.filter(doing=world.proposed, what__in=["ended", "told"]).count() == 1

    def test_told_it_says_so_with_her_words_and_is_told_on_the_plan(self, at, world):
        at(DUTY, "duty_told", world.duty, person_words="Who says?", walker_there="on")
        page = words_of(at(PERSON, "duty", world.duty))
        assert "Who says?" in page
        assert "Whoever walks with you was there." in page
        assert again(world.proposed).state == "duty_told"

    def test_ended_it_says_so_asks_nothing_and_stands_folded_away_on_the_plan(self, at, world):
        at(DUTY, "duty_end", world.duty, words="She is safe.")
        page = words_of(at(PERSON, "duty", world.duty))
        assert "This has ended." in page
        assert reverse("duty_question", args=[world.duty.pk]) not in page
        plan = words_of(at(PERSON, "plan", world.trace))
        assert plan.index("By me") < plan.index("She is safe.")

    def test_what_was_done_is_asked_about_also_after_it_ended_and_the_words_stand(self, at, world):
        at(DUTY, "duty_end", world.duty, words="She is safe.")
        assert at(PERSON, "duty_question", world.duty, words="Why was it?").status_code == 302
        assert "Why was it?" in words_of(at(PERSON, "duty", world.duty))

    @pytest.mark.parametrize("lacking", ["what", "why", "statute", "would_stop", "how_to_question"])
    def test_it_is_not_written_down_without_all_that_she_must_be_told(self, at, world, lacking):
        cast.by_law(world.who[DUTY], world.trace)
        said = {
            "what": "We visit on Friday.", "why": "The school worried.", "statute": "Children Act 1989 s.47",
            "would_stop": "You are both safe.", "how_to_question": "Ring my lead.", "told": "on",
        }  # fmt: skip
        page = words_of(at(DUTY, "plan_duty", world.trace, **(said | {lacking: " "})))
        assert ("Name the law." if lacking == "statute" else "Say it in a word or two.") in page
        assert all(given in page for name, given in said.items() if name not in (lacking, "told"))
        with as_owner():
            assert not Doing.objects.filter(words="We visit on Friday.").exists()

    def test_not_told_yet_it_says_why_and_by_when(self, at, world):
        cast.by_law(world.who[DUTY], world.trace)
        said = {
            "what": "We visit on Friday.", "why": "The school worried.", "statute": "Children Act 1989 s.47",
            "would_stop": "You are both safe.", "how_to_question": "Ring my lead.", "not_told_why": "She is asleep.",
            "tell_by_day": "27", "tell_by_month": "3", "tell_by_year": "2027",
        }  # fmt: skip
        at(DUTY, "plan_duty", world.trace, **said)
        with as_owner():
            made = Doing.objects.select_related("duty").get(words="We visit on Friday.")
        assert (made.state, made.duty.not_told_why) == ("proposed", "She is asleep.")
        assert made.duty.tell_by.date() == dt.date(2027, 3, 27)
        page = words_of(at(PERSON, "duty", made.duty))
        assert "Not face to face yet." in page
        assert "She is asleep." in page


class TestOnPaper:
    def test_a_sheet_names_no_place_in_its_title_but_this_one_and_asks_for_nothing(self, at, world):
        page = words_of(at(PERSON, "plan_on_paper", world.trace))
        assert "Trace" not in page.split("<title>")[1].split("</title>")[0]
        assert "Nothing here has to be filled in. Cross out what is wrong." in page
        assert "<form" not in page.split("<main")[1].split("</main>")[0]

    def test_it_has_the_duty_first_the_lanes_and_only_promises_that_wait(self, at, world):
        at(OWNER, "promise", world.promised, state="kept", words="Rang.")
        page = words_of(at(PERSON, "plan_on_paper", world.trace))
        assert page.index("Somebody worried that you are hurt.") < page.index("Cook for sixty again.")
        assert "Ring the vet." not in page

    def test_an_empty_plan_prints_with_room_to_write(self, client, db):
        jo = cast.person("Jo Marsh")
        cast.sign_in(client, jo)
        page = words_of(client.get(reverse("plan_on_paper", args=[jo.pk])))
        assert page.count("by-hand__line") == 8
        assert "Nothing is done to" in page


def test_an_empty_plan_says_that_nothing_is_missing(client, db):
    jo = cast.person("Jo Marsh")
    cast.sign_in(client, jo)
    page = words_of(client.get(reverse("plan", args=[jo.pk])))
    assert page.count("Nothing here now.") == 3
    assert "Nothing is done to you." in page


def test_a_duty_that_ended_lets_nobody_write_down_more_by_it(world):
    ros = world.who[DUTY]
    with acting_as(ros):
        operations.end_duty(by=ros, duty=world.duty, words="She is safe.")
        world.duty.refresh_from_db()
        with pytest.raises(ValueError, match="has ended"):
            operations.do_by_duty(by=ros, duty=world.duty, words="Come again.")


def test_a_yes_that_was_taken_back_puts_nothing_on_the_plan(world):
    trace = world.trace
    with acting_as(trace):
        lanes.withdraw_consent(by=trace, consent=world.yes, words="No.")
        world.yes.refresh_from_db()
        with pytest.raises(ValueError, match="taken back"):
            operations.agree_to(by=trace, consent=world.yes, words="Again.")
