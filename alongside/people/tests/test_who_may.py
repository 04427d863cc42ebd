"""Every operation about people: who may and who is refused, what the audit keeps, and whole or not at all.

Serves I18, I19 and I32: what somebody is called and how they are reached is theirs; roles and two records of
one person are in few hands. The audit keeps field names and digests, never the words.
"""

from copy import copy

import pytest
from django.db import transaction
from django.utils import timezone

from alongside.people import operations
from alongside.people.models import Alias, Role, RoleHeld, SamePerson
from tests.cast import organisation, person, say_so, serving
from tests.database import as_owner
from tests.each_operation import CANARY, may, recorded, undone_without_audit

pytestmark = pytest.mark.django_db

ROLES = {str(role): role for role in Role.values}
RESIDENTS = ("trace", "walker", "reader", "mum", "micky")
HELPERS = (
    "relational_worker", "peer_support", "community_connector", "social_worker", "duty_human", "team_lead",
    "place_steward",
)  # fmt: skip
STEWARDS = ("place_steward", "another steward")
EVERYBODY = (*RESIDENTS, *ROLES, "another steward")
HERS = ("trace", "walker")


@pytest.fixture
def who():
    """Trace; who walks with her; who reads one part; her mother; a neighbour; and one of each role."""
    trace = person("Tracey Hallam")
    found = {"trace": trace} | {name: person(f"{name.title()} Hallam") for name in RESIDENTS[1:]}
    say_so(trace, found["walker"])
    say_so(trace, found["reader"], parts=[trace.pk])
    found |= {name: serving(f"{name} Hallam", role) for name, role in ROLES.items()}
    return found | {"another steward": serving("Ruth Collier", Role.STEWARD)}


def of_trace(operation, **how):
    return lambda who: lambda by: operation(by=by, person=who["trace"], **how)


def plain(operation, **how):
    return lambda who: lambda by: operation(by=by, **how)


def alias(who):
    with as_owner():
        kept = Alias.objects.create(person=who["trace"], name=CANARY)
    return lambda by: operations.remove_alias(by=by, alias=copy(kept))


def kettle(who):
    where = organisation()
    return lambda by: operations.change_organisation(by=by, organisation=where, words={"note": CANARY})


def ending(who):
    with as_owner():
        held = RoleHeld.objects.get(person=who["specialist"])
    return lambda by: operations.end_role(by=by, held=copy(held))


def stopping(who):
    serving("Tom Ridley", at="The Kettle House")
    where = organisation("The Kettle House")
    return lambda by: operations.end_organisation(by=by, organisation=where)


def switching(who):
    return lambda by: operations.switch_sign_in(by=by, person=who["specialist"], on=False)


def proposing(who):
    return lambda by: operations.propose_same(by=by, kept=who["trace"], other=who["micky"], why=CANARY)


def proposed(who):
    with as_owner():
        return SamePerson.objects.create(
            kept=who["trace"], other=who["micky"], why=CANARY, proposed_by=who["place_steward"],
            proposed_at=timezone.now(),
        )  # fmt: skip


def agreeing(who):
    same = proposed(who)
    return lambda by: operations.agree_same(by=by, same=copy(same))


def undoing(who):
    same = proposed(who)
    return lambda by: operations.undo_same(by=by, same=copy(same))


REACH = {"how": "text", "phone": "07700 900123", "safe_word": CANARY, "note": CANARY}
SAID = {"where_words": CANARY, "pronouns": CANARY}

# What is done: (how, who may, who does it below, which fields the audit names, is it about Trace)
DOINGS = {
    "people.write_down_person": (
        plain(operations.write_down_person, name=CANARY, aliases=[CANARY], reach={"phone": CANARY}),
        HELPERS + STEWARDS, "duty_human", {"name", "called", "aliases", "phone"}, False,
    ),
    "people.rename": (
        of_trace(operations.rename, name=CANARY, called=CANARY), HERS + STEWARDS, "trace", {"name", "called"}, True,
    ),
    "people.add_alias": (of_trace(operations.add_alias, name=CANARY), HERS, "walker", {"name"}, True),
    # Whoever walks with her may write a name down; only she forgets it.
    "people.remove_alias": (alias, ("trace",), "trace", set(), True),
    "people.set_reach": (of_trace(operations.set_reach, reach=REACH), HERS, "walker", set(REACH), True),
    "people.set_particulars": (
        of_trace(operations.set_particulars, particulars=SAID), HERS, "trace", set(SAID), True,
    ),
    "people.set_room": (
        of_trace(operations.set_room, room_for=2, offers=CANARY), ("trace", *STEWARDS), "trace",
        {"room_for", "offers"}, True,
    ),
    "people.hold_role": (
        of_trace(operations.hold_role, role="peer_support"), STEWARDS, "place_steward",
        {"role", "from_day", "to_day"}, True,
    ),
    "people.end_role": (ending, STEWARDS, "place_steward", {"to_day", "knowing"}, False),
    "people.add_organisation": (
        plain(operations.add_organisation, name=CANARY), STEWARDS, "place_steward", {"name", "kind"}, False,
    ),
    "people.change_organisation": (kettle, STEWARDS, "place_steward", {"note"}, False),
    "people.end_organisation": (stopping, STEWARDS, "place_steward", {"to_day", "roles"}, False),
    "people.switch_sign_in": (switching, STEWARDS, "place_steward", {"on"}, False),
    "people.propose_same": (proposing, STEWARDS, "place_steward", {"other", "why"}, True),
    "people.agree_same": (agreeing, ("another steward",), "another steward", {"other"}, True),
    "people.undo_same": (undoing, STEWARDS, "place_steward", {"other"}, True),
}  # fmt: skip


@pytest.mark.parametrize("did", DOINGS)
def test_each_may_do_what_is_theirs_and_the_others_are_refused_in_a_sentence(who, did):
    """One role after the other, each undone before the next."""
    arrange, may_do, *_ = DOINGS[did]
    do = arrange(who)
    found = set()
    for name in EVERYBODY:
        with transaction.atomic():
            if may(who[name], do):
                found.add(name)
            transaction.set_rollback(True)
    assert found == set(may_do)


@pytest.mark.parametrize("did", DOINGS)
def test_the_audit_keeps_who_and_which_fields_and_no_word(who, did):
    arrange, _may, by, fields, about_trace = DOINGS[did]
    assert may(who[by], arrange(who))
    kept = recorded(did)
    assert kept["by"] == who[by].pk
    assert kept["fields"] == fields
    if about_trace:
        assert kept["about"] == who["trace"].pk


@pytest.mark.parametrize("did", DOINGS)
def test_nothing_is_done_when_the_audit_cannot_be_written(who, did, monkeypatch):
    arrange, _may, by, *_ = DOINGS[did]
    undone_without_audit(monkeypatch, who[by], arrange(who))


def test_every_operation_of_the_room_is_tried_here():
    assert {operations.__dict__[name].operation for name in operations.__all__} == set(DOINGS)
