"""Every form of a walk, sent without a script: who may, what is refused in words, and nothing lost by it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.audit.models import Look
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.story import operations as stories
from alongside.walks import operations
from alongside.walks.models import (
    Away,
    CarriesOn,
    Company,
    CoverGap,
    Handover,
    HandoverMeeting,
    Repair,
    SaidFull,
    Walk,
    WalkStep,
)
from alongside.walks.tests.world import (
    COVER,
    DAY,
    DONE,
    EVERYBODY,
    LAW,
    LEAD,
    NEIGHBOUR,
    NEXT,
    OTHER,
    PERSON,
    READER,
    STEWARD,
    WALKER,
    around_micky,
)
from tests import cast
from tests.by_post import again, by_post, words_of
from tests.database import as_owner
from tests.standing import standing

THEIRS, KEEP, WORK = (
    {PERSON, WALKER, COVER},
    {WALKER, COVER},
    {WALKER, COVER, NEXT, OTHER, LEAD, STEWARD, DONE},
)


built, world = standing(around_micky)


@pytest.fixture
def at(client, world):
    return by_post(client, world)


FORMS = [
    ("walk_yes", "offered", THEIRS),
    ("walk_not_now", "offered", THEIRS),
    ("walk_rest", "walk", THEIRS),
    ("walk_moved", "walk", THEIRS),
    ("walk_died", "walk", KEEP),
    ("walk_cover", "walk", THEIRS),
    ("walk_join", "walk", KEEP),
    ("walk_leave", "several", THEIRS),
    ("walk_usual", "walk", THEIRS),
    ("walk_hand_over", "resting", THEIRS),
    ("walk_straight", "walk", THEIRS),
    ("handover_met", "talked", THEIRS),
    ("handover_choose", "talked", THEIRS),
    ("handover_let_go", "talked", THEIRS),
    ("repair", "repair", THEIRS | {READER, LAW}),
]


@pytest.mark.parametrize(("name", "which", "may"), FORMS, ids=[name for name, *_ in FORMS])
def test_a_form_opens_for_those_who_may_send_it_and_for_nobody_else(at, world, name, which, may):
    assert {who for who in EVERYBODY if at(who, name, getattr(world, which)).status_code == 200} == may


def kept():
    with as_owner():
        walked = Walk.objects.filter(state="walking").count()
        return walked, WalkStep.objects.count(), HandoverMeeting.objects.count(), Handover.objects.count()


@pytest.mark.parametrize(("name", "which", "may"), FORMS, ids=[name for name, *_ in FORMS])
def test_whoever_may_not_is_turned_away_also_when_it_is_sent_and_nothing_is_kept(at, world, name, which, may):
    before, said = kept(), {"words": "Mine now.", "who": str(world.who[OTHER].pk), "do": "yes"}
    for who in set(EVERYBODY) - may:
        assert at(who, name, getattr(world, which), **said).status_code in (403, 404), who
    assert kept() == before
    assert again(world.repair).answer == ""


@pytest.mark.parametrize(("name", "may"), [
    ("my_days", WORK), ("say_away", WORK), ("lead", {LEAD, STEWARD}), ("moment_who", WORK - {STEWARD}),
])  # fmt: skip
def test_a_workers_own_pages_are_for_those_who_work_here(at, world, name, may):
    opens = {who for who in EVERYBODY if at(who, name).status_code == 200}
    assert may <= opens
    assert not opens & {PERSON, NEIGHBOUR} or name == "moment_who"


@pytest.mark.parametrize(
    "name", ["walk_come_back", "say_full", "have_room", "here_after_all", "straight_end"]
)
def test_nothing_is_done_by_opening_an_address(at, world, name):
    things = {"walk_come_back": world.resting, "here_after_all": world.away, "straight_end": world.agreed}
    assert at(WALKER, name, things.get(name)).status_code == 405


@pytest.mark.parametrize(("who", "name", "which"), [
    (PERSON, "walk_rest", "walk"), (WALKER, "walk_rest", "walk"), (COVER, "walk_cover", "walk"),
    (PERSON, "walk_usual", "walk"), (PERSON, "handover", "talked"), (WALKER, "handover_met", "talked"),
    (PERSON, "repair", "repair"), (WALKER, "walk_died", "walk"),
])  # fmt: skip
def test_there_is_a_way_back_to_the_walk(at, world, who, name, which):
    back = reverse("walk", args=[world.micky.pk])
    assert f'href="{back}"' in words_of(at(who, name, getattr(world, which)))


def test_whoever_may_walk_next_reads_what_is_talked_through_and_changes_none_of_it(at, world):
    page = words_of(at(NEXT, "handover", world.talked))
    assert reverse("handover_met", args=[world.talked.pk]) not in page
    assert "Hodan" in page
    assert at(NEXT, "walk_rest", world.walk, words="x").status_code == 404


@pytest.mark.parametrize(("name", "which"), [("one_walk", "walk"), ("handover", "talked")])
def test_it_is_looked_at_once_by_another_and_never_by_the_one_it_is_about(at, world, name, which):
    for who, looks in ((PERSON, 0), (WALKER, 1), (COVER, 1)):
        at(who, name, getattr(world, which))
        with as_owner():
            found = list(Look.objects.filter(by_id=world.who[who].pk, page="walk"))
        assert len(found) == looks
        assert {look.person_id for look in found} <= {world.micky.pk}


@pytest.mark.parametrize(("name", "which"), [
    ("walk_rest", "walk"), ("walk_moved", "walk"), ("walk_usual", "walk"), ("walk_straight", "walk"),
    ("walk_not_now", "offered"), ("handover_met", "talked"), ("handover_let_go", "talked"), ("repair", "repair"),
])  # fmt: skip
def test_more_than_a_box_holds_is_told_and_all_of_it_stays_in_the_box(at, world, name, which):
    typed = "word " * 1100
    page = words_of(at(PERSON, name, getattr(world, which), words=typed, do="yes"))
    assert "That is more than this box can hold." in page or "Say it in a line." in page
    assert typed.strip() in page


class TestAnAnswerToAnOffer:
    def test_said_yes_twice_it_began_once(self, at, world):
        for _again in range(2):
            answer = at(PERSON, "walk_yes", world.offered, do="reads", words="Aye.")
            assert answer.status_code == 302
        with as_owner():
            assert WalkStep.objects.filter(walk=world.offered, step="began").count() == 1
            assert Company.objects.filter(walk=world.offered, part="cover").count() == 1

    def test_no_twice_is_a_no_once_and_a_yes_still_follows(self, at, world):
        for _again in range(2):
            assert at(PERSON, "walk_not_now", world.offered, words="Not now.").status_code == 302
        with as_owner():
            assert WalkStep.objects.filter(walk=world.offered, step="declined").count() == 1
        assert at(PERSON, "walk_yes", world.offered, do="yes").status_code == 302
        assert again(world.offered).state == "walking"

    def test_a_walk_that_is_walked_is_not_declined_any_more_and_the_words_stay(self, at, world):
        page = words_of(at(PERSON, "walk_not_now", world.walk, words="I'd rather not."))
        assert "This has changed meanwhile. Look at it again, and choose anew." in page
        assert "I'd rather not." in page
        assert again(world.walk).state == "walking"

    def test_what_rests_begins_by_coming_back_and_not_by_a_yes(self, at, world):
        page = words_of(at(PERSON, "walk_yes", world.resting, do="reads", words="Aye."))
        assert "You have walked together before. Coming back is one tap." in page
        assert again(world.resting).state == "resting"

    def test_somebody_who_walks_with_nobody_here_does_not_cover(self, at, world):
        page = words_of(
            at(PERSON, "walk_yes", world.offered, do="reads", who=str(world.who[NEIGHBOUR].pk), words="Gary.")
        )
        assert "is not one of the available choices" in page
        assert "Gary." in page
        assert again(world.offered).state == "offered"


class TestAnOffer:
    def test_it_is_offered_to_nobody_by_somebody_whose_work_it_is_not(self, at, world):
        assert at(READER, "walk_offer", world.micky, words="Walk with me.").status_code == 403

    def test_a_worker_who_may_not_open_the_page_finds_none(self, at, world):
        assert at(OTHER, "walk_offer", world.micky, words="Walk with me.").status_code == 404

    def test_too_long_it_keeps_its_words(self, at, world):
        page = words_of(at(WALKER, "walk_offer", world.shona, words="word " * 1100))
        assert "That is more than this box can hold." in page
        assert ("word " * 1100).strip() in page

    def test_sent_with_a_cover_it_waits_for_a_yes_and_opens_nothing(self, at, world):
        sent = at(WALKER, "walk_offer", world.shona, words="Shall we?", who=str(world.who[OTHER].pk))
        assert sent.status_code == 302
        with as_owner():
            made = Walk.objects.filter(people__person=world.shona, state="offered").latest("began_at")
            assert made.company.get(part="cover").person == world.who[OTHER]
        assert at(OTHER, "walk", world.shona).status_code == 404


class TestRestAndComingBack:
    @pytest.mark.parametrize("who", [PERSON, WALKER, COVER])
    def test_it_rests_by_any_of_the_three_and_comes_back_by_any(self, at, world, who):
        assert at(who, "walk_rest", world.walk, words="A while.").status_code == 302
        assert again(world.walk).state == "resting"
        assert at(who, "walk_come_back", world.walk, yes="1").status_code == 302
        assert again(world.walk).state == "walking"

    def test_an_offer_does_not_rest_and_the_words_stay(self, at, world):
        page = words_of(at(PERSON, "walk_rest", world.offered, words="Let me think."))
        assert "This has changed meanwhile." in page
        assert "Let me think." in page

    def test_a_tie_that_is_none_of_theirs_does_not_carry_on(self, at, world):
        with acting_as(world.shona):
            dog = stories.tie(by=world.shona, person=world.shona, name="Smudge the dog", to="animal")
        at(PERSON, "walk_rest", world.walk, ties=[str(dog.pk)], words="A while.")
        with as_owner():
            assert not CarriesOn.objects.filter(tie=dog).exists()

    @pytest.mark.parametrize("years", [1, 10, 40])
    def test_however_long_it_rested_it_is_one_tap(self, at, world, years):
        with clock.moved_to(clock.now() + dt.timedelta(days=365 * years)):
            assert at(PERSON, "walk_come_back", world.resting, yes="1").status_code == 302
        assert again(world.resting).state == "walking"

    def test_moved_twice_is_written_down_once(self, at, world):
        for _again in range(2):
            assert at(WALKER, "walk_moved", world.walk, words="To Leeds.").status_code == 302
        with as_owner():
            assert WalkStep.objects.filter(walk=world.walk, step="moved").count() == 1

    def test_that_they_died_is_written_down_once_and_was_a_mistake_in_one_tap(self, at, world):
        for _again in range(2):
            assert at(WALKER, "walk_died", world.walk, words="A good man.").status_code == 302
        with as_owner():
            assert WalkStep.objects.filter(walk=world.walk, step="died").count() == 1
        assert "They died. What was said stays as it was said." in words_of(at(WALKER, "walk", world.micky))
        at(WALKER, "walk_come_back", world.walk, yes="1")
        assert again(world.walk).state == "walking"

    def test_somebody_who_died_does_not_rest(self, at, world):
        at(WALKER, "walk_died", world.walk, words="A good man.")
        page = words_of(at(WALKER, "walk_rest", world.walk, words="x y z"))
        assert "This has changed meanwhile." in page
        assert "x y z" in page


class TestWhoCovers:
    def test_the_walker_is_not_offered_as_their_own_cover(self, at, world):
        page = words_of(at(PERSON, "walk_cover", world.walk))
        assert str(world.who[WALKER].pk) not in page
        assert str(world.who[OTHER].pk) in page
        refused = words_of(
            at(PERSON, "walk_cover", world.walk, who=str(world.who[WALKER].pk), words="Bev again.")
        )
        assert "is not one of the available choices" in refused
        assert "Bev again." in refused

    def test_nobody_chosen_is_asked_about(self, at, world):
        page = words_of(at(PERSON, "walk_cover", world.walk, words="Anybody.", who="", do="reads"))
        assert "Choose who." in page
        assert "Anybody." in page

    @pytest.mark.parametrize(("do", "opens"), [("reads", 200), ("yes", 404)])
    def test_they_read_the_story_only_where_that_was_said(self, at, world, do, opens):
        at(PERSON, "walk_cover", world.offered, who=str(world.who[OTHER].pk), do=do)
        at(PERSON, "walk_cover", world.walk, who=str(world.who[OTHER].pk), do=do)
        assert at(OTHER, "story", world.micky).status_code == opens

    def test_whoever_has_room_stands_first_then_by_name(self, at, world):
        with acting_as(world.who[OTHER]):
            operations.have_room(by=world.who[OTHER], room_for=1)
        page = words_of(at(PERSON, "walk_cover", world.walk))
        assert page.index("Callum Reay") < page.index("Ann Peel") < page.index("Hodan Farah")


class TestAHandover:
    def test_a_second_one_is_not_begun_while_one_is_talked_through_and_the_words_stay(self, at, world):
        answer = at(
            PERSON, "walk_hand_over", world.walk, who=str(world.who[OTHER].pk), words="Callum knows dogs."
        )
        assert answer.status_code == 200
        assert "You are talking about Hodan already." in words_of(answer)
        assert "Callum knows dogs." in words_of(answer)
        with as_owner():
            assert Handover.objects.filter(walk=world.walk, state="talking").count() == 1

    def test_the_same_one_proposed_twice_is_talked_through_once(self, at, world):
        for who in (WALKER, PERSON):
            sent = at(who, "walk_hand_over", world.walk, who=str(world.who[NEXT].pk), words="A baby.")
            assert sent.status_code == 302
        with as_owner():
            assert Handover.objects.filter(walk=world.walk, to_walker=world.who[NEXT]).count() == 1

    def test_a_day_in_no_calendar_is_told_beside_its_box_and_the_words_stay(self, at, world):
        page = words_of(at(
            WALKER, "handover_met", world.talked, words="Tea.", day_day="31", day_month="2", day_year="2027",
        ))  # fmt: skip
        assert "That day is not in the calendar. Write it like 27 3 2027." in page
        assert "Tea." in page

    def test_the_three_met_on_the_day_they_say(self, at, world):
        at(WALKER, "handover_met", world.talked, words="Tea.", day_day="2", day_month="3", day_year="2026")
        with as_owner():
            assert HandoverMeeting.objects.get(words="Tea.").day == dt.date(2026, 3, 2)

    def test_chosen_by_a_hand_that_wrote_it_down_it_is_still_the_persons_choice(self, at, world):
        at(WALKER, "handover_choose", world.talked, words="He nodded.", who=str(world.who[COVER].pk))
        done = again(world.talked)
        assert (done.state, done.chosen_by, done.new_cover) == ("done", world.micky, world.who[COVER])

    def test_chosen_or_let_go_it_is_settled_and_a_second_word_is_refused_in_words(self, at, world):
        at(PERSON, "handover_let_go", world.talked, words="I'd rather stay with Bev.")
        for name in ("handover_met", "handover_choose", "handover_let_go"):
            refused = at(PERSON, name, world.talked, words="And yet.", who=str(world.who[COVER].pk))
            assert (refused.status_code, "That handover was settled already." in words_of(refused)) == (
                403,
                True,
            )
        page = words_of(at(PERSON, "handover", world.talked))
        assert "It stayed as it was." in page
        assert "I'd rather stay with Bev." in page


class TestStraightWordsAndTalkingItOver:
    def test_nothing_is_agreed_without_words(self, at, world):
        assert "Say it in a word or two." in words_of(at(PERSON, "walk_straight", world.walk, words=" "))

    def test_taken_back_it_is_not_said_any_more_and_twice_is_no_broken_page(self, at, world):
        for _again in range(2):
            assert at(PERSON, "straight_end", world.agreed, yes="1").status_code in (302, 404)
        assert "Say it straight." not in words_of(at(PERSON, "walk", world.micky))

    @pytest.mark.parametrize("who", [NEIGHBOUR, OTHER, LEAD, READER])
    def test_nobody_else_takes_it_back(self, at, world, who):
        assert at(who, "straight_end", world.agreed, yes="1").status_code in (403, 404)

    def test_talking_it_over_is_offered_in_words(self, at, world):
        page = words_of(at(WALKER, "repair_offer", world.duty, words=" "))
        assert "Say it in a word or two." in page
        with as_owner():
            assert Repair.objects.count() == 1

    @pytest.mark.parametrize(("answer", "then"), [("yes", "no"), ("no", "later"), ("later", "yes")])
    def test_what_was_answered_can_be_answered_otherwise(self, at, world, answer, then):
        for do in (answer, then):
            assert at(PERSON, "repair", world.repair, do=do, words=f"I say {do}.").status_code == 302
        kept = again(world.repair)
        assert (kept.answer, kept.answer_words) == (then, f"I say {then}.")

    def test_none_of_the_three_is_told_and_the_words_stay(self, at, world):
        page = words_of(at(PERSON, "repair", world.repair, do="maybe", words="I do not know."))
        assert "Choose one of the three, or leave it." in page
        assert "I do not know." in page


class TestAWorkersDays:
    def day(self, name, day):
        return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}

    def test_no_day_is_asked_about(self, at, world):
        assert "Say from which day." in words_of(at(OTHER, "say_away", to_day_day=""))

    def test_the_last_day_before_the_first_is_told_beside_its_box(self, at, world):
        said = self.day("from_day", DAY) | self.day("to_day", DAY - dt.timedelta(days=1))
        page = words_of(at(OTHER, "say_away", **said))
        assert "The last day is before the first. Look at the two again." in page
        assert all(f'value="{typed}"' in page for typed in said.values())

    def test_a_day_in_no_calendar_is_told_in_each_of_the_two(self, at, world):
        page = words_of(at(OTHER, "say_away", from_day_day="31", from_day_month="2", from_day_year="2027",
                        to_day_day="1", to_day_month="x", to_day_year="2027"))  # fmt: skip
        assert page.count("That day is not in the calendar. Write it like 27 3 2027.") >= 2

    def test_a_worker_says_it_of_nobody_but_themself(self, at, world):
        at(OTHER, "say_away", who=str(world.who[WALKER].pk), **self.day("from_day", clock.today()))
        with as_owner():
            assert Away.objects.filter(worker=world.who[WALKER]).count() == 1
            assert Away.objects.filter(worker=world.who[OTHER]).count() == 1

    @pytest.mark.parametrize(("who", "back"), [(WALKER, "my_days"), (LEAD, "lead"), (STEWARD, "lead")])
    def test_they_are_here_after_all(self, at, world, who, back):
        assert at(who, "here_after_all", world.away, yes="1").url == reverse(back)
        assert again(world.away).taken_back_at

    @pytest.mark.parametrize("who", [PERSON, COVER, OTHER, NEIGHBOUR])
    def test_nobody_else_says_that_they_are(self, at, world, who):
        assert at(who, "here_after_all", world.away, yes="1").status_code in (403, 404)
        assert again(world.away).taken_back_at is None

    def test_days_stand_in_their_order_and_those_that_are_over_do_not(self, at, world):
        other, today = world.who[OTHER], clock.today()
        with acting_as(other):
            for away in (20, 3, -9):
                day = today + dt.timedelta(days=away)
                operations.say_away(by=other, worker=other, from_day=day, to_day=day)
        page = words_of(at(OTHER, "my_days"))
        assert page.count("I am here after all") == 2
        with as_owner():
            soon, later = other.away.filter(from_day__gt=today).order_by("from_day")
        assert page.index(str(soon.pk)) < page.index(str(later.pk))

    def test_full_twice_is_full_once_with_the_first_words(self, at, world):
        at(OTHER, "say_full", words="Too much.")
        at(OTHER, "say_full", words="Still.")
        with as_owner():
            assert SaidFull.objects.get(worker=world.who[OTHER]).words == "Too much."

    def test_whoever_is_full_does_not_answer_for_it_nor_does_a_worker(self, at, world):
        at(LEAD, "say_full", words="Me too.")
        with as_owner():
            own = SaidFull.objects.get(worker=world.who[LEAD])
        refused = at(LEAD, "answer_full", own, words="I will manage.")
        assert (refused.status_code, "Somebody else answers for it" in words_of(refused)) == (403, True)
        assert at(OTHER, "answer_full", world.full, words="No.").status_code in (403, 404)
        assert at(STEWARD, "answer_full", own, words="Rest. Helen takes your door.").status_code == 302

    def test_an_answer_is_said_another_way_and_stands_in_the_box_to_begin_with(self, at, world):
        at(LEAD, "answer_full", world.full, words="Callum takes two.")
        assert "Callum takes two." in words_of(at(LEAD, "answer_full", world.full))
        at(STEWARD, "answer_full", world.full, words="Ann takes one.")
        kept = again(world.full)
        assert (kept.answer, kept.answered_by) == ("Ann takes one.", world.who[STEWARD])

    def test_room_again_ends_it_and_saying_so_twice_changes_nothing(self, at, world):
        for _again in range(2):
            assert at(WALKER, "have_room", yes="1").status_code == 302
        over = again(world.full).over_at
        assert over
        assert "I’m full" in words_of(at(WALKER, "my_days"))

    @pytest.mark.parametrize("name", ["say_full", "have_room"])
    @pytest.mark.parametrize("who", [PERSON, NEIGHBOUR, STEWARD])
    def test_whoever_walks_with_nobody_is_neither_full_nor_has_room(self, at, world, name, who):
        assert at(who, name, words="x").status_code == 403


class TestTheLeadsPage:
    def test_it_names_workers_by_name_and_nobody_who_is_walked_with(self, at, world):
        with as_owner():
            CoverGap(walk=world.walk, walker=world.who[WALKER], cover=world.who[COVER], why="cover_away",
                     found_on=clock.today()).save(force_insert=True)  # fmt: skip
        page = words_of(at(LEAD, "lead"))
        assert "whoever covers is away" in page
        assert "Bev" in page
        assert "Micky" not in page
        assert str(world.walk.pk) not in page

    def test_gaps_that_look_alike_stand_once_so_that_nobody_counts_walks(self, at, world):
        for walk in (world.walk, world.resting):
            with as_owner():
                CoverGap(walk=walk, walker=world.who[WALKER], why="no_cover", found_on=clock.today()).save(
                    force_insert=True
                )
        assert words_of(at(LEAD, "lead")).count("nobody covers from today on") == 1

    def test_it_asks_as_often_with_many_as_with_few(self, client, at, world):
        def asked():
            with CaptureQueriesContext(connection) as asking:
                assert client.get(reverse("lead")).status_code == 200
            return len(asking)

        at(LEAD, "lead")
        few = asked()
        for number in range(5):
            worker = cast.serving(f"Worker {number}")
            with acting_as(worker):
                operations.say_full(by=worker, words="x")
                operations.say_away(by=worker, worker=worker, from_day=clock.today(), to_day=clock.today())
        cast.sign_in(client, world.who[LEAD])
        assert asked() <= few + 1
