"""Where a place listens, what it says of it, and the process beside it: begun again when it falls, ended with us."""

import argparse
import json
import signal
import socket
import sys
import time
from types import SimpleNamespace

import pytest

from alongside.config import cli
from alongside.config.cli import saying, serve
from alongside.config.cli.house import CannotGoOn


@pytest.fixture
def taken():
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        here.listen()
        yield here.getsockname()[1]


def test_a_port_that_is_taken_is_told_with_what_to_do(taken):
    with pytest.raises(CannotGoOn, match=rf"port {taken}.*Choose another with --port\."):
        serve.check_port_is_free("127.0.0.1", taken)


@pytest.mark.parametrize(
    ("host", "port"),
    [("127.0.0.1", 70000), ("127.0.0.1", -1), ("203.0.113.1", 8000), ("no such host.example", 8000)],
)
def test_an_address_that_is_none_of_ours_is_told_and_not_a_fault(host, port):
    with pytest.raises(CannotGoOn, match="Nothing can listen at"):
        serve.check_port_is_free(host, port)


def test_a_free_port_is_left_free():
    with socket.socket() as finding:
        finding.bind(("127.0.0.1", 0))
        port = finding.getsockname()[1]
    serve.check_port_is_free("127.0.0.1", port)
    serve.check_port_is_free("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "as_typed"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "127.0.0.1"),  # noqa: S104
        ("::", "127.0.0.1"),
        ("::1", "[::1]"),
        ("tynebank.example", "tynebank.example"),
    ],
)
def test_the_address_is_said_as_a_person_types_it(host, as_typed):
    assert serve.shown(host) == as_typed


def test_what_runs_beside_the_pages_is_ended_with_them(tmp_path):
    keeper = serve.Keeper([sys.executable, "-c", "import time; time.sleep(60)"])
    keeper.start()
    until(lambda: keeper.process)
    keeper.stop()
    assert keeper.process.returncode == -signal.SIGTERM
    assert not keeper.is_alive()


def test_what_falls_over_beside_the_pages_is_told_and_started_again(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(serve, "AGAIN_AFTER", 0.01)
    begun = tmp_path / "begun"
    keeper = serve.Keeper(["/bin/sh", "-c", f"echo once >> {begun}; exit 3"])
    keeper.start()
    until(lambda: begun.exists() and begun.read_text().count("once") > 1)
    keeper.stop()
    assert "ended by itself (exit code 3) and is started again" in capfd.readouterr().err


def test_stopping_what_never_began_is_no_trouble():
    serve.Keeper(["true"]).stop()


def until(holds):
    for _ in range(500):
        if holds():
            return
        time.sleep(0.01)
    pytest.fail("it never came to be")


def test_sigterm_unwinds_what_was_begun(monkeypatch):
    put = {}
    monkeypatch.setattr(signal, "signal", lambda number, does: put.update({number: does}))
    serve.stop_in_good_order()
    with pytest.raises(SystemExit) as ended:
        put[signal.SIGTERM](signal.SIGTERM, None)
    assert ended.value.code == 0


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_place_listens_to_its_own_machine_alone_unless_told(command):
    args = cli.parser().parse_args([command])
    assert (args.host, args.port, args.by_itself) == ("127.0.0.1", 8000, True)


@pytest.mark.parametrize(
    "argv",
    [
        ["serve", "--workers", "two"],
        ["serve", "here"],
        ["demo", "--port"],
        ["check", "everything"],
        ["migrate", "--fake"],
        ["user", "remove"],
        ["user", "add", "--name"],
        ["place"],
        ["place", "load"],
        ["restore"],
        ["worker", "--fast"],
        ["--version-of-what"],
    ],
)
def test_what_is_not_understood_says_how_it_is_used_and_ends_with_two(argv, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(argv)
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    assert said.err.startswith("usage: alongside")
    assert "Traceback" not in said.err


def test_ctrl_c_is_a_sentence_and_code_one(monkeypatch, capsys):
    def stopped(args):
        raise KeyboardInterrupt

    asked = argparse.Namespace(run=stopped, by_itself=True)
    monkeypatch.setattr(cli, "parser", lambda: SimpleNamespace(parse_args=lambda argv: asked))
    assert cli.main([]) == 1
    assert capsys.readouterr().err == "Stopped.\n"


def test_answers_go_to_one_stream_and_remarks_to_the_other(capsys):
    saying.say("Tynebank")
    saying.note("loaded")
    saying.trouble("It did not work.", as_json=True)
    said = capsys.readouterr()
    assert said.err == "loaded\nIt did not work.\n"
    first, rest = said.out.split("\n", 1)
    assert (first, json.loads(rest)) == ("Tynebank", {"error": "It did not work."})


def test_trouble_without_json_leaves_the_answer_empty(capsys):
    saying.trouble("It did not work.")
    assert capsys.readouterr() == ("", "It did not work.\n")


def test_words_of_any_language_are_said_as_they_are(capsys):
    saying.say_json({"name": "Zófia ትግርኛ"})
    assert "Zófia ትግርኛ" in capsys.readouterr().out
