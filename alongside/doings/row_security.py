"""A plan, locked row by row: whose it is, who owns one thing in it, who belongs together.

Whoever owns or helps with a doing sees that one and nothing else of the person. A duty in law opens a page
and lends nobody the person's voice: a decision and a yes are the person's, or written down by whoever they
let walk with them (T1, F8).
"""

from alongside.kernel.rows import ME, MINE, Rows, doing, within

WHOLE = "ANY((SELECT guard.whole())::uuid[])"
NAMED = "ANY((SELECT guard.parts())::uuid[])"
MEMBER = "ANY((SELECT guard.togethers())::uuid[])"
WALKING = "ANY((SELECT guard.walking())::uuid[])"

OPENED = f"(audience = 'walkers' AND person_id = {WHOLE}) OR (audience <> 'only_us' AND id = {NAMED})"
WRITES = f"person_id = {MINE} OR person_id = {WHOLE} OR together_id = {MEMBER}"
# The duty it rests on is mine to carry.
MY_DUTY = (
    "(lane = 'to' AND EXISTS (SELECT 1 FROM consent_duty d WHERE d.id = duty_id"
    f" AND d.person_id = doings_doing.person_id AND (d.written_down_by_id = {ME} OR d.who_person_id = {ME})))"
)
REMINDING = doing("doings.remind")


def of(table: str, key: str, condition: str) -> str:
    """The condition that the row `key` points at in `table` (there called `its`) is of this kind."""
    return f'EXISTS (SELECT 1 FROM "{table}" its WHERE its.id = {key} AND ({condition}))'


ITS_WRITERS = f"its.person_id = {MINE} OR its.person_id = {WHOLE} OR its.together_id = {MEMBER}"
ITS_OWNER = f"its.owner_id = {MINE}"
# Not `IN`: of a list of words in a column a restored copy says the same in another way, and is taken for another lock.
SAYS_IT_IS_DONE = f"((what = 'done' OR what = 'not_done') AND {ITS_OWNER})"
ITS_DUTY = (
    "((what = 'wished' OR what = 'told' OR what = 'ended') AND its.lane = 'to'"
    " AND EXISTS (SELECT 1 FROM consent_duty d WHERE d.id = its.duty_id"
    f" AND (d.written_down_by_id = {ME} OR d.who_person_id = {ME})))"
)

