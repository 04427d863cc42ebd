"""GeoJSON files of boundaries: neighbourhoods or wards, each with its code."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from . import geometry
from .problems import Told
from .text import read_text

MOST_FEATURES = 5_000
WGS84 = re.compile(r"CRS84|EPSG:{1,2}4326$", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """Which features a file should hold, and under which property names (ours, then those of ONS)."""

    what: str
    pattern: re.Pattern[str]
    code_names: tuple[str, ...]
    name_names: tuple[str, ...]


NEIGHBOURHOODS = Kind(
    "neighbourhood", re.compile(r"[EW]01\d{6}"), ("lsoa21_code", "LSOA21CD"), ("lsoa21_name", "LSOA21NM")
)
WARDS = Kind(
    "ward",
    re.compile(r"[EW]05\d{6}"),
    ("ward25_code", "WD25CD", "WD24CD"),
    ("ward25_name", "WD25NM", "WD24NM"),
)


@dataclass(frozen=True)
class Feature:
    """One feature with a good code; `boundary` is None when its shape was told as a problem."""

    number: int
    code: str
    name: str
    boundary: geometry.Geometry | None


def read_features(path: Path, kind: Kind, told: Told) -> list[Feature] | None:
    """Every feature with a usable code; None when the file as a whole cannot be used."""
    text = read_text(path, told)
    if text is None:
        return None
    listed = _features_of(_parse(text, told), told)
    if listed is None:
        return None
    first_seen: dict[str, int] = {}
    read = (_feature(each, number, kind, first_seen, told) for number, each in enumerate(listed, start=1))
    return [feature for feature in read if feature]


def _parse(text: str, told: Told) -> object:
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        _tell_json(text, error, told)
    except RecursionError:
        told.whole(_("The file is nested too deeply to be GeoJSON."))
    except ValueError as error:
        told.whole(_("The file holds a number that cannot be read: %(why)s."), why=error)
    return None


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(constant)


def _tell_json(text: str, error: json.JSONDecodeError, told: Told) -> None:
    """A JSON text that stops early is half a file; one that never begins as JSON is something else."""
    if text.lstrip()[:1] not in ("{", "["):
        told.whole(_("The file is not JSON (it begins with “%(begins)s”)."), begins=text.strip()[:20])
    elif error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated string"):
        told.whole(_("The file stops half way: it was cut off. Fetch it again."), row=error.lineno)
    else:
        told.whole(
            _("The file is not sound JSON: line %(line)d, character %(character)d."),
            row=error.lineno,
            line=error.lineno,
            character=error.colno,
        )


def _features_of(collection: object, told: Told) -> list[Any] | None:
    if collection is None and told.broken:
        return None
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        told.whole(_("The file is JSON, but not a GeoJSON FeatureCollection."))
        return None
    listed = collection.get("features")
    if not isinstance(listed, list) or not listed:
        told.whole(_("The file holds no features."))
        return None
    if len(listed) > MOST_FEATURES:
        told.whole(
            _("The file holds more than %(most)d features; cut it down to one district."), most=MOST_FEATURES
        )
        return None
    return listed if _is_wgs84(collection.get("crs"), told) else None


def _is_wgs84(crs: object, told: Told) -> bool:
    if crs is None:
        return True
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if WGS84.search(name):
        return True
    told.whole(
        _("Its coordinates are in %(crs)s. Save the file again in WGS84 (EPSG:4326)."),
        column="crs",
        crs=name or _("an unknown coordinate system"),
    )
    return False


def _feature(
    value: object, number: int, kind: Kind, first_seen: dict[str, int], told: Told
) -> Feature | None:
    properties = value.get("properties") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(properties, dict):
        told.row(number, "", _("This is not a GeoJSON feature with properties."))
        return None
    code = _code(properties, number, kind, first_seen, told)
    if not code:
        return None
    name = next((str(properties[each]).strip() for each in kind.name_names if properties.get(each)), "")
    return Feature(number, code, name, _boundary(value.get("geometry"), number, code, told))


def _code(properties: dict[str, Any], number: int, kind: Kind, seen: dict[str, int], told: Told) -> str:
    column = next((each for each in kind.code_names if each in properties), kind.code_names[0])
    code = str(properties.get(column) or "").strip()
    if not code:
        told.row(number, column, _("The code is missing."))
    elif not kind.pattern.fullmatch(code):
        told.row(number, column, _("“%(code)s” is not the code of a %(what)s."), code=code, what=_what(kind))
    elif code in seen:
        told.row(
            number,
            column,
            _("%(code)s is there twice: first as feature %(first)d."),
            code=code,
            first=seen[code],
        )
    else:
        seen[code] = number
        return code
    return ""


def _what(kind: Kind) -> str:
    return _("ward") if kind is WARDS else _("neighbourhood")


def _boundary(value: object, number: int, code: str, told: Told) -> geometry.Geometry | None:
    try:
        return geometry.sound(value)
    except geometry.Unsound as unsound:
        told.row(number, "geometry", "%(code)s: %(why)s", code=code, why=unsound)
        return None
