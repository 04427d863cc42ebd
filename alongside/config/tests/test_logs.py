"""A fault can be found by its log, and nobody's words can be read there (F1)."""

import ast
import io
import json
import logging
import sys

import pytest
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.urls import path

from alongside.config import logs
from alongside.config.logs import Wordless
from alongside.kernel.policy import open_to_all
from tests.database import as_owner
from tests.house import sources

CANARY = "Bruno-is-fourteen"


def told(error_maker):
    try:
        error_maker()
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "x", 1, "Internal Server Error: %s", ("/me/",), sys.exc_info()
        )
    return Wordless().format(record)


def written(name, words, *args):
    return json.loads(
        Wordless().format(logging.LogRecord(name, logging.WARNING, "x.py", 7, words, args, None))
    )


def breaks_on_her_words():
    try:
        raise KeyError(CANARY)
    except KeyError as cause:
        raise ValueError(f"could not keep: {CANARY}") from cause


def test_kinds_and_places_of_an_error_are_told_and_its_cause_first():
    first, second = json.loads(told(breaks_on_her_words))["errors"]
    assert (first["kind"], second["kind"]) == ("builtins.KeyError", "builtins.ValueError")
    assert second["places"][-1].endswith(" in breaks_on_her_words")
    assert "test_logs.py:" in second["places"][-1]


def test_no_word_that_was_being_handled_is_told():
    assert CANARY not in told(breaks_on_her_words)
    assert CANARY not in str(written("alongside.x", "odd words: %s", CANARY))


def test_a_line_of_the_houses_own_is_told_as_it_stands_in_the_code():
    assert written("alongside.messages", "The worker began.")["says"] == "The worker began."
    assert written("alongside.messages", "job %s was left", CANARY)["says"] == "job %s was left"


def test_a_librarys_sentence_is_told_by_its_place_alone():
    """Some libraries put what they were handling into the sentence itself: a host, a job's arguments."""
    said = written("django.security.DisallowedHost", f"Invalid HTTP_HOST header: '{CANARY}'")
    assert said["where"] == "x:7 in None"
    assert CANARY not in str(said)


def test_the_web_servers_own_sentences_are_told_up_to_where_they_quote():
    said = written("_granian.workers", f"Application callable raised an exception\nValueError: {CANARY}")
    assert said["says"] == "Application callable raised an exception"


def test_a_job_that_broke_is_named_and_what_it_was_given_is_not():
    record = logging.LogRecord("procrastinate.worker", logging.ERROR, "x.py", 7, f"Job({CANARY})", (), None)
    record.job = {"task_name": "messages.send", "task_kwargs": {"message_id": CANARY}}
    assert json.loads(Wordless().format(record))["job"] == "messages.send"
    assert CANARY not in Wordless().format(record)


def test_what_nobody_caught_is_told_in_the_same_way(log, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(logs.threading, "excepthook", logs.threading.excepthook)
    logs.nothing_else_speaks()
    try:
        breaks_on_her_words()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    logging.captureWarnings(False)
    (line,) = lines(log)
    assert line["level"] == "critical"
    assert CANARY not in log.getvalue()


def test_every_line_we_write_is_a_sentence_of_the_code():
    """Put together at the moment, it could hold a word that somebody said, and would be told as ours."""
    wrong = [
        f"{sources.here(path)}:{node.lineno}"
        for path in sources.modules()
        for node in ast.walk(sources.tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name) and node.func.value.id in {"logger", "fell"}
        and node.func.attr in {"debug", "info", "warning", "error", "exception", "critical"}
        and not isinstance(node.args[0], ast.Constant)
    ]  # fmt: skip
    assert wrong == []


# Pages that break with her words in hand, in every way that a page of ours could.


def in_a_local(request):
    words = request.POST.get("words", CANARY)
    return HttpResponse(len(words) // (len(words) - len(words)))


def in_the_message(request):
    raise ValueError(request.POST.get("words", CANARY))


def in_a_database_error(request):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_salt (id, person_id, salt) VALUES (gen_random_uuid(), %s::uuid, '')", [CANARY]
        )


def refused_by_a_constraint(request):
    """A constraint's DETAIL quotes the whole row that it refused."""
    try:
        with as_owner() as cursor:
            cursor.execute("INSERT INTO people_person (id, name) VALUES (gen_random_uuid(), %s)", [CANARY])
    except IntegrityError as error:
        if CANARY not in str(error):
            pytest.fail("this error quotes nothing, so nothing is tried")
        raise


BREAK = [in_a_local, in_the_message, in_a_database_error, refused_by_a_constraint]
urlpatterns = [path(f"{each.__name__}/", open_to_all("a test")(each), name=each.__name__) for each in BREAK]


def handler500(request):
    return HttpResponse("broken", status=500)


@pytest.fixture
def log(monkeypatch):
    """What the house's own handlers write, requests included."""
    stream = io.StringIO()
    (handler,) = [
        each for each in logging.getLogger("django").handlers if isinstance(each.formatter, Wordless)
    ]
    monkeypatch.setattr(handler, "stream", stream)
    root = logging.getLogger()
    if handler not in root.handlers:
        monkeypatch.setattr(root, "handlers", [*root.handlers, handler])
    monkeypatch.setattr(logging.getLogger("alongside.requests"), "level", logging.INFO)
    logging.getLogger("alongside.requests").manager._clear_cache()
    yield stream
    logging.getLogger("alongside.requests").manager._clear_cache()


def lines(log):
    return [json.loads(line) for line in log.getvalue().splitlines()]


@pytest.mark.parametrize("page", BREAK, ids=lambda page: page.__name__)
def test_a_page_that_breaks_is_named_with_its_kind_and_place_and_not_one_word(
    db, client, settings, log, page
):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    answer = client.post(f"/{page.__name__}/?asked={CANARY}", {"words": CANARY}, HTTP_REFERER=f"/{CANARY}/")
    assert answer.status_code == 500
    fault, request = lines(log)
    assert fault["page"] == request["page"] == page.__name__
    assert fault["request"] == request["request"] != ""
    assert any(f" in {page.__name__}" in place for each in fault["errors"] for place in each["places"])
    assert CANARY not in log.getvalue()
    assert CANARY.lower() not in log.getvalue().lower()


def test_a_request_is_a_name_a_status_and_a_time(db, client, log):
    client.get(f"/?asked={CANARY}", REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT=CANARY)
    client.get(f"/{CANARY}/")
    home, nowhere = lines(log)
    assert set(home) == {"at", "level", "logger", "request", "page", "status", "ms"}
    assert (home["page"], home["status"], nowhere["page"], nowhere["status"]) == ("home", 200, "none", 404)
    assert CANARY not in log.getvalue()
    assert "203.0.113.9" not in log.getvalue()


def test_where_a_visitor_comes_from_is_told_only_where_the_place_says_so(db, client, log, settings):
    settings.LOG_ADDRESSES = True
    client.get("/", REMOTE_ADDR="203.0.113.9")
    assert lines(log)[0]["from"] == "203.0.113.9"


def test_a_host_that_is_none_of_ours_is_not_repeated(db, client, log):
    client.raise_request_exception = False
    assert client.get("/", HTTP_HOST=f"{CANARY.lower()}.example").status_code == 400
    assert lines(log)
    assert CANARY.lower() not in log.getvalue().lower()
