"""Everything that can be done to a walk, tried as everybody: refused, kept, written down, or not done at all."""

import pytest

from alongside.walks.operations import along, handover, walk, work
from alongside.walks.tests.world import DEEDS, EVERYBODY, PERSON, around_micky
from tests.deeds import (
    digested_for,
    each,
    left_out,
    named,
    recorded,
    refused,
    refused_by_the_database,
    undone_without_audit,
)
from tests.standing import standing

ROOM = "walks"
# The morning's look is the house's own work, tried where the mornings are.
BY_THE_HOUSE = {"walks.note_gap", "walks.mend_gap"}
HERE = (along, handover, walk, work)

pytestmark = pytest.mark.django_db


built, world = standing(around_micky)


@pytest.mark.parametrize("module", HERE, ids=lambda one: one.__name__.rpartition(".")[2])
def test_every_operation_stands_in_the_list(module):
    assert left_out(DEEDS, module.__name__) <= BY_THE_HOUSE


@named(DEEDS)
def test_whoever_may_not_is_refused_in_a_sentence(world, deed):
    refused(deed, EVERYBODY, world, ROOM)


@named(DEEDS)
def test_the_database_refuses_them_as_well(world, deed):
    refused_by_the_database(deed, EVERYBODY, world, ROOM)


@each(DEEDS)
def test_whoever_may_does_it_and_it_is_written_down_without_its_words(world, deed, who):
    recorded(deed, who, world)


@named([one for one in DEEDS if "words" in one.fields and PERSON in one.may])
def test_words_are_digested_with_the_salt_of_the_one_they_are_about(world, deed):
    digested_for(deed, PERSON, world, world.micky)


@each(DEEDS)
def test_without_its_audit_row_nothing_is_done(world, deed, who):
    undone_without_audit(deed, who, world, ROOM)
