"""How long a resident and a worker of the made-up place Tynebank wait for the pages they open every day."""

import json
from pathlib import Path
from typing import Any

from bench.client import Measured, ask
from bench.places import cookie_of, fresh, print_statements, statements_of
from bench.serving import cpu_seconds, server

PORT = 8701
CLIENTS = (1, 4)
GOAL_MS = 150
RESIDENT, WORKER = "Tracey Hallam", "Priya Nair"
Pages = list[tuple[str, Any, str]]


def run(seconds: float, out: Path | None, *, statements: bool) -> None:
    """Load Tynebank, ask for every page by one client and by four, and print p95 and what each page costs."""
    import django

    django.setup()
    from alongside.pages import demo

    with fresh("bench_tynebank") as addresses:
        print("loading Tynebank …", flush=True)
        demo.load()
        pages = _pages()
        found = _measure(addresses.app, pages, seconds)
        _print(found, pages, statements=statements)
    if out:
        out.write_text(json.dumps(_as_json(found), indent=1))


def _pages() -> Pages:
    """The pages: who opens it, their account, its address."""
    from alongside.people.models import Person

    resident, worker = (
        Person.objects.using("owner").get(name=name, account__isnull=False) for name in (RESIDENT, WORKER)
    )
    about = f"/people/{resident.pk}/"
    paths = {
        resident: ("/me/", f"{about}story/", f"{about}circle/", f"{about}plan/", f"{about}moments/", f"{about}walk/",
                   f"{about}say-so/", f"{about}who-looked/", f"{about}one-page/", "/promises/", "/me/reach/",
                   "/messages/", "/place/"),
        worker: ("/today/", "/people/", about, f"{about}brief/", f"{about}story/", f"{about}circle/", f"{about}plan/",
                 f"{about}moments/", f"{about}moments/new/", f"{about}walk/", "/promises/", "/my-days/", "/hellos/",
                 "/me/", "/messages/", "/place/"),
    }  # fmt: skip
    return [(who.called, who.account_id, path) for who, theirs in paths.items() for path in theirs]


def _measure(url: str, pages: Pages, seconds: float) -> dict[tuple[str, str, int], Measured]:
    found = {}
    cookies = {account: cookie_of(account) for _, account, _ in pages}
    with server(url, PORT, locked=True) as process:
        for called, account, path in pages:
            ask(PORT, [path], cookies[account], clients=2, seconds=0.5)
            for clients in CLIENTS:
                before = cpu_seconds(process)
                measured = ask(PORT, [path], cookies[account], clients=clients, seconds=seconds)
                after = cpu_seconds(process)
                measured.cpu, measured.database_cpu = after[0] - before[0], after[1] - before[1]
                found[called, path, clients] = measured
    return found


def _print(found: dict[tuple[str, str, int], Measured], pages: Pages, *, statements: bool) -> None:
    print(
        f"\n{'page':56}{'clients':>8}{'p50 ms':>9}{'p95 ms':>9}{'a second':>10}{'app CPU':>9}{'with db':>9}"
    )
    for (called, path, clients), one in found.items():
        print(
            f"{called + ' ' + _short(path):56}{clients:>8}{one.percentile(0.5):>9.1f}{one.percentile(0.95):>9.1f}"
            f"{one.a_second:>10.0f}{one.app_ms:>9.1f}{one.cpu_ms:>9.1f}"
        )
    print("\nstatements")
    for called, account, path in pages:
        asked = statements_of(cookie_of(account), path)
        print(f"  {called} {_short(path)}: {len(asked)}")
        if statements:
            print_statements(asked)
    print()
    for clients in CLIENTS:
        slowest = max(
            (key for key in found if key[2] == clients), key=lambda key: found[key].percentile(0.95)
        )
        print(
            f"  slowest page by p95, {clients} clients: {found[slowest].percentile(0.95):.0f} ms (≤ {GOAL_MS}),"
            f" {slowest[0]} {_short(slowest[1])}"
        )


def _short(path: str) -> str:
    """An address without the key in it."""
    return "/".join("…" if len(part) == 36 else part for part in path.split("/"))


def _as_json(found: dict[tuple[str, str, int], Measured]) -> list[dict[str, Any]]:
    return [
        {
            "who": called, "page": _short(path), "clients": clients, "p50_ms": one.percentile(0.5),
            "p95_ms": one.percentile(0.95), "app_cpu_ms": one.app_ms, "cpu_ms": one.cpu_ms,
        }
        for (called, path, clients), one in found.items()
    ]  # fmt: skip
