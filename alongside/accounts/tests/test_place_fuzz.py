"""Whatever bytes come, reading them ends in sentences and never in a traceback."""

import json
import random
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.accounts.place.drawing import read_lines
from alongside.accounts.place.reading import PlaceRead
from alongside.accounts.place.reading.geometry import Unsound, bounds, in_the_uk, middle, sound
from alongside.accounts.tests.places import District, needs_real_data, read_place, real

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
keys = st.sampled_from(["type", "coordinates", "features", "properties", "geometry", "crs", "lsoa21_code"])
geojson_like = st.recursive(
    json_values | st.sampled_from(["FeatureCollection", "Feature", "Polygon", "MultiPolygon", "E01000001"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=20,
)


def read_with(**raw: bytes) -> PlaceRead:
    """A sound district, but for some bytes."""
    with tempfile.TemporaryDirectory() as folder:
        district = District(Path(folder))
        district.raw.update(raw)
        return district.read()


def tells_or_reads(read: PlaceRead) -> bool:
    """Either something stops it, in whole sentences, or there is something to load."""
    for problem in read.problems:
        assert problem.sentence
        assert "%(" not in problem.sentence
        assert str(problem).startswith(problem.file)
    return read.may_load() or any(problem.stops for problem in read.problems)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_as_a_table(raw: bytes) -> None:
    assert tells_or_reads(read_with(lsoa=raw))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_as_shapes(raw: bytes) -> None:
    assert tells_or_reads(read_with(boundaries=raw))


@settings(max_examples=120, deadline=None)
@given(geojson_like)
def test_any_json_as_shapes(value: Any) -> None:
    assert tells_or_reads(read_with(boundaries=json.dumps(value).encode(), wards=json.dumps(value).encode()))


@settings(max_examples=120, deadline=None)
@given(geojson_like)
def test_any_json_as_one_geometry_is_sound_or_says_why(value: Any) -> None:
    try:
        geometry = sound(value)
    except Unsound as unsound:
        says = str(unsound)
    else:
        says = "sound"
        west, south, east, north = bounds([geometry])
        assert in_the_uk(west, south)
        assert in_the_uk(east, north)
    assert says


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_sound_table_with_any_one_byte_changed(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        raw = bytearray(District(Path(folder)).csv_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert tells_or_reads(read_with(lsoa=bytes(raw)))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_sound_table_cut_anywhere_is_never_loaded_as_if_it_were_whole(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        raw = District(Path(folder)).csv_bytes()
    second_row = raw.index(b"\n", raw.index(b"\n") + 1)
    last_comma = raw.rindex(b",")
    cut = data.draw(st.integers(1, last_comma))
    read = read_with(lsoa=raw[:cut])
    assert not read.may_load(), raw[:cut][second_row:]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_words_as_a_drawing_are_a_shape_or_a_sentence(text: str) -> None:
    try:
        says = read_lines(text)["type"]
    except Unsound as unsound:
        says = str(unsound)
    assert says == "Polygon" or says.endswith(".")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(54.9, 54.99), st.floats(-1.8, -1.6)), min_size=3, max_size=3, unique=True)
)
def test_the_middle_of_a_triangle_is_inside_its_bounds(points: list[tuple[float, float]]) -> None:
    try:
        drawn = read_lines("\n".join(f"{lat:.5f}, {lon:.5f}" for lat, lon in points))
    except Unsound:
        return  # three points on one line
    west, south, east, north = bounds([drawn])
    lon, lat = middle(drawn)
    assert west - 1e-6 <= lon <= east + 1e-6
    assert south - 1e-6 <= lat <= north + 1e-6


@needs_real_data
def test_real_shapes_with_random_damage_are_told_by_feature(tmp_path: Path) -> None:
    chance = random.Random(2)
    files = real("gateshead")
    whole = json.loads(files["boundaries"].read_text(encoding="utf-8"))
    broken = chance.sample(range(126), 12)
    for index in broken:
        geometry = whole["features"][index]["geometry"]
        geometry["coordinates"] = chance.choice([[], None, [[[0, 0]]], "shape"])
    damaged = tmp_path / "damaged.geojson"
    damaged.write_text(json.dumps(whole), encoding="utf-8")
    read = read_place(**files | {"boundaries": damaged})
    assert sorted(problem.row - 1 for problem in read.problems if problem.row) == sorted(broken)
    assert {problem.column for problem in read.problems} == {"geometry"}
    assert len(read.neighbourhoods) == 114
