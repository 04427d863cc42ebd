"""Numbers of the house for whoever holds the token, and never one that a person could be seen by (I29, I30)."""

import datetime as dt
import json
import os
import re
import time

import pytest
from django.utils import timezone

from alongside.config.cli.backups import LAST_BACKUP
from alongside.config.running import counting, health, metrics, middleware
from alongside.config.running.counting import Counts
from tests import cast
from tests.database import as_owner

TOKEN = "t" * metrics.SHORTEST_TOKEN
FAMILY = re.compile(r"# TYPE (\S+) (counter|gauge|histogram)")
SAMPLE = re.compile(r'(\w+)(?:\{((?:\w+="[^"\n]*",?)+)\})? (\d+(?:\.\d+)?(?:e[+-]\d+)?)')


@pytest.fixture
def counts(monkeypatch, tmp_path):
    """Counts of this test alone, in a folder of their own."""
    fresh = Counts(tmp_path / "counts")
    monkeypatch.setattr(metrics, "counts", fresh)
    monkeypatch.setattr(middleware, "counts", fresh)
    monkeypatch.setattr(metrics, "data_folder", lambda: tmp_path)
    health.forget()
    yield fresh
    health.forget()


@pytest.fixture
def numbers(db, client, settings, counts):
    """`numbers()`: what whoever holds the token is told, as {"name{labels}": number}."""
    settings.METRICS_TOKEN = TOKEN

    def asked():
        answer = client.get("/metrics/", HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
        assert answer.status_code == 200
        return parsed(answer.content.decode())

    return asked


def parsed(text):
    """Every sample; fails where a line is not what OpenMetrics allows."""
    *rows, last, nothing = text.split("\n")
    assert (last, nothing) == ("# EOF", "")
    found, families = {}, {}
    for row in rows:
        if row.startswith("#"):
            assert row.startswith(("# TYPE ", "# HELP ", "# UNIT ")), row
            families |= dict(FAMILY.findall(row))
            continue
        name, labels, number = SAMPLE.fullmatch(row).groups()
        assert any(name.startswith(family) for family in families), row
        found[f"{name}{{{labels}}}" if labels else name] = float(number)
    return found


def test_without_a_token_from_the_place_there_is_no_such_page(db, client, settings):
    settings.METRICS_TOKEN = ""
    for given in ({}, {"HTTP_AUTHORIZATION": "Bearer "}, {"HTTP_AUTHORIZATION": "Bearer None"}):
        assert client.get("/metrics/", **given).status_code == 404


@pytest.mark.parametrize(
    "given", ["", TOKEN, f"Bearer {TOKEN}x", "Bearer ", f"Basic {TOKEN}", "Bearer \udce9"]
)
def test_with_another_token_neither(db, client, settings, given):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics/", HTTP_AUTHORIZATION=given).status_code == 404
    assert client.get(f"/metrics/?token={TOKEN}").status_code == 404


def test_a_token_that_could_be_guessed_opens_nothing(db, client, settings):
    settings.METRICS_TOKEN = "guess"
    assert client.get("/metrics/", HTTP_AUTHORIZATION="Bearer guess").status_code == 404


def test_it_is_told_in_the_words_of_openmetrics(db, client, settings, counts):
    settings.METRICS_TOKEN = TOKEN
    answer = client.get("/metrics/", HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
    assert answer["Content-Type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    assert not answer.cookies


def test_one_visit_to_one_page_is_not_to_be_seen(numbers, counts):
    for _ in range(9):
        counts.note("hello_come_back", 200, 0.03)
    counts.note("home", 200, 0.2)
    found = numbers()
    assert found['alongside_requests_total{page="hello_come_back",status="200"}'] == 0
    assert found['alongside_request_seconds_bucket{le="0.05"}'] == 0
    assert found["alongside_request_seconds_count"] == 10


def test_visits_are_told_in_tens_and_a_fault_to_the_last_one(numbers, counts):
    for number in range(27):
        counts.note("home", 500 if number == 0 else 200, 0.03 if number < 15 else 0.3)
    found = numbers()
    assert found['alongside_requests_total{page="home",status="200"}'] == 20
    assert found["alongside_faults_total"] == 1
    assert found['alongside_request_seconds_bucket{le="0.05"}'] == 10
    assert found['alongside_request_seconds_bucket{le="0.5"}'] == 20
    assert found['alongside_request_seconds_bucket{le="+Inf"}'] == found["alongside_request_seconds_count"]


def test_every_process_is_in_it_and_one_that_ended_too(numbers, counts):
    other = Counts(counts.file.parent)
    for one in (counts, other):
        for _ in range(6):
            one.note("home", 200, 0.1)
    other.write()
    del other
    assert numbers()['alongside_requests_total{page="home",status="200"}'] == 10


def test_pages_are_named_and_no_key_of_anybody_is_in_it(numbers, client, counts):
    tracey = cast.person("Tracey Hallam")
    for _ in range(10):
        client.get(f"/people/{tracey.pk}/?q=Tracey")
        client.get(f"/{tracey.pk}/")
    text = " ".join(numbers())
    assert str(tracey.pk) not in text
    assert "Tracey" not in text
    assert 'page="none",status="404"' in text


def test_jobs_and_messages_are_told_in_tens_with_the_age_of_the_oldest(numbers):
    late = timezone.now() - dt.timedelta(minutes=10)
    with as_owner() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at)"
            " SELECT 'messages', 'messages.send', '{}', %s FROM generate_series(1, 12)",
            [late],
        )
    found = numbers()
    assert found['alongside_jobs_waiting{queue="messages"}'] == 10
    assert 590 < found['alongside_jobs_overdue_seconds{queue="messages"}'] < 700
    assert found["alongside_messages_waiting"] == 0


def test_what_never_was_has_no_age_and_is_not_told_as_new(numbers, tmp_path):
    assert not [name for name in numbers() if "age" in name and "messages" not in name]
    at = timezone.now() - dt.timedelta(hours=2)
    (tmp_path / LAST_BACKUP).write_text(json.dumps({"at": at.isoformat(), "path": "a-safe-place"}))
    assert 7190 < numbers()["alongside_backup_age_seconds"] < 7300


def test_the_house_that_is_not_well_says_which_part(numbers):
    found = numbers()
    assert found['alongside_well{part="jobs"}'] == 0
    assert found['alongside_well{part="database"}'] == 1


def test_counts_are_written_for_the_others_within_a_second(tmp_path, monkeypatch):
    monkeypatch.setattr(counting, "WRITE_AFTER", 0)
    mine = Counts(tmp_path / "new")
    mine.note("home", 200, 0.1)
    for _ in range(200):
        if mine.file.exists():
            break
        time.sleep(0.01)
    assert Counts(tmp_path / "new").together()["pages"] == {"home 200": 1}


def test_a_place_that_starts_anew_lets_go_of_what_an_earlier_one_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(counting, "data_folder", lambda: tmp_path)
    for name in (str(os.getpid()), str(os.getppid()), "4194304"):
        (tmp_path / "metrics" / name).mkdir(parents=True)
    counting.begin()
    assert [each.name for each in (tmp_path / "metrics").iterdir()] == [str(os.getppid())]
