"""Bad open data is told by row and column, all of it at once, and sound rows beside it are still read."""

import pytest

from alongside.accounts.place.reading import geometry, text
from alongside.accounts.tests.places import (
    REAL,
    ROW,
    District,
    district,
    feature,
    needs_real_data,
    polygon,
    read_place,
    real,
    square,
)

__all__ = ["district"]


def test_a_sound_district_is_read_without_a_word(district: District) -> None:
    read = district.read()
    assert read.problems == ()
    assert read.may_load()
    assert (read.district, read.district_code) == ("Riverton", "E08000001")
    assert [each.name for each in read.neighbourhoods] == ["Old Quay 001A", "Old Quay 001B"]
    assert read.neighbourhoods[0].facts["imd_rank"] == 3000
    assert [ward.name for ward in read.wards] == ["Quayside"]


@needs_real_data
@pytest.mark.parametrize("name", REAL)
def test_every_real_district_is_read_whole(name: str) -> None:
    read = read_place(**real(name))
    assert read.problems == ()
    assert (len(read.wards), len(read.neighbourhoods)) == REAL[name]
    assert read.left_out[0].count == 455 - len(read.neighbourhoods)
    assert read.district.lower() == name


@needs_real_data
def test_rows_of_other_districts_are_left_out_and_said_so() -> None:
    left_out = read_place(**real("gateshead")).left_out[0]
    assert left_out.sentence == "Rows of other districts: Camden 130, Doncaster 199."


@needs_real_data
def test_the_wards_of_another_district_are_told_for_every_row() -> None:
    files = real("camden") | {"wards": real("doncaster")["wards"]}
    read = read_place(**files)
    assert not read.may_load()
    assert len([problem for problem in read.problems if problem.stops]) == 130


@pytest.mark.parametrize(
    ("cell", "value", "sentence"),
    [
        ("residents_2021", "many", "“many” is not a number. Leave the cell empty if it is not known."),
        ("residents_2021", "-3", "-3 is less than nothing."),
        ("residents_2021", "12.5", "“12.5” is not a whole number."),
        ("residents_2021", '"1,464"', "“1,464” has a comma in it: write it as 1464."),
        ("residents_2021", "", "The cell is empty."),
        ("residents_2021", "١٢", "“١٢” is not a number. Leave the cell empty if it is not known."),
        ("residents_2021", "NaN", "“NaN” is not a number. Leave the cell empty if it is not known."),
        ("imd2025_rank", "33756", "33756 is not between 1 and 33755."),
        ("imd2025_decile", "0", "0 is not between 1 and 10."),
        ("income_score", "37.1", "37.1 is not between 0 and 1."),
        ("lsoa21_code", "Riverton", "“Riverton” is not a code of this kind."),
        ("ward25_code", "E05999999", "E05999999 is unknown: the wards' file does not have it."),
        ("lsoa21_name", "x" * 201, "This is longer than 200 letters."),
    ],
)
def test_a_bad_cell_is_told_by_row_and_column(
    district: District, cell: str, value: str, sentence: str
) -> None:
    district.rows[1][cell] = value
    told = district.told()
    assert f"n.csv, row 3, column {cell}: {sentence}" in told
    assert [each.code for each in district.read().neighbourhoods] == ["E01000001"]


def test_an_empty_fact_that_is_not_needed_is_simply_not_known(district: District) -> None:
    district.rows[0]["asb_rate_per_1000"] = ""
    read = district.read()
    assert read.problems == ()
    assert read.neighbourhoods[0].facts["asb_per_1000"] is None


def test_every_problem_is_told_at_once(district: District) -> None:
    district.rows[0]["residents_2021"] = "many"
    district.rows[0]["imd2025_decile"] = "11"
    district.shapes[1]["geometry"] = None
    district.ward_shapes.append(feature(polygon(), ward25_code="nowhere"))
    assert district.told() == [
        "n.csv, row 2, column residents_2021: “many” is not a number. "
        "Leave the cell empty if it is not known.",
        "n.csv, row 2, column imd2025_decile: 11 is not between 1 and 10.",
        "b.geojson, row 2, column geometry: E01000002: It has no shape (its geometry is null).",
        "w.geojson, row 2, column ward25_code: “nowhere” is not the code of a ward.",
    ]


def test_sound_rows_beside_a_bad_one_may_be_kept(district: District) -> None:
    district.rows[0]["residents_2021"] = "many"
    read = district.read()
    assert not read.may_load()
    assert read.may_load(keep_good=True)


