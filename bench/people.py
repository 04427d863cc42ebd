"""How pages about people behave as the place grows, and what both locks cost."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from bench.figures import CLIENTS, Figures, measured, print_all, write_out
from bench.places import cookie_of, fresh, statements_of
from bench.serving import UNLOCKED_ROLE, server

PORT = 8700


def run(sizes: list[int], seconds: float, out: Path | None, *, statements: bool = False) -> None:
    """Measure every size, with the locks and without, and print what came out."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    django.setup()
    found: dict[str, Figures] = {}
    for size in sizes:
        with place(size) as (addresses, crowd):
            found[f"{size}"] = _measure(addresses.app, crowd, seconds, locked=True)
            if size == sizes[-1]:
                found[f"{size} without locks"] = _measure(_unlocked(addresses), crowd, seconds, locked=False)
            _plans(size, crowd, statements=statements and size == sizes[-1])
    print_all(found, "place")
    _ratios(found, sizes)
    if out:
        write_out(found, out)


@contextmanager
def place(size: int) -> Iterator[Any]:
    """A database with a crowd of that size."""
    from bench.crowd import Crowd

    with fresh(f"bench_{size}") as addresses:
        crowd = Crowd(size)
        print(f"writing {size:,} people …", flush=True)
        crowd.write()
        yield addresses, crowd


def _unlocked(addresses: Any) -> str:
    """The address of a role that row-level security does not hold, made for this measurement."""
    with psycopg.connect(addresses.admin, autocommit=True) as admin:
        role = sql.Identifier(UNLOCKED_ROLE)
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [UNLOCKED_ROLE]).fetchone():
            admin.execute(sql.SQL("CREATE ROLE {} LOGIN BYPASSRLS").format(role))
        password = psycopg.conninfo.conninfo_to_dict(addresses.app)["password"]
        admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(password)))
        admin.execute(sql.SQL("GRANT alongside_app TO {}").format(role))
        admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
            sql.Identifier(admin.info.dbname), role))  # fmt: skip
    return str(addresses.app).replace("alongside_app", UNLOCKED_ROLE, 1)


def _pages(crowd: Any) -> dict[str, tuple[Any, list[str]]]:
    """The pages that are asked for: whose session, and which addresses in turn."""
    worker = crowd.workers[3]
    walked = [person for actor, person in crowd.walked() if actor == worker]
    return {
        "a worker's list": (worker, ["/people/"]),
        "a person's page": (worker, [f"/people/{key}/" for key in walked]),
        "a worker's search": (worker, ["/people/?q=ada", "/people/?q=ley", "/people/?q=bal"]),
        "a steward finds everybody": (
            crowd.steward,
            [
                f"/place/looking-after/people/?q={quote(words)}"
                for words in ("kilham", "dala", "fay be", "mere 12")
            ],
        ),
    }


def _measure(url: str, crowd: Any, seconds: float, *, locked: bool) -> Figures:
    found: Figures = {}
    with server(url, PORT, locked=locked) as process:
        for page, (who, paths) in _pages(crowd).items():
            cookie = cookie_of(who)
            found[page] = measured(process, PORT, paths, cookie, seconds=seconds)
    return found


def _plans(size: int, crowd: Any, *, statements: bool) -> None:
    """Every statement of every page, explained as the one who asks: is a whole table read?"""
    from bench.plans import print_plan

    for page, (who, paths) in _pages(crowd).items():
        asked = statements_of(cookie_of(who), paths[0])
        print_plan(size, page, asked, who, statements=statements)


def _ratios(found: dict[str, Figures], sizes: list[int]) -> None:
    small, large = str(sizes[0]), str(sizes[-1])
    print("\nratios (goal beside)")
    for page in found[large]:
        for clients in CLIENTS:
            a, b = found[large][page][clients], found[small][page][clients]
            print(f"  {page}, {clients} clients: {large}/{small} p50 {a.percentile(0.5) / b.percentile(0.5):.2f}"
                  f", p95 {a.percentile(0.95) / b.percentile(0.95):.2f} (≤ 1.30)")  # fmt: skip
    listed = found[large]["a worker's list"]
    for clients in CLIENTS:
        for page in ("a worker's search", "a steward finds everybody"):
            ratio = found[large][page][clients].percentile(0.95) / listed[clients].percentile(0.95)
            print(f"  {page} / list, p95, {clients} clients: {ratio:.2f} (≤ 1.50)")
    bare = found[f"{large} without locks"]
    for page in ("a worker's list", "a person's page"):
        locked, free = found[large][page][1], bare[page][1]
        print(f"  both locks, {page}: p50 {locked.percentile(0.5) / free.percentile(0.5):.2f}, CPU"
              f" {locked.cpu_ms / free.cpu_ms:.2f} (≤ 1.25); CPU {locked.cpu_ms:.1f} ms (≤ 25)")  # fmt: skip
