"""`alongside audit`: sealed, verified, taken elsewhere, and what a program is told of it."""

import json
from contextlib import nullcontext

import pytest

from alongside.audit import keeping
from alongside.audit.tests.sealed import Lived, day, lived_and_sealed, owners_hand, sealed_anew, seals
from alongside.config import cli
from alongside.config.cli.checks.audit import audit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """The tests' own database is ready already."""
    monkeypatch.setattr(cli, "make_ready", lambda: None)
    monkeypatch.setattr(cli, "database_as_found", nullcontext)


def run(capsys, *words):
    ended = cli.main(["audit", *map(str, words)])
    return ended, capsys.readouterr()


def test_a_sound_audit_is_said_to_be_so_and_what_is_not_sealed_yet(capsys):
    lived_and_sealed()
    ended, said = run(capsys, "verify")
    assert ended == 0
    assert f"5 days from {day(5)} to {day(1)} were read: 6 events, 6 looks." in said.out
    assert f"Not sealed yet: {day(0)}" in said.out
    assert said.out.endswith("Everything is as it was sealed.\n")


def test_what_was_changed_is_named_and_the_command_fails(capsys):
    lived = lived_and_sealed()
    with owners_hand() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE id = %s", [lived.events[0].pk])
    ended, said = run(capsys, "verify")
    assert ended == 1
    assert f"The event {lived.events[0].pk} of {day(5)}" in said.out
    assert "1 things are not" not in said.out
    assert "One thing is not as it was sealed" in said.out


def test_a_program_is_told_the_same(capsys):
    lived = lived_and_sealed()
    ended, said = run(capsys, "verify", "--json")
    told = json.loads(said.out)
    assert (ended, told["sound"], told["found"], told["days"]) == (0, True, [], 5)
    assert told["link"] == seals()[-1].link
    with owners_hand() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE id = %s", [lived.events[0].pk])
    ended, said = run(capsys, "verify", "--json")
    (one,) = json.loads(said.out)["found"]
    assert ended == 1
    assert (one["what"], one["kind"], one["key"]) == ("missing", "event", str(lived.events[0].pk))


def test_days_are_sealed_when_a_human_asks(capsys):
    Lived()
    assert run(capsys, "verify")[1].out.startswith("No day is sealed yet.\n")
    ended, said = run(capsys, "seal")
    assert (ended, said.out) == (0, f"Sealed: 5 days, up to {day(1)}.\n")
    assert json.loads(run(capsys, "seal", "--json")[1].out) == {"sealed": []}
    assert run(capsys, "seal")[1].out == "Every day that is over was sealed already.\n"


@pytest.mark.parametrize("rows", [[], ["--rows"]])
def test_what_was_exported_finds_a_chain_written_anew(capsys, tmp_path, rows):
    lived = lived_and_sealed()
    ended, said = run(capsys, "export", *rows)
    assert ended == 0
    kept = tmp_path / "kept.jsonl"
    kept.write_text(said.out)
    ended, said = run(capsys, "verify", "--against", kept)
    assert ended == 0
    assert f"They were compared with {kept}." in said.out
    with owners_hand() as cursor:
        cursor.execute("UPDATE audit_event SET did = 'x' WHERE id = %s", [lived.events[2].pk])
    sealed_anew()
    assert run(capsys, "verify")[0] == 0
    ended, said = run(capsys, "verify", "--against", kept)
    assert ended == 1
    assert f"The day {day(4)} was written anew" in said.out
    assert (str(lived.events[2].pk) in said.out) is bool(rows)


def test_an_export_says_no_word_and_no_person(capsys):
    lived = lived_and_sealed()
    said = run(capsys, "export", "--rows")[1].out
    lines = [json.loads(line) for line in said.splitlines()]
    assert len(lines) == 5 + 12
    assert all(
        key not in said for key in (str(lived.tracey.pk), str(lived.priya.pk), "walking", "story", "test.did")
    )


def test_a_folder_holds_a_file_for_each_day_and_none_is_written_over(capsys, tmp_path):
    lived_and_sealed()
    folder = tmp_path / "elsewhere"
    ended, said = run(capsys, "export", "--to", folder, "--json")
    assert (ended, json.loads(said.out)) == (0, {"folder": str(folder), "written": 5, "there_already": 0})
    assert len(list(folder.iterdir())) == 5
    assert "0 days were written, 5 were there already" in run(capsys, "export", "--to", folder)[1].out
    assert run(capsys, "verify", "--against", folder)[0] == 0
    sealed_anew()
    ended, said = run(capsys, "export", "--to", folder)
    assert ended == 1
    assert "Somebody changed one of the two" in said.err


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("nonsense\n", "Line 1 of kept.jsonl cannot be read"),
        ("[]\n", "is neither a seal nor a row"),
        ('{"alongside": "seal"}\n', "is not whole"),
        ('{"alongside": "row", "day": "2026-01-01"}\n', "does not stand under the seal of its day"),
        (None, "There is no export of the audit at"),
    ],
)
def test_a_file_that_is_no_export_is_told_by_its_line_and_is_bad_usage(capsys, tmp_path, written, told):
    kept = tmp_path / "kept.jsonl"
    if written is not None:
        kept.write_text(written)
    ended, said = run(capsys, "verify", "--against", kept, "--json")
    assert ended == 2
    assert told in said.err
    assert told in json.loads(said.out)["error"]


def test_an_export_that_was_changed_itself_is_told(capsys, tmp_path):
    lived_and_sealed()
    kept = tmp_path / "kept.jsonl"
    kept.write_text(run(capsys, "export")[1].out.replace('"events": 2', '"events": 3', 1))
    ended, said = run(capsys, "verify", "--against", kept)
    assert ended == 1
    assert f"The seal of {day(5)} in line 1 of kept.jsonl was changed there." in said.out


def test_days_that_were_taken_off_and_are_gone_here_are_told(capsys, tmp_path):
    lived_and_sealed()
    kept = tmp_path / "kept.jsonl"
    kept.write_text(run(capsys, "export")[1].out)
    with owners_hand() as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE day = %s", [day(1)])
    ended, said = run(capsys, "verify", "--against", kept)
    assert ended == 1
    assert f"The seal of {day(1)} was taken off and is not here any more." in said.out


def test_the_same_rows_sealed_anew_are_told_once(capsys, tmp_path):
    lived_and_sealed()
    kept = tmp_path / "kept.jsonl"
    kept.write_text(run(capsys, "export")[1].out)
    sealed_anew()
    ended, said = run(capsys, "verify", "--against", kept)
    assert ended == 1
    assert said.out.count("were sealed anew") == 1


def check():
    (finding,) = audit()
    return finding


def test_the_check_says_how_far_the_seals_came_and_that_they_lie_here_alone(settings):
    assert "last: none yet" in check().sentence
    Lived()
    keeping.every_hour()
    found = check()
    assert (found.what, found.ok) == ("audit", True)
    assert f"last: {day(1)}" in found.sentence
    assert "ALONGSIDE_AUDIT_FOLDER takes them off" in found.sentence


def test_the_check_says_what_stopped_the_seals_from_leaving(settings, tmp_path):
    settings.AUDIT_FOLDER = str(tmp_path)
    Lived()
    keeping.every_hour()
    assert check().sentence == f"The audit is sealed every day that is over (last: {day(1)})."
    keeping.note("folder", through=None, trouble="There is no such folder.")
    assert check()[:2] == ("audit", False)
    assert "There is no such folder." in check().sentence
