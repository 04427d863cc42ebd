"""Sealing beside somebody who still writes: nothing is left out of the seal."""

import threading

from django.db import connections

from alongside.audit.operations import seal_what_is_over
from alongside.audit.recording import record
from alongside.audit.tests.sealed import at, day, seals
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from tests import cast


def test_sealing_waits_for_whoever_still_writes_in_the_day(committed):
    """A transaction that is open over midnight is in the seal, or the seal is not made yet."""
    priya, tracey = cast.serving("Priya Nair"), cast.person()
    written, may_end, done = threading.Event(), threading.Event(), threading.Event()

    def write_slowly():
        with clock.moved_to(at(1)), acting_as(priya):
            record("test.slow", by=priya, thing=tracey)
            written.set()
            may_end.wait(20)
        connections.close_all()

    def seal():
        seal_what_is_over(by_a_human=True)
        done.set()
        connections.close_all()

    with clock.moved_to(at(2)), acting_as(priya):
        record("test.did", by=priya, thing=tracey)
    writer, sealer = threading.Thread(target=write_slowly), threading.Thread(target=seal)
    writer.start()
    assert written.wait(20)
    sealer.start()
    assert not done.wait(0.5), "the day was sealed while somebody wrote in it"
    may_end.set()
    writer.join(20)
    sealer.join(20)
    assert [(seal.day, seal.events) for seal in seals()] == [(day(2), 1), (day(1), 1)]