def test_nothing_is_kept_of_a_file_that_is_no_use(district: District) -> None:
    district.raw["wards"] = b"{"
    assert not district.read().may_load(keep_good=True)


def test_a_code_that_is_there_twice_names_the_first(district: District) -> None:
    district.rows.append(dict(ROW))
    district.shapes.append(feature(polygon(), lsoa21_code="E01000001"))
    assert district.told() == [
        "n.csv, row 4, column lsoa21_code: E01000001 is there twice: first in row 2.",
        "b.geojson, row 3, column lsoa21_code: E01000001 is there twice: first as feature 1.",
    ]


def test_a_boundary_with_no_row_is_unknown(district: District) -> None:
    district.shapes.append(feature(polygon(), lsoa21_code="E01000009"))
    assert district.told() == [
        "b.geojson, row 3, column lsoa21_code: E01000009 is unknown: n.csv has no row for it in Riverton."
    ]


def test_a_row_with_no_boundary_is_told(district: District) -> None:
    district.shapes.pop()
    assert district.told() == ["n.csv, row 3, column lsoa21_code: E01000002 has no boundary."]


def test_a_ward_without_neighbourhoods_is_only_a_note(district: District) -> None:
    ward = {"ward25_code": "E05000002", "ward25_name": "Moor"}
    district.ward_shapes.append(feature(polygon(), **ward))
    assert district.told() == ["w.geojson, row 2, column ward25_code: No neighbourhood is in the ward Moor."]
    assert district.read().may_load()


def test_missing_columns_are_each_named(district: District) -> None:
    for row in district.rows:
        del row["lsoa21_code"], row["imd2025_rank"], row["asb_rate_per_1000"]
    assert district.told() == [
        "n.csv, row 1, column lsoa21_code: The column is missing.",
        "n.csv, row 1, column imd2025_rank: The column is missing.",
        "n.csv, row 1, column asb_rate_per_1000: The column is missing; the page will not have this.",
    ]


def test_a_heading_that_is_there_twice_is_told(district: District) -> None:
    district.raw["lsoa"] = district.csv_bytes().replace(b"income_decile", b"crime_decile")
    assert "n.csv, row 1, column crime_decile: The heading is there twice." in district.told()


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_told(district: District, separator: str) -> None:
    district.raw["lsoa"] = district.csv_bytes(separator)
    assert district.told() == [
        "n.csv, row 1: The columns are separated by something other than commas. "
        "Save it as “comma separated”."
    ]


def test_a_row_that_was_cut_off_is_told(district: District) -> None:
    district.raw["lsoa"] = district.csv_bytes()[:-60]
    assert district.told() == [
        "n.csv, row 3: This row has 12 cells where the headings have 27: "
        "it was cut off, or a comma is astray."
    ]


def test_a_file_that_stops_inside_a_quotation_is_told(district: District) -> None:
    district.raw["lsoa"] = district.csv_bytes().replace(b"Riverton 001B", b'"Riverton 001B')
    assert district.told() == [
        "n.csv, row 3: The file stops inside a quotation: it was cut off, or a quotation mark is missing."
    ]


def test_json_where_the_table_should_be_is_told(district: District) -> None:
    district.raw["lsoa"] = district.collection(district.shapes)
    assert district.told()[0] == "n.csv, row 1: This is JSON, not CSV: were the files given in another order?"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(district: District) -> None:
    district.raw["lsoa"] = b"\xef\xbb\xbf" + district.csv_bytes().replace(b"\n", b"\r\n")
    district.raw["wards"] = b"\xef\xbb\xbf" + district.collection(district.ward_shapes)
    assert district.told() == []


