"""The table of OWASP's ASVS 5.0.0 is whole: every number of levels 1 and 2 once, and every file it names is there."""

import re
from collections import Counter

from tests.house import sources

TABLE = sources.ROOT / "docs" / "reference" / "asvs.md"
# By section: the last number of levels 1 and 2, or all of them where level 3 stands between.
ASKED = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4,
    "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4,
    "17.3": 2,
}  # fmt: skip
ROW = re.compile(r"^\| ([\d.–, ]+) \| (.+?) \| (\w+) \| ?(.*?) ?\|$", re.MULTILINE)
ANSWERS = {"met", "partly", "not", "place", "none"}


def numbers(said: str) -> list[str]:
    """Every number of a cell: one, some, or from one to another."""
    found = []
    for part in said.split(", "):
        first, _dash, last = part.partition("–")
        section, _dot, begin = first.rpartition(".")
        end = last.rpartition(".")[2] or begin
        found += [f"{section}.{number}" for number in range(int(begin), int(end) + 1)]
    return found


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall(TABLE.read_text(encoding="utf-8"))


def test_every_requirement_of_the_two_levels_stands_there_once() -> None:
    said = Counter(number for each, *_rest in rows() for number in numbers(each))
    asked = {f"{section}.{number}" for section, last in ASKED.items() for number in range(1, last + 1)}
    assert set(said) ^ asked == set()
    assert [number for number, times in said.items() if times > 1] == []


def test_every_answer_is_one_of_five_and_says_where_or_why() -> None:
    assert {answer for _number, _asks, answer, _why in rows()} == ANSWERS
    assert [each for each, _asks, answer, why in rows() if answer != "none" and not why] == []


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(r"`((?:alongside|docs|tests|deploy)/[^`]*)`", TABLE.read_text(encoding="utf-8"))
    assert len(named) > 80
    assert [name for name in named if not (sources.ROOT / name).exists()] == []