FUNCTIONS = """
-- Where I belong now, by my own yes; and where I was asked in.
CREATE OR REPLACE FUNCTION guard.togethers() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(b.together_id), '{}') FROM doings_belongs b
     WHERE b.person_id = ANY(guard.selves()) AND b.from_at IS NOT NULL AND b.to_at IS NULL $$;
CREATE OR REPLACE FUNCTION guard.asked_into() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(b.together_id), '{}') FROM doings_belongs b
     WHERE b.person_id = ANY(guard.selves() || guard.walking()) AND b.from_at IS NULL AND b.to_at IS NULL $$;
-- Whoever began a together writes down who is there first; from then on those who belong ask others in.
CREATE OR REPLACE FUNCTION guard.begins_together(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT EXISTS (SELECT 1 FROM doings_together t WHERE t.id = which AND t.begun_by_id = guard.me())
       AND NOT EXISTS (SELECT 1 FROM doings_belongs b WHERE b.together_id = which) $$;

-- What those are called who stand on a plan I may read: whose it is, who does it, who helps, who answers for it; and
-- those who belong where I belong. Nothing else of theirs.
CREATE OR REPLACE FUNCTION guard.named_on_plans() RETURNS TABLE (person uuid, called text) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public AS
  $$ WITH plans AS (
       SELECT id, person_id, together_id, audience, owner_id, helper_id AS other_id FROM doings_doing
       UNION ALL SELECT id, person_id, together_id, audience, owner_id, answering_id FROM doings_promise
       UNION ALL SELECT id, person_id, NULL, 'walkers', owner_id, NULL FROM doings_quickthing
     ), mine AS (
       SELECT * FROM plans WHERE person_id = ANY(guard.selves()) OR owner_id = ANY(guard.selves())
         OR other_id = ANY(guard.selves()) OR together_id = ANY(guard.togethers())
         OR (audience = 'walkers' AND person_id = ANY(guard.whole()))
         OR (audience <> 'only_us' AND id = ANY(guard.parts()))
     )
     SELECT p.id, coalesce(nullif(p.called, ''), p.name) FROM people_person p WHERE p.id IN (
       SELECT unnest(ARRAY[person_id, owner_id, other_id]) FROM mine
       UNION SELECT b.person_id FROM doings_belongs b WHERE b.together_id = ANY(guard.togethers())) $$;

-- Whose calendar stands at a secret address; nobody's where it was ended, or never made.
CREATE OR REPLACE FUNCTION guard.calendar(secret text) RETURNS TABLE (person uuid, plain boolean) LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public AS
  $$ SELECT coalesce(p.same_as_id, p.id), f.plain FROM doings_calendarfeed f
     JOIN people_person p ON p.id = f.person_id LEFT JOIN accounts_account a ON a.id = p.account_id
     WHERE f.digest = secret AND f.ended_at IS NULL AND coalesce(a.is_active, true) $$;

-- I1 and I2, where they need another row: whose decision it is, whose yes, whose duty; and that it still holds.
CREATE OR REPLACE FUNCTION guard.doing_holds() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$
DECLARE whose uuid; given record;
BEGIN
  IF NEW.decided_by_id IS NOT NULL AND NEW.together_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM doings_belongs b WHERE b.together_id = NEW.together_id AND b.person_id = NEW.decided_by_id
      AND b.from_at IS NOT NULL AND (b.to_at IS NULL OR b.to_at > NEW.decided_at) AND NOT b.helps) THEN
    RAISE EXCEPTION 'a family or a street decides for itself'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'for_is_decided_by_one_who_belongs';
  END IF;
  IF NEW.consent_id IS NOT NULL THEN
    SELECT c.person_id, c.withdrawn_at INTO given FROM consent_consent c WHERE c.id = NEW.consent_id;
    whose := given.person_id;
    IF NEW.state = 'consented' AND given.withdrawn_at IS NOT NULL THEN
      RAISE EXCEPTION 'that yes was taken back'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'to_rests_on_a_yes_that_still_stands';
    END IF;
  ELSIF NEW.duty_id IS NOT NULL THEN
    SELECT d.person_id, d.told_at, d.ended_at INTO given FROM consent_duty d WHERE d.id = NEW.duty_id;
    whose := given.person_id;
    IF (NEW.state = 'duty_told' AND given.told_at IS NULL) OR (NEW.state = 'proposed' AND given.told_at IS NOT NULL)
       OR (NEW.state <> 'ended' AND given.ended_at IS NOT NULL) THEN
      RAISE EXCEPTION 'a doing says of its duty what is so'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'to_is_told_when_its_duty_is';
    END IF;
  END IF;
  IF whose IS NOT NULL AND whose <> coalesce(NEW.person_id, whose)
     OR (whose IS NOT NULL AND NEW.together_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM doings_belongs b
       WHERE b.together_id = NEW.together_id AND b.person_id = whose AND b.from_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'a yes or a duty is of the one it is about'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'to_rests_on_what_is_theirs';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER holds BEFORE INSERT OR UPDATE ON doings_doing
  FOR EACH ROW EXECUTE FUNCTION guard.doing_holds();

-- Who may change what: the words nobody; the rest whoever writes on the page; whoever owns one, that it is over.
CREATE OR REPLACE FUNCTION guard.doing_by_whom() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE theirs boolean; own boolean;
BEGIN
  IF guard.me() IS NULL OR pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
  own := coalesce(NEW.person_id = ANY(guard.selves() || guard.walking()), false)
         OR coalesce(NEW.together_id = ANY(guard.togethers()), false);
  IF NEW.decided_by_id IS NOT NULL AND NOT own
     AND (TG_OP = 'INSERT' OR NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id) THEN
    RAISE EXCEPTION 'a decision is written down by the one who made it, or by whoever walks with them';
  END IF;
  IF NEW.consent_id IS NOT NULL AND NOT own AND (TG_OP = 'INSERT' OR NEW.consent_id IS DISTINCT FROM OLD.consent_id)
  THEN
    RAISE EXCEPTION 'a yes is put on the plan by the one who gave it, or by whoever walks with them';
  END IF;
  IF NEW.duty_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.duty_id IS DISTINCT FROM OLD.duty_id) AND NOT EXISTS (
    SELECT 1 FROM consent_duty d WHERE d.id = NEW.duty_id AND guard.me() IN (d.written_down_by_id, d.who_person_id))
  THEN
    RAISE EXCEPTION 'what a duty makes somebody do is put on the plan by those who carry it';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    theirs := own OR coalesce(NEW.person_id = ANY(guard.whole()), false);
    IF NOT theirs AND ((to_jsonb(NEW) - ARRAY['state', 'over_at'])
       IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['state', 'over_at'])
       OR NOT NEW.owner_id = ANY(guard.selves()) OR NEW.state <> 'done') THEN
      RAISE EXCEPTION 'whoever owns a doing says that it is done, and no more';
    END IF;
    IF NEW.audience IS DISTINCT FROM OLD.audience AND NOT coalesce(NEW.person_id = ANY(guard.selves()), false) THEN
      RAISE EXCEPTION 'whom it is for is for the person to say';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER by_whom BEFORE INSERT OR UPDATE ON doings_doing
  FOR EACH ROW EXECUTE FUNCTION guard.doing_by_whom();
CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON doings_doing
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said(
    'lane', 'owner_id', 'owner_words', 'helper_id', 'helper_words', 'decided_by_id', 'decided_at',
    'decision_words', 'consent_id', 'duty_id', 'state', 'audience', 'over_at');
CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON doings_belongs
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said('from_at', 'to_at');
CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON doings_quickthing
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said('done_at', 'let_go_at', 'settled_words');
CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON doings_promise
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said('state', 'told_words', 'told_at', 'reminded_at');
CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON doings_calendarfeed
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said('ended_at');

-- I5: a yes taken back and a duty ended end what rests on them in the same statement, whoever said it and where;
-- a duty that was told is told on the plan too.
CREATE OR REPLACE FUNCTION guard.yes_taken_back() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$
BEGIN
  IF NEW.withdrawn_at IS NOT NULL THEN
    UPDATE doings_doing SET state = 'ended', over_at = NEW.withdrawn_at
      WHERE consent_id = NEW.id AND state <> 'ended';
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER yes_taken_back AFTER UPDATE ON consent_consent
  FOR EACH ROW EXECUTE FUNCTION guard.yes_taken_back();
CREATE OR REPLACE FUNCTION guard.duty_went_on() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$
BEGIN
  UPDATE doings_doing SET state = CASE WHEN NEW.ended_at IS NOT NULL THEN 'ended' ELSE 'duty_told' END,
      over_at = NEW.ended_at
    WHERE duty_id = NEW.id AND state <> 'ended' AND (NEW.ended_at IS NOT NULL OR NEW.told_at IS NOT NULL);
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER duty_went_on AFTER UPDATE ON consent_duty
  FOR EACH ROW EXECUTE FUNCTION guard.duty_went_on();
"""

