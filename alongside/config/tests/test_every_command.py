"""The whole command line, as somebody meets it who has never seen it: every command, every option, every end."""

import argparse
import re

import pytest

from alongside.config import cli


def commands(parser=None, name=()):
    """Every command and sub-command with its parser, the ones that only hold others included."""
    parser = parser or cli.parser()
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from commands(inner, (*name, word))


def run_by(parser):
    return parser.get_default("run")


EVERY = [name for name, _ in commands()]
THAT_DO = [name for name, parser in commands() if run_by(parser)]
THAT_HOLD = [name for name, parser in commands() if not run_by(parser)]


def parser_of(name):
    return dict(commands())[name]


def test_these_are_all_the_commands_there_are():
    assert {" ".join(name) for name in THAT_DO} == {
        "audit export", "audit seal", "audit verify", "backup", "check", "demo", "language compile",
        "language read", "language update", "migrate",
        "place load", "rehearse", "restore", "secrets renew", "sealing renew", "sealing show", "serve",
        "user add", "worker",
    }  # fmt: skip


@pytest.mark.parametrize("name", EVERY, ids=" ".join)
def test_help_is_said_on_the_answers_stream_and_ends_well(name, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([*name, "--help"])
    said = capsys.readouterr()
    assert ended.value.code == 0
    assert said.err == ""
    assert said.out.startswith(f"usage: {' '.join(('alongside', *name))}")


@pytest.mark.parametrize("name", THAT_DO, ids=" ".join)
def test_every_option_says_what_it_is_for(name):
    silent = [
        action.dest
        for action in parser_of(name)._actions
        if not action.help and action.dest not in ("file", "help")
    ]
    assert silent == []


@pytest.mark.parametrize("name", THAT_HOLD, ids=lambda name: " ".join(name) or "alone")
def test_what_only_holds_other_commands_names_them_when_given_alone(name, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(list(name))
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: alongside")


@pytest.mark.parametrize("name", [(), ("audit",), ("language",), ("user",), ("place",)], ids=" ".join)
def test_help_says_in_a_line_what_each_command_in_it_does(name, capsys):
    with pytest.raises(SystemExit):
        cli.main([*name, "--help"])
    said = capsys.readouterr().out
    for inner in EVERY:
        if inner[:-1] == name and inner:
            assert re.search(rf"^ +{inner[-1]} +\S", said, re.MULTILINE), inner


@pytest.mark.parametrize("name", THAT_DO, ids=" ".join)
def test_an_option_that_is_not_there_changes_nothing_and_ends_with_two(name, capsys, monkeypatch):
    monkeypatch.setattr(cli, "make_ready", lambda: pytest.fail("the house was opened"))
    with pytest.raises(SystemExit) as ended:
        cli.main([*name, "--no-such-option"])
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", THAT_DO, ids=" ".join)
def test_no_help_shows_where_it_was_written(name):
    said = parser_of(name).format_help()
    assert "/work" not in said
    assert "alongside.config" not in said
    assert not re.search(r"\b(TODO|None)\b", said)


# What a program reads of a command: those that say something say it as JSON too.
SAY_JSON = {("backup",), ("check",), ("migrate",), ("place", "load"), ("restore",), ("user", "add")}
SAY_JSON |= {("rehearse",), ("sealing", "renew"), ("sealing", "show"), ("secrets", "renew")}
SAY_JSON |= {("audit", "export"), ("audit", "seal"), ("audit", "verify")}


@pytest.mark.parametrize("name", THAT_DO, ids=" ".join)
def test_commands_with_an_answer_have_it_for_programs(name):
    assert ("--json" in parser_of(name)._option_string_actions) is (name in SAY_JSON)


# Those that make the house ready themselves, or need no house at all; every other is made ready for.
BY_THEMSELVES = {
    ("backup",), ("check",), ("demo",), ("language", "compile"), ("language", "read"), ("language", "update"),
    ("migrate",), ("rehearse",), ("restore",), ("sealing", "renew"), ("sealing", "show"), ("secrets", "renew"),
    ("serve",),
}  # fmt: skip


@pytest.mark.parametrize("name", THAT_DO, ids=" ".join)
def test_a_command_is_given_a_sound_house_unless_it_makes_its_own(name):
    assert bool(parser_of(name).get_default("by_itself")) is (name in BY_THEMSELVES)
