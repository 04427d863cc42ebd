"""Two records of one person: found by one, agreed by another, undone; it opens nothing to anyone new."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from alongside.consent import policies as consent
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.people import operations, queries
from alongside.people.models import Person, Role, SamePerson
from alongside.people.problems import NotYet
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
WHY = "She told us both at the Kettle."


@pytest.fixture
def denise():
    return cast.serving("Denise Armstrong", Role.STEWARD)


@pytest.fixture
def ruth():
    return cast.serving("Ruth Collier", Role.STEWARD)


@pytest.fixture
def kept():
    return cast.person("Tracey Hallam")


@pytest.fixture
def other():
    return cast.person("Trace Hallam", account=False)


def agreed(denise, ruth, kept, other):
    with acting_as(denise):
        same = operations.propose_same(by=denise, kept=kept, other=other, why=WHY)
    with acting_as(ruth):
        return operations.agree_same(by=ruth, same=queries.same_person(viewer=ruth, same=same.pk))


def opens(viewer):
    """Whose pages the viewer may open, by policy and by row-level security."""
    with acting_as(viewer), connection.cursor() as cursor:
        cursor.execute("SELECT guard.people()")
        return {basis.person_id for basis in consent.live_bases(viewer)}, set(cursor.fetchone()[0])


def test_one_steward_proposes_and_nothing_changes_yet(denise, kept, other):
    with acting_as(denise):
        operations.propose_same(by=denise, kept=kept, other=other, why=WHY)
    with as_owner():
        assert Person.objects.get(pk=other.pk).same_as_id is None


def test_the_same_steward_cannot_also_agree(denise, kept, other):
    with acting_as(denise):
        same = operations.propose_same(by=denise, kept=kept, other=other, why=WHY)
        with pytest.raises(Denied, match="two"):
            operations.agree_same(by=denise, same=same)
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        SamePerson.objects.filter(pk=same.pk).update(agreed_by=denise)


def test_two_stewards_agree_and_the_person_has_both_on_one_page(denise, ruth, kept, other):
    agreed(denise, ruth, kept, other)
    with acting_as(kept), connection.cursor() as cursor:
        cursor.execute("SELECT guard.selves()")
        assert set(cursor.fetchone()[0]) == {kept.pk, other.pk}
        assert consent.selves(kept) == {kept.pk, other.pk}


def test_it_opens_nothing_new_to_anybody(denise, ruth, kept, other):
    bev, callum = cast.serving("Bev Ormerod"), cast.serving("Callum Reay")
    cast.say_so(kept, bev)
    cast.say_so(other, callum)
    before = [opens(who) for who in (bev, callum, denise, ruth)]
    agreed(denise, ruth, kept, other)
    assert [opens(who) for who in (bev, callum, denise, ruth)] == before
    assert opens(bev) == ({kept.pk}, {kept.pk})
    assert opens(callum) == ({other.pk}, {other.pk})


def test_it_can_be_undone_and_each_is_as_it_was(denise, ruth, kept, other):
    bev = cast.serving("Bev Ormerod")
    cast.say_so(other, bev)
    same = agreed(denise, ruth, kept, other)
    with acting_as(denise):
        operations.undo_same(by=denise, same=queries.same_person(viewer=denise, same=same.pk))
        assert not queries.same_people(viewer=denise)
    with acting_as(kept):
        assert consent.selves(kept) == {kept.pk}
    assert opens(bev) == ({other.pk}, {other.pk})


def test_signing_in_with_either_account_is_the_same_person(denise, ruth, kept, client):
    second = cast.person("Trace Hallam")
    agreed(denise, ruth, kept, second)
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, selves FROM guard.enter(%s, now()::date)", [str(second.account_id)])
        person, selves = cursor.fetchone()
        assert (person, set(selves)) == (str(kept.pk), {kept.pk, second.pk})


def test_a_proposal_can_be_taken_back_and_then_not_agreed(denise, ruth, kept, other):
    with acting_as(denise):
        same = operations.propose_same(by=denise, kept=kept, other=other, why=WHY)
        operations.undo_same(by=denise, same=same)
    with acting_as(ruth), pytest.raises(NotYet):
        operations.agree_same(by=ruth, same=same)


def test_records_are_never_put_together_in_a_chain(denise, ruth, kept, other):
    agreed(denise, ruth, kept, other)
    third = cast.person("T Hallam")
    with acting_as(denise):
        for one, two in ((kept, other), (third, kept), (other, third), (third, third)):
            first, second = (Person.objects.get(pk=record.pk) for record in (one, two))
            with pytest.raises(ValidationError):
                operations.propose_same(by=denise, kept=first, other=second, why=WHY)


def test_a_why_is_asked_for(denise, kept, other):
    with acting_as(denise), pytest.raises(ValidationError, match="how you know"):
        operations.propose_same(by=denise, kept=kept, other=other, why=" ")


def test_a_steward_does_not_decide_about_their_own_record(denise, ruth, other):
    with acting_as(denise):
        same = operations.propose_same(by=denise, kept=ruth, other=other, why=WHY)
    with acting_as(ruth), pytest.raises(Denied, match="you"):
        operations.agree_same(by=ruth, same=same)


def test_a_worker_neither_proposes_nor_sees_a_proposal(denise, kept, other):
    bev = cast.serving("Bev Ormerod")
    with acting_as(denise):
        operations.propose_same(by=denise, kept=kept, other=other, why=WHY)
    with acting_as(bev):
        assert not queries.same_people(viewer=bev)
        assert not SamePerson.objects.exists()
        with pytest.raises(Denied):
            operations.propose_same(by=bev, kept=kept, other=other, why=WHY)