ROWS = [
    Rows(
        "doings_together",
        see=f"id = {MEMBER} OR id = ANY((SELECT guard.asked_into())::uuid[])",
        add=f"begun_by_id = {ME}",
    ),
    Rows(
        "doings_belongs",
        see=f"person_id = {MINE} OR person_id = {WALKING} OR together_id = {MEMBER}",
        # In it stands nobody but by their own yes, said or written down by whoever walks with them.
        add=f"asked_by_id = {ME} AND (from_at IS NULL OR person_id = {MINE} OR person_id = {WALKING})"
        f" AND (together_id = {MEMBER} OR guard.begins_together(together_id))",
        change=f"person_id = {MINE} OR person_id = {WALKING}",
    ),
    Rows(
        "doings_doing",
        see=f"person_id = {MINE} OR owner_id = {MINE} OR helper_id = {MINE} OR together_id = {MEMBER}"
        f" OR {OPENED} OR (lane = 'to' AND {within('consent_duty', 'duty_id')})",
        add=f"written_down_by_id = {ME} AND ({WRITES} OR {MY_DUTY})",
        change=f"{WRITES} OR owner_id = {MINE} OR {MY_DUTY}",
    ),
    Rows(
        "doings_doingstep",
        see=within("doings_doing", "doing_id"),
        add=f"by_id = {ME} AND {of('doings_doing', 'doing_id', f'{ITS_WRITERS} OR {SAYS_IT_IS_DONE} OR {ITS_DUTY}')}",
    ),
    Rows(
        "doings_quickthing",
        see=f"person_id = {MINE} OR person_id = {WHOLE} OR owner_id = {MINE}",
        add=f"written_down_by_id = {ME} AND (person_id = {MINE} OR person_id = {WHOLE})",
        change=f"person_id = {MINE} OR person_id = {WHOLE} OR owner_id = {MINE}",
    ),
    Rows(
        "doings_promise",
        see=f"person_id = {MINE} OR owner_id = {MINE} OR answering_id = {MINE} OR together_id = {MEMBER}"
        f" OR {OPENED} OR {REMINDING}",
        add=f"written_down_by_id = {ME} AND ({WRITES})",
        change=f"{WRITES} OR owner_id = {MINE} OR answering_id = {MINE} OR {REMINDING}",
    ),
    Rows(
        "doings_promisestep",
        see=within("doings_promise", "promise_id"),
        add=f"by_id = {ME} AND "
        + of("doings_promise", "promise_id", f"{ITS_WRITERS} OR {ITS_OWNER} OR its.answering_id = {MINE}"),
    ),
    Rows(
        "doings_calendarfeed",
        see=f"person_id = {MINE}",
        add=f"person_id = {ME}",
        change=f"person_id = {MINE}",
    ),
]
APPEND_ONLY = ["doings_doingstep", "doings_promisestep"]
