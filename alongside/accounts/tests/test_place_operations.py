"""Loading a district is all or nothing, the same again changes nothing, and people keep what is theirs."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.accounts.models import Neighbourhood, Place, Voice, Ward
from alongside.accounts.place import operations
from alongside.accounts.place.drawing import read_lines
from alongside.accounts.place.operations import OtherDistrict, load_place
from alongside.accounts.place.reading import PlaceRead, read_place
from alongside.accounts.tests.places import (
    REAL,
    District,
    district,
    feature,
    needs_real_data,
    polygon,
    real,
    square,
)
from alongside.audit.models import Event
from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.policy import Denied
from alongside.people.models import Person
from tests import cast
from tests.database import as_owner

__all__ = ["district"]
pytestmark = pytest.mark.django_db

TYNEBANK: dict[str, Any] = {
    "id": "tynebank",
    "name": "Tynebank",
    "mission": "Nobody goes through it on their own unless they want to.",
    "charter_words": ["care", "connection"],
    "neighbourhoods": [
        {"id": "staithes", "name": "The Staithes", "people": 6100, "lat": 54.957, "lon": -1.625},
        {"id": "saltgate", "name": "Saltgate", "people": 7200, "lat": 54.951, "lon": -1.611},
    ],
}
AROUND = "54.951, -1.612\n54.951, -1.602\n54.957, -1.606"


def load(read: PlaceRead, **more: Any) -> operations.Loaded:
    """As the command line does."""
    with working_on("place.load"):
        return load_place(by=None, read=read, **more)


def tell() -> Place:
    """The made-up place, as the demo does."""
    with working_on("demo"):
        return operations.tell_of_place(by=None, told=TYNEBANK)


@needs_real_data
@pytest.mark.parametrize("name", REAL)
def test_a_real_district_is_loaded(name: str) -> None:
    loaded = load(read_place(**real(name)))
    wards, neighbourhoods = REAL[name]
    assert (len(loaded.wards.new), len(loaded.neighbourhoods.new)) == (wards, neighbourhoods)
    assert Neighbourhood.objects.official().count() == neighbourhoods
    assert Place.objects.get().name.lower() == name
    assert not Neighbourhood.objects.filter(ward=None).exists()


@needs_real_data
def test_loading_gateshead_again_changes_nothing() -> None:
    read = read_place(**real("gateshead"))
    load(read)
    before = dict(Neighbourhood.objects.values_list("code", "id"))
    again = load(read)
    assert (len(again.neighbourhoods.unchanged), len(again.wards.unchanged)) == (126, 22)
    assert (again.neighbourhoods.new, again.neighbourhoods.changed, again.neighbourhoods.laid_aside) == (
        [],
        {},
        [],
    )
    assert dict(Neighbourhood.objects.values_list("code", "id")) == before


@needs_real_data
def test_a_large_district_takes_no_more_queries_than_a_small_one(district: District) -> None:
    with CaptureQueriesContext(
        connection,
    ) as small:
        load(district.read())
    with CaptureQueriesContext(connection) as large:
        load(read_place(**real("doncaster")), instead=True)
    assert len(large) <= len(small) + 2  # the two that lay the other district aside


def test_what_changed_is_said_by_code_and_field(district: District) -> None:
    load(district.read())
    district.rows[0]["residents_2021"] = 1600
    changed = load(district.read()).neighbourhoods
    assert changed.changed == {"E01000001": ["residents"]}
    assert changed.unchanged == ["E01000002"]
    assert Neighbourhood.objects.get(code="E01000001").residents == 1600


def test_the_address_of_a_neighbourhood_stays_when_its_name_changes(district: District) -> None:
    load(district.read())
    district.rows[0]["neighbourhood_name"] = "New Quay"
    load(district.read())
    renamed = Neighbourhood.objects.get(code="E01000001")
    assert (renamed.name, renamed.slug) == ("New Quay 001A", "old-quay-001a")


def test_a_neighbourhood_that_left_the_files_is_laid_aside_and_not_lost(district: District) -> None:
    load(district.read())
    district.rows.pop()
    district.shapes.pop()
    assert load(district.read()).neighbourhoods.laid_aside == ["E01000002"]
    assert list(Neighbourhood.objects.current().values_list("code", flat=True)) == ["E01000001"]
    assert Neighbourhood.objects.count() == 2


def test_another_district_asks_first(district: District) -> None:
    load(district.read())
    for row in district.rows:
        row.update(lad_code="E08000002", lad_name="Moorton")
    with pytest.raises(OtherDistrict, match="already holds the neighbourhoods of Riverton"):
        load(district.read())
    assert Place.objects.get().district == "Riverton"
    assert load(district.read(), instead=True).place.district == "Moorton"


def test_nothing_half_loaded_remains_when_the_last_write_fails(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("alongside.accounts.place.operations.load._keep_outline", fail)
    with pytest.raises(OSError, match="disk is full"):
        load(district.read())
    assert not Place.objects.exists()
    assert not Ward.objects.exists()
    assert not Neighbourhood.objects.exists()


def test_nothing_is_loaded_when_the_audit_fails(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("no audit")

    monkeypatch.setattr("alongside.accounts.place.operations.load.record", fail)
    with pytest.raises(OSError, match="no audit"):
        load(district.read())
    assert not Neighbourhood.objects.exists()


def test_a_load_is_recorded_once(district: District) -> None:
    load(district.read())
    with as_owner():
        assert list(Event.objects.values_list("did", "work", "by_id")) == [("place.load", "place.load", None)]


def test_a_made_up_place_is_told_and_told_again() -> None:
    first, again = tell(), tell()
    assert first.pk == again.pk
    assert again.charter_words == ["care", "connection"]
    assert list(Neighbourhood.objects.values_list("slug", "kind", "residents")) == [
        ("saltgate", "told", 7200),
        ("staithes", "told", 6100),
    ]


def test_real_neighbourhoods_stand_beside_those_that_were_told(district: District) -> None:
    tell()
    loaded = load(district.read())
    assert loaded.place.name == "Tynebank"
    assert Neighbourhood.objects.current().count() == 4


def test_there_is_only_one_place() -> None:
    tell()
    with working_on("demo"), pytest.raises(IntegrityError, match="the_place"), transaction.atomic():
        Place.objects.create(slug="elsewhere", name="Elsewhere")


def test_a_passer_by_cannot_write_the_place_even_without_policies(district: District) -> None:
    tell()
    assert Place.objects.update(name="Mine") == 0
    tracey = cast.person()
    with acting_as(tracey):
        assert Neighbourhood.objects.update(name="Mine") == 0


def draw_as(whoever: Person, name: str = "Behind the Co-op") -> Neighbourhood:
    with acting_as(whoever):
        return operations.draw_neighbourhood(by=whoever, name=name, boundary=read_lines(AROUND))


def test_residents_draw_a_neighbourhood_over_the_official_ones(district: District) -> None:
    load(district.read())
    drawn = draw_as(cast.person())
    assert (drawn.kind, drawn.slug) == ("drawn", "behind-the-co-op")
    assert Neighbourhood.objects.current().count() == 3


def test_two_drawings_of_one_name_have_two_addresses_and_none_is_a_page_of_ours() -> None:
    tell()
    tracey = cast.person()
    slugs = [draw_as(tracey, name).slug for name in ("Draw", "The Lane", "The Lane", "!!!")]
    assert slugs == ["draw-2", "the-lane", "the-lane-2", "neighbourhood"]


def test_loading_leaves_what_residents_drew_alone(district: District) -> None:
    load(district.read())
    drawn = draw_as(cast.person())
    load(district.read())
    drawn.refresh_from_db()
    assert drawn.current


def test_nobody_draws_without_signing_in() -> None:
    with pytest.raises(Denied, match="Sign in first"):
        operations.draw_neighbourhood(by=None, name="Mine", boundary=read_lines(AROUND))


def test_words_about_a_place_are_taken_back_by_their_speaker_only() -> None:
    tell()
    tracey, other = cast.person(), cast.person("Somebody Else")
    saltgate = Neighbourhood.objects.get(slug="saltgate")
    with acting_as(tracey):
        voice = operations.say_about_place(by=tracey, words="The bus stops at six.", neighbourhood=saltgate)
    with acting_as(other):
        with pytest.raises(Denied, match="Only the one who said this"):
            operations.take_back_words(by=other, voice=voice)
        assert Voice.objects.filter(pk=voice.pk).delete()[0] == 0  # the second lock
    with acting_as(tracey):
        operations.take_back_words(by=tracey, voice=voice)
    assert not Voice.objects.exists()


def test_a_steward_changes_the_words_of_the_place() -> None:
    place = tell()
    denise = cast.serving("Denise Armstrong", "place_steward")
    with acting_as(denise):
        operations.change_words(
            by=denise, place=place, words={"mission": "Ask first.", "two_rules": ["Do no harm"]}
        )
    changed = Place.objects.get()
    assert (changed.mission, changed.two_rules) == ("Ask first.", ["Do no harm"])
    assert changed.name == "Tynebank"


def test_a_worker_does_not_change_the_words_of_the_place() -> None:
    place = tell()
    priya = cast.serving("Priya Nair")
    with acting_as(priya), pytest.raises(Denied, match="A place steward changes these words"):
        operations.change_words(by=priya, place=place, words={"mission": "Mine."})


def test_a_place_speaks_its_default_language() -> None:
    place = tell()
    denise = cast.serving("Denise Armstrong", "place_steward")
    with (
        acting_as(denise),
        pytest.raises(IntegrityError, match="place_speaks_its_default_language"),
        transaction.atomic(),
    ):
        operations.change_words(by=denise, place=place, words={"languages": ["pl"]})


def test_keeping_the_good_rows_leaves_out_only_the_bad_one(district: District) -> None:
    district.shapes[1] = feature(polygon(square()[:-1]), lsoa21_code="E01000002")
    read = district.read()
    assert not read.may_load()
    assert load(read).neighbourhoods.new == ["E01000001"]  # what --keep-good does
