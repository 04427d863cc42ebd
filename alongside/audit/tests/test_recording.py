"""A write happens with its audit row or not at all; the row holds keys and digests, never words."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.audit.models import Event, Look, Salt
from alongside.audit.recording import OPERATIONS, NotRecorded, digest, look, operation, record, salt_for
from alongside.kernel.acting import acting_as, working_on
from alongside.people.models import Alias, Person
from tests import cast
from tests.database import as_owner

WORDS = "I sleep in the van, behind the old baths"


def also_known(*, by: Any, person: Person, name: str, recorded: bool = True, twice: bool = False) -> Alias:
    alias = Alias.objects.create(person=person, name=name)
    if recorded:
        record("test.also_known", by=by, thing=alias, person_id=person.pk, fields={"name": name})
    if twice:
        raise KeyError("the work broke after it was recorded")
    return alias


@pytest.fixture
def operated() -> Any:
    """An operation of this test's own."""
    yield operation("test.also_known")(also_known)
    OPERATIONS.pop("test.also_known")


@pytest.fixture
def tracey(db: None) -> Any:
    with acting_as(someone := cast.person()):
        yield someone


def everything_recorded() -> str:
    """All that the audit holds, as the owner reads it."""
    with as_owner() as cursor:
        cursor.execute("SELECT coalesce(json_agg(e)::text, '') FROM audit_event e")
        return str(cursor.fetchone()[0])


def test_an_operation_is_recorded_with_who_what_and_about_whom(tracey: Person, operated: Any) -> None:
    alias = operated(by=tracey, person=tracey, name="Trace")
    event = Event.objects.get()
    assert (event.did, event.by_id, event.person_id) == ("test.also_known", tracey.pk, tracey.pk)
    assert (event.thing, event.thing_id, event.work) == ("people.alias", alias.pk, "")


def test_words_are_kept_as_digests_only(tracey: Person, operated: Any) -> None:
    operated(by=tracey, person=tracey, name=WORDS)
    assert WORDS not in everything_recorded()
    assert "van" not in everything_recorded()
    kept = Event.objects.get().fields
    assert kept == {"name": digest(salt_for(tracey.pk), WORDS)}
    assert len(kept["name"]) == 64


def test_without_its_audit_row_nothing_was_done(tracey: Person, operated: Any) -> None:
    with pytest.raises(NotRecorded, match=r"test\.also_known wrote no audit row"):
        operated(by=tracey, person=tracey, name="Trace", recorded=False)
    assert not Alias.objects.exists()


def test_when_the_audit_fails_nothing_was_done(
    tracey: Person, operated: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Event, *args: Any, **kwargs: Any) -> None:
        raise OSError("the audit is not there")

    monkeypatch.setattr(Event, "save", fail)
    with pytest.raises(OSError, match="not there"):
        operated(by=tracey, person=tracey, name="Trace")
    assert not Alias.objects.exists()


def test_when_the_work_fails_the_audit_does_not_claim_it(tracey: Person, operated: Any) -> None:
    with pytest.raises(KeyError):
        operated(by=tracey, person=tracey, name="Trace", twice=True)
    assert not Event.objects.exists()


def test_an_operation_inside_another_counts_for_the_outer_one(tracey: Person, operated: Any) -> None:
    def outer(*, by: Any) -> None:
        operated(by=by, person=by, name="Trace")

    try:
        operation("test.outer")(outer)(by=tracey)
        assert Event.objects.count() == 1
    finally:
        OPERATIONS.pop("test.outer")


def test_a_record_of_an_earlier_operation_does_not_count_for_the_next(tracey: Person, operated: Any) -> None:
    operated(by=tracey, person=tracey, name="Trace")
    with pytest.raises(NotRecorded):
        operated(by=tracey, person=tracey, name="Trey", recorded=False)
    assert list(Alias.objects.values_list("name", flat=True)) == ["Trace"]


@pytest.mark.parametrize("function", [lambda by: None, lambda *, person: None, lambda *args, by: None])
def test_what_takes_no_doer_by_keyword_is_no_operation(function: Any) -> None:
    with pytest.raises(TypeError, match="keywords only"):
        operation("test.wrong")(function)
    assert "test.wrong" not in OPERATIONS


