"""`alongside rehearse`: what its steps say is told, and whatever happens nothing of it is left lying about.

A real one is in test_serving.
"""

import json
import subprocess
from types import SimpleNamespace

import pytest

from alongside.config import cli
from alongside.config.cli import rehearse

SOUND = {"sound": True, "found": [], "how_many": 0, "days": 3, "events": 40}
FOUND = SOUND | {
    "sound": False,
    "how_many": 1,
    "found": [{"sentence": "The event 7 is not as it was sealed."}],
}


@pytest.fixture
def steps(tmp_path, monkeypatch):
    """`steps(audit=…, fails=…)`: what the commands inside answer. Gives the environment of each."""
    monkeypatch.setenv("ALONGSIDE_DATA", str(tmp_path / "place"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@the-real-place/alongside")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@the-real-place/alongside")
    monkeypatch.setenv(rehearse.PASS_PHRASE, "five words nobody has said")
    monkeypatch.setattr(rehearse, "stop_in_good_order", lambda: None)
    (tmp_path / "a.backup").write_bytes(b"sealed")
    seen = []

    def answers(audit=SOUND, fails=""):
        said = {"restore": {"rows": 1200, "tables": 90}, "migrate": {"migrations": []}, "audit": audit}

        def run(command, *, env, **_more):
            seen.append(env)
            step = command[3]
            code = 1 if step == fails or (step == "audit" and not audit["sound"]) else 0
            told = "This is not the pass phrase of this backup." if step == fails else ""
            return subprocess.CompletedProcess(command, code, json.dumps(said[step]), told)

        monkeypatch.setattr(rehearse, "subprocess", SimpleNamespace(run=run))
        return seen

    return answers


def left_behind(tmp_path):
    return [each.name for each in (tmp_path / "place").iterdir() if each.name.startswith("rehearsal")]


def run(tmp_path, *argv):
    return cli.main(["rehearse", str(tmp_path / "a.backup"), *argv])


def test_a_backup_that_came_back_whole_is_told(steps, tmp_path, capsys):
    seen = steps()
    assert run(tmp_path) == 0
    said = capsys.readouterr().out
    assert "came back whole: 1,200 rows in 90 tables" in said
    assert "Its audit is as it was sealed: 3 days, 40 events." in said
    assert left_behind(tmp_path) == []
    assert len(seen) == 3


def test_no_step_of_it_knows_where_the_real_place_is(steps, tmp_path):
    seen = steps()
    run(tmp_path)
    assert not [env for env in seen if "DATABASE_URL" in env or "DATABASE_OWNER_URL" in env]
    assert {env["ALONGSIDE_DATA"] for env in seen} != {str(tmp_path / "place")}


def test_an_audit_that_is_not_as_it_was_sealed_ends_with_one(steps, tmp_path, capsys):
    steps(audit=FOUND)
    assert run(tmp_path, "--json") == 1
    assert json.loads(capsys.readouterr().out)["audit"]["how_many"] == 1
    assert run(tmp_path) == 1
    assert "The event 7 is not as it was sealed." in capsys.readouterr().out


def test_a_step_that_fails_is_told_in_its_own_words_and_nothing_is_left(steps, tmp_path, capsys):
    steps(fails="restore")
    assert run(tmp_path) == 1
    assert "ended at `alongside restore`: This is not the pass phrase" in capsys.readouterr().err
    assert left_behind(tmp_path) == []


def test_a_file_that_is_not_there_is_told(steps, tmp_path, capsys):
    steps()
    assert cli.main(["rehearse", str(tmp_path / "b.backup")]) == 1
    assert "There is no backup at" in capsys.readouterr().err
