"""The arithmetic of the chain, without a database: anybody can do it again from the words of ADR 13."""

import dataclasses
import datetime as dt
import hashlib
import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.audit import chain

MOMENTS = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1), timezones=st.just(dt.UTC))
ENTRIES = st.builds(
    chain.Entry,
    kind=st.sampled_from([chain.EVENT, chain.LOOK]),
    at=st.integers(-(2**62), 2**62),
    key=st.uuids(),
    digest=st.binary(min_size=32, max_size=32),
)
ROW = {
    "id": UUID(int=7),
    "at": dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC),
    "by_id": None,
    "fields": {"b": 1, "a": "é"},
}


def test_a_row_is_written_as_the_decision_says():
    said = '["event",{"at":1772625600000000,"fields":{"a":"é","b":1},"id":"' + str(ROW["id"]) + '"}]'
    assert chain.canonical(chain.EVENT, ROW) == said.encode()
    assert chain.entry(chain.EVENT, ROW).digest == hashlib.sha256(said.encode()).digest()


@pytest.mark.parametrize("nothing", [None, "", [], {}, False])
def test_a_column_that_a_later_release_adds_leaves_old_rows_as_they_were(nothing):
    assert chain.canonical(chain.EVENT, {**ROW, "added": nothing}) == chain.canonical(chain.EVENT, ROW)
    assert chain.canonical(chain.EVENT, {**ROW, "added": "x"}) != chain.canonical(chain.EVENT, ROW)


def test_the_same_moment_is_written_the_same_in_every_zone():
    summer = dt.timezone(dt.timedelta(hours=1))
    moved = {**ROW, "at": ROW["at"].astimezone(summer)}
    assert chain.canonical(chain.EVENT, moved) == chain.canonical(chain.EVENT, ROW)


@pytest.mark.parametrize("change", [{"by_id": UUID(int=1)}, {"fields": {}}, {"at": ROW["at"] + chain.MICRO}])
def test_any_change_in_a_row_is_another_digest(change):
    assert chain.entry(chain.EVENT, {**ROW, **change}).digest != chain.entry(chain.EVENT, ROW).digest


def test_an_event_is_no_look_though_it_says_the_same():
    assert chain.entry(chain.EVENT, ROW).digest != chain.entry(chain.LOOK, ROW).digest


@given(entries=st.lists(ENTRIES, max_size=5))
def test_what_was_packed_is_unpacked(entries):
    packed = b"".join(one.packed() for one in entries)
    assert len(packed) == chain.ENTRY * len(entries)
    assert list(chain.unpacked(packed)) == entries
    assert chain.day_digest(entries) == hashlib.sha256(packed).hexdigest()


@pytest.mark.parametrize("torn", [b"e", b"x" * chain.ENTRY])
def test_bytes_that_are_no_entries_are_refused(torn):
    with pytest.raises(ValueError, match="the list of entries"):
        list(chain.unpacked(torn))


@given(moment=MOMENTS)
def test_a_moment_is_kept_to_the_microsecond_and_lies_in_its_day(moment):
    one = chain.Entry(chain.LOOK, chain.micros(moment), UUID(int=0), b"")
    assert one.moment == moment
    assert chain.begin_of(chain.day_of(moment)) <= moment < chain.end_of(chain.day_of(moment))


@dataclasses.dataclass
class Told:
    """What a seal is linked from."""

    before: str = "f" * 64
    day: dt.date = dt.date(2026, 3, 4)
    events: int = 2
    looks: int = 3
    entries_digest: str = "e" * 64
    sealed_at: dt.datetime = dt.datetime(2026, 3, 5, 1, tzinfo=dt.UTC)


def test_a_link_is_what_the_decision_says():
    said = json.dumps(["f" * 64, "2026-03-04", 2, 3, "e" * 64, 1772672400000000], separators=(",", ":"))
    assert chain.link(**dataclasses.asdict(Told())) == hashlib.sha256(said.encode()).hexdigest()


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Told)])
def test_everything_in_a_seal_is_in_its_link(field):
    other = {
        "before": "", "day": dt.date(2026, 3, 5), "events": 1, "looks": 1, "entries_digest": "",
        "sealed_at": dt.datetime(2026, 3, 5, 2, tzinfo=dt.UTC),
    }  # fmt: skip
    changed = dataclasses.replace(Told(), **{field: other[field]})
    assert chain.link(**dataclasses.asdict(changed)) != chain.link(**dataclasses.asdict(Told()))
