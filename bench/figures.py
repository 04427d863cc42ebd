"""What was measured, printed and written out: for each place, each page and each number of clients."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil

from bench.client import Measured, Sent, ask
from bench.serving import cpu_seconds

# How many ask at once: one alone, and a busy morning.
CLIENTS = (1, 16)
Figures = dict[str, dict[int, Measured]]


def measured(
    process: psutil.Process,
    port: int,
    paths: list[str],
    cookie: str,
    *,
    seconds: float,
    sent: Sent | None = None,
) -> dict[int, Measured]:
    """One page, asked for that long by each number of clients; with the CPU it took this web server."""
    # Each of the server's four connections plans a statement ten times before it keeps a plan: that is the first
    # minute of a day, and not what a page costs.
    ask(port, paths, cookie, clients=4, seconds=min(2.0, seconds), sent=sent)
    found = {}
    for clients in CLIENTS:
        before = cpu_seconds(process)
        found[clients] = ask(port, paths, cookie, clients=clients, seconds=seconds, sent=sent)
        after = cpu_seconds(process)
        found[clients].cpu, found[clients].database_cpu = after[0] - before[0], after[1] - before[1]
    return found


def print_all(found: Mapping[str, Figures], beside: str) -> None:
    """Every page in a line; `beside` says what tells the places apart, such as "people"."""
    head = f"{'page':30}{beside:>24}{'clients':>8}{'p50 ms':>9}{'p95 ms':>9}"
    print(f"\n{head}{'a second':>10}{'app CPU':>9}{'with db':>9}")
    for place, figures in found.items():
        for page, by_clients in figures.items():
            for clients, one in by_clients.items():
                print(
                    f"{page:30}{place:>24}{clients:>8}{one.percentile(0.5):>9.1f}{one.percentile(0.95):>9.1f}"
                    f"{one.a_second:>10.0f}{one.app_ms:>9.1f}{one.cpu_ms:>9.1f}"
                )


def write_out(found: Mapping[str, Figures], out: Path) -> None:
    """The same, for a program to read."""
    out.write_text(json.dumps({place: _as_json(figures) for place, figures in found.items()}, indent=1))


def _as_json(figures: Figures) -> dict[str, Any]:
    return {
        page: {
            str(clients): {
                "p50_ms": one.percentile(0.5), "p95_ms": one.percentile(0.95), "a_second": one.a_second,
                "app_cpu_ms": one.app_ms, "cpu_ms": one.cpu_ms,
            }
            for clients, one in by_clients.items()
        }
        for page, by_clients in figures.items()
    }  # fmt: skip
