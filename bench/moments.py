"""Moments, walks and days for a crowd: ten moments each, and one person with five thousand. Written by the database."""

import uuid
from typing import Any

from django.db import connections, transaction

LONG = 5000
EACH = 10
# As many as stand in a list of the ticket system this is measured beside.
LISTED = 25

MOMENTS = """
INSERT INTO walks_moment (id, person_id, kind, words, language, by_id, by_words, written_down_by_id, audience,
                          at, kept_at, minutes_together, client_id)
SELECT gen_random_uuid(), p.id, (ARRAY['met', 'together', 'said', 'event'])[1 + n %% 4],
       'Number ' || n || ': we walked to the ' || (ARRAY['market', 'allotment', 'surgery', 'library'])[1 + n %% 4]
         || ' and talked about what comes next, as it was said that day.',
       'en', w.id, '', w.id, 'walkers', %(now)s - n * interval '7 hours', %(now)s, 30, gen_random_uuid()
FROM (SELECT unnest(%(people)s::uuid[]) AS id, unnest(%(keepers)s::uuid[]) AS keeper) p
CROSS JOIN generate_series(1, %(each)s) n CROSS JOIN LATERAL (SELECT p.keeper AS id) w
"""
# The day's promises of whoever is walked with, so that a worker's morning has something in it.
PROMISES = """
INSERT INTO doings_promise (id, person_id, words, day, where_words, coming, owner_id, owner_words, state, told_words,
                            audience, written_down_by_id, at)
SELECT gen_random_uuid(), p.id, 'I will come by about the letter.', %(now)s::date, '', true, p.keeper, '', 'open', '',
       'walkers', p.keeper, %(now)s
FROM (SELECT unnest(%(people)s::uuid[]) AS id, unnest(%(keepers)s::uuid[]) AS keeper) p
"""
WALKS = (
    """INSERT INTO walks_walk (id, state, state_at, began_at, usual_words, about)
       SELECT unnest(%(walks)s::uuid[]), 'walking', %(now)s, %(now)s - interval '90 days', '', ''""",
    """INSERT INTO walks_walkperson (id, walk_id, person_id, from_at)
       SELECT gen_random_uuid(), unnest(%(walks)s::uuid[]), unnest(%(people)s::uuid[]), %(now)s - interval '90 days'""",
    """INSERT INTO walks_company (id, walk_id, person_id, part, from_at)
       SELECT gen_random_uuid(), unnest(%(walks)s::uuid[]), unnest(%(keepers)s::uuid[]), 'walker',
              %(now)s - interval '90 days'""",
    """INSERT INTO walks_company (id, walk_id, person_id, part, from_at)
       SELECT gen_random_uuid(), unnest(%(walks)s::uuid[]), unnest(%(covers)s::uuid[]), 'cover',
              %(now)s - interval '90 days'""",
)


def write(crowd: Any) -> None:
    """Ten moments for each of a crowd, five thousand for one; walks and a promise for all who are walked with."""
    pairs = list(crowd.walked())
    keeper = {person: worker for worker, person in pairs}
    others = {
        worker: crowd.workers[(place + 1) % len(crowd.workers)] for place, worker in enumerate(crowd.workers)
    }
    people = list(keeper)
    given = {
        "now": crowd.now,
        "people": people,
        "keepers": [keeper[person] for person in people],
        "covers": [others[keeper[person]] for person in people],
        "walks": [uuid.uuid4() for _ in people],
    }
    # A walk has its walker and its cover at the end of a transaction, and never before.
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for statement in (*WALKS, PROMISES):
            cursor.execute(statement, given)
        everybody = {"people": crowd.people, "keepers": [keeper.get(key, key) for key in crowd.people]}
        cursor.execute(MOMENTS, given | everybody | {"each": EACH})
        long = {"people": [crowd.long_life], "keepers": [crowd.workers[3]], "each": LONG - EACH}
        cursor.execute(MOMENTS, given | long)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
