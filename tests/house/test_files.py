"""Files: nothing fetched is committed, nothing points at another machine, nothing is too long."""

import ast
import re
from pathlib import Path
from statistics import median, quantiles

from tests.house import sources

FETCHED = {".woff", ".woff2", ".ttf", ".otf", ".eot", ".map"}
LONGEST_FUNCTION, LONGEST_MODULE = 80, 600
# Written in two halves, so that this file does not name them itself.
REGISTRIES = [
    f"{one}.{two}"
    for one, two in (
        ("pypi", "org"),
        ("python" + "hosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("debian", "org/debian"),
        ("proxy.golang", "org"),
        ("crates", "io"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
    )
]
MACHINE = re.compile(r"(?<![\w.~/-])/(?:work|root|home|Users|mnt)/[\w.]+")
ADDRESS = re.compile(r"(?:https?:)?//[a-zA-Z0-9-]+\.[a-zA-Z0-9./-]+")
# Names of formats, not addresses that anything fetches.
NAMES = ("http://www.w3.org/",)


def foreign_addresses(text: str) -> list[str]:
    """Addresses of other machines in what a browser gets."""
    return [found for found in ADDRESS.findall(text) if not found.startswith(NAMES)]


def names_of_machines(text: str) -> list[str]:
    """Package registries and folders of one machine."""
    return [host for host in REGISTRIES if host in text] + MACHINE.findall(text)


def test_nothing_that_was_fetched_or_made_is_committed() -> None:
    files = sources.tracked_files()
    assert [sources.here(path) for path in files if path.suffix in FETCHED or ".min." in path.name] == []
    long = [
        sources.here(path)
        for path in files
        if path.suffix in {".js", ".mjs", ".css", ".scss", ".html", ".svg"}
        and any(len(line) > 2000 for line in (sources.text_of(path) or "").splitlines())
    ]
    assert long == []


def test_no_tracked_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    found = {
        sources.here(path): names
        for path in sources.tracked_files()
        if (text := sources.text_of(path)) and (names := names_of_machines(text))
    }
    assert found == {}


def test_a_registry_and_a_machines_folder_are_found() -> None:
    planted = f"see https://{REGISTRIES[0]}/simple and " + "/" + "home/me/alongside"
    assert len(names_of_machines(planted)) == 2
    assert names_of_machines("../shared/places and /etc/alongside and ~/home/x") == []


def what_browsers_get() -> list[Path]:
    """Templates, static files and what was built from them."""
    static = [path for path in sources.PACKAGE.glob("**/static/**/*") if path.is_file()]
    return [
        path
        for path in (*sources.templates(), *static)
        if path.suffix in {".html", ".txt", ".js", ".css", ".svg"}
    ]


def test_no_page_and_no_built_file_points_at_another_machine() -> None:
    found = {
        sources.here(path): addresses
        for path in what_browsers_get()
        if path.name != "licences.txt" and (addresses := foreign_addresses(sources.text_of(path) or ""))
    }
    assert found == {}


def test_what_was_built_is_there_to_be_looked_at() -> None:
    assert "alongside.css" in {path.name for path in what_browsers_get()}


def test_a_foreign_address_is_found() -> None:
    assert foreign_addresses('<img src="//cdn.example.com/a.png"> xmlns="http://www.w3.org/2000/svg"') == [
        "//cdn.example.com/a.png"
    ]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function, its signature included."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_and_modules_stay_short() -> None:
    lengths, lines = {}, {}
    for path in sources.modules(tests=True):
        text = path.read_text(encoding="utf-8")
        lines[sources.here(path)] = text.count("\n")
        for node in sources.functions(ast.parse(text)):
            lengths[f"{sources.here(path)}:{node.name}"] = length(node)
    _print_facts("function", list(lengths.values()))
    _print_facts("module", list(lines.values()))
    assert {name: size for name, size in lengths.items() if size > LONGEST_FUNCTION} == {}
    assert {name: size for name, size in lines.items() if size > LONGEST_MODULE} == {}


def _print_facts(what: str, sizes: list[int]) -> None:
    middle, most = median(sizes), quantiles(sizes, n=20)[-1]
    print(f"{what}: median {middle:.0f}, 95% up to {most:.0f}, longest {max(sizes)} lines")  # noqa: T201
