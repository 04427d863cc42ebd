"""`alongside check` on the locks: whatever differs from the code is named, by table and by lock."""

import pytest
from django.db import connections

from alongside.config.cli.checks import locks
from alongside.config.cli.checks.finding import Finding
from alongside.kernel import rows
from tests.database import as_owner

SOUND = Finding("locks", True, "Every lock in the database is the one in the code.")
OPEN = rows.open_tables()


@pytest.fixture
def owner(db):
    """Somebody who may change locks; whatever they do is undone at the end."""
    with as_owner() as cursor:
        yield cursor


def said(cursor):
    """As `check` says it: where tables are without locks, the locks of the others wait their turn."""
    return locks.unlocked_tables(cursor) or locks.changed_locks(cursor)


def answer():
    (found,) = locks.locks()
    return found


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("ALTER TABLE people_person DISABLE ROW LEVEL SECURITY", "people_person has no lock"),
        ("ALTER TABLE people_reach NO FORCE ROW LEVEL SECURITY", "people_reach has no lock"),
        ("DROP POLICY see ON story_storypart", "story_storypart: the lock 'see' is missing."),
        (
            "ALTER POLICY see ON people_reach USING (true)",
            "people_reach: the lock 'see' is not the one in the code.",
        ),
        ("ALTER POLICY add ON people_reach WITH CHECK (true)", "the lock 'add' is not the one in the code."),
        ("CREATE POLICY wide ON audit_look USING (true)", "audit_look: the lock 'wide' is not ours."),
        ("ALTER POLICY see ON audit_look RENAME TO look", "audit_look: the lock 'look' is not ours."),
        ("CREATE TABLE public.notes (words text)", "notes is neither locked nor named as open."),
        ("DROP TABLE story_gap", "story_gap should have a lock, and is not in the database."),
    ],
)
def test_a_lock_changed_by_hand_is_named(owner, sql, says):
    owner.execute(sql)
    assert any(says in each for each in said(owner))


def test_nothing_is_said_where_nothing_was_changed(owner):
    assert said(owner) == []


def test_several_at_once_are_all_named(owner):
    owner.execute("DROP POLICY see ON people_reach; DROP POLICY add ON people_reach")
    assert said(owner) == [
        "people_reach: the lock 'add' is missing.",
        "people_reach: the lock 'see' is missing.",
    ]


def test_looking_leaves_nothing_behind(owner):
    said(owner)
    owner.execute("SELECT count(*) FROM pg_class WHERE relnamespace = pg_my_temp_schema()")
    assert owner.fetchone() == (0,)


def test_a_table_cannot_be_both_locked_and_open(owner, monkeypatch):
    monkeypatch.setattr(rows, "open_tables", lambda: dict.fromkeys([*OPEN, "people_reach"], "why"))
    assert locks.unlocked_tables(owner) == ["people_reach is named as open and locked at once."]


@pytest.fixture
def without_owner(committed, settings):
    """A place that was given no address of its owner; the test's own comes back afterwards."""
    entry = settings.DATABASES.pop("owner")
    yield
    settings.DATABASES["owner"] = entry


def test_without_the_owners_address_it_says_how_to_look_closer(without_owner):
    assert "Set DATABASE_OWNER_URL to compare the locks with the code" in answer().sentence


def test_the_answer_says_what_writes_them_anew(committed):
    assert answer() == SOUND
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER POLICY see ON people_reach USING (true)")
    found = answer()
    assert not found.ok
    assert found.sentence.endswith("`alongside migrate` writes every lock anew.")
