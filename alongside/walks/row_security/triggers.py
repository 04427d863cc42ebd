"""What a row alone cannot hold: who keeps a walk, which step follows which, and that people take them."""

from alongside.walks.models.walk import GOES_ON

TRIGGERS = """
-- An active walk has one walker who stays, and another, different, who covers today (I6). Asked at the end of
-- the operation, so that one can leave and another come in one step.
CREATE OR REPLACE FUNCTION guard.walk_is_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$
DECLARE which uuid := CASE TG_TABLE_NAME WHEN 'walks_walk' THEN (to_jsonb(NEW)->>'id')::uuid
                      ELSE (to_jsonb(NEW)->>'walk_id')::uuid END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM walks_walk w WHERE w.id = which AND w.state = 'walking') THEN
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM walks_company c WHERE c.walk_id = which AND c.part = 'walker' AND c.to_at IS NULL)
     OR NOT EXISTS (SELECT 1 FROM walks_company c WHERE c.walk_id = which AND c.part = 'cover'
                      AND c.from_at <= guard.at() AND (c.to_at IS NULL OR c.to_at > guard.at())) THEN
    RAISE EXCEPTION 'an active walk has a walker and a different cover' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'walk_has_its_company';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM walks_walkperson p WHERE p.walk_id = which AND p.to_at IS NULL) THEN
    RAISE EXCEPTION 'an active walk is somebody''s' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'walk_is_somebodys';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS walk_has_its_company ON walks_walk;
CREATE CONSTRAINT TRIGGER walk_has_its_company AFTER INSERT OR UPDATE ON walks_walk
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard.walk_is_kept();
DROP TRIGGER IF EXISTS company_keeps_its_walk ON walks_company;
CREATE CONSTRAINT TRIGGER company_keeps_its_walk AFTER INSERT OR UPDATE ON walks_company
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard.walk_is_kept();
DROP TRIGGER IF EXISTS people_keep_their_walk ON walks_walkperson;
CREATE CONSTRAINT TRIGGER people_keep_their_walk AFTER INSERT OR UPDATE ON walks_walkperson
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard.walk_is_kept();

-- Which step follows which. Nobody's walk is moved on by a job, a rule or a clock (F12); it never closes.
CREATE OR REPLACE FUNCTION guard.walk_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = OLD.state THEN RETURN NEW; END IF;
  IF guard.work() <> '' THEN
    RAISE EXCEPTION 'only people change what a walk is; the work % may not', guard.work() USING
      ERRCODE = 'check_violation', CONSTRAINT = 'walk_is_moved_by_people';
  END IF;
  IF NEW.state = 'died' AND guard.me() IS NOT NULL AND NOT (NEW.id = ANY(guard.keeps())) THEN
    RAISE EXCEPTION 'that somebody died is written down by whoever walks with them' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'walk_died_is_said_by_who_keeps_it';
  END IF;
  IF NOT (OLD.state, NEW.state) IN (%(goes_on)s) THEN
    RAISE EXCEPTION 'a walk that is % does not become %', OLD.state, NEW.state USING
      ERRCODE = 'check_violation', CONSTRAINT = 'walk_goes_on';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER walk_goes_on BEFORE UPDATE ON walks_walk
  FOR EACH ROW EXECUTE FUNCTION guard.walk_goes_on();

-- Who kept a walk when is never rewritten: a time can only be ended.
CREATE OR REPLACE FUNCTION guard.company_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(NEW) - 'to_at') IS DISTINCT FROM (to_jsonb(OLD) - 'to_at')
     OR (OLD.to_at IS NOT NULL AND NEW.to_at IS DISTINCT FROM OLD.to_at) THEN
    RAISE EXCEPTION 'who kept a walk when stays as it was; a time can only be ended';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER only_ends BEFORE UPDATE ON walks_company
  FOR EACH ROW EXECUTE FUNCTION guard.company_only_ends();
CREATE OR REPLACE TRIGGER only_ends BEFORE UPDATE ON walks_walkperson
  FOR EACH ROW EXECUTE FUNCTION guard.company_only_ends();

CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON walks_moment
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said('audience');
CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON walks_challenge
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said('over_at');
CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON walks_repair
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said('answer', 'answer_words', 'answered_at');

CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON walks_lifemapplace
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said('taken_off_at');

-- A handover that is done had a meeting of three, and one of the walk's own people chose (I7).
CREATE OR REPLACE FUNCTION guard.handover_was_together() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$
BEGIN
  IF NEW.state <> 'done' THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT 1 FROM walks_handovermeeting m WHERE m.handover_id = NEW.id) THEN
    RAISE EXCEPTION 'a handover has a meeting of three' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'handover_had_a_meeting_of_three';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM walks_walkperson p WHERE p.walk_id = NEW.walk_id AND p.person_id = NEW.chosen_by_id) THEN
    RAISE EXCEPTION 'a handover is chosen by the person' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'handover_is_chosen_by_the_person';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER handover_was_together BEFORE INSERT OR UPDATE ON walks_handover
  FOR EACH ROW EXECUTE FUNCTION guard.handover_was_together();
""".replace(
    "%(goes_on)s", ", ".join(f"('{one}', '{two}')" for one in GOES_ON for two in sorted(GOES_ON[one]))
)
