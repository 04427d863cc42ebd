"""How much is tried: enough to notice in `make test`, everything in `make nightly`."""

import os

NIGHTLY = "nightly" in (os.environ.get("ALONGSIDE_PROFILE"), os.environ.get("HYPOTHESIS_PROFILE"))
# Rows of each kind that stand in an address.
MOST = 40 if NIGHTLY else 1
# Those to whom something could come by one lock alone, each in another way.
TELLING = (
    "signed out", "neighbour", "mother", "kept", "walker", "part_reader", "ended", "kin", "worker", "emergency",
    "team_lead", "steward",
)  # fmt: skip
# Those who send forms wrongly, and those who would notice somebody hidden.
CLUMSY = ("signed out", "neighbour", "part_reader", "team_lead")
UNAWARE = ("signed out", "part_reader", "worker")
if NIGHTLY:
    TELLING = CLUMSY = ()  # everybody
    UNAWARE = (*UNAWARE, "neighbour", "ended", "next_door", "member", "learning_partner")
