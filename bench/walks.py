"""How moments and a worker's day behave as the place, and one person's record, grow; both locks on, looks written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench import moments
from bench.figures import CLIENTS, Figures, measured, print_all, write_out
from bench.places import cookie_of, fresh, statements_of
from bench.serving import server

PORT = 8702
MORNING, LISTED, SOUGHT = "a worker's morning", "a worker's list", "search by part of a name"
PERSON_10, PERSON_5000 = "person page, 10 moments", "person page, 5,000 moments"
FIRST_10, FIRST_5000 = "timeline, 10 moments", "timeline, 5,000 moments"
DEEP, WORDS, KIND = "timeline, deep page of 5,000", "timeline, words in 5,000", "timeline, one kind of 5,000"
ADD = "add a moment"
# A well-known open ticket system on PostgreSQL, milliseconds: what it does, and which of our pages is the same.
ELSEWHERE = (
    ("a list of 25 (203 statements)", 659, LISTED, 1),
    ("first screen of a 500-entry record", 1000, FIRST_5000, 1),
    ("all of a 500-entry record", 8200, DEEP, 500 // moments.LISTED),
    ("search by part of a name", 588, SOUGHT, 1),
    ("the same, at its slowest", 848, SOUGHT, 1),
    ("add a note", 217, ADD, 1),
)


@dataclass(frozen=True)
class Asked:
    """One page: its addresses, taken in turn, and the form sent to it where it takes one."""

    paths: list[str]
    sent: Callable[[], str] | None = None


def run(sizes: list[int], seconds: float, out: Path | None, *, statements: bool = False) -> None:
    """Measure every size and print what came out."""
    import django

    django.setup()
    found: dict[str, Figures] = {}
    for size in sizes:
        with place(size) as (url, crowd):
            pages = _pages(crowd)
            _plans(size, crowd, pages, statements=statements and size == sizes[-1])
            found[str(size)] = _measure(url, crowd, pages, seconds)
    print_all(found, "people")
    _ratios(found, sizes)
    if out:
        write_out(found, out)


@contextmanager
def place(size: int) -> Iterator[Any]:
    """A database with a crowd of that size, ten moments each."""
    from bench.crowd import Crowd

    with fresh(f"bench_walks_{size}") as addresses:
        crowd = Longer(Crowd(size))
        print(f"writing {size:,} people and {size * moments.EACH:,} moments …", flush=True)
        crowd.write()
        moments.write(crowd)
        yield addresses.app, crowd


class Longer:
    """A crowd in which one worker walks with twenty-five people, one of whom has a long life on record."""

    def __init__(self, crowd: Any) -> None:
        self.crowd = crowd
        self.worker = crowd.workers[3]
        crowd.walked = self.walked
        # Nobody else walks with them: they are the last of the crowd.
        self.theirs = crowd.people[-moments.LISTED :]
        self.long_life = self.theirs[0]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.crowd, name)

    def walked(self) -> Iterator[tuple[Any, Any]]:
        """Each worker with each of those they walk with: eight, and this one twenty-five."""
        cls = type(self.crowd)
        taken = set(self.theirs)
        for worker, person in cls.walked(self.crowd):
            if worker != self.worker and person not in taken:
                yield worker, person
        for person in self.theirs:
            yield self.worker, person


def _pages(crowd: Any) -> dict[str, Asked]:
    """What is asked for, all of it by one worker."""
    short, long = crowd.theirs[1:], crowd.long_life
    timeline = f"/people/{long}/moments/"
    found = {
        MORNING: Asked(["/today/"]),
        LISTED: Asked(["/people/"]),
        SOUGHT: Asked(["/people/?q=ada", "/people/?q=ley", "/people/?q=bal"]),
        PERSON_10: Asked([f"/people/{key}/" for key in short]),
        PERSON_5000: Asked([f"/people/{long}/"]),
        FIRST_10: Asked([f"/people/{key}/moments/" for key in short]),
        FIRST_5000: Asked([timeline]),
        DEEP: Asked([f"{timeline}?{urlencode({'after': _far_back(crowd)})}"]),
        WORDS: Asked([f"{timeline}?q={words}" for words in ("library", "4321", "talked+market")]),
        KIND: Asked([f"{timeline}?kind=together"]),
        ADD: Asked([f"/people/{key}/moments/new/" for key in (*short, long)], _a_moment),
    }
    return {page: asked for page, asked in found.items() if _is_there(page, asked)}


def _is_there(page: str, asked: Asked) -> bool:
    from django.urls import Resolver404, resolve

    try:
        resolve(asked.paths[0].partition("?")[0])
    except Resolver404:
        print(f"  {page}: there is no page at {asked.paths[0]} yet, so it is left out")
        return False
    return True


def _a_moment() -> str:
    return urlencode({"words": "We had tea, and she rang about the boiler herself.", "client_id": uuid4()})


def _far_back(crowd: Any) -> str:
    """The link to a page near the end of the long timeline."""
    from alongside.people.models import Person
    from alongside.walks.models import Moment
    from alongside.walks.queries.timeline import cursor_of

    whose = Person.objects.using("owner").get(pk=crowd.long_life)
    theirs = Moment.objects.using("owner").filter(person=whose).order_by("-at", "-id")
    return cursor_of(whose, theirs.values_list("at", "id")[moments.LONG - 500])


def _measure(url: str, crowd: Any, pages: dict[str, Asked], seconds: float) -> Figures:
    found: Figures = {}
    cookie = cookie_of(crowd.worker)
    with server(url, PORT, locked=True) as process:
        for page, asked in pages.items():
            found[page] = measured(process, PORT, asked.paths, cookie, seconds=seconds, sent=asked.sent)
    return found


def _plans(size: int, crowd: Any, pages: dict[str, Asked], *, statements: bool) -> None:
    """How many statements each page asks, and whether any of them reads a whole table."""
    from bench.plans import print_plan

    for page, one in pages.items():
        asked = statements_of(cookie_of(crowd.worker), one.paths[0], one.sent)
        print_plan(size, page, asked, crowd.worker, statements=statements)


def _ratios(found: dict[str, Figures], sizes: list[int]) -> None:
    small, large = found[str(sizes[0])], found[str(sizes[-1])]
    print("\nratios (goal beside)")
    for page in large:
        for clients in CLIENTS:
            a, b = large[page][clients], small[page][clients]
            print(f"  {page}, {clients} clients: {sizes[-1]}/{sizes[0]} p50 {a.percentile(0.5) / b.percentile(0.5):.2f}"
                  f", p95 {a.percentile(0.95) / b.percentile(0.95):.2f} (≤ 1.30)")  # fmt: skip
    for long, short in ((PERSON_5000, PERSON_10), (FIRST_5000, FIRST_10)):
        a, b = large[long][1], large[short][1]
        print(f"  {long} / {short}: p50 {a.percentile(0.5) / b.percentile(0.5):.2f}"
              f", p95 {a.percentile(0.95) / b.percentile(0.95):.2f} (≤ 1.30)")  # fmt: skip
    for clients in CLIENTS:
        print(
            f"  {ADD}, {clients} clients: p95 {large[ADD][clients].percentile(0.95):.1f} ms (≤ 60, one client)"
        )
    _beside_another(large)


def _beside_another(large: Figures) -> None:
    print(
        "\nbeside a well-known open ticket system (goal: ten times as quick). Its figures were measured elsewhere,"
        "\non the same kind of machine (two cores, PostgreSQL), one client: they are not of this run."
    )
    for what, theirs, page, pages in ELSEWHERE:
        ours = pages * large[page][1].percentile(0.5)
        print(f"  {what}: {theirs} ms; here {page}{f' × {pages}' if pages > 1 else ''}, p50 {ours:.1f} ms:"
              f" {theirs / ours:.0f} times (≥ 10)")  # fmt: skip
