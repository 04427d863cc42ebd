"""Two who change what the place holds to in the same moment: one is kept, the other is told, nothing is lost (I16)."""

import threading

from django.db import connections

from alongside.accounts.models import Place, PrinciplesChange
from alongside.accounts.place import operations
from alongside.kernel.acting import acting_as, working_on
from alongside.people.models import Role
from tests import cast


def test_of_those_who_change_them_in_the_same_moment_one_is_kept_and_the_others_are_told(committed):
    with working_on("demo"):
        operations.tell_of_place(
            by=None, told={"id": "tynebank", "name": "Tynebank", "principles": ["Ask first"]}
        )
    partners = [cast.serving(f"Partner {number}", Role.LEARNING_PARTNER) for number in range(4)]
    together, told = threading.Barrier(len(partners)), []

    def change(by):
        try:
            with acting_as(by):
                together.wait(10)
                operations.change_principles(by=by, principles=[by.name], why="We tried it.", after=0)
            told.append("kept")
        except operations.ChangedMeanwhile:
            told.append("told")
        finally:
            connections.close_all()

    changing = [threading.Thread(target=change, args=[by]) for by in partners]
    for each in changing:
        each.start()
    for each in changing:
        each.join(30)
    assert sorted(told) == ["kept", "told", "told", "told"]
    kept = PrinciplesChange.objects.get()
    assert Place.objects.get().principles == kept.after == [kept.said_by]
