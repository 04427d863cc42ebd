"""Row-level security of the place: everybody may read it; stewards and the loader write it.

Who drew a neighbourhood or spoke about the place may change or take back what is theirs.
"""

from alongside.kernel.rows import ANYONE, ME, MINE, SIGNED_IN, Rows, doing, holding

KEEPER = f"({holding('place_steward')} OR {doing('place.load', 'demo')})"

ROWS = [
    Rows("accounts_place", see=ANYONE, add=KEEPER, change=KEEPER),
    Rows("accounts_ward", see=ANYONE, add=KEEPER, change=KEEPER),
    Rows(
        "accounts_neighbourhood",
        see=ANYONE,
        add=f"{KEEPER} OR ({SIGNED_IN} AND kind = 'drawn' AND drawn_by_id = {ME})",
        change=f"{KEEPER} OR (kind = 'drawn' AND drawn_by_id = {MINE})",
    ),
    Rows(
        "accounts_voice",
        see=ANYONE,
        add=f"{KEEPER} OR ({SIGNED_IN} AND speaker_id = {ME})",
        remove=f"speaker_id = {MINE} OR {holding('place_steward')}",
    ),
]
