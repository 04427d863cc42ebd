"""An account is seen by the one who signs in with it, and by sign-in itself; the place is open to all."""

from alongside.kernel.rows import ANYONE, Rows, doing, holding

OWN = "(SELECT guard.account())"
SIGN_IN = doing("sign_in", "accounts.open")
STEWARD = holding("place_steward")

ROWS = [
    Rows(
        "accounts_account",
        see=f"id = {OWN} OR {SIGN_IN}",
        add=doing("accounts.open"),
        change=f"id = {OWN} OR {SIGN_IN}",
    ),
]
