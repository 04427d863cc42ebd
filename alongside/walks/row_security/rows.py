"""The lock on each table of the room: who sees, adds, changes and removes what."""

from alongside.consent.policies import WALKING_ROLES
from alongside.kernel.rows import ME, MINE, NOBODY, Rows, doing, holding, within
from alongside.people.models import Role
from alongside.story.row_security import WHOLE, for_whom, of

WALKS = holding(*WALKING_ROLES)
LEADS = holding(Role.TEAM_LEAD, Role.STEWARD)
# The morning's look for walks without cover: keys, days and workers, no words.
COVERING = doing("walks.cover")
# Before a role, a way to sign in or an organisation ends: which walks would be without somebody (I32). Keys only.
ENDING = doing("people.ending")
MY_WALKS = "ANY((SELECT guard.walks())::uuid[])"
I_KEEP = "ANY((SELECT guard.keeps())::uuid[])"
I_AM_OF = "ANY((SELECT guard.own_walks())::uuid[])"
KEEPS_OR_OWN = f"(walk_id = {I_KEEP} OR walk_id = {I_AM_OF})"
WRITES_FOR = f"(person_id = {MINE} OR person_id = {WHOLE})"
# One says it oneself, or writes down what the person said: nobody speaks for a third.
SPEAKS = f"(by_id = {ME} OR by_id = person_id OR by_id = {MINE})"
ITS_WALK = (
    "(walk_id IS NULL OR EXISTS (SELECT 1 FROM walks_walkperson its"
    " WHERE its.walk_id = walks_moment.walk_id AND its.person_id = walks_moment.person_id))"
)
THERE_TOO = (
    f"its.written_down_by_id = {ME} AND its.audience <> 'only_us' AND its.at = walks_momentwith.at"
    " AND its.person_id <> walks_momentwith.person_id"
    " AND guard.walk_together(its.person_id, walks_momentwith.person_id)"
)
ITS_PEOPLE = f"its.person_id = {MINE} OR its.person_id = {WHOLE}"
WAS_THERE = "its.id = ANY((SELECT guard.moments_with())::uuid[])"
# The same again: whose moment it is, or whoever wrote it down and still walks with them. An answer: one's own,
# of those it is between; or the person's, in the hand of whoever walks with them.
SAYS_AFTER = (
    f"(walks_momentafter.kind = 'said_again' AND walks_momentafter.by_id = its.by_id"
    f" AND (its.by_id = {MINE} OR (its.written_down_by_id = {ME} AND ({ITS_PEOPLE}))))"
    f" OR (walks_momentafter.kind = 'answer' AND ((walks_momentafter.by_id = {ME}"
    f" AND (its.by_id = {MINE} OR {ITS_PEOPLE} OR {WAS_THERE}))"
    f" OR (walks_momentafter.by_id = its.person_id AND ({ITS_PEOPLE}))))"
)
ITS_WALK_IS_MINE = f"its.walk_id = {I_KEEP} OR its.walk_id = {I_AM_OF}"
OF_A_MOMENT = within("walks_moment", "about_id")
MY_LIFE_MAP = (
    f"EXISTS (SELECT 1 FROM walks_lifemap its WHERE its.id = life_map_id AND its.person_id = {MINE})"
)

