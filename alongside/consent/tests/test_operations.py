"""Say-so given, refused, renewed and taken back; a duty named; closeness said."""

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from alongside.consent import operations, policies
from alongside.consent.models import Basis, LegalReason, SaySo
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def trace():
    return cast.person("Tracey Hallam", called="Trace")


@pytest.fixture
def callum():
    return cast.serving("Callum Reay", at="Tern House")


def test_a_say_so_opens_the_page_to_the_one_it_names(trace, callum):
    with acting_as(trace):
        operations.give_say_so(
            by=trace, person=trace, given_to=callum, for_what="walking with me", whole=True
        )
    with acting_as(callum):
        assert policies.check_can_open_page.allows(callum, trace)
        assert list(policies.pages_of(callum)) == [trace]


def test_taking_it_back_closes_the_page_with_the_next_statement(trace, callum):
    with acting_as(trace):
        given = operations.give_say_so(
            by=trace, person=trace, given_to=callum, for_what="company", whole=True
        )
    with acting_as(callum):
        assert policies.check_can_open_page.allows(callum, trace)
    with acting_as(trace):
        operations.withdraw_say_so(by=trace, say_so=given, words="He read bits of it back at me.")
    with acting_as(callum):
        assert not policies.check_can_open_page.allows(callum, trace)
        assert list(policies.pages_of(callum)) == []
    with acting_as(trace):
        given.refresh_from_db()
        assert (given.state, given.told_at) == ("withdrawn", None)


def test_a_no_is_kept_in_words_and_opens_nothing(trace, callum):
    with acting_as(trace):
        no = operations.refuse_say_so(
            by=trace, person=trace, given_to=callum, what="more", for_what="it was asked for", words="No."
        )
        assert no.steps.get().words == "No."
        assert not Basis.objects.exists()


def test_a_say_so_ends_on_its_day_without_anybody(trace, callum):
    soon = timezone.now() + dt.timedelta(days=1)
    with acting_as(trace):
        given = operations.give_say_so(
            by=trace, person=trace, given_to=callum, for_what="the arrears", parts=[uuid.uuid4()], until=soon
        )
    with as_owner():
        SaySo.objects.filter(pk=given.pk).update(until=timezone.now() - dt.timedelta(hours=1))
    assert operations.end_all_by_date() == 1
    with acting_as(trace):
        given.refresh_from_db()
        assert given.state == "ended"


def test_given_again_it_opens_again(trace, callum):
    with acting_as(trace):
        given = operations.give_say_so(
            by=trace, person=trace, given_to=callum, for_what="company", whole=True
        )
        operations.withdraw_say_so(by=trace, say_so=given)
        operations.renew_say_so(by=trace, say_so=given, words="Carry on then.")
        assert [step.step for step in given.steps.order_by("at")] == ["given", "withdrawn", "renewed"]
    with acting_as(callum):
        assert policies.check_can_open_page.allows(callum, trace)


def test_taking_back_twice_is_told_in_words(trace, callum):
    with acting_as(trace):
        given = operations.give_say_so(
            by=trace, person=trace, given_to=callum, for_what="company", whole=True
        )
        operations.withdraw_say_so(by=trace, say_so=given)
        with pytest.raises(Denied, match="already ended"):
            operations.withdraw_say_so(by=trace, say_so=given)


def test_the_first_walker_writes_down_what_was_said_to_them(trace, callum):
    with acting_as(callum):
        given = operations.give_say_so(
            by=callum, person=trace, given_to=callum, for_what="walking", whole=True
        )
    assert (given.given_by, given.written_down_by) == (trace, callum)


def test_nobody_lets_themself_in_where_somebody_already_walks(trace, callum):
    cast.say_so(trace, callum)
    other = cast.serving("Gary Lisle")
    with acting_as(other), pytest.raises(Denied):
        operations.give_say_so(by=other, person=trace, given_to=other, for_what="curiosity", whole=True)


def test_the_database_refuses_the_same_without_the_policy(trace, callum):
    cast.say_so(trace, callum)
    other = cast.serving("Gary Lisle")
    with acting_as(other), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        SaySo.objects.bulk_create([
            SaySo(person=trace, given_by=trace, given_to=other, written_down_by=other, what="it", for_what="it",
                  whole=True, state="given", state_at=timezone.now())
        ])  # fmt: skip


def test_a_worker_lets_nobody_else_in_as_a_first_walker(trace, callum):
    friend = cast.serving("Gary Lisle")
    with acting_as(callum), pytest.raises(Denied):
        operations.give_say_so(by=callum, person=trace, given_to=friend, for_what="a favour", whole=True)


