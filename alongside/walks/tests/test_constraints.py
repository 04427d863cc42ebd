"""What the database holds of a walk, tried directly in SQL as its owner: each fails by its name (I6, I7, F12)."""

import datetime as dt
import itertools
import uuid

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction

from alongside.kernel import clock
from alongside.kernel.acting import acting_as, working_on
from alongside.walks import operations
from alongside.walks.models import Company, CoverGap, Handover, Moment, Walk, WalkPerson, WalkStep
from alongside.walks.models.walk import GOES_ON
from alongside.walks.tests.world import COVER, DAY, NEXT, NOW, OTHER, WALKER, around_micky
from tests.database import as_owner
from tests.standing import standing

EARLIER = NOW - dt.timedelta(days=900)


built, world = standing(around_micky)


@pytest.fixture
def moment(world):
    bev = world.who[WALKER]
    with acting_as(bev):
        return operations.record_moment(by=bev, person=world.micky, words="We had a brew.", at=NOW)


def in_sql(statement, *values):
    """One statement as the owner, past every policy and every row lock; what is deferred is asked at its end."""
    with as_owner() as cursor, transaction.atomic():
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def change(table, key, **columns):
    sets = ", ".join(f'"{name}" = %s' for name in columns)
    in_sql(f'UPDATE "{table}" SET {sets} WHERE id = %s', *columns.values(), key)


def again(table, key, **columns):
    """The same row once more, under another key, with these columns changed."""
    with as_owner() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
        names = [row[0] for row in cursor.fetchall()]
    columns = {"id": uuid.uuid4()} | columns
    chosen = ", ".join("%s" if name in columns else f'"{name}"' for name in names)
    into = ", ".join(f'"{name}"' for name in names)
    in_sql(
        f'INSERT INTO "{table}" ({into}) SELECT {chosen} FROM "{table}" WHERE id = %s',
        *[columns[name] for name in names if name in columns], key,
    )  # fmt: skip


def refused(constraint, do, *args, **columns):
    with pytest.raises(IntegrityError) as no:
        do(*args, **columns)
    assert no.value.__cause__.diag.constraint_name == constraint


def row(model, **which):
    with as_owner():
        return model.objects.filter(**which).latest("pk")