ROWS = [
    Rows(
        "walks_walk",
        # Not the leads: how often two people meet is in the person's own words.
        see=f"id = {MY_WALKS} OR {COVERING} OR {ENDING}",
        add=WALKS,
        change=f"id = {I_KEEP} OR id = {I_AM_OF}",
    ),
    Rows(
        "walks_walkperson",
        see=f"walk_id = {MY_WALKS} OR person_id = {MINE} OR {ENDING}",
        # Somebody open to me already; or nobody walks with them yet, as for the first say-so of all.
        add=f"walk_id = {I_KEEP} AND (person_id = ANY((SELECT guard.people())::uuid[])"
        " OR NOT guard.is_walked_with(person_id))",
        change=f"walk_id = {I_KEEP} OR person_id = {MINE}",
    ),
    Rows(
        "walks_company",
        see=f"person_id = {ME} OR walk_id = {MY_WALKS} OR {LEADS} OR {COVERING} OR {ENDING}",
        # Whoever begins a walk keeps it first; then they, or its person, say who else does.
        add=f"(person_id = {ME} AND {WALKS} AND guard.walk_is_new(walk_id)) OR {KEEPS_OR_OWN}",
        change=KEEPS_OR_OWN,
    ),
    Rows("walks_walkstep", see=f"walk_id = {MY_WALKS}", add=f"by_id = {ME} AND {KEEPS_OR_OWN}"),
    Rows(
        "walks_carrieson",
        see=within("walks_walkstep", "step_id"),
        add=f"{within('walks_walkstep', 'step_id')} AND {within('story_tie', 'tie_id')}",
    ),
    Rows(
        "walks_moment",
        see=f"{for_whom(speaker='by_id')} OR written_down_by_id = {ME}"
        " OR (audience <> 'only_us' AND id = ANY((SELECT guard.moments_with())::uuid[]))",
        add=f"written_down_by_id = {ME} AND {WRITES_FOR} AND {SPEAKS} AND {ITS_WALK}",
        change=f"person_id = {MINE}",
    ),
    Rows(
        "walks_momentwith",
        see=f"person_id = {MINE} OR {within('walks_moment', 'moment_id')}",
        add=of("walks_moment", "moment_id", THERE_TOO),
    ),
    Rows(
        "walks_momentafter",
        see=within("walks_moment", "moment_id"),
        add=f"written_down_by_id = {ME} AND {of('walks_moment', 'moment_id', SAYS_AFTER)}",
    ),
    Rows(
        "walks_timewriting",
        see=f"worker_id = {ME}",
        add=f"worker_id = {ME} AND {of('walks_moment', 'moment_id', f'its.written_down_by_id = {ME}')}",
    ),
    Rows(
        "walks_draft",
        see=f"author_id = {ME} AND ({WRITES_FOR} OR {OF_A_MOMENT})",
        add=f"author_id = {ME} AND ({WRITES_FOR} OR {OF_A_MOMENT})",
        change=f"author_id = {ME} AND ({WRITES_FOR} OR {OF_A_MOMENT})",
        remove=f"author_id = {ME}",
    ),
    Rows(
        "walks_handover",
        see=f"walk_id = {MY_WALKS} OR to_walker_id = {ME}",
        add=KEEPS_OR_OWN,
        change=KEEPS_OR_OWN,
    ),
    Rows(
        "walks_handovermeeting",
        see=within("walks_handover", "handover_id"),
        add=f"by_id = {ME} AND {of('walks_handover', 'handover_id', ITS_WALK_IS_MINE)}",
    ),
    Rows(
        "walks_repair",
        see=f"person_id = {MINE} OR person_id = {WHOLE}",
        add=f"offered_by_id = {ME} AND person_id = {WHOLE}",
        change=f"person_id = {MINE} OR person_id = {WHOLE}",
    ),
    Rows(
        "walks_challenge",
        see=f"person_id = {MINE} OR person_id = {WHOLE}",
        add=f"written_down_by_id = {ME} AND (walk_id = {I_KEEP} OR person_id = {MINE})",
        change=f"walk_id = {I_KEEP} OR person_id = {MINE}",
    ),
    Rows(
        "walks_arcchoice",
        see=f"person_id = {MINE} OR (shown_at IS NOT NULL AND person_id = {WHOLE})",
        add=f"person_id = {MINE}",
        change=f"person_id = {MINE}",
    ),
    Rows(
        "walks_arcline",
        see=f"person_id = {MINE} OR EXISTS (SELECT 1 FROM walks_arcchoice its"
        f" WHERE its.person_id = walks_arcline.person_id)",
        add=f"person_id = {MINE}",
        remove=f"person_id = {MINE}",
    ),
    Rows(
        "walks_lifemap",
        see=f"person_id = {MINE} OR (shown AND person_id = {WHOLE})",
        add=f"person_id = {MINE}",
        change=f"person_id = {MINE}",
    ),
    Rows(
        "walks_lifemapplace",
        see=within("walks_lifemap", "life_map_id"),
        add=MY_LIFE_MAP,
        change=MY_LIFE_MAP,
    ),
    Rows(
        "walks_saidfull",
        see=f"worker_id = {ME} OR {LEADS}",
        add=f"worker_id = {ME} AND {WALKS}",
        # Whoever is full says when it is over; what the place does about it is answered by somebody else.
        change=f"(worker_id = {ME} AND answered_by_id IS DISTINCT FROM worker_id)"
        f" OR ({LEADS} AND worker_id <> {ME})",
    ),
    Rows(
        "walks_away",
        see=f"worker_id = ANY((SELECT guard.keepers())::uuid[]) OR worker_id = {ME} OR {LEADS} OR {COVERING}",
        add=f"worker_id = {ME} OR {LEADS}",
        change=f"worker_id = {ME} OR {LEADS}",
    ),
    Rows(
        "walks_covergap",
        see=f"{LEADS} OR walk_id = {I_KEEP} OR {COVERING}",
        add=COVERING,
        change=f"{COVERING} OR {KEEPS_OR_OWN}",
        remove=NOBODY,
    ),
]
APPEND_ONLY = [
    "walks_carrieson",
    "walks_walkstep",
    "walks_momentwith",
    "walks_momentafter",
    "walks_timewriting",
    "walks_handovermeeting",
]
