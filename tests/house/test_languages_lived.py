"""A walk, a plan and a phone in a longer language: no word on their pages is beyond translating."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from alongside.doings.tests import world as plans
from alongside.kernel.acting import acting_as
from alongside.walks import operations
from alongside.walks.tests import world as walks
from tests import cast
from tests.house.test_languages import longer, looked_at  # noqa: F401 - a fixture

MARCH = dt.date(2026, 3, 9)


def walked() -> tuple[dict[str, Any], dict[str, Any]]:
    """Micky's walk with everything said on it, and what stands in the addresses of it."""
    world = walks.around_micky()
    micky, bev = world.micky, world.bev
    with acting_as(bev):
        met = operations.record_moment(
            by=bev, person=micky, words="Tea.", walk=world.walk, minutes_together=30, seconds_writing=90
        )
        operations.record_moment(by=bev, person=micky, words="A bad week.", kind="setback", walk=world.walk)
    with acting_as(micky):
        operations.answer_moment(by=micky, moment=met, words="Two sugars.")
        operations.draw_arc(by=micky, person=micky)
        operations.show_arc(by=micky, person=micky)
        operations.say_in_arc(by=micky, person=micky, month=MARCH, words="Fished.")
        operations.leave_out_of_arc(by=micky, person=micky, month=MARCH, strand="around", what=met.pk)
        place = operations.put_on_life_map(by=micky, person=micky, name="The river", words="Quiet.")
        operations.show_life_map(by=micky, life_map=place.life_map, shown=True)
    values = {
        "person": micky.pk,
        "walk": world.walk.pk,
        "handover": world.talked.pk,
        "repair": world.repair.pk,
        "challenge": world.agreed.pk,
        "duty": world.duty.pk,
        "moment": met.pk,
        "away": world.away.pk,
        "said_full": world.full.pk,
        "walk_yes.walk": world.offered.pk,
        "walk_not_now.walk": world.offered.pk,
    }
    return values, world.who


def planned() -> tuple[dict[str, Any], dict[str, Any]]:
    """Trace's plan, in every lane, with duties and promises, and what stands in the addresses of it."""
    world = plans.around_trace()
    values = {
        "person": world.trace.pk,
        "doing": world.helped.pk,
        "duty": world.duty.pk,
        "promise": world.promised.pk,
        "quick_thing": world.quick.pk,
        "doing_take_back.doing": world.to.pk,
    }
    return values, world.who


THE_WALK = {
    "one_walk",
    "walk",
    "moments",
    "moment",
    "moment_new",
    "moment_answer",
    "handover",
    "repair",
    "arc",
}
THE_PLAN = {"plan", "plan_on_paper", "plan_add", "doing", "quick_things", "promise", "duty"}


@pytest.mark.parametrize(
    ("there", "part", "opens"),
    [
        (
            walked,
            walks.PERSON,
            {*THE_WALK, "my_page", "life_map", "walk_yes", "walk_straight"},
        ),
        (walked, walks.WALKER, {*THE_WALK, "person", "today", "my_days", "walk_hand_over", "time_writing"}),
        (walked, walks.LEAD, {"lead", "answer_full"}),
        (planned, plans.PERSON, {*THE_PLAN, "my_page", "doing_take_back", "duty_question", "plan_yes"}),
        (planned, plans.WALKER, {*THE_PLAN, "person", "duty_told"}),
        (planned, plans.DUTY, {"duty", "duty_end", "my_promises"}),
    ],
)
def test_a_walk_and_a_plan_can_be_said_in_any_language(
    client: Client,
    db: None,
    longer: None,  # noqa: F811
    there: Any,
    part: str,
    opens: set[str],
) -> None:
    values, who = there()
    cast.sign_in(client, who[part])
    opened, found = looked_at(client, values)
    assert opens - opened == set()
    assert found == {}
