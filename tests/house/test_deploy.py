"""What `deploy/` and the how-tos tell somebody to type exists: each command, option, setting, file and address."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.urls import resolve

from alongside.config import cli
from alongside.kernel.postgres import check_ordinary_role, django_database, ensure_running
from alongside.kernel.postgres.url import socket_url, with_database
from alongside.kernel.receiving import MOST_SENT
from tests.house import sources
from tests.house.test_settings import in_the_table

DEPLOY, HOW_TO = sources.ROOT / "deploy", sources.ROOT / "docs" / "how-to"
UNITS = sorted(DEPLOY.glob("*.service"))
PROGRAM = "/opt/alongside/.venv/bin/alongside"
PAGES = sorted(HOW_TO.glob("*.md"))
SETTING = re.compile(r"\b(?:ALONGSIDE|DATABASE)_[A-Z_]*[A-Z]\b")


def names(each: Path) -> str:
    return each.name


def in_code(text: str) -> Iterator[str]:
    """Everything in a page that stands as code: lines of blocks, and what is between single ticks."""
    for number, piece in enumerate(re.split(r"^```.*$", text, flags=re.MULTILINE)):
        yield from piece.splitlines() if number % 2 else re.findall(r"`([^`\n]+)`", piece)


def typed(lines: Iterator[str]) -> Iterator[list[str]]:
    """What follows `alongside` wherever a line begins with it, settings before it aside."""
    for line in lines:
        words = re.sub(r"^\$ ", "", line.strip())
        words = re.sub(r"^(?:[A-Z_]+=(?:\"[^\"]*\"|\S+) )+", "", words).replace("…", "0")
        if re.match(r"(?:\.venv/bin/)?alongside [a-z]", words):
            yield shlex.split(words)[1:]


def understood(argv: list[str], *, whole: bool) -> bool:
    """Whether the command line takes it; a mention in a sentence may leave out what is required."""
    parser = cli.parser()
    parser.exit_on_error = False
    if whole:
        try:
            parser.parse_args(argv)
        except SystemExit:
            return False
        return True
    options = parsers_options(argv)
    given = [word.split("=")[0] for word in argv if word.startswith("--")]
    return bool(options) and options.issuperset(given)


def parsers_options(argv: list[str]) -> set[str]:
    """Options of the command that these words name; none where there is no such command."""
    here = cli.parser()
    for word in argv:
        inner = [each for each in here._actions if each.choices and each.dest in ("command", "verb")]
        if not inner or word.startswith("-"):
            break
        if word not in inner[0].choices:
            return set()
        here = inner[0].choices[word]
    return set(here._option_string_actions)


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_command_that_a_page_names_is_there(page: Path) -> None:
    said = list(typed(in_code(page.read_text(encoding="utf-8"))))
    assert [argv for argv in said if not understood(argv, whole=False)] == []


def test_every_line_to_copy_is_understood_whole() -> None:
    text = (HOW_TO / "production.md").read_text(encoding="utf-8")
    blocks = "\n".join(re.split(r"^```.*$", text, flags=re.MULTILINE)[1::2])
    said = list(typed(iter(blocks.splitlines())))
    assert len(said) >= 8
    assert [argv for argv in said if not understood(argv, whole=True)] == []


def test_a_command_that_is_not_there_is_found() -> None:
    said = [*typed(iter(["alongside fly", "alongside check --fast", ".venv/bin/alongside check --json"]))]
    assert [understood(argv, whole=False) for argv in said] == [False, False, True]
    assert not understood(["backup"], whole=True)
    assert list(typed(in_code('Run `alongside fly`.\n```\nA="b c" alongside go\n```'))) == [["fly"], ["go"]]


def executed(unit: Path) -> list[list[str]]:
    """The commands of ours that a unit runs, also inside a shell."""
    lines = re.findall(rf"^ExecStart=.*?{PROGRAM} ([^'\n]+)", unit.read_text(encoding="utf-8"), re.MULTILINE)
    return [shlex.split(re.sub(r'"?\$\$\(.*?\)"?', "FILE", line)) for line in lines]


@pytest.mark.parametrize("unit", UNITS, ids=names)
def test_what_a_unit_runs_is_a_command_of_ours(unit: Path) -> None:
    assert executed(unit)
    assert [argv for argv in executed(unit) if not understood(argv, whole=True)] == []


@pytest.mark.parametrize("unit", UNITS, ids=names)
def test_no_unit_runs_as_root_or_may_become_it(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8").splitlines()
    wanted = {
        "User=alongside", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
        "CapabilityBoundingSet=", "UMask=0077", "PrivateDevices=yes", "RestrictSUIDSGID=yes",
    }  # fmt: skip
    assert wanted - set(text) == set()


def test_what_runs_all_day_never_has_the_owners_address() -> None:
    has = {unit.name for unit in UNITS if "/etc/alongside/owner" in unit.read_text(encoding="utf-8")}
    assert has == {"alongside-backup.service", "alongside-rehearse.service"}


def test_every_timer_has_its_unit_and_is_named_in_the_how_to() -> None:
    told = (HOW_TO / "production.md").read_text(encoding="utf-8")
    timers = sorted(DEPLOY.glob("*.timer"))
    assert [each.name for each in timers if not each.with_suffix(".service").is_file()] == []
    assert [each.name for each in timers if f"`{each.name}`" not in told] == []


def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if not program:
        pytest.skip("systemd-analyze is not on this machine: apt-get install -y systemd")
    for each in (*UNITS, *DEPLOY.glob("*.timer")):
        # The program is not where it will be.
        text = each.read_text(encoding="utf-8").replace(PROGRAM, "/bin/true")
        (tmp_path / each.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [program, "verify", "--man=no", *map(str, tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "alongside" in line]
    assert ours == []


@pytest.mark.parametrize("file", [*sorted(DEPLOY.iterdir()), *PAGES], ids=names)
def test_every_setting_that_is_named_is_read_by_somebody(file: Path) -> None:
    named = set(SETTING.findall(file.read_text(encoding="utf-8")))
    assert named - set(in_the_table()) == set()


def test_an_example_of_settings_holds_one_in_a_line_and_no_secret() -> None:
    for name in ("environment.example", "owner.example"):
        lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
        given = [line.lstrip("#") for line in lines if line and not line.startswith("# ")]
        assert [line for line in given if not re.fullmatch(r"[A-Z_]+=\S+", line)] == []
        secret = [line for line in given if re.search(r"PASS|TOKEN|DATABASE", line.split("=")[0])]
        assert [line for line in secret if "CHANGE-ME" not in line] == []


def test_every_file_that_the_how_tos_name_is_there() -> None:
    named = {
        found.rstrip(".")
        for page in PAGES
        for found in re.findall(
            r"(?<![\w.])(?:/opt/alongside/)?(deploy/[\w.-]+)", page.read_text(encoding="utf-8")
        )
    }
    assert len(named) > 6
    assert [each for each in named if not (sources.ROOT / each).exists()] == []


def test_every_page_that_a_how_to_leads_to_is_there() -> None:
    lost = [
        f"{page.name}: {link}"
        for page in PAGES
        for link in re.findall(r"\]\(([\w./-]+\.md)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).is_file()
    ]
    assert lost == []


@pytest.mark.parametrize("address", ["/health/", "/metrics/", "/place/looking-after/looks/"])
def test_every_address_that_is_named_is_one_of_ours(address: str) -> None:
    told = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert f"`{address}`" in told
    assert resolve(address).url_name


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_says_itself_where_a_visitor_comes_from_and_keeps_no_address_that_was_asked_for(
    name: str,
) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert "X-Forwarded-For {remote_host}" in text or "X-Forwarded-For $remote_addr" in text
    assert "X-Forwarded-Proto" in text
    assert "/metrics/" in text
    kept = re.findall(r"^\s*(?:access_log (?!off)|log\b).*", text, re.MULTILINE)
    assert kept == []
    assert text.count("{") == text.count("}")
    (most,) = re.findall(r"(?:max_size|client_max_body_size) (\d+)(?:MB|m)", text)
    assert MOST_SENT < int(most) * 1000**2 < 2 * MOST_SENT


def test_the_image_runs_as_nobody_in_particular_and_asks_for_its_health() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER 10001:10001$", text, re.MULTILINE)
    assert "http://127.0.0.1:8000/health/" in text
    (command,) = re.findall(r'^CMD \["alongside", (.+)\]$', text, re.MULTILINE)
    assert understood(re.findall(r'"([^"]+)"', command), whole=True)
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
    lacking = [each for line in copied for each in line.split() if not (sources.ROOT / each).exists()]
    assert (bool(copied), lacking) == (True, [])


def test_the_roles_are_made_as_they_stand_there_and_the_one_that_runs_is_an_ordinary_one() -> None:
    """On our own server, under other names: `\\connect` is what divides the file in two."""
    mine = (DEPLOY / "roles.sql").read_text(encoding="utf-8").replace("alongside", "rehearsed_roles")
    first, second = mine.split("\\connect rehearsed_roles\n")
    admin = ensure_running().admin or ""
    drop = "DROP DATABASE IF EXISTS rehearsed_roles; DROP ROLE IF EXISTS rehearsed_roles_app, rehearsed_roles_owner"
    with psycopg.connect(with_database(admin, "postgres"), autocommit=True) as server:
        for each in drop.split(";"):
            server.execute(each)
        try:
            for statement in without_remarks(first).split(";"):
                if statement.strip():
                    server.execute(statement)
            with psycopg.connect(with_database(admin, "rehearsed_roles")) as inside:
                inside.execute(without_remarks(second))
            _look_as_the_one_that_runs(admin)
        finally:
            for each in drop.split(";"):
                server.execute(each)


def without_remarks(statements: str) -> str:
    """SQL without its lines of remarks, which may hold a semicolon or a colon."""
    return "\n".join(line for line in statements.splitlines() if not line.startswith("--"))


def _look_as_the_one_that_runs(admin: str) -> None:
    host = str(django_database(admin)["HOST"])
    app = socket_url(
        role="rehearsed_roles_app", password="CHANGE-ME", folder=host, database="rehearsed_roles"
    )
    with psycopg.connect(app) as runs:
        check_ordinary_role(runs)
        shown = [runs.execute(f"SHOW {name}").fetchone() for name in ("log_error_verbosity", "log_statement")]
        assert shown == [("terse",), ("none",)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runs.execute("CREATE TABLE mine (id int)")
