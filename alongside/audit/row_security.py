"""Audit rows are added and never changed; a person reads the looks at them, and a looker their own.

All of it is read by two works of the house, which seal a day and verify what was sealed, and by nobody who acts.
"""

from alongside.kernel.rows import ANYONE, ME, MINE, NOBODY, SIGNED_IN, Rows, doing, holding, within

# Whoever acts signs for what they did, and a named work of the house for what it did: nobody for another.
SIGNED_FOR = f"work = (SELECT guard.work()) AND (by_id = {MINE} OR work <> '')"
SEALING, READING_ALL = doing("audit.seal"), doing("audit.seal", "audit.verify")
# Those who read what is broken.
LOOKS_AFTER = holding("place_steward", "team_lead", "duty_human")

ROWS = [
    Rows(
        "audit_event",
        see=f"by_id = {ME} OR person_id = {MINE} OR {holding('place_steward')} OR {READING_ALL}",
        add=SIGNED_FOR,
    ),
    Rows(
        "audit_look",
        see=f"person_id = {MINE} OR by_id = {ME} OR {READING_ALL}",
        add=f"{SIGNED_IN} AND by_id = {ME}",
    ),
    # The salt is read to write a digest, by whoever may write; it opens nothing by itself.
    Rows("audit_salt", see=ANYONE, add=ANYONE),
    Rows("audit_seal", see=READING_ALL, add=SEALING),
    Rows("audit_carried", see=f"{LOOKS_AFTER} OR {SEALING}", add=SEALING, change=SEALING, remove=NOBODY),
    # Read by whoever reads the look that it is; asked by a steward, who has looked.
    Rows(
        "audit_question",
        see=within("audit_look", "look_id"),
        add=f"(EXISTS (SELECT 1 FROM audit_look its WHERE its.id = look_id AND its.by_id = {ME})"
        f" AND {holding('place_steward')})",
    ),
]
APPEND_ONLY = ["audit_event", "audit_look", "audit_seal", "audit_question"]

# Even the owner's own hand cannot change what was recorded without first removing this trigger.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION guard.append_only() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'the audit is only ever added to (%)', TG_TABLE_NAME; END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION guard.append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_look
  FOR EACH STATEMENT EXECUTE FUNCTION guard.append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION guard.append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_question
  FOR EACH STATEMENT EXECUTE FUNCTION guard.append_only();

-- Whoever writes in a day holds it a little until their transaction ends; whoever seals it waits for all of them,
-- and after that nothing comes in. The number is the house's own, the day's is that since 2000.
CREATE OR REPLACE FUNCTION guard.hold_day(its date, whole boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF whole THEN PERFORM pg_advisory_xact_lock(1307, its - date '2000-01-01');
  ELSE PERFORM pg_advisory_xact_lock_shared(1307, its - date '2000-01-01'); END IF;
END $$;
CREATE OR REPLACE FUNCTION guard.day_takes_rows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$
DECLARE its date := (NEW.at AT TIME ZONE 'UTC')::date;
BEGIN
  PERFORM guard.hold_day(its, false);
  IF EXISTS (SELECT 1 FROM audit_seal s WHERE s.day >= its) THEN
    RAISE EXCEPTION 'the audit of % is sealed and takes nothing more: is the clock of this machine right?', its;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER day_takes_rows BEFORE INSERT ON audit_event
  FOR EACH ROW EXECUTE FUNCTION guard.day_takes_rows();
CREATE OR REPLACE TRIGGER day_takes_rows BEFORE INSERT ON audit_look
  FOR EACH ROW EXECUTE FUNCTION guard.day_takes_rows();

-- A seal follows the one before it, a day later, and its own day is over.
CREATE OR REPLACE FUNCTION guard.seal_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$
DECLARE last record;
BEGIN
  SELECT s.day, s.link INTO last FROM audit_seal s WHERE s.day < NEW.day ORDER BY s.day DESC LIMIT 1;
  IF (last.day IS NULL AND NEW.before <> '') OR NEW.day <> last.day + 1 OR NEW.before <> last.link
     OR EXISTS (SELECT 1 FROM audit_seal s WHERE s.day > NEW.day) THEN
    RAISE EXCEPTION 'a seal follows the seal of the day before (%)', NEW.day;
  END IF;
  IF NEW.day >= (guard.at() AT TIME ZONE 'UTC')::date THEN
    RAISE EXCEPTION 'a day is sealed when it is over (%)', NEW.day;
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER seal_follows AFTER INSERT ON audit_seal
  FOR EACH ROW EXECUTE FUNCTION guard.seal_follows();
"""
