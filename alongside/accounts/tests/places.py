"""Small districts on disk, sound until a test breaks them, and where the real ones lie."""

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from alongside.accounts.place.reading import PlaceRead, read_place

SHARED = Path(os.environ.get("ALONGSIDE_SHARED", Path(__file__).parents[4] / "shared")) / "places"
needs_real_data = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the published data of real places is not on this machine (ALONGSIDE_SHARED)"
)
REAL = {"gateshead": (22, 126), "doncaster": (21, 199), "camden": (20, 130)}

ROW: dict[str, Any] = {
    "lsoa21_code": "E01000001",
    "lsoa21_name": "Riverton 001A",
    "neighbourhood_name": "Old Quay",
    "lad_code": "E08000001",
    "lad_name": "Riverton",
    "ward25_code": "E05000001",
    "lat": 54.955,
    "lon": -1.605,
    "residents_2021": 1500,
    "households_2021": 700,
    "disabled_2021": 300,
    "social_rent_hh_2021": 200,
    "private_rent_hh_2021": 100,
    "imd2025_rank": 3000,
    "imd2025_decile": 1,
    "income_decile": 1,
    "employment_decile": 2,
    "education_decile": 3,
    "health_decile": 1,
    "crime_decile": 4,
    "housing_services_decile": 7,
    "environment_decile": 9,
    "income_score": 0.371,
    "patient_to_gp_ratio": 1468.733,
    "connectivity_score": 61.268,
    "asb_rate_per_1000": 15.3,
    "homelessness_rate_per_1000_hh": 3.695,
}


def square(west: float = -1.61, south: float = 54.95, side: float = 0.01) -> list[list[float]]:
    """A closed ring."""
    east, north = round(west + side, 5), round(south + side, 5)
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings: Any) -> dict[str, Any]:
    """A GeoJSON polygon."""
    return {"type": "Polygon", "coordinates": list(rings) or [square()]}


def feature(geometry: Any = None, **properties: Any) -> dict[str, Any]:
    """A GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry or polygon()}


class District:
    """Three sound files of two neighbourhoods in one ward; a test changes what it wants before `read()`."""

    def __init__(self, folder: Path) -> None:
        self.lsoa, self.boundaries, self.wards = folder / "n.csv", folder / "b.geojson", folder / "w.geojson"
        second = {"lsoa21_code": "E01000002", "lsoa21_name": "Riverton 001B", "lon": -1.595}
        self.rows = [dict(ROW), {**ROW, **second}]
        self.shapes = [
            feature(polygon(square(-1.61)), lsoa21_code="E01000001"),
            feature(polygon(square(-1.60)), lsoa21_code="E01000002"),
        ]
        ward = {"ward25_code": "E05000001", "ward25_name": "Quayside"}
        self.ward_shapes = [feature(polygon(square(-1.61, side=0.02)), **ward)]
        self.raw: dict[str, bytes] = {}
        self.crs: Any = None

    def csv_bytes(self, separator: str = ",") -> bytes:
        """The rows as a CSV file."""
        lines = [separator.join(self.rows[0])]
        lines += [separator.join(str(value) for value in row.values()) for row in self.rows]
        return ("\n".join(lines) + "\n").encode()

    def collection(self, features: list[Any]) -> bytes:
        """Features as a GeoJSON file."""
        whole = {"type": "FeatureCollection", "features": features}
        return json.dumps({**whole, "crs": self.crs} if self.crs else whole).encode()

    def write(self) -> dict[str, Path]:
        """The files on disk; `raw` replaces the bytes of one of them."""
        self.lsoa.write_bytes(self.raw.get("lsoa", self.csv_bytes()))
        self.boundaries.write_bytes(self.raw.get("boundaries", self.collection(self.shapes)))
        self.wards.write_bytes(self.raw.get("wards", self.collection(self.ward_shapes)))
        return {"lsoa": self.lsoa, "boundaries": self.boundaries, "wards": self.wards}

    def read(self, **more: Any) -> PlaceRead:
        """Write and read them back."""
        return read_place(**self.write(), **more)

    def told(self, **more: Any) -> list[str]:
        """Everything that was told, as people read it."""
        return [str(problem) for problem in self.read(**more).problems]


@pytest.fixture
def district(tmp_path: Path) -> District:
    """A sound district."""
    return District(tmp_path)


def real(name: str) -> dict[str, Path]:
    """The files of a real district."""
    return {
        "lsoa": SHARED / "places_lsoa21.csv",
        "boundaries": SHARED / f"{name}_lsoa21.geojson",
        "wards": SHARED / f"{name}_ward25.geojson",
    }


def rows_of(text: str) -> list[dict[str, str]]:
    """A CSV text as dictionaries."""
    return list(csv.DictReader(text.lstrip("\ufeff").splitlines()))
