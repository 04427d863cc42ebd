"""Tynebank as people use it, kept in one file and brought back elsewhere: everything in it still opens."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest

from alongside.config.tests.test_serving import alongside, environment
from alongside.kernel.backup.manifest import Table, differences, tables
from alongside.kernel.postgres import ensure_running, stop
from alongside.kernel.tests.postgres_servers import BOTH
from alongside.kernel.tests.postgres_servers import environment as server_of

PHRASE = {"ALONGSIDE_BACKUP_PASSPHRASE": "five words nobody has said"}
PATIENCE = 300
# In the old place: somebody sets up codes on a phone, a link is printed, a stranger says hello.
USED = """
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from alongside.accounts.models import Account
from alongside.accounts.operations import make_link
from alongside.messages.operations import say_hello
codes = generate_totp_secret()
with working_on("sign_in"):
    account = Account.objects.order_by("pk").first()
    TOTP.activate(account, codes)
with working_on("accounts.open"):
    link = make_link(by=None, account=account, way="printed")
hello = say_hello(by=None, words="Is anybody there?")
answer = {"codes": codes, "key": link.url.rsplit("/", 2)[-2], "words": hello.key}
"""
# In the new one: do they open what they opened?
OPENED = """
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from alongside.accounts.queries import link_with_key
from alongside.messages.queries import hello_by_key
code = format_hotp_value(hotp_value(told["codes"], list(yield_hotp_counters_from_time())[0]))
with working_on("sign_in"):
    phone = Authenticator.objects.get(type="totp")
    answer = {"code": TOTP(phone).validate_code(code), "wrong": TOTP(phone).validate_code("not it")}
    answer["link"] = link_with_key(told["key"]).still_good
with working_on("hello"):
    answer["hello"] = hello_by_key(told["words"]).words
"""
# Stories, each read by the one who lives it.
READ = """
from alongside.people.models import Person
from alongside.story.queries import story_of
with working_on("sign_in"):
    people = list(Person.objects.filter(account__isnull=False).order_by("name"))
answer = {}
for person in people:
    with acting_as(person):
        answer[person.name] = sorted(part.latest.version.words for part in story_of(viewer=person, person=person))
"""
AROUND = """
import json, sys
from alongside.config.cli.house import set_up
set_up()
from alongside.kernel.acting import acting_as, working_on
told = json.loads(sys.argv[1])
{}
print(json.dumps(answer))
"""


class Kept(NamedTuple):
    """The old place's folder, its backup, what to open in the new one, and its stories."""

    folder: Path
    file: Path
    told: dict[str, str]
    stories: dict[str, list[str]]


def ask(folder: Path, script: str, told: object = None, **more: str) -> Any:
    """Run a script in a place, as the ordinary role, and give its answer."""
    ended = subprocess.run(
        [sys.executable, "-c", AROUND.format(script), json.dumps(told)],
        env=environment(folder) | more,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("kept")
    here, file = folder / "here", folder / "place.backup"
    try:
        ensure_running(here)
        made = alongside(here, "demo", "--no-serve")
        assert made.returncode == 0, made.stderr
        told, stories = ask(here, USED), ask(here, READ)
        taken = alongside(here, "backup", "--json", str(file), **PHRASE)
        assert taken.returncode == 0, taken.stderr
        assert json.loads(taken.stdout)["secrets"] == [
            "come_back_words",
            "second_factor_key",
            "sign_in_links",
        ]
        yield Kept(here, file, told, stories)
    finally:
        stop(here)


def looked_at(folder: Path) -> tuple[list[Table], list[tuple[Any, ...]]]:
    """Every table, by count, digest and locks; and every policy, word for word."""
    with psycopg.connect(ensure_running(folder).owner_or_refuse()) as connection:
        policies = connection.execute("SELECT * FROM pg_policies ORDER BY 1, 2, 3").fetchall()
        return tables(connection), policies


@pytest.mark.parametrize("goal", BOTH)
def test_tynebank_comes_back_whole_and_everything_in_it_opens(
    kept: Kept, goal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen, there = server_of(goal), tmp_path / "there"
    before = looked_at(kept.folder)
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    try:
        back = alongside(there, "restore", "--json", str(kept.file), **PHRASE, **chosen)
        assert back.returncode == 0, back.stderr
        ensure_running(there)
        after = looked_at(there)
        assert differences(before[0], after[0]) == []
        assert before[1] == after[1]
        migrated = alongside(there, "migrate", "--json", **chosen)
        assert (migrated.returncode, json.loads(migrated.stdout)) == (0, {"migrations": []})
        assert looked_at(there)[1] == before[1]
        assert_sound(alongside(there, "check", "--json", **chosen))
        assert ask(there, READ, **chosen) == kept.stories
        opened = ask(there, OPENED, kept.told, **chosen)
        assert opened == {"code": True, "wrong": False, "link": True, "hello": "Is anybody there?"}
    finally:
        stop(there)


def assert_sound(checked: subprocess.CompletedProcess[str]) -> None:
    """All is well but for the worker, which does not run here."""
    found = {each["what"]: each for each in json.loads(checked.stdout)["says"]}
    assert {"secrets", "database", "role", "migrations", "locks", "place", "worker"} <= set(found)
    assert [each for name, each in found.items() if not each["ok"] and name != "worker"] == []


def test_the_stories_that_came_back_are_not_empty(kept: Kept) -> None:
    words = [each for each in kept.stories.values() if each]
    assert len(words) >= 5
    assert sum(len(each) for each in words) > 30