def test_the_house_itself_is_recorded_by_the_name_of_its_work(db: None) -> None:
    tracey = cast.person()
    with working_on("messages.send"):
        record("test.sent", by=None, thing=tracey, person_id=tracey.pk)
    with as_owner():
        event = Event.objects.get()
    assert (event.by_id, event.work) == (None, "messages.send")


def test_somebody_or_a_named_work_did_it(tracey: Person) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        record("test.nobody", by=None, thing=tracey)


def test_the_same_words_have_another_digest_for_another_person(tracey: Person) -> None:
    other = cast.person("Norah Tully")
    assert digest(salt_for(tracey.pk), WORDS) != digest(salt_for(other.pk), WORDS)
    assert salt_for(tracey.pk) == salt_for(tracey.pk)
    assert len(salt_for(tracey.pk)) == 32


def test_a_digest_is_of_the_value_and_not_of_how_it_was_written() -> None:
    assert digest(b"salt", {"a": 1, "b": UUID(int=1)}) == digest(b"salt", {"b": UUID(int=1), "a": 1})
    assert digest(b"salt", "é") != digest(b"salt", "e")


def test_without_the_salt_the_digests_mean_nothing(tracey: Person, operated: Any) -> None:
    operated(by=tracey, person=tracey, name="Trace")
    with as_owner():
        Salt.objects.all().delete()
    assert Event.objects.get().fields["name"] != digest(salt_for(tracey.pk), "Trace")


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET did = 'x'", "DELETE FROM audit_event"])
def test_even_the_owner_cannot_change_what_was_recorded(
    tracey: Person, operated: Any, statement: str
) -> None:
    operated(by=tracey, person=tracey, name="Trace")
    with pytest.raises(DatabaseError, match="only ever added to"), as_owner() as cursor, transaction.atomic():
        cursor.execute(statement)
    assert json.loads(everything_recorded())[0]["did"] == "test.also_known"


def test_a_look_says_who_read_what_and_why(db: None) -> None:
    tracey, priya = cast.person(), cast.serving("Priya Nair")
    part = uuid4()
    with acting_as(priya):
        look(by=priya, person_id=tracey.pk, page="story", why="walking with me", parts=[str(part)])
    with acting_as(tracey):
        seen = Look.objects.get()
    assert (seen.by_id, seen.page, seen.why, seen.parts) == (
        priya.pk,
        "story",
        "walking with me",
        [str(part)],
    )


def test_reading_ones_own_page_is_no_look(tracey: Person) -> None:
    assert look(by=tracey, person_id=tracey.pk, page="story", why="mine") is None
    assert not Look.objects.exists()


def test_a_look_without_a_why_is_refused(db: None) -> None:
    tracey, priya = cast.person(), cast.serving("Priya Nair")
    with pytest.raises(DatabaseError, match="look_has_a_why"), acting_as(priya):
        look(by=priya, person_id=tracey.pk, page="story", why="")


def test_nobody_writes_a_look_in_anothers_name(db: None) -> None:
    tracey, priya, dev = cast.person(), cast.serving("Priya Nair"), cast.serving("Dev Rao")
    with pytest.raises(DatabaseError, match="row-level security"), acting_as(dev):
        look(by=priya, person_id=tracey.pk, page="story", why="walking with me")


def test_a_look_is_seen_by_the_one_looked_at_and_the_looker_alone(db: None) -> None:
    tracey, priya = cast.person(), cast.serving("Priya Nair")
    with acting_as(priya):
        look(by=priya, person_id=tracey.pk, page="story", why="walking with me")
    for whoever, seen in ((tracey, 1), (priya, 1), (cast.person("Norah Tully"), 0)):
        with acting_as(whoever):
            assert Look.objects.count() == seen
    assert Look.objects.count() == 0


def test_the_audit_has_no_column_for_words(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'audit_event' AND data_type = 'text'"
        )
        assert cursor.fetchall() == []
