"""Each read of a story as the owner of the database, whom no lock holds: the policies alone (I11, I17, T5)."""

import pytest

from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.story import operations, policies, queries
from alongside.story.models import Upload
from alongside.story.tests.world import EVERYBODY, PERSON, READER, SPEAKER, WALKER, around_trace
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    w = around_trace()
    with acting_as(w.trace):
        operations.choose_one_page(by=w.trace, person=w.trace, parts=[w.part.pk], intro="Call me Trace.")
    with as_owner():
        w.upload = Upload.objects.create(
            version=w.part.versions.get(), file_name="x", content_type="image/webp", size=1, sha256="x"
        )
        yield w


def page_key(w):
    return {"person": w.trace.pk}


READS = {
    "the one page": (lambda v, w: queries.one_page(viewer=v, person=w.trace).chosen, {PERSON, WALKER}),
    "a part by its key": (lambda v, w: queries.part(viewer=v, pk=w.part.pk), {PERSON, WALKER, READER}),
    "a hunch by its key": (
        lambda v, w: queries.part(viewer=v, pk=w.hunch.pk),
        {PERSON, WALKER, READER, SPEAKER},
    ),
    "a part's page": (
        lambda v, w: queries.part_to_open(viewer=v, part=w.part.pk, **page_key(w)),
        {PERSON, WALKER, READER},
    ),
    "a hunch's page": (
        lambda v, w: queries.part_to_open(viewer=v, part=w.hunch.pk, **page_key(w)),
        {PERSON, WALKER, READER},
    ),
    "a tie's page": (
        lambda v, w: queries.tie_to_open(viewer=v, tie=w.tie.pk, **page_key(w)),
        {PERSON, WALKER, READER},
    ),
    "a gap's page": (
        lambda v, w: queries.gap_to_open(viewer=v, gap=w.gap.pk, **page_key(w)),
        {PERSON, WALKER, READER},
    ),
    "a photo": (lambda v, w: queries.upload(viewer=v, pk=w.upload.pk), {PERSON, WALKER, READER}),
    "a photo's page": (
        lambda v, w: queries.upload_to_open(viewer=v, upload=w.upload.pk, **page_key(w)),
        {PERSON, WALKER, READER},
    ),
    "who reads a part": (
        lambda v, w: any(told.opened_to for told in queries.story_of(viewer=v, person=w.trace)),
        {PERSON},
    ),
}


@pytest.mark.parametrize("read", READS)
def test_each_finds_what_is_for_them_and_nothing_else(world, read):
    find, may = READS[read]
    found = {who for who in EVERYBODY if find(world.who[who], world)}
    assert found == may


CHECKS = {
    "check_can_read_part": ("part", {PERSON, WALKER, READER}),
    "check_can_read_upload": ("upload", {PERSON, WALKER, READER}),
    "check_can_write": ("trace", {PERSON, WALKER}),
    "check_can_add_version": ("part", {PERSON}),
    "check_can_answer": ("part", {PERSON, WALKER}),
    "check_can_change_audience": ("part", {PERSON}),
    "check_can_narrow_audience": ("hunch", {PERSON, SPEAKER}),
    "check_can_put_away": ("hunch", {PERSON}),
    "check_can_change_tie": ("tie", {PERSON, WALKER}),
    "check_can_name_member": ("trace", {PERSON}),
}


@pytest.mark.parametrize("name", CHECKS)
def test_each_policy_lets_in_exactly_those_it_is_for(world, name):
    thing, may = CHECKS[name]
    check, thing = getattr(policies, name), getattr(world, thing)
    assert {who for who in EVERYBODY if check.allows(world.who[who], thing)} == may
    with pytest.raises(Denied, match=r"\.$"):
        check(world.who[next(who for who in EVERYBODY if who not in may)], thing)


def test_a_key_under_somebody_elses_name_finds_nothing(world):
    callum, trace = world.who[WALKER], world.trace
    assert queries.part_to_open(viewer=trace, person=callum.pk, part=world.part.pk) is None
    assert queries.tie_to_open(viewer=trace, person=callum.pk, tie=world.tie.pk) is None
    assert queries.gap_to_open(viewer=trace, person=callum.pk, gap=world.gap.pk) is None
    assert queries.upload_to_open(viewer=trace, person=callum.pk, upload=world.upload.pk) is None
