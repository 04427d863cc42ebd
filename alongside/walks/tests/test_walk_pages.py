"""The pages of a walk: offered, answered, rested, come back to, handed over, by a person and by a worker."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from alongside.audit.models import Look
from alongside.consent.policies import basis_for
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.messages.models import Message
from alongside.people.models import Role, Room
from alongside.story import operations as stories
from alongside.walks import operations as walks
from alongside.walks.models import CarriesOn, Challenge, Company, Handover, Repair, SaidFull, Walk
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def bev():
    return cast.serving("Bev Ormerod")


@pytest.fixture
def priya():
    return cast.serving("Priya Nair")


@pytest.fixture
def micky():
    return cast.person("Micky Garrod", called="Micky")


@pytest.fixture
def walk(bev, priya, micky):
    with acting_as(bev):
        return walks.offer_walk(by=bev, people=[micky], cover=priya, words="I'd like to walk with you.")


@pytest.fixture
def walking(bev, micky, walk):
    with acting_as(bev):
        return walks.begin_walk(by=bev, walk=walk, said_by=micky, words="Aye, go on then.")


def as_(whoever):
    client = Client()
    cast.sign_in(client, whoever)
    return client


def shown(whoever, name, *keys):
    answer = as_(whoever).get(reverse(name, args=keys))
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def send(whoever, name, *keys, **data):
    return as_(whoever).post(reverse(name, args=keys), data)


def state_of(walk):
    with as_owner():
        return Walk.objects.get(pk=walk.pk).state


def kept(walk):
    with as_owner():
        return {row.part: row.person_id for row in Company.objects.filter(walk=walk, to_at__isnull=True)}


def reads(whoever, person):
    with acting_as(whoever):
        return basis_for(whoever, person) is not None


class TestAnOffer:
    def test_stands_on_the_persons_page_with_a_yes_and_a_not_now(self, micky, walk):
        page = shown(micky, "walk", micky.pk)
        assert "I&#x27;d like to walk with you." in page
        assert "Yes, and they may read my story" in page
        assert "Not now" in page

    @pytest.mark.parametrize(("answer", "data", "opens"), [
        ("walk_yes", {"do": "reads"}, True), ("walk_yes", {"do": "yes"}, False), ("walk_not_now", {}, False),
    ])  # fmt: skip
    def test_ends_on_the_same_page_whatever_the_answer(self, bev, priya, micky, walk, answer, data, opens):
        answered = send(micky, answer, walk.pk, **data, **({"who": priya.pk} if answer == "walk_yes" else {}))
        assert answered.url == reverse("walk", args=[micky.pk])
        assert reads(bev, micky) is opens

    def test_can_be_taken_up_after_a_not_now(self, micky, priya, walk):
        send(micky, "walk_not_now", walk.pk)
        assert state_of(walk) == "declined"
        send(micky, "walk_yes", walk.pk, do="reads", who=priya.pk)
        assert state_of(walk) == "walking"

    def test_is_seen_by_whoever_made_it_on_a_page_of_its_own_and_the_look_is_written(self, bev, micky, walk):
        assert "Micky" in shown(bev, "one_walk", walk.pk)
        assert as_(bev).get(reverse("walk", args=[micky.pk])).status_code == 404
        with as_owner():
            assert Look.objects.get(person_id=micky.pk).page == "walk"

    def test_is_made_from_a_page_that_is_open_with_somebody_who_has_room_named_first(self, bev, priya, micky):
        cast.serving("Anna Able")
        with as_owner():
            Room.objects.create(person=priya, room_for=2)
        cast.say_so(micky, bev)
        page = shown(bev, "walk_offer", micky.pk)
        assert page.index("Priya Nair") < page.index("Anna Able")
        assert "has room" in page
        made = send(bev, "walk_offer", micky.pk, words="Shall we?", who=priya.pk)
        assert made.url == reverse("walk", args=[micky.pk])
        with as_owner():
            assert Walk.objects.get().company.get(part="cover").person == priya

    def test_nobody_offers_one_to_themself(self, bev):
        assert (
            "Nobody walks with themself"
            in as_(bev).get(reverse("walk_offer", args=[bev.pk])).content.decode()
        )

    def test_without_a_cover_named_asks_who_before_it_begins(self, bev, micky, priya):
        with acting_as(bev):
            alone = walks.offer_walk(by=bev, people=[micky])
        refused = send(micky, "walk_yes", alone.pk, do="reads")
        assert "Choose who." in refused.content.decode()
        send(micky, "walk_yes", alone.pk, do="reads", who=priya.pk)
        assert kept(alone) == {"walker": bev.pk, "cover": priya.pk}


class TestWalking:
    def test_names_both_what_they_are_and_what_they_offer_of_themselves(self, bev, priya, micky, walking):
        with as_owner():
            Room.objects.create(
                person=priya, room_for=0, lived_experience="Was homeless once.", languages=["Urdu"]
            )
        page = shown(micky, "walk", micky.pk)
        for said in ("Walks with you", "Bev", "Priya", "relational worker", "Was homeless once.", "Urdu"):
            assert said in page

    def test_the_worker_reads_it_and_is_seen_to(self, bev, micky, walking):
        assert "Walks with them" in shown(bev, "walk", micky.pk)
        with as_owner():
            assert Look.objects.get(person_id=micky.pk).by_id == bev.pk

    def test_a_neighbour_and_another_worker_find_nothing(self, micky, walking):
        for stranger in (cast.person("Gary Lisle"), cast.serving("Hodan Farah")):
            for name, key in (("walk", micky.pk), ("one_walk", walking.pk), ("walk_rest", walking.pk)):
                assert as_(stranger).get(reverse(name, args=[key])).status_code == 404

    def test_rests_with_those_who_carry_on_and_comes_back_in_one_tap(self, micky, walking):
        with acting_as(micky):
            tie = stories.tie(by=micky, person=micky, name="Smudge the dog", to="animal")
        assert "Smudge the dog" in shown(micky, "walk_rest", walking.pk)
        send(micky, "walk_rest", walking.pk, ties=[str(tie.pk)], words="I'm all right.")
        assert state_of(walking) == "resting"
        with as_owner():
            assert CarriesOn.objects.get().tie_id == tie.pk
        assert "Smudge the dog" in shown(micky, "walk", micky.pk)
        back = send(micky, "walk_come_back", walking.pk)
        assert back.url == reverse("walk", args=[micky.pk])
        assert state_of(walking) == "walking"

    def test_a_tap_made_twice_changes_nothing_more(self, bev, priya, micky, walking):
        for name in ("walk_rest", "walk_rest", "walk_come_back", "walk_come_back"):
            assert send(micky, name, walking.pk).status_code == 302
        assert kept(walking) == {"walker": bev.pk, "cover": priya.pk}

    def test_comes_back_after_years_by_the_worker_who_is_still_there(self, bev, micky, walking):
        send(micky, "walk_rest", walking.pk)
        with clock.moved_to(clock.now() + dt.timedelta(days=3 * 365)):
            send(bev, "walk_come_back", walking.pk)
        assert state_of(walking) == "walking"

    def test_somebody_else_covers_and_the_one_before_reads_no_more(self, bev, priya, micky, walking):
        hodan = cast.serving("Hodan Farah")
        assert "Hodan Farah" in shown(micky, "walk_cover", walking.pk)
        send(micky, "walk_cover", walking.pk, who=hodan.pk, do="reads")
        assert kept(walking) == {"walker": bev.pk, "cover": hodan.pk}
        assert (reads(hodan, micky), reads(priya, micky)) == (True, False)

    @pytest.mark.parametrize(("name", "becomes"), [("walk_moved", "moved"), ("walk_died", "died")])
    def test_they_moved_away_or_died_and_it_was_a_mistake(self, bev, walking, name, becomes):
        send(bev, name, walking.pk, words="We will miss you.")
        assert state_of(walking) == becomes
        send(bev, "walk_come_back", walking.pk)
        assert state_of(walking) == "walking"

    def test_only_those_who_keep_it_write_down_that_somebody_died(self, micky, walking):
        assert send(micky, "walk_died", walking.pk).status_code == 403

    def test_how_often_is_said_in_words(self, micky, walking):
        send(micky, "walk_usual", walking.pk, words="Tuesdays at the Kettle.", days="7")
        assert "Tuesdays at the Kettle." in shown(micky, "walk", micky.pk)
        assert (
            "number, like 7"
            in send(micky, "walk_usual", walking.pk, words="x", days="often").content.decode()
        )

    def test_what_may_be_said_straight_is_agreed_and_taken_back(self, bev, micky, walking):
        send(bev, "walk_straight", walking.pk, words="Tell me when I hide.")
        assert "Tell me when I hide." in shown(micky, "walk", micky.pk)
        with as_owner():
            said = Challenge.objects.get()
        send(micky, "straight_end", said.pk)
        assert "Tell me when I hide." not in shown(micky, "walk", micky.pk)

    def test_one_more_walks_along_and_goes_on_without(self, bev, priya, micky, walking):
        shona = cast.person("Shona Garrod", called="Shona")
        cast.say_so(shona, bev)
        send(bev, "walk_join", walking.pk, who=shona.pk)
        assert "Micky" not in shown(shona, "walk", shona.pk).replace("Micky Garrod", "")
        send(shona, "walk_leave", walking.pk)
        assert not reads(bev, shona)
        assert reads(bev, micky)
        last = send(micky, "walk_leave", walking.pk)
        assert "the only one on this walk" in last.content.decode()

    def test_the_statements_of_the_page_do_not_grow_with_the_walks(
        self, bev, priya, micky, walking, django_assert_max_num_queries
    ):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client = as_(micky)
        address = reverse("walk", args=[micky.pk])
        with CaptureQueriesContext(connection) as one:
            client.get(address)
        with acting_as(bev):
            for _again in range(3):
                walks.offer_walk(by=bev, people=[micky], cover=priya)
        with CaptureQueriesContext(connection) as four:
            client.get(address)
        assert len(four) <= len(one)


class TestComingBackToNobody:
    def left(self, *people):
        with as_owner():
            for gone in people:
                gone.roles.update(to_day=clock.today() - dt.timedelta(days=1))

    def test_is_never_refused_and_the_one_who_is_there_and_the_door_hear_of_it(
        self, bev, priya, micky, walking
    ):
        send(micky, "walk_rest", walking.pk)
        self.left(bev, priya)
        hodan = cast.serving("Hodan Farah")
        back = send(micky, "walk_come_back", walking.pk)
        assert back.status_code == 302
        assert state_of(walking) == "offered"
        assert kept(walking) == {"walker": hodan.pk}
        assert "Hodan" in shown(micky, "walk", micky.pk)
        assert (reads(bev, micky), reads(priya, micky)) == (False, False)
        with as_owner():
            said = Message.objects.get(to_person=hodan)
            assert "Micky" not in said.words
            assert "only Hodan" in said.words

    def test_with_nobody_at_all_says_so_and_another_tap_finds_whoever_came_since(
        self, bev, priya, micky, walking
    ):
        send(micky, "walk_rest", walking.pk)
        self.left(bev, priya)
        send(micky, "walk_come_back", walking.pk)
        assert state_of(walking) == "offered"
        assert kept(walking) == {}
        assert "front door" in shown(micky, "walk", micky.pk)
        cast.serving("Hodan Farah")
        cast.serving("Callum Reay", Role.PEER)
        send(micky, "walk_come_back", walking.pk)
        assert state_of(walking) == "walking"
        assert len(kept(walking)) == 2

    def test_the_walker_who_is_there_names_a_second_and_they_walk(self, bev, priya, micky, walking):
        send(micky, "walk_rest", walking.pk)
        self.left(bev, priya)
        hodan = cast.serving("Hodan Farah")
        send(micky, "walk_come_back", walking.pk)
        callum = cast.serving("Callum Reay", Role.PEER)
        assert "Say who covers" in shown(hodan, "one_walk", walking.pk)
        send(hodan, "walk_yes", walking.pk, who=callum.pk, do="yes")
        assert (state_of(walking), kept(walking)) == ("walking", {"walker": hodan.pk, "cover": callum.pk})

    def test_the_walker_before_the_last_does_not_come_before_the_cover(self, bev, priya, micky, walking):
        hodan = cast.serving("Hodan Farah")
        with acting_as(bev):
            handover = walks.propose_handover(by=bev, walk=walking, to=hodan)
            walks.meet_as_three(by=bev, handover=handover)
            walks.choose_handover(by=bev, handover=handover, chosen_by=micky, words="She'll do.")
        send(micky, "walk_rest", walking.pk)
        send(micky, "walk_come_back", walking.pk)
        assert kept(walking) == {"walker": hodan.pk, "cover": priya.pk}

    def test_under_another_name_it_is_the_same_walk(self, bev, micky, walking):
        """Two records found to be one person: the walk of either stands on their page, and comes back in one tap."""
        send(micky, "walk_rest", walking.pk)
        michael = cast.person("Michael Garrod")
        with as_owner():
            type(micky).objects.filter(pk=micky.pk).update(same_as=michael, account=None)
        assert "Resting" in shown(michael, "walk", michael.pk)
        send(michael, "walk_come_back", walking.pk)
        assert state_of(walking) == "walking"


class TestAHandover:
    def test_is_met_as_three_chosen_in_their_words_and_both_are_told_apart(self, bev, priya, micky, walking):
        hodan = cast.serving("Hodan Farah")
        send(bev, "walk_hand_over", walking.pk, who=hodan.pk, words="A baby on the way.")
        with as_owner():
            handover = Handover.objects.get()
        assert "Hodan might walk along" in shown(micky, "handover", handover.pk)
        assert "I choose" not in shown(micky, "handover", handover.pk)
        assert (
            "Meet as three first"
            in send(micky, "handover_choose", handover.pk, words="Aye.", who=bev.pk).content.decode()
        )
        send(bev, "handover_met", handover.pk, words="Tea at the Kettle.")
        assert "I choose" in shown(micky, "handover", handover.pk)
        send(micky, "handover_choose", handover.pk, words="She'll do.", who=bev.pk)
        assert kept(walking) == {"walker": hodan.pk, "cover": bev.pk}
        assert not reads(priya, micky)
        assert "She&#x27;ll do." in shown(hodan, "handover", handover.pk)

    def test_is_left_as_it_is_with_a_word(self, bev, priya, micky, walking):
        hodan = cast.serving("Hodan Farah")
        send(micky, "walk_hand_over", walking.pk, who=hodan.pk)
        with as_owner():
            handover = Handover.objects.get()
        send(micky, "handover_let_go", handover.pk, words="I'd rather stay with Bev.")
        assert kept(walking) == {"walker": bev.pk, "cover": priya.pk}
        assert (
            as_(cast.serving("Callum Reay")).get(reverse("handover", args=[handover.pk])).status_code == 404
        )


class TestRepair:
    def test_is_offered_after_a_duty_and_answered_by_the_person(self, bev, micky, walking):
        from alongside.doings.tests.world import a_duty

        ros = cast.serving("Ros Adair", "social_worker")
        duty = a_duty(ros, micky, told_at=clock.now(), not_told_why="", tell_by=None)
        assert "Offer to talk over" in shown(bev, "walk", micky.pk)
        assert "Talking it over" not in shown(micky, "walk", micky.pk)  # no heading over nothing
        send(bev, "repair_offer", duty.pk, words="That was rough. Shall we talk?")
        send(bev, "repair_offer", duty.pk, words="That was rough. Shall we talk?")
        with as_owner():
            repair = Repair.objects.get()
        assert "That was rough." in shown(micky, "repair", repair.pk)
        for answer in ("later", "yes", "no"):
            done = send(micky, "repair", repair.pk, do=answer)
            assert done.url == reverse("walk", args=[micky.pk])
            with as_owner():
                assert Repair.objects.get().answer == answer
        assert "Choose one of the three" in send(micky, "repair", repair.pk, do="maybe").content.decode()


class TestAWorkersOwnDays:
    def test_full_is_one_tap_answered_by_a_lead_and_over_in_one_tap(self, bev):
        ruth = cast.serving("Ruth Collier", Role.TEAM_LEAD)
        assert "I’m full" in shown(bev, "my_days")
        send(bev, "say_full")
        assert "Bev" in shown(ruth, "lead")
        with as_owner():
            full = SaidFull.objects.get()
        assert "Say it in a word" in send(ruth, "answer_full", full.pk, words="").content.decode()
        send(ruth, "answer_full", full.pk, words="Callum takes two from Monday.")
        assert "Callum takes two from Monday." in shown(bev, "my_days")
        send(bev, "have_room")
        with as_owner():
            assert SaidFull.objects.get().over_at is not None
            assert Room.objects.get(person=bev).room_for == 1

    def test_days_away_are_said_and_taken_back(self, bev):
        day = clock.today() + dt.timedelta(days=2)
        said = {"from_day_day": day.day, "from_day_month": day.month, "from_day_year": day.year}
        assert send(bev, "say_away", **said).status_code == 302, send(
            bev, "say_away", **said
        ).content.decode()
        page = shown(bev, "my_days")
        assert "I am here after all" in page
        with as_owner():
            away = bev.away.get()
        assert (away.from_day, away.to_day) == (day, day)
        send(bev, "here_after_all", away.pk)
        assert "I am here after all" not in shown(bev, "my_days")

    def test_a_lead_says_it_for_somebody_who_is_ill_and_nobody_else_does(self, bev):
        ruth = cast.serving("Ruth Collier", Role.TEAM_LEAD)
        day = clock.today()
        said = {
            "from_day_day": day.day,
            "from_day_month": day.month,
            "from_day_year": day.year,
            "who": str(bev.pk),
        }
        send(ruth, "say_away", **said)
        with as_owner():
            assert bev.away.count() == 1
        assert "Bev" in shown(ruth, "lead")

    def test_the_leads_page_is_for_leads_and_says_whose_walk_it_is_to_nobody(self, bev, micky, walking):
        assert as_(bev).get(reverse("lead")).status_code == 403
        assert as_(micky).get(reverse("my_days")).status_code == 403
        assert "Micky" not in shown(cast.serving("Ruth Collier", Role.TEAM_LEAD), "lead")
