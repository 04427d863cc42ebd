"""An account is seen by the one who signs in with it, and by sign-in itself; the place is open to all."""

from alongside.kernel.rows import ANYONE, ME, MINE, SIGNED_IN, Rows, doing, holding

OWN = "(SELECT guard.account())"
SIGN_IN = doing("sign_in", "accounts.open")
STEWARD = holding("place_steward")
# The place is written by its stewards, by loading open data and by the demo.
KEEPER = f"({STEWARD} OR {doing('place.load', 'demo')})"

ROWS = [
    Rows(
        "accounts_account",
        see=f"id = {OWN} OR {SIGN_IN}",
        add=doing("accounts.open"),
        change=f"id = {OWN} OR {SIGN_IN}",
    ),
    Rows("accounts_place", see=ANYONE, add=KEEPER, change=KEEPER),
    Rows("accounts_ward", see=ANYONE, add=KEEPER, change=KEEPER),
    # Who drew a neighbourhood, or spoke about the place, may change or take back what is theirs.
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
        remove=f"speaker_id = {MINE} OR {STEWARD}",
    ),
]
