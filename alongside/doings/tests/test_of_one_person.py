"""Of rows about one person a policy says less, and lets the same through: neither more nor less."""

import pytest

from alongside.consent.lanes.policies import duties_visible_to
from alongside.consent.models import Duty
from alongside.doings import policies
from alongside.doings.models import Doing, Promise, QuickThing
from alongside.doings.tests.world import EVERYBODY, PERSON
from alongside.kernel.acting import acting_as
from alongside.story import operations as story
from alongside.story.models import StoryPart, Tie
from alongside.story.policies import circle_visible_to
from alongside.story.policies import visible_to as parts_visible_to
from tests.database import as_owner

SAID = [
    (Doing, policies.visible_to), (QuickThing, policies.quick_things_visible_to),
    (Promise, policies.promises_visible_to), (Duty, duties_visible_to), (StoryPart, parts_visible_to),
    (Tie, circle_visible_to),
]  # fmt: skip


def through(model, condition, whose):
    return set(model.objects.filter(person=whose).filter(condition).values_list("pk", flat=True))


@pytest.mark.parametrize(("model", "says"), SAID, ids=lambda each: getattr(each, "__name__", ""))
@pytest.mark.parametrize("who", EVERYBODY)
def test_of_one_persons_rows_the_same_come_through(world, who, model, says):
    viewer = world.who[who]
    trace = world.who[PERSON]
    with acting_as(trace):
        story.say(by=trace, person=trace, kind="good_at", words="Cooking for sixty.")
    with as_owner():
        for whose in world.who.values():
            assert through(model, says(viewer, whose), whose) == through(model, says(viewer), whose)


@pytest.mark.parametrize(("model", "says"), SAID, ids=lambda each: getattr(each, "__name__", ""))
@pytest.mark.parametrize("who", EVERYBODY)
def test_used_on_anybody_elses_rows_by_mistake_it_opens_nothing(world, who, model, says):
    viewer = world.who[who]
    with as_owner():
        everything = set(model.objects.filter(says(viewer)).values_list("pk", flat=True))
        for whose in world.who.values():
            assert set(model.objects.filter(says(viewer, whose)).values_list("pk", flat=True)) <= everything
