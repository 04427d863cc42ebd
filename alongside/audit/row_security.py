"""Audit rows are added and never changed; a person reads the looks at them, and a looker their own.

All of it is read by two works of the house, which seal a day and verify what was sealed, and by nobody who acts.
"""

from alongside.kernel.rows import ANYONE, ME, MINE, NOBODY, SIGNED_IN, Rows, doing, holding, within

# Whoever acts signs for what they did, and a named work of the house for what it did: nobody for another.
SIGNED_FOR = f"work = (SELECT guard.work()) AND (by_id = {MINE} OR work <> '')"
SEALING, READING_ALL = doing("audit.seal"), doing("audit.seal", "audit.verify")
# Those who read what is broken.
LOOKS_AFTER = holding("place_steward", "team_lead", "duty_human")
TO_REVIEW = "basis_id = ANY((SELECT guard.bases_to_review())::uuid[])"

ROWS = [
    Rows(
        "audit_event",
        see=f"by_id = {ME} OR person_id = {MINE} OR {holding('place_steward')} OR {READING_ALL}",
        add=SIGNED_FOR,
    ),
    Rows(
        "audit_look",
        # Whoever looks at an emergency afterwards reads which pages were opened by it (`consent.emergencies`).
        see=f"person_id = {MINE} OR by_id = {ME} OR {TO_REVIEW} OR {READING_ALL}",
        add=f"{SIGNED_IN} AND by_id = {ME}",
    ),
    # The salt is read to write a digest, by whoever may write; it opens nothing by itself.
    Rows("audit_salt", see=ANYONE, add=ANYONE),
    Rows("audit_seal", see=READING_ALL, add=SEALING),
    Rows("audit_carried", see=f"{LOOKS_AFTER} OR {SEALING}", add=SEALING, change=SEALING, remove=NOBODY),
    # Read by whoever reads the look that it is; asked by a steward, who has looked, about one who serves or served.
    Rows(
        "audit_question",
        see=within("audit_look", "look_id"),
        add="(EXISTS (SELECT 1 FROM audit_look its JOIN people_roleheld r ON r.person_id = its.person_id"
        f" WHERE its.id = look_id AND its.by_id = {ME}) AND {holding('place_steward')})",
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

-- Whose pages somebody opened, told to the steward who asked, for a day after they asked, and to nobody else: the
-- same person by the same number throughout. Who it is only where the one who asks may open something of theirs, or
-- was told the name after this question.
CREATE OR REPLACE FUNCTION guard.looks_asked_for(asked uuid)
  RETURNS TABLE (look uuid, at timestamptz, page text, why text, number bigint, person uuid)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
  me uuid := guard.me();
  its record;
  known uuid[];
BEGIN
  SELECT n.from_at, n.to_at, q.at AS asked_at, guard.self_of(q.person_id) AS about INTO its
    FROM audit_question n JOIN audit_look q ON q.id = n.look_id
   WHERE n.id = asked AND q.by_id = me AND q.at <= guard.at() AND q.at > guard.at() - interval '1 day';
  IF NOT FOUND OR NOT guard.holds(ARRAY['place_steward']) THEN RETURN; END IF;
  known := guard.people() || guard.selves()
    || ARRAY(SELECT t.person_id FROM audit_look t WHERE t.by_id = me AND t.page = 'name told' AND t.at >= its.asked_at);
  RETURN QUERY
    WITH theirs AS (
      SELECT l.id, l.at, l.page, l.why, coalesce(p.same_as_id, l.person_id) AS self
        FROM audit_look l LEFT JOIN people_person p ON p.id = l.person_id
       WHERE l.by_id = ANY(ARRAY(SELECT o.id FROM people_person o WHERE its.about IN (o.id, o.same_as_id)))
         AND l.at >= its.from_at AND l.at < its.to_at),
    numbered AS (SELECT t.self, row_number() OVER (ORDER BY min(t.at), t.self) AS number FROM theirs t GROUP BY t.self)
    SELECT t.id, t.at, t.page::text, t.why::text, n.number, CASE WHEN t.self = ANY(known) THEN t.self END
      FROM theirs t JOIN numbered n USING (self) ORDER BY t.at DESC, t.id;
END $$;

-- The name behind one of those looks, with a reason: telling it and writing down the look that it is are one. Nobody
-- is told the name of somebody close to them.
CREATE OR REPLACE FUNCTION guard.tell_name(asked uuid, seen uuid, reason text) RETURNS uuid
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
DECLARE
  me uuid := guard.me();
  whose uuid;
BEGIN
  IF NOT guard.holds(ARRAY['place_steward']) OR btrim(coalesce(reason, '')) = '' THEN RETURN NULL; END IF;
  SELECT guard.self_of(l.person_id) INTO whose
    FROM audit_question n JOIN audit_look q ON q.id = n.look_id JOIN audit_look l ON l.id = seen
   WHERE n.id = asked AND q.by_id = me AND q.at <= guard.at() AND q.at > guard.at() - interval '1 day'
     AND guard.self_of(l.by_id) = guard.self_of(q.person_id) AND l.at >= n.from_at AND l.at < n.to_at;
  IF whose IS NULL OR EXISTS (SELECT 1 FROM consent_closeness c WHERE c.over_at IS NULL
      AND (guard.self_of(c.person_id), guard.self_of(c.other_id)) IN (
        (whose, guard.self_of(me)), (guard.self_of(me), whose))) THEN
    RETURN NULL;
  END IF;
  IF whose <> guard.self_of(me) THEN
    INSERT INTO audit_look (id, at, person_id, by_id, page, why, parts)
      VALUES (gen_random_uuid(), guard.at(), whose, me, 'name told', left(btrim(reason), 300), '[]');
  END IF;
  RETURN whose;
END $$;
"""