def in_state(world, state):
    """Micky's walk, put into this state beside every step, as only the owner of the database could."""
    with as_owner() as cursor, transaction.atomic():
        cursor.execute("ALTER TABLE walks_walk DISABLE TRIGGER walk_goes_on")
        cursor.execute("UPDATE walks_walk SET state = %s WHERE id = %s", [state, world.walk.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE walks_walk ENABLE TRIGGER walk_goes_on")


EVERY_STEP = [(one, two) for one, two in itertools.product(Walk.State.values, repeat=2) if one != two]


@pytest.mark.parametrize(
    ("before", "after"), [pair for pair in EVERY_STEP if pair[1] not in GOES_ON[pair[0]]]
)
def test_a_step_that_does_not_follow_is_refused(world, before, after):
    in_state(world, before)
    refused("walk_goes_on", change, "walks_walk", world.walk.pk, state=after)


@pytest.mark.parametrize(("before", "after"), [pair for pair in EVERY_STEP if pair[1] in GOES_ON[pair[0]]])
def test_a_step_that_follows_is_taken(world, before, after):
    in_state(world, before)
    change("walks_walk", world.walk.pk, state=after)
    assert row(Walk, pk=world.walk.pk).state == after


@pytest.mark.parametrize("state", ["closed", "ended", "", "WALKING"])
def test_there_is_no_closed_walk(world, state):
    with pytest.raises(IntegrityError):
        change("walks_walk", world.walk.pk, state=state)


@pytest.mark.parametrize("part", ["walker", "cover"])
def test_a_walk_that_is_walked_has_both(world, part):
    kept = row(Company, walk=world.walk, part=part, to_at__isnull=True)
    refused("walk_has_its_company", change, "walks_company", kept.pk, to_at=clock.now())


def covered_instead(world, person_id, from_at):
    """Somebody else covers, from then on, past every operation; asked about at the end, as an operation is."""
    cover = row(Company, walk=world.walk, part="cover", to_at__isnull=True)
    given = {"id": uuid.uuid4(), "walk": world.walk.pk, "who": person_id, "from": from_at, "old": cover.pk}
    with as_owner() as cursor, transaction.atomic():
        cursor.execute(
            "UPDATE walks_company SET to_at = least(%(from)s, clock_timestamp()) WHERE id = %(old)s", given
        )
        cursor.execute(
            "INSERT INTO walks_company (id, walk_id, person_id, part, from_at)"
            " VALUES (%(id)s, %(walk)s, %(who)s, 'cover', %(from)s)", given,
        )  # fmt: skip
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_cover_who_begins_only_next_week_does_not_cover_today(world):
    next_week = clock.now() + dt.timedelta(days=7)
    refused("walk_has_its_company", covered_instead, world, world.who[OTHER].pk, next_week)


def test_a_walk_that_is_walked_is_somebodys(world):
    its = row(WalkPerson, walk=world.walk)
    refused("walk_is_somebodys", change, "walks_walkperson", its.pk, to_at=clock.now())


def test_a_walk_that_rests_may_have_nobody_and_is_walked_again_only_with_two(world):
    for kept in ("walker", "cover"):
        one = row(Company, walk=world.resting, part=kept, to_at__isnull=True)
        change("walks_company", one.pk, to_at=clock.now())
    refused("walk_has_its_company", change, "walks_walk", world.resting.pk, state="walking")


@pytest.mark.parametrize("part", ["walker", "cover"])
def test_there_is_one_of_each_at_a_time(world, part):
    kept = row(Company, walk=world.walk, part=part, to_at__isnull=True)
    other = world.who[OTHER].pk
    refused("walk_has_one_walker_and_one_cover", again, "walks_company", kept.pk, person_id=other)


def test_nobody_covers_for_themself(world):
    bev = world.who[WALKER].pk
    refused("cover_is_another_than_the_walker", covered_instead, world, bev, clock.now())


@pytest.mark.parametrize("columns", [
    {"person_id": "somebody else"}, {"part": "cover"}, {"from_at": EARLIER}, {"walk_id": "another walk"},
], ids=lambda columns: next(iter(columns)))  # fmt: skip
def test_who_kept_a_walk_when_is_never_rewritten(world, columns):
    known = {"somebody else": world.who[OTHER].pk, "another walk": world.resting.pk}
    kept = row(Company, walk=world.walk, part="walker", to_at__isnull=True)
    with pytest.raises((InternalError, ProgrammingError), match="stays as it was"):
        change("walks_company", kept.pk, **{name: known.get(to, to) for name, to in columns.items()})


@pytest.mark.parametrize("to_at", [None, NOW + dt.timedelta(days=1)])
def test_a_time_that_ended_does_not_begin_again(world, to_at):
    over = row(Company, walk=world.walk, to_at__isnull=False)
    with pytest.raises((InternalError, ProgrammingError), match="can only be ended"):
        change("walks_company", over.pk, to_at=to_at)


def test_whose_walk_it_was_is_never_rewritten(world):
    its = row(WalkPerson, walk=world.walk)
    with pytest.raises((InternalError, ProgrammingError), match="stays as it was"):
        change("walks_walkperson", its.pk, person_id=world.shona.pk)


def test_nobody_is_on_one_walk_twice(world):
    its = row(WalkPerson, walk=world.walk)
    refused("walk_has_a_person_once", again, "walks_walkperson", its.pk)


@pytest.mark.parametrize(("table", "model", "name"), [
    ("walks_company", Company, "company_ends_after_it_began"),
    ("walks_walkperson", WalkPerson, "walk_person_leaves_after_they_came"),
])  # fmt: skip
def test_nothing_ends_before_it_began(world, table, model, name):
    its = row(model, walk=world.resting, to_at__isnull=True)
    # The range that a time is kept as refuses it as well: whichever is asked first.
    with pytest.raises(Exception, match=f"{name}|range lower bound"):
        change(table, its.pk, to_at=EARLIER)


@pytest.mark.parametrize("work", ["walks.cover", "doings.remind", "people.ending", "messages.send"])
@pytest.mark.parametrize("state", ["resting", "moved", "died"])
def test_no_work_of_the_house_moves_a_walk(world, work, state):
    with (
        working_on(work, person=world.who[WALKER]),
        pytest.raises(IntegrityError) as no,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE walks_walk SET state = %s WHERE id = %s", [state, world.walk.pk])
    assert no.value.__cause__.diag.constraint_name == "walk_is_moved_by_people"


def test_that_somebody_died_is_not_written_by_their_own_hand(world):
    with (
        acting_as(world.micky),
        pytest.raises(IntegrityError) as no,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE walks_walk SET state = 'died' WHERE id = %s", [world.walk.pk])
    assert no.value.__cause__.diag.constraint_name == "walk_died_is_said_by_who_keeps_it"


def settled(world, handover, **more):
    """The columns of a handover that is done, as they should be."""
    with acting_as(world.who[WALKER]):
        moment = operations.record_moment(by=world.who[WALKER], person=world.micky, words="Aye.", at=NOW)
    return {
        "state": "done", "chosen_by_id": world.micky.pk, "new_cover_id": world.who[COVER].pk, "moment_id": moment.pk,
    } | more  # fmt: skip


def test_a_handover_is_done_by_a_meeting_a_choice_a_cover_and_a_moment(world):
    change("walks_handover", world.talked.pk, **settled(world, world.talked))
    assert row(Handover, pk=world.talked.pk).state == "done"


@pytest.mark.parametrize("lacking", ["chosen_by_id", "new_cover_id", "moment_id"])
def test_a_handover_that_is_done_lacks_nothing(world, lacking):
    with pytest.raises(IntegrityError, match=r"chosen.by.the.person"):
        change("walks_handover", world.talked.pk, **settled(world, world.talked, **{lacking: None}))


@pytest.mark.parametrize("who", [WALKER, COVER, NEXT])
def test_a_handover_is_chosen_by_nobody_but_its_person(world, who):
    columns = settled(world, world.talked, chosen_by_id=world.who[who].pk)
    refused("handover_is_chosen_by_the_person", change, "walks_handover", world.talked.pk, **columns)


def test_a_handover_without_a_meeting_of_three_is_not_done(world):
    in_sql("DELETE FROM walks_handovermeeting WHERE handover_id = %s", world.talked.pk)
    columns = settled(world, world.talked)
    refused("handover_had_a_meeting_of_three", change, "walks_handover", world.talked.pk, **columns)


def test_a_walk_has_one_handover_at_a_time(world):
    refused("walk_has_one_handover_at_a_time", again, "walks_handover", world.talked.pk)


def test_a_handover_is_to_another_who_does_not_cover_for_themself(world):
    for columns in ({"to_walker_id": world.who[WALKER].pk}, {"new_cover_id": world.who[NEXT].pk}):
        refused("handover_is_to_another", change, "walks_handover", world.talked.pk, **columns)


def test_one_duty_is_talked_over_once(world):
    with pytest.raises(IntegrityError, match="duty_id"):
        again("walks_repair", world.repair.pk)


WORDLESS = [
    ("repair_has_words", "walks_repair", "repair"),
    ("challenge_has_words", "walks_challenge", "agreed"),
]


@pytest.mark.parametrize(("name", "table", "which"), WORDLESS)
def test_what_is_said_has_words(world, name, table, which):
    refused(name, again, table, getattr(world, which).pk, words="", **({"duty_id": world.duty.pk} if which == "repair"
                                                                      else {}))  # fmt: skip


def test_full_is_said_once_until_it_is_over(world):
    refused("full_is_said_once", again, "walks_saidfull", world.full.pk)
    change("walks_saidfull", world.full.pk, over_at=clock.now())
    again("walks_saidfull", world.full.pk, over_at=None)


@pytest.mark.parametrize(
    "columns", [{"answered_at": NOW}, {"answered_at": NOW, "answer": "Two walks go to Callum."}]
)
def test_full_is_answered_in_words_and_by_a_human(world, columns):
    refused("full_is_answered_in_words_by_a_human", change, "walks_saidfull", world.full.pk, **columns)


def test_away_does_not_end_before_it_began(world):
    day_before = DAY - dt.timedelta(days=1)
    refused("away_ends_after_it_began", change, "walks_away", world.away.pk, to_day=day_before)


def test_a_gap_is_told_once_a_walk_until_it_is_mended(world):
    with as_owner():
        gap = CoverGap(walk=world.walk, why="no_cover", found_on=DAY)
        gap.save(force_insert=True)
    refused("cover_gap_once_a_walk", again, "walks_covergap", gap.pk)
    change("walks_covergap", gap.pk, mended_at=NOW)
    again("walks_covergap", gap.pk, mended_at=None)


def test_a_gap_says_why_in_one_of_four_ways(world):
    with pytest.raises(IntegrityError), as_owner(), transaction.atomic():
        CoverGap(walk=world.walk, why="lazy", found_on=DAY).save(force_insert=True)


def test_an_arc_is_shown_only_once_its_person_saw_it(world):
    key = uuid.uuid4()
    with pytest.raises(IntegrityError, match="arc_is_seen_by_its_person_first"):
        in_sql(
            "INSERT INTO walks_arcchoice (id, person_id, shown_at) VALUES (%s, %s, %s)",
            key,
            world.micky.pk,
            NOW,
        )
    in_sql(
        "INSERT INTO walks_arcchoice (id, person_id, seen_at) VALUES (%s, %s, %s)", key, world.micky.pk, NOW
    )
    change("walks_arcchoice", key, shown_at=NOW)


def a_line(world, **more):
    given = {
        "id": uuid.uuid4(), "person_id": world.micky.pk, "month": DAY.replace(day=1), "strand": "mine", "words": "",
        "leaves_out": None, "at": NOW,
    } | more  # fmt: skip
    names = ", ".join(given)
    in_sql(f"INSERT INTO walks_arcline ({names}) VALUES ({', '.join(['%s'] * len(given))})", *given.values())


def test_a_line_of_an_arc_says_something_or_leaves_something_out_and_each_thing_once(world):
    refused("arc_line_says_or_leaves_out", a_line, world)
    left_out = uuid.uuid4()
    a_line(world, leaves_out=left_out)
    refused("arc_leaves_out_once", a_line, world, leaves_out=left_out)
    a_line(world, words="The dog came.")


def test_a_place_on_a_map_has_a_name_and_a_person_one_map(world):
    with acting_as(world.micky):
        place = operations.put_on_life_map(by=world.micky, person=world.micky, name="Home", words="Warm.")
    refused("life_map_place_has_a_name", again, "walks_lifemapplace", place.pk, name="")
    with pytest.raises(IntegrityError, match="person_id"):
        again("walks_lifemap", place.life_map_id)


def test_a_moment_has_words_and_one_of_the_kinds_and_audiences_there_are(world, moment):
    refused("moment_has_words", again, "walks_moment", moment.pk, words="")
    for columns in ({"kind": "score"}, {"audience": "everybody"}):
        with pytest.raises(IntegrityError):
            again("walks_moment", moment.pk, **columns)


def test_a_moment_arrives_once(world):
    bev, client_id = world.who[WALKER], uuid.uuid4()
    with acting_as(bev):
        sent = operations.record_moment(by=bev, person=world.micky, words="Once.", client_id=client_id)
    refused("moment_arrives_once", again, "walks_moment", sent.pk)


def test_whoever_was_there_was_there_once(world):
    bev = world.who[WALKER]
    with acting_as(bev):
        two = operations.record_moment(by=bev, person=world.micky, words="We three.", with_=[world.shona])
    with as_owner():
        was_there = two.with_them.get()
    refused("moment_with_once", again, "walks_momentwith", was_there.pk)


def test_what_stands_beneath_a_moment_has_words_a_number_and_follows_an_earlier_one(world, moment):
    with acting_as(world.micky):
        after = operations.answer_moment(by=world.micky, moment=moment, words="Good brew.")
    table = "walks_momentafter"
    refused("moment_after_has_words", again, table, after.pk, words="", number=2)
    refused("moment_after_follows_an_earlier_one", again, table, after.pk, number=2, follows=2)
    refused("moment_after_number_once", again, table, after.pk)
    again(table, after.pk, number=2, follows=0)


def test_a_page_has_one_draft_and_a_draft_of_an_answer_is_about_a_moment(world, moment):
    bev = world.who[WALKER]
    with acting_as(bev):
        draft = operations.keep_draft(by=bev, person=world.micky, words="He said", client_id=uuid.uuid4())
    refused("draft_once_a_page", again, "walks_draft", draft.pk)
    other = {"client_id": uuid.uuid4()}
    for columns in ({"what": "answer"}, {"about_id": moment.pk}):
        refused("draft_of_an_answer_is_about_a_moment", again, "walks_draft", draft.pk, **other, **columns)
    again("walks_draft", draft.pk, what="answer", about_id=moment.pk, **other)


def test_how_long_writing_took_is_kept_once_a_moment(world):
    bev = world.who[WALKER]
    with acting_as(bev):
        sent = operations.record_moment(by=bev, person=world.micky, words="Once.", seconds_writing=40)
        took = sent.time_writing
    with pytest.raises(IntegrityError, match="moment_id"):
        again("walks_timewriting", took.pk)


@pytest.mark.parametrize(("table", "column"), [
    ("walks_moment", "words"), ("walks_moment", "by_words"), ("walks_moment", "language"),
    ("walks_challenge", "words"), ("walks_repair", "words"),
])  # fmt: skip
def test_what_was_said_stays_as_it_was_said(world, moment, table, column):
    key = {"walks_moment": moment, "walks_challenge": world.agreed, "walks_repair": world.repair}[table].pk
    with (
        acting_as(world.micky),
        pytest.raises((InternalError, ProgrammingError), match="stays as it was said"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', ["xx", key])


@pytest.mark.parametrize(
    "table", ["walks_walkstep", "walks_handovermeeting", "walks_momentafter", "walks_momentwith"]
)
def test_what_became_of_a_walk_is_only_ever_added_to(world, moment, table):
    step = row(WalkStep, walk=world.walk)
    with acting_as(world.micky):
        after = operations.answer_moment(by=world.micky, moment=moment, words="Good brew.")
    with as_owner():
        meeting = world.talked.meetings.get()
    key = {"walks_walkstep": step.pk, "walks_handovermeeting": meeting.pk, "walks_momentafter": after.pk}.get(
        table
    )
    with acting_as(world.who[WALKER]), connection.cursor() as cursor:
        for statement in (
            f"UPDATE {table} SET at = now() WHERE id = %s",
            f"DELETE FROM {table} WHERE id = %s",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(statement, [key])


def test_a_moment_is_never_thrown_away_by_anybody(world, moment):
    for who in (world.micky, world.who[WALKER]):
        with acting_as(who), connection.cursor() as cursor:
            cursor.execute("DELETE FROM walks_moment WHERE id = %s", [moment.pk])
            assert cursor.rowcount == 0
    assert row(Moment, pk=moment.pk).words == "We had a brew."
