"""What the database holds, tried directly in SQL as its owner: each fails by its name (I1-I4)."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from alongside.doings.tests.world import NOW
from tests.database import as_owner


def change(table, key, **columns):
    """Change a row beside every operation, as the owner of the database."""
    sets = ", ".join(f'"{name}" = %s' for name in columns)
    with as_owner() as cursor, transaction.atomic():
        cursor.execute(f'UPDATE "{table}" SET {sets} WHERE id = %s', [*columns.values(), key])


DOING = "doings_doing"
WRONG = [
    ("doing_is_about_a_person_or_a_together", DOING, "mine", {"person_id": None}),
    ("doing_has_words", DOING, "mine", {"words": ""}),
    ("doing_has_an_owner", DOING, "mine", {"owner_id": None}),
    ("with_help_names_the_helper", DOING, "mine", {"lane": "by_with_help"}),
    ("by_needs_nobody", DOING, "mine", {"helper_words": "Bev"}),
    ("for_has_a_decision", DOING, "mine", {"lane": "for"}),
    ("for_has_a_decision", DOING, "mine", {"decided_at": NOW}),
    ("doing_is_in_a_state_of_its_lane", DOING, "mine", {"state": "consented"}),
    ("doing_is_in_a_state_of_its_lane", DOING, "to", {"state": "wished"}),
    ("doing_is_in_a_state_of_its_lane", DOING, "to", {"state": "proposed"}),
    ("doing_says_when_it_was_over", DOING, "mine", {"state": "done"}),
    ("doing_says_when_it_was_over", DOING, "mine", {"over_at": NOW}),
    ("doings_doing_lane_is_one_of_its_choices", DOING, "mine", {"lane": "with"}),
    ("to_is_told_when_its_duty_is", DOING, "proposed", {"state": "duty_told"}),
    ("quick_thing_has_words", "doings_quickthing", "quick", {"words": ""}),
    ("quick_thing_has_an_owner", "doings_quickthing", "quick", {"owner_id": None}),
    ("quick_thing_is_done_or_let_go", "doings_quickthing", "quick", {"done_at": NOW, "let_go_at": NOW}),
    ("promise_is_about_a_person_or_a_together", "doings_promise", "promised", {"person_id": None}),
    ("promise_has_words", "doings_promise", "promised", {"words": ""}),
    ("promise_has_an_owner", "doings_promise", "promised", {"owner_id": None}),
    ("promise_is_settled_in_words", "doings_promise", "promised", {"state": "kept"}),
    ("promise_is_settled_in_words", "doings_promise", "promised", {"told_words": "Done."}),
    ("together_has_a_name", "doings_together", "ours", {"name": ""}),
    ("consent_is_free", "consent_consent", "yes", {"free": False}),
    ("consent_can_be_taken_back", "consent_consent", "yes", {"revocable": False}),
    ("consent_is_to_something", "consent_consent", "yes", {"to_what": ""}),
    ("consent_is_informed", "consent_consent", "yes", {"informed_how": ""}),
    ("consent_is_prior", "consent_consent", "yes", {"begins_at": NOW.replace(year=2025)}),
    ("consent_is_taken_back_after_it_was_given", "consent_consent", "yes", {"withdrawn_at": NOW.replace(year=2025)}),
    ("duty_names_its_statute", "consent_duty", "duty", {"statute": ""}),
    ("duty_says_why_in_plain_words", "consent_duty", "duty", {"why": ""}),
    ("duty_names_who_does_it", "consent_duty", "duty", {"who": ""}),
    ("duty_is_told_or_says_why_not_yet_and_by_when", "consent_duty", "duty", {"tell_by": None}),
    ("duty_is_told_or_says_why_not_yet_and_by_when", "consent_duty", "duty", {"not_told_why": ""}),
    ("duty_can_be_questioned", "consent_duty", "duty", {"how_to_question": ""}),
    ("duty_says_what_would_make_it_stop", "consent_duty", "duty", {"would_stop": ""}),
    ("duty_ends_in_words", "consent_duty", "duty", {"ended_at": NOW}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "table", "which", "columns"), WRONG, ids=[f"{w[0]}-{w[2]}-{next(iter(w[3]))}" for w in WRONG]
)
def test_the_database_refuses_it_by_name(world, name, table, which, columns):
    with pytest.raises(IntegrityError) as no:
        change(table, getattr(world, which).pk, **columns)
    assert no.value.__cause__.diag.constraint_name == name


def test_what_is_done_for_somebody_is_decided_by_nobody_else(world):
    other = world.who["a walker"].pk
    with pytest.raises(IntegrityError, match="for_is_decided_by_the_person_themself"):
        change(DOING, world.mine.pk, lane="for", decided_by_id=other, decided_at=NOW)


def test_only_what_is_done_to_somebody_rests_on_a_yes_or_a_duty_and_on_one_of_them(world):
    for which, columns in (
        ("mine", {"consent_id": world.yes.pk}),
        ("mine", {"duty_id": world.duty.pk}),
        ("to", {"duty_id": world.duty.pk}),
    ):
        with pytest.raises(IntegrityError, match="to_rests_on_one_consent_or_one_duty"):
            change(DOING, getattr(world, which).pk, **columns)


def test_a_yes_is_nobody_elses(world):
    with pytest.raises(IntegrityError, match="consent_is_the_persons_own"):
        change("consent_consent", world.yes.pk, given_by_id=world.who["a walker"].pk)


def test_a_yes_of_somebody_else_holds_nothing(world):
    other = world.who["a walker"].pk
    with pytest.raises(IntegrityError) as no:
        change(DOING, world.to.pk, person_id=other)
    assert no.value.__cause__.diag.constraint_name == "to_rests_on_what_is_theirs"


def test_a_family_decides_by_one_who_belongs(world):
    from alongside.doings import operations
    from alongside.doings.writing import Who
    from alongside.kernel.acting import acting_as

    trace = world.trace
    with acting_as(trace):
        ours = operations.begin(
            by=trace, together=world.ours, words="Sunday dinner.", lane="for", who=Who(owner_words="Nana")
        )
    with pytest.raises(IntegrityError) as no:
        # Asked in, and has not said yes.
        change(DOING, ours.pk, decided_by_id=world.asked.person_id)
    assert no.value.__cause__.diag.constraint_name == "for_is_decided_by_one_who_belongs"


def test_a_yes_that_was_taken_back_does_not_begin_anything_again(world):
    change("consent_consent", world.yes.pk, withdrawn_at=NOW)
    with pytest.raises(IntegrityError) as no:
        change(DOING, world.to.pk, state="consented", over_at=None)
    assert no.value.__cause__.diag.constraint_name == "to_rests_on_a_yes_that_still_stands"


def test_a_step_stands_once_and_follows_an_earlier_one(world):
    with as_owner() as cursor:
        cursor.execute("SELECT id FROM doings_doingstep WHERE doing_id = %s", [world.mine.pk])
        key = cursor.fetchone()[0]
    with pytest.raises(IntegrityError, match="doing_step_follows_an_earlier_one"):
        change("doings_doingstep", key, follows=1)
    with (
        pytest.raises(IntegrityError, match="doing_step_number_once"),
        as_owner() as cursor,
        transaction.atomic(),
    ):
        cursor.execute(
            "INSERT INTO doings_doingstep SELECT %s, number, follows, what, lane, words, at, by_id, doing_id"
            " FROM doings_doingstep WHERE id = %s",
            [uuid.uuid4(), key],
        )


def test_a_yes_taken_back_anywhere_ends_what_rests_on_it_in_that_statement(world):
    change("consent_consent", world.yes.pk, withdrawn_at=NOW)
    with as_owner():
        world.to.refresh_from_db()
    assert (world.to.state, world.to.over_at) == ("ended", NOW)


def test_a_duty_told_anywhere_is_told_on_the_plan(world):
    change("consent_duty", world.duty.pk, told_at=NOW)
    with as_owner():
        world.proposed.refresh_from_db()
    assert world.proposed.state == "duty_told"