def test_a_windows_encoding_is_told_with_the_row_and_column(district: District) -> None:
    district.rows[1]["neighbourhood_name"] = "Caffé Quay"
    district.raw["lsoa"] = district.csv_bytes().decode().encode("cp1252")
    assert district.told() == [
        "n.csv, row 3, column neighbourhood_name: The letter “é” here is not UTF-8: the file was probably "
        "saved in a Windows encoding (cp1252). Save it again as “CSV UTF-8”."
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_utf16_is_told(district: District, encoding: str) -> None:
    district.raw["lsoa"] = district.csv_bytes().decode().encode(encoding)
    assert district.told() == ["n.csv: The file is saved as UTF-16 (“Unicode text”). Save it again as UTF-8."]


@pytest.mark.parametrize("file", ["lsoa", "boundaries", "wards"])
@pytest.mark.parametrize("raw", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(district: District, file: str, raw: bytes) -> None:
    district.raw[file] = raw
    assert [each for each in district.told() if each.endswith(": The file is empty.")]


def test_headings_without_rows_are_told(district: District) -> None:
    district.raw["lsoa"] = district.csv_bytes().split(b"\n")[0] + b"\n"
    assert district.told() == ["n.csv: The file has headings and no rows."]


def test_a_file_that_is_not_there_is_told(district: District) -> None:
    files = district.write()
    files["wards"].unlink()
    problems = read_place(**files).problems
    assert [str(each) for each in problems] == ["w.geojson: There is no such file."]


def test_a_folder_is_not_a_file(district: District) -> None:
    files = district.write()
    problems = read_place(**files | {"lsoa": files["lsoa"].parent}).problems
    assert problems[0].sentence == "This is a folder, not a file."


def test_a_huge_file_is_refused_before_it_is_read(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "MOST_BYTES", 2 * 1024 * 1024)
    district.raw["boundaries"] = b" " * (2 * 1024 * 1024 + 1)
    assert district.told() == [
        "b.geojson: The file is larger than 2 MB. Cut it down to one district, with simplified boundaries."
    ]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.999])
def test_half_a_json_file_is_told(district: District, share: float) -> None:
    whole = district.collection(district.shapes)
    district.raw["boundaries"] = whole[: int(len(whole) * share)]
    (told,) = district.told()
    assert told == "b.geojson, row 1: The file stops half way: it was cut off. Fetch it again."


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"<html>sorry</html>", "b.geojson: The file is not JSON (it begins with “<html>sorry</html>”)."),
        (b'{"type": oops}', "b.geojson, row 1: The file is not sound JSON: line 1, character 10."),
        (b"[1, 2]", "b.geojson: The file is JSON, but not a GeoJSON FeatureCollection."),
        (b"null", "b.geojson: The file is JSON, but not a GeoJSON FeatureCollection."),
        (b'{"type": "Feature"}', "b.geojson: The file is JSON, but not a GeoJSON FeatureCollection."),
        (b'{"type": "FeatureCollection", "features": []}', "b.geojson: The file holds no features."),
        (b'{"type": "FeatureCollection"}', "b.geojson: The file holds no features."),
        (b'{"x": NaN}', "b.geojson: The file holds a number that cannot be read: NaN."),
        (b"[" * 100_000, "b.geojson: The file is nested too deeply to be GeoJSON."),
    ],
)
def test_what_is_not_geojson_is_told(district: District, raw: bytes, sentence: str) -> None:
    district.raw["boundaries"] = raw
    assert district.told() == [sentence]


def test_a_coordinate_system_that_is_named_and_not_wgs84_is_told(district: District) -> None:
    district.crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    assert district.told() == [
        "b.geojson, column crs: Its coordinates are in urn:ogc:def:crs:EPSG::27700. "
        "Save the file again in WGS84 (EPSG:4326).",
        "w.geojson, column crs: Its coordinates are in urn:ogc:def:crs:EPSG::27700. "
        "Save the file again in WGS84 (EPSG:4326).",
    ]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_wgs84_by_any_of_its_names_is_fine(district: District, name: str) -> None:
    district.crs = {"type": "name", "properties": {"name": name}}
    assert district.told() == []


def test_eastings_and_northings_are_told(district: District) -> None:
    district.shapes[0]["geometry"] = polygon(
        [[425000, 563000], [426000, 563000], [425000, 564000], [425000, 563000]]
    )
    assert district.told() == [
        "b.geojson, row 1, column geometry: E01000001: 425000, 563000 look like eastings and northings "
        "(British National Grid), not degrees. Save the file again in WGS84 (EPSG:4326)."
    ]


def test_latitude_and_longitude_swapped_are_told(district: District) -> None:
    district.shapes[0]["geometry"] = polygon([[y, x] for x, y in square()])
    district.rows[1].update(lat=-1.605, lon=54.955)
    assert district.told() == [
        "n.csv, row 3, column lon, lat: 54.955, -1.605: latitude and longitude seem to be swapped.",
        "b.geojson, row 1, column geometry: E01000001: "
        "54.95, -1.61: latitude and longitude seem to be swapped.",
    ]


