"""What `/metrics/` tells, in the OpenMetrics text format: numbers of the house, never of anybody in it (I29, I30).

Numbers of requests, jobs and messages are rounded down to tens, also within each step of the histogram: one visit to
one page, or one message that waits, is not to be seen. Faults are the house's own, and told to the last one. Ages
are of the whole: the job most overdue, the last backup, the last seal.
"""

import datetime as dt
import hmac
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest

from alongside.config.cli.backups import LAST_BACKUP
from alongside.config.running import health
from alongside.config.running.counting import STEPS, counts
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.kernel.folders import data_folder

CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8"
SMALLEST = 10
# A shorter token could be found by trying.
SHORTEST_TOKEN = 24
WAITING = """
    SELECT queue_name, count(*), extract(epoch FROM max(%s - coalesce(j.scheduled_at, (
        SELECT min(e.at) FROM procrastinate_events e WHERE e.job_id = j.id AND e.type = 'deferred'))))
    FROM procrastinate_jobs j WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
    GROUP BY queue_name ORDER BY queue_name
"""
Sample = tuple[str, dict[str, str], float]


def may_read_numbers(request: HttpRequest) -> bool:
    """Whether the place gave a token, and this request has it; said in the same time either way."""
    token = settings.METRICS_TOKEN.encode()
    given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
    return hmac.compare_digest(given, b"Bearer " + token) and len(token) >= SHORTEST_TOKEN


def in_tens(number: int) -> int:
    """Rounded down: 7 is 0, 23 is 20."""
    return number - number % SMALLEST


def text() -> str:
    """All of it. Where the database does not answer, what needs it is left out, and `alongside_well` says so."""
    families = [*_of_requests(), *_of_health()]
    # Where it fails, `alongside_well{part="database"}` says so: it asked the same database a moment ago.
    with suppress(Error):
        families += _of_work()
    families += _of_backup()
    return "".join(map(_family, families)) + "# EOF\n"


def _family(family: tuple[str, str, str, list[Sample]]) -> str:
    name, kind, about, samples = family
    unit = "# UNIT {} seconds\n".format(name) if name.endswith("_seconds") else ""  # noqa: UP032
    head = f"# TYPE {name} {kind}\n{unit}# HELP {name} {about}\n"
    return head + "".join(f"{name}{end}{_labels(labels)} {number:g}\n" for end, labels, number in samples)


def _labels(labels: dict[str, str]) -> str:
    """Names from the code alone, so that nothing in them needs to be escaped."""
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels.items()) + "}" if labels else ""


def _of_requests() -> Iterator[tuple[str, str, str, list[Sample]]]:
    counted = counts.together()
    pages: list[Sample] = [
        ("_total", {"page": name.split(" ")[0], "status": name.split(" ")[1]}, in_tens(number))
        for name, number in sorted(counted["pages"].items())
    ]
    yield "alongside_requests", "counter", "Requests by page and status, in tens.", pages
    yield "alongside_faults", "counter", "Answers of 500 and more.", [("_total", {}, counted["faults"])]
    yield "alongside_request_seconds", "histogram", "How long answers took, in tens.", _steps(counted)


def _steps(counted: dict[str, Any]) -> list[Sample]:
    so_far, samples = 0, []
    for step, number in zip((*STEPS, float("inf")), counted["steps"], strict=True):
        so_far += number
        name = "+Inf" if step == float("inf") else str(step)
        samples.append(("_bucket", {"le": name}, in_tens(so_far)))
    told = in_tens(so_far)
    seconds = counted["seconds"] * told / so_far if so_far else 0
    return [*samples, ("_count", {}, told), ("_sum", {}, round(seconds, 3))]


def _of_health() -> Iterator[tuple[str, str, str, list[Sample]]]:
    wrong = {fault.part for fault in health.faults()}
    parts: list[Sample] = [("", {"part": part}, part not in wrong) for part in health.PARTS]
    yield "alongside_well", "gauge", "1 where that part of the house is well.", parts


def _of_work() -> Iterator[tuple[str, str, str, list[Sample]]]:
    """Jobs, messages and the seal of the audit, from the database."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [now, now])
        jobs = cursor.fetchall()
    waiting: list[Sample] = [("", {"queue": queue}, in_tens(number)) for queue, number, _late in jobs]
    overdue: list[Sample] = [("", {"queue": queue}, round(late or 0)) for queue, _number, late in jobs]
    yield "alongside_jobs_waiting", "gauge", "Jobs whose time has come, in tens.", waiting
    yield "alongside_jobs_overdue_seconds", "gauge", "How long the oldest of them waits.", overdue
    yield "alongside_messages_waiting", "gauge", "Messages on their way, in tens.", [("", {}, _messages())]
    yield "alongside_seal_age_seconds", "gauge", "Since the audit was last sealed.", _age(_last_seal(), now)


def _messages() -> int:
    from alongside.messages.models import Delivery

    with working_on("messages.send"):
        states = (Delivery.State.WAITING, Delivery.State.SENDING)
        return in_tens(Delivery.objects.filter(state__in=states).count())


def _last_seal() -> dt.datetime | None:
    from alongside.audit.models import Seal

    with working_on("audit.verify"):
        return Seal.objects.order_by("-day").values_list("sealed_at", flat=True).first()


def _of_backup() -> Iterator[tuple[str, str, str, list[Sample]]]:
    path, at = data_folder() / LAST_BACKUP, None
    if path.is_file():
        at = dt.datetime.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["at"])
    about = "Since a backup was last taken from this data folder."
    yield "alongside_backup_age_seconds", "gauge", about, _age(at, clock.now())


def _age(at: dt.datetime | None, now: dt.datetime) -> list[Sample]:
    """No sample where it never was: nothing is not zero."""
    return [("", {}, round((now - at).total_seconds()))] if at else []
