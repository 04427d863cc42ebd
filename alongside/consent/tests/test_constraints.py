"""What the database itself refuses about say-so, law and closeness, whoever asks: I5, I11, I18, I19.

Each is tried as the owner, who is held back by no lock, so that what refuses is the constraint of that name.
"""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone

from alongside.consent.models import Basis, Closeness, LegalReason, SaySo, SaySoStep
from alongside.consent.tests.world import PART, READER, WALKER, around_trace
from alongside.kernel.acting import acting_as
from tests.database import as_owner
from tests.standing import standing

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)


def law(**other):
    return LegalReason(
        **{"code": "x", "basis": "public_task", "statute": "An Act", "plain_words": "Why.", **other}
    )


def said(w, **other):
    sound = {"person": w.trace, "given_by": w.trace, "given_to": w.asha, "what": "it", "for_what": "it",
             "state": "given", "state_at": NOW}  # fmt: skip
    return SaySo(**{**sound, **other})


def basis(w, **other):
    sound = {"actor": w.asha, "person": w.trace, "kind": "duty", "why": "the law", "legal_reason": w.law,
             "from_at": NOW}  # fmt: skip
    return Basis(**{**sound, **other})


def close(w, **other):
    sound = {"person": w.trace, "other": w.asha, "words": "kin", "said_by": w.trace, "said_at": NOW}
    return Closeness(**{**sound, **other})


UNSOUND = {
    "legal_reason_names_statute_and_plain_words": [
        lambda w: law(statute=""),
        lambda w: law(plain_words=""),
    ],
    "consent_legalreason_code": [lambda w: law(code=w.law.code)],
    "consent_legalreason_basis_is_one_of_its_choices": [
        lambda w: law(basis="consent"),
        lambda w: law(basis=""),
    ],
    "consent_sayso_state_is_one_of_its_choices": [
        lambda w: said(w, state="closed"),
        lambda w: said(w, state=""),
    ],
    "consent_saysostep_step_is_one_of_its_choices": [
        lambda w: SaySoStep(say_so=w.given, step="prolonged", at=NOW, by=w.trace)
    ],
    "consent_basis_kind_is_one_of_its_choices": [lambda w: basis(w, kind="interest")],
    "say_so_seen_is_what_another_wrote_down": [lambda w: said(w, seen_at=NOW)],
    "say_so_is_the_persons_own": [lambda w: said(w, given_by=w.asha)],
    "say_so_is_to_another": [lambda w: said(w, given_to=w.trace)],
    "say_so_is_whole_or_named_parts": [lambda w: said(w, whole=True, parts=[PART])],
    "basis_is_of_another": [lambda w: basis(w, actor=w.trace)],
    "basis_has_a_why": [lambda w: basis(w, why="")],
    "basis_is_say_so_or_legal_reason_never_both": [
        lambda w: basis(w, say_so=w.given),
        lambda w: basis(w, legal_reason=None),
        lambda w: basis(w, kind="say_so"),
        lambda w: basis(w, kind="say_so", say_so=w.given),
        lambda w: basis(w, kind="say_so", legal_reason=None),
        lambda w: basis(w, kind="parent", legal_reason=None, say_so=w.given),
    ],
    "basis_ends_after_it_began": [lambda w: basis(w, to_at=NOW - dt.timedelta(seconds=1))],
    "closeness_is_to_another": [lambda w: close(w, other=w.trace)],
    "closeness_said_once": [lambda w: close(w, other=w.who[READER])],
}


built, world = standing(around_trace)


@pytest.mark.parametrize(
    ("name", "make"),
    [(name, make) for name, made in UNSOUND.items() for make in made],
    ids=lambda one: one if isinstance(one, str) else "row",
)
def test_the_database_refuses_it_by_name(world, name, make):
    row = make(world)
    with as_owner():
        close(world, other=world.who[READER]).save(force_insert=True)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.save(force_insert=True)


def test_every_constraint_is_tried():
    declared = {
        constraint.name
        for model in (LegalReason, SaySo, Basis, Closeness)
        for constraint in model._meta.constraints
    }
    # What an emergency may be is tried in a module of its own.
    assert declared - {"basis_of_an_emergency_is_parts_for_a_day"} <= UNSOUND.keys()


@pytest.mark.parametrize("make", [law, said, basis, close])
def test_a_sound_row_is_kept_so_that_it_was_the_constraint_that_refused(world, make):
    row: models.Model = make() if make is law else make(world)
    with as_owner():
        row.save(force_insert=True)


def test_a_basis_may_end_in_the_moment_it_began_but_closeness_may_be_said_again_once_it_is_over(world):
    with as_owner():
        basis(world, to_at=NOW).save(force_insert=True)
        close(world, over_at=NOW).save(force_insert=True)
        close(world).save(force_insert=True)
        assert Closeness.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"whole": True},
        {"parts": []},
        {"person": "asha"},
        {"actor": "asha"},
        {"from_at": NOW},
        {"why": "something kinder"},
        {"to_at": None},
        {"to_at": NOW + dt.timedelta(days=9000)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_basis_can_only_end_sooner_not_even_its_owner_changes_anything_else(world, change):
    soon = timezone.now() + dt.timedelta(days=3)
    change = {name: getattr(world, value) if value == "asha" else value for name, value in change.items()}
    with as_owner():
        found = Basis.objects.filter(say_so=world.given)
        found.update(to_at=soon)
        with pytest.raises(DatabaseError, match="only end sooner"), transaction.atomic():
            found.update(**change)
        found.update(to_at=soon - dt.timedelta(days=1))


@pytest.mark.parametrize("verb", ["UPDATE consent_saysostep SET words = ''", "DELETE FROM consent_saysostep"])
def test_a_step_is_never_changed_by_those_who_run_the_house(world, verb):
    refused = pytest.raises(DatabaseError, match="permission denied")
    with acting_as(world.trace), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(verb)


@pytest.mark.parametrize(
    "change",
    [
        {"whole": True, "parts": []},
        {"parts": [PART, PART]},
        {"until": NOW},
        {"words": "I agreed"},
        {"state": "given"},
        {"state": "refused"},
    ],
    ids=lambda change: "-".join(change),
)
def test_whoever_was_given_a_say_so_gives_it_up_and_changes_nothing_else(world, change):
    with acting_as(world.who[READER]):
        mine = SaySo.objects.filter(pk=world.given.pk)
        with pytest.raises(DatabaseError, match="only give it up"), transaction.atomic():
            mine.update(**change)
        assert mine.update(state="withdrawn", state_at=timezone.now()) == 1


def test_whoever_walks_with_somebody_may_change_what_they_said_and_the_one_it_names_may_not(world):
    with acting_as(world.who[WALKER]):
        assert SaySo.objects.filter(pk=world.given.pk).update(words="as she told me") == 1


@pytest.mark.parametrize("model", [SaySo, Basis, Closeness, LegalReason])
def test_nobody_deletes_what_was_said(world, model):
    with acting_as(world.trace):
        assert model.objects.filter(pk__isnull=False)._raw_delete("default") == 0