def test_a_point_in_another_country_is_told(district: District) -> None:
    district.rows[0].update(lat=48.85, lon=2.35)
    assert district.told() == ["n.csv, row 2, column lon, lat: 2.35, 48.85 is not in the United Kingdom."]


@pytest.mark.parametrize(
    ("geometry", "sentence"),
    [
        (polygon(square()[:-1]), "Ring 1 is not closed: its last point is not its first."),
        (
            polygon(square(), square(side=0.002)[:-1]),
            "Ring 2 is not closed: its last point is not its first.",
        ),
        (polygon([]), "Ring 1 is empty."),
        ({"type": "Polygon", "coordinates": []}, "Polygon 1 has no rings."),
        ({"type": "MultiPolygon", "coordinates": []}, "Its geometry has no polygons."),
        (
            {"type": "Point", "coordinates": [-1.6, 54.9]},
            "Its shape is a Point; only Polygon and MultiPolygon",
        ),
        (polygon([[-1.6, 54.9], [-1.6, 54.9], [-1.6, 54.9], [-1.6, 54.9]]), "Ring 1 encloses nothing"),
        (polygon([[-1.6, "54.9"], *square()]), "Point 1 of ring 1 is not two numbers."),
        (polygon([[-1.6, True], *square()]), "Point 1 of ring 1 is not two numbers."),
        (polygon([[-1.6], *square()]), "Point 1 of ring 1 is not two numbers."),
        ("a shape", "Its geometry is not a GeoJSON geometry."),
    ],
)
def test_a_shape_that_is_not_sound_is_told(district: District, geometry: object, sentence: str) -> None:
    district.shapes[1]["geometry"] = geometry
    (told,) = district.told()
    assert told.startswith(f"b.geojson, row 2, column geometry: E01000002: {sentence}")


def test_polygons_in_several_parts_and_with_holes_are_read(district: District) -> None:
    hole = square(-1.607, 54.953, 0.002)
    several = {"type": "MultiPolygon", "coordinates": [[square(), hole], [square(-1.58)]]}
    district.shapes[0]["geometry"] = several
    read = district.read()
    assert read.problems == ()
    assert len(list(geometry.rings(read.neighbourhoods[0].boundary))) == 3


def test_altitudes_are_dropped(district: District) -> None:
    district.shapes[0]["geometry"] = polygon([[x, y, 12.0] for x, y in square()])
    assert district.read().neighbourhoods[0].boundary["coordinates"][0][0] == (-1.61, 54.95)


def test_names_that_ons_itself_uses_are_understood(district: District) -> None:
    for shape in district.shapes:
        shape["properties"] = {"LSOA21CD": shape["properties"]["lsoa21_code"]}
    district.ward_shapes[0]["properties"] = {"WD25CD": "E05000001", "WD25NM": "Quayside"}
    assert district.told() == []


def test_boundaries_of_two_districts_ask_which(district: District) -> None:
    district.rows[1].update(lad_name="Moorton", lad_code="E08000002")
    told = district.told()
    assert told[0] == (
        "b.geojson: The boundaries are of 2 districts (Moorton, Riverton). Say which one with --district."
    )


def test_an_unknown_district_names_those_there_are(district: District) -> None:
    assert district.told(district="Atlantis") == [
        "n.csv, column lad_name: There is no district “Atlantis” here, only: Riverton."
    ]


def test_a_bad_row_of_another_district_does_not_matter(district: District) -> None:
    district.rows.append({**ROW, "lsoa21_code": "E01000077", "lad_name": "Moorton", "residents_2021": "many"})
    read = district.read()
    assert read.problems == ()
    assert read.left_out[0].sentence == "Rows of other districts: Moorton 1."


def test_odd_numbers_are_noted_and_stop_nothing(district: District) -> None:
    district.rows[0].update(disabled_2021=1501, private_rent_hh_2021=501, imd2025_decile=9)
    assert district.told() == [
        "n.csv, row 2, column disabled_2021: There are more disabled people than people who live here.",
        "n.csv, row 2, column households_2021: There are more rented homes than homes.",
        "n.csv, row 2, column imd2025_decile: This tenth does not fit the rank beside it.",
    ]
    assert district.read().may_load()


def test_a_cell_without_end_is_told(district: District) -> None:
    district.rows[1]["neighbourhood_name"] = "x" * 140_000
    assert district.told()[0] == (
        "n.csv, row 3: A cell is longer than 131072 letters: a quotation mark is missing."
    )
