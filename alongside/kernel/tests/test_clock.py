"""The clock can be moved, and the database's second lock is told."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from alongside.kernel import clock
from alongside.kernel.acting import acting_as

LONG_AGO = timezone.now() - dt.timedelta(days=300)


def test_the_clock_goes_back_to_the_present_by_itself():
    with clock.moved_to(LONG_AGO):
        assert clock.now() == LONG_AGO
        assert clock.today() == timezone.localdate(LONG_AGO)
    assert clock.now() - timezone.now() < dt.timedelta(seconds=1)


@pytest.mark.django_db
def test_row_level_security_lives_at_the_same_moment():
    with clock.moved_to(LONG_AGO), acting_as(uuid.uuid4()), connection.cursor() as cursor:
        cursor.execute("SELECT guard.at()")
        assert cursor.fetchone()[0] == LONG_AGO
    with acting_as(uuid.uuid4()), connection.cursor() as cursor:
        cursor.execute("SELECT guard.at()")
        assert timezone.now() - cursor.fetchone()[0] < dt.timedelta(seconds=5)
