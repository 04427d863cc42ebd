"""Is the house up? A stranger learns well or not well; whoever looks after the machine is told what is wrong."""

import datetime as dt

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from alongside.config.cli.checks import people
from alongside.config.running import health
from tests.database import as_owner


@pytest.fixture(autouse=True)
def asked_anew():
    health.forget()
    yield
    health.forget()


def job_done(minutes_ago):
    """The job of every minute, done so long ago."""
    at = timezone.now() - dt.timedelta(minutes=minutes_ago)
    with as_owner() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args)"
            " VALUES ('minute', %s, 'succeeded', '{}') RETURNING id",
            [health.PULSE],
        )
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'succeeded', %s)",
            [cursor.fetchone()[0], at],
        )


def said(client):
    answer = client.get("/health/")
    return answer.status_code, answer.content.decode()


def test_a_house_whose_jobs_are_done_is_well(db, client):
    job_done(1)
    assert said(client) == (200, "well\n")
    assert health.faults() == []


@pytest.mark.parametrize(("minutes", "status"), [(0, 200), (4, 200), (6, 503), (60 * 24, 503)])
def test_it_is_well_while_a_job_was_done_in_the_last_five_minutes(db, client, minutes, status):
    job_done(60)
    job_done(minutes)
    assert said(client)[0] == status


def test_a_house_in_which_no_job_was_ever_done_says_so_in_a_sentence(db, client):
    assert said(client) == (503, "not well\n")
    (fault,) = health.faults()
    assert fault == health.Fault(
        "jobs", "No job was done yet: the messages worker does not run, or stands still."
    )


def test_tables_of_an_older_release_are_told(db, client):
    job_done(1)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'walks'")
    assert said(client)[0] == 503
    assert [fault.part for fault in health.faults()] == ["migrations"]
    assert "run `alongside migrate`" in health.faults()[0].sentence


def test_a_database_that_does_not_answer_is_told_and_the_page_still_comes(db, client, monkeypatch):
    def gone():
        raise OperationalError("password for alongside_app at db.example is wrong")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(connection, "cursor", gone)
        assert said(client) == (503, "not well\n")
        (fault,) = health.faults()
    assert fault.part == "database"
    assert "db.example" not in fault.sentence


def test_it_writes_no_session_and_no_look_and_asks_nobody_who_they_are(db, client):
    job_done(1)
    answer = client.get("/health/", HTTP_HOST="10.0.0.7")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    with as_owner() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM django_session) + (SELECT count(*) FROM audit_look)")
        assert cursor.fetchone() == (0,)


def test_asked_again_within_a_second_the_database_is_left_in_peace(db, client, django_assert_num_queries):
    client.get("/health/")
    with django_assert_num_queries(0):
        client.get("/health/")


def test_a_worker_that_lives_and_does_nothing_is_told_by_check(db):
    with as_owner() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [timezone.now()])
    (found,) = people.worker()
    assert not found.ok
    assert "stands still" in found.sentence
    job_done(1)
    (found,) = people.worker()
    assert found.ok


@pytest.mark.parametrize(("came_by", "told"), [("https", True), ("http", False)])
def test_behind_a_proxy_a_browser_is_told_to_come_back_encrypted(db, client, settings, came_by, told):
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answer = client.get("/health/", HTTP_X_FORWARDED_PROTO=came_by)
    assert answer.has_header("Strict-Transport-Security") is told
