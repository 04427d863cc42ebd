"""An account is seen by the one who signs in with it, and by sign-in itself; the place is open to all."""

from alongside.accounts.place.policies import KEEP_PRINCIPLES
from alongside.kernel.rows import ANYONE, ME, MINE, NOBODY, SIGNED_IN, Rows, doing, holding, within

OWN = "(SELECT guard.account())"
SIGN_IN = doing("sign_in", "accounts.open")
SWEEP = doing("sign_in.sweep")
STEWARD = holding("place_steward")
# The place is written by its stewards, by loading open data and by the demo.
KEEPER = f"({STEWARD} OR {doing('place.load', 'demo')})"

# Tables of the library that signs people in: one's own rows, and all of them before anybody acts.
OWN_ROW = f"user_id = {OWN} OR {SIGN_IN}"
OWN_EMAIL = f"{within('account_emailaddress', 'email_address_id')}"
OWN_SERVICE = f"{within('socialaccount_socialaccount', 'account_id')}"
# Whom one may help in: those one walks with, and (for a steward) those who serve the place.
HELPED = f"""EXISTS (SELECT 1 FROM people_person p WHERE p.account_id = accounts_signinlink.account_id AND (
    p.id = ANY((SELECT guard.whole())::uuid[])
    OR ({STEWARD} AND EXISTS (SELECT 1 FROM people_roleheld r WHERE r.person_id = p.id))))"""


def own(table: str, condition: str) -> Rows:
    """One condition for all that can be done with a row."""
    return Rows(table, see=condition, add=condition, change=condition, remove=condition)


def own_words(table: str) -> Rows:
    """What everybody reads and those who keep the place write."""
    return Rows(table, see=ANYONE, add=KEEPER, change=KEEPER, remove=KEEPER)


ROWS = [
    own("account_emailaddress", OWN_ROW),
    own("account_emailconfirmation", OWN_EMAIL),
    own("mfa_authenticator", OWN_ROW),
    own("usersessions_usersession", OWN_ROW),
    own("socialaccount_socialaccount", OWN_ROW),
    own("socialaccount_socialtoken", OWN_SERVICE),
    # The place's own sign-in service stands in the settings, never in this table.
    Rows("socialaccount_socialapp", see=NOBODY),
    Rows(
        "accounts_signinlink",
        see=f"account_id = {OWN} OR made_by_id = {ME} OR {SIGN_IN} OR {SWEEP}",
        add=f"{SIGN_IN} OR (made_by_id = {ME} AND (account_id = {OWN} OR {HELPED}))",
        change=f"account_id = {OWN} OR made_by_id = {ME} OR {SIGN_IN}",
        # Never one that would still let somebody in.
        remove=f"{SWEEP} AND least(until, used_at, taken_back_at) < (SELECT guard.at())",
    ),
    Rows(
        "accounts_account",
        see=f"id = {OWN} OR {SIGN_IN}",
        add=doing("accounts.open"),
        change=f"id = {OWN} OR {SIGN_IN}",
    ),
    Rows("accounts_place", see=ANYONE, add=KEEPER, change=KEEPER),
    # A learning partner changes nothing of the place itself: the row below carries the principles into it.
    Rows(
        "accounts_principleschange",
        see=ANYONE,
        add=f"({holding(*KEEP_PRINCIPLES)} AND by_id = {ME})",
    ),
    own_words("accounts_easyreadline"),
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
APPEND_ONLY = ["accounts_principleschange"]

FUNCTIONS = """
-- The principles of the place are changed by writing down the change, and in no other way: from what stands there
-- now, in a row of its own that is never rewritten (I16).
CREATE OR REPLACE FUNCTION guard.principles_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$
DECLARE
  held varchar[];
BEGIN
  SELECT p.principles INTO held FROM accounts_place p WHERE p.id = NEW.place_id FOR UPDATE;
  IF NEW.before IS DISTINCT FROM held OR NEW.number <> (
      SELECT coalesce(max(c.number), 0) + 1 FROM accounts_principleschange c WHERE c.place_id = NEW.place_id) THEN
    RAISE EXCEPTION 'principles are changed from what they are now';
  END IF;
  UPDATE accounts_place SET principles = NEW.after WHERE id = NEW.place_id;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER principles_follow BEFORE INSERT ON accounts_principleschange
  FOR EACH ROW EXECUTE FUNCTION guard.principles_follow();

CREATE OR REPLACE FUNCTION guard.principles_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF guard.me() IS NOT NULL AND pg_trigger_depth() = 1 AND NEW.principles IS DISTINCT FROM OLD.principles THEN
    RAISE EXCEPTION 'principles are changed with a why, in a row of their own';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER principles_stay BEFORE UPDATE ON accounts_place
  FOR EACH ROW EXECUTE FUNCTION guard.principles_stay();
"""