def test_a_parent_cannot_give_a_childs_say_so(callum):
    ifrah, yusra = cast.person("Ifrah Abdi"), cast.person("Yusra Abdi")
    with acting_as(ifrah), pytest.raises(Denied):
        operations.give_say_so(by=ifrah, person=yusra, given_to=callum, for_what="school", whole=True)
    with as_owner(), pytest.raises(IntegrityError, match="say_so_is_the_persons_own"), transaction.atomic():
        SaySo.objects.create(person=yusra, given_by=ifrah, given_to=callum, what="it", for_what="it",
                             state="given", state_at=timezone.now())  # fmt: skip


def test_a_basis_is_never_prolonged_not_even_by_the_one_who_holds_it(trace, callum):
    basis = cast.say_so(trace, callum, until=timezone.now() + dt.timedelta(days=1))
    with acting_as(callum), pytest.raises(DatabaseError, match="only end sooner"), transaction.atomic():
        Basis.objects.filter(pk=basis.pk).update(to_at=timezone.now() + dt.timedelta(days=900))


def test_a_duty_is_named_with_its_statute_and_stands_apart_from_say_so(trace):
    megan = cast.serving("Megan Ashby", "social_worker")
    with acting_as(megan):
        reason = operations.name_legal_reason(
            by=megan, code="s47", basis="legal_obligation", statute="Children Act 1989 s.47",
            plain_words="The hospital must tell us; we must look.",
        )  # fmt: skip
        basis = operations.open_by_law(
            by=megan, actor=megan, person=trace, legal_reason=reason, why="duty to enquire", whole=True
        )
        assert (basis.kind, basis.say_so) == ("duty", None)
        assert policies.check_can_open_page.allows(megan, trace)


def test_a_worker_without_a_duty_cannot_open_a_page_by_law(trace, callum):
    with as_owner():
        reason = LegalReason.objects.create(
            code="x", basis="public_task", statute="An Act", plain_words="because"
        )
    with acting_as(callum), pytest.raises(Denied):
        operations.open_by_law(
            by=callum, actor=callum, person=trace, legal_reason=reason, why="to see", whole=True
        )


def test_kin_cannot_open_a_page_by_duty_but_may_be_invited(trace):
    cousin = cast.serving("Megan Ashby", "social_worker")
    cast.by_law(cousin, trace)
    with acting_as(cousin):
        assert policies.check_can_open_page.allows(cousin, trace)
        operations.say_close(by=cousin, person=trace, other=cousin, words="my cousin")
        assert not policies.check_can_open_page.allows(cousin, trace)
    cast.say_so(trace, cousin)
    with acting_as(cousin):
        assert policies.check_can_open_page.allows(cousin, trace)


def test_closeness_said_on_one_record_holds_for_its_twin(trace):
    cousin = cast.serving("Megan Ashby", "social_worker")
    twin = cast.person("T. Hallam", account=False)
    cast.by_law(cousin, twin)
    with acting_as(cousin):
        operations.say_close(by=cousin, person=trace, other=cousin, words="my cousin")
        assert policies.check_can_open_page.allows(cousin, twin)
    with as_owner():
        twin.same_as = trace
        twin.save()
    with acting_as(cousin):
        assert list(policies.pages_of(cousin)) == []
    with as_owner():
        assert not policies.check_can_open_page.allows(cousin, twin)


def test_a_duty_opens_a_page_and_lends_nobody_the_persons_voice(trace, callum):
    megan = cast.serving("Megan Ashby", "social_worker")
    cast.by_law(megan, trace)
    cast.say_so(trace, callum)
    with acting_as(megan), pytest.raises(Denied):
        operations.give_say_so(by=megan, person=trace, given_to=megan, for_what="more", whole=True)
    with acting_as(megan), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        SaySo.objects.bulk_create([
            SaySo(person=trace, given_by=trace, given_to=megan, written_down_by=megan, what="it", for_what="it",
                  whole=True, state="given", state_at=timezone.now())
        ])  # fmt: skip


def test_a_duty_does_not_keep_the_first_walker_from_writing_down_what_was_said(trace, callum):
    cast.by_law(cast.serving("Megan Ashby", "social_worker"), trace)
    with acting_as(callum):
        given = operations.give_say_so(
            by=callum, person=trace, given_to=callum, for_what="walking with me", whole=True
        )
    assert given.state == "given"
