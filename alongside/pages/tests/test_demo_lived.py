"""What the six stories tell of walks, plans, duties and promises is so in Tynebank, today."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from alongside.consent.models import Basis, Duty, SaySo
from alongside.consent.policies import live_now
from alongside.doings.models import Belongs, Doing, Promise, QuickThing, Together
from alongside.doings.policies import visible_to
from alongside.kernel.acting import acting_as
from alongside.kernel.postgres import APP_ROLE
from alongside.pages import demo
from alongside.pages.demo.loading import read_stories
from alongside.people.models import Person
from alongside.walks.models import (
    ArcChoice,
    Company,
    CoverGap,
    Handover,
    LifeMap,
    Moment,
    Repair,
    SaidFull,
    TimeWriting,
    Walk,
    WalkStep,
)
from conftest import fingerprint
from tests.database import SLOT, as_owner, clone, server, template, use


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Tynebank in a database of its own, loaded once for every test of this module."""
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), clone(template(fingerprint()), f"test_{SLOT}_one_lived"):
        demo.load()
        yield
    with django_db_blocker.unblock():
        use(server().on_database(before))


@pytest.fixture(autouse=True)
def tynebank(loaded: None, django_db_blocker: Any) -> Iterator[None]:
    """Tynebank as its database's owner sees it, and whatever a test does undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        with as_owner():
            yield
        transaction.set_rollback(True)


@contextmanager
def through_both_locks(whoever):
    """As somebody, with the database giving them only the rows that are for them."""
    with connection.cursor() as cursor, acting_as(whoever):
        cursor.execute(f"SET ROLE {APP_ROLE}")
        yield
        cursor.execute("SET ROLE NONE")


def somebody(name):
    return Person.objects.get(name=name)


def walk_of(name):
    return Walk.objects.get(people__person__name=name)


def told(*keys):
    return [entry for story in read_stories()["stories"] for key in keys for entry in story.get(key, ())]


def keeps(walk):
    now = Company.objects.filter(walk=walk, to_at__isnull=True)
    return dict(now.values_list("part", "person__name"))


def test_every_moment_of_the_six_stories_is_there_in_its_words():
    words = set(Moment.objects.values_list("words", flat=True))
    assert {entry["words"] for entry in told("timeline")} <= words


def test_what_came_of_it_is_in_everybodys_own_words_on_their_own_page():
    moment = Moment.objects.get(words="I'm on book nine.")
    assert (moment.by.name, moment.person.name, moment.kind) == ("Ellis Stott", "Ellis Stott", "said")


def test_an_introduction_by_somebody_who_is_not_here_says_in_words_who_it_was():
    moment = Moment.objects.get(words="Beans. Wilf's back's gone.")
    assert moment.by_words == "Sheila at the Kettle"
    assert moment.written_down_by.name == "Callum Reay"


def test_time_together_is_kept_as_told_and_how_long_writing_took_is_the_workers_alone():
    moment = Moment.objects.get(words__startswith="He showed me the wall")
    assert moment.minutes_together == 120
    assert TimeWriting.objects.get(moment=moment).seconds == 36
    bev, george = somebody("Bev Ormerod"), somebody("George Elliott")
    with through_both_locks(george):
        assert not TimeWriting.objects.exists()
    with through_both_locks(bev):
        assert TimeWriting.objects.filter(moment=moment).exists()


def test_no_moment_lies_in_the_future_and_each_was_kept_after_it_happened():
    for moment in Moment.objects.all():
        assert moment.at <= moment.kept_at <= timezone.now()


def test_five_walks_have_a_walker_and_a_different_cover_and_two_of_them_rest():
    states = {walk.people.earliest("from_at").person.called: walk.state for walk in Walk.objects.all()}
    assert states == {
        "Micky": "resting", "Trace": "walking", "Kayleigh": "walking", "Mr Elliott": "resting", "Yusra": "walking",
    }  # fmt: skip
    for walk in Walk.objects.all():
        assert len(set(keeps(walk).values())) == 2


def test_mickys_walk_rests_and_big_col_and_stuart_carry_on():
    rested = WalkStep.objects.get(walk=walk_of("Micky Garrod"), step="rested")
    assert rested.words == "I've got your number, Bev. I'll shout if it goes wrong."
    assert set(rested.carries_on.values_list("tie__name", flat=True)) == {"Big Col", "Stuart"}


def test_mr_elliott_said_when_it_rests_and_the_band_carries_on():
    rested = WalkStep.objects.get(walk=walk_of("George Elliott"), step="rested")
    assert "Christmas concert" in rested.words
    assert "Nige" in rested.carries_on.values_list("tie__name", flat=True)


def test_micky_says_monthly_and_the_walk_asks_nothing_of_anybody_for_it():
    walk = walk_of("Micky Garrod")
    assert (walk.usual_words, walk.usual_days) == ("Fortnightly is too often now. Monthly.", 30)


def test_yusra_and_her_mother_are_walked_with_together_each_with_a_page_of_her_own():
    names = Walk.objects.get(people__person__name="Yusra Abdi").people.values_list("person__name", flat=True)
    assert set(names) == {"Yusra Abdi", "Ifrah Abdi"}


def test_trace_chose_jodie_after_three_meetings_of_three_and_priya_covers():
    handover = Handover.objects.get()
    assert (handover.state, handover.chosen_by.called) == ("done", "Trace")
    assert (handover.from_walker.name, handover.to_walker.name) == ("Callum Reay", "Jodie Laws")
    assert handover.meetings.count() == 3
    assert handover.moment.by.called == "Trace"
    assert keeps(walk_of("Tracey Hallam")) == {"walker": "Jodie Laws", "cover": "Priya Nair"}


def test_nobody_holds_two_say_sos_of_the_same_whole_story():
    twice = (
        Basis.objects.filter(live_now(), whole=True, kind="say_so")
        .values("actor", "person").annotate(times=Count("pk")).filter(times__gt=1)
    )  # fmt: skip
    assert not twice.exists()


def test_what_the_stories_allow_is_all_that_is_allowed_but_for_the_cover_that_trace_chose():
    given = len(told("permissions")) + 6  # cover of van (two), robin, damp and yusra; and Trace's new one
    assert SaySo.objects.count() == given
    new = SaySo.objects.get(person__name="Tracey Hallam", given_to__name="Priya Nair")
    assert new.written_down_by_id in (None, new.person_id)
    ended = SaySo.objects.get(person__name="Tracey Hallam", given_to__name="Callum Reay")
    assert ended.state == "ended"


def test_every_lane_of_the_stories_is_on_the_plan_of_the_one_it_is_about():
    texts = {entry["text"] for entry in told("lanes")}
    village = [story["action_plan"]["lanes"] for story in read_stories()["stories"] if "action_plan" in story]
    texts |= {entry["text"] for lanes in village for entry in lanes}
    assert texts <= set(Doing.objects.values_list("words", flat=True))
    assert Doing.objects.get(words__startswith="Explain the right-to-work").person.name == "Filmon Tesfay"


def test_what_is_done_is_done_and_what_has_no_end_goes_on():
    done = {entry["text"] for entry in told("lanes") if entry.get("done_day") is not None}
    over = set(Doing.objects.filter(state="done").values_list("words", flat=True))
    assert done <= over
    assert "Feed the Tuesday lunch" not in over


def test_whoever_does_something_for_somebody_was_decided_on_by_that_one():
    for doing in Doing.objects.filter(lane="for", together__isnull=True):
        assert doing.decided_by == doing.person


def test_the_village_decided_by_a_vote_to_ask_for_the_bus():
    bus = Doing.objects.get(words="Ask the bus company for the 19.40")
    assert (bus.decision_words, bus.owner.name) == ("steering group vote", "Cllr Alan Pugh")
    assert bus.together == Together.objects.get(kind="street")


def test_nobody_owns_or_helps_with_a_doing_they_cannot_see():
    for doing in Doing.objects.all():
        for whoever in filter(None, (doing.owner, doing.helper)):
            with through_both_locks(whoever):
                assert Doing.objects.filter(visible_to(whoever), pk=doing.pk).exists(), doing.words


def test_the_detox_bed_was_traces_own_yes_three_days_before():
    bed = Doing.objects.get(words="Detox bed, ten days")
    assert bed.consent.given_by.called == "Trace"
    assert (bed.consent.begins_at.date() - bed.consent.given_at.date()).days == 3
    assert bed.consent.words == "My yes. I could have walked."
    assert "she could leave" in bed.consent.informed_how
    assert (bed.state, bed.consent.withdrawn_at) == ("ended", None)


def test_every_duty_says_all_that_must_be_told_and_has_ended_in_words():
    assert Duty.objects.count() == 7
    for duty in Duty.objects.all():
        assert all([duty.statute, duty.why, duty.who, duty.told_at, duty.how_to_question, duty.would_stop])
        assert duty.ended_words
        assert duty.doings.get().state == "ended"


def test_everybody_in_the_village_was_told_of_the_sewer_two_weeks_before():
    roads = Duty.objects.filter(statute="Statutory undertaker's street works powers")
    assert {duty.person.called for duty in roads} == {
        "Maxine",
        "Dev",
        "Norah",
        "Ben",
    }
    for duty in roads:
        assert (duty.begins_at.date() - duty.told_at.date()).days == 14


def test_the_child_protection_plan_ended_in_kayleighs_own_words():
    duty = Duty.objects.get(statute__startswith="Working Together")
    assert "They stuck to what they said would make them stop." in duty.ended_words


def test_after_the_s136_callum_offered_to_talk_it_over_and_trace_said_where():
    repair = Repair.objects.get()
    assert (repair.person.called, repair.answer) == ("Trace", "yes")
    assert "bench" in repair.answer_words


def test_robins_family_holds_its_own_plan_and_each_of_them_said_yes_to_it():
    family = Together.objects.get(kind="family")
    names = Belongs.objects.filter(together=family, from_at__isnull=False).values_list(
        "person__name", flat=True
    )
    assert set(names) == {"Kayleigh Stott", "Filmon Tesfay", "Jean Robson", "Selam Haile"}
    assert family.doings.filter(from_where="family conference").count() == 4


def test_every_quick_thing_was_done_beside_the_plan():
    assert QuickThing.objects.count() == len(told("quick_things"))
    assert not QuickThing.objects.filter(done_at__isnull=True).exists()


def test_promises_were_kept_late_and_let_go_in_words():
    settled = Promise.objects.exclude(state="open")
    assert set(settled.values_list("state", flat=True)) == {"kept", "late", "let_go"}
    damp = Promise.objects.get(words__startswith="The damp in the bedroom")
    assert (damp.state, damp.told_words) == ("kept", "Done. Eight days late.")
    assert [step.state for step in damp.steps.order_by("at")] == ["late", "kept"]


def test_somebody_is_coming_to_everyone_who_is_walked_with():
    soon = timezone.localdate() + dt.timedelta(days=7)
    for name in (
        "Micky Garrod",
        "Tracey Hallam",
        "Kayleigh Stott",
        "George Elliott",
        "Yusra Abdi",
        "Ifrah Abdi",
    ):
        coming = Promise.objects.filter(person__name=name, coming=True, state="open")
        assert coming.filter(day__range=(timezone.localdate(), soon)).exists(), name


def test_callum_said_that_he_is_full_and_it_waits_for_an_answer():
    full = SaidFull.objects.get(over_at__isnull=True)
    assert (full.worker.name, full.answer) == ("Callum Reay", "")


def test_this_morning_three_walks_have_nobody_to_cover_and_a_human_heard_of_each():
    gaps = CoverGap.objects.filter(mended_at__isnull=True)
    assert {gap.cover.name for gap in gaps} == {"Priya Nair"}
    assert [gap.alarmed is not None for gap in gaps] == [True] * 3


def test_two_show_their_arc_and_the_others_keep_theirs():
    assert set(ArcChoice.objects.exclude(shown_at=None).values_list("person__called", flat=True)) == {
        "Micky",
        "Trace",
    }
    assert ArcChoice.objects.filter(shown_at=None).count() == 4


def test_traces_map_of_her_life_is_hers_alone():
    assert LifeMap.objects.get().person.called == "Trace"
    with through_both_locks(somebody("Jodie Laws")):
        assert not LifeMap.objects.exists()
