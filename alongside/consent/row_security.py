"""What a Basis opens, asked once a statement: `guard.whole()`, `guard.parts()`, `guard.people()`."""

from alongside.consent.emergencies import row_security as emergencies
from alongside.consent.policies import DUTY_ROLES, WALKING_ROLES
from alongside.kernel.rows import ANYONE, ME, MINE, NOBODY, Rows, doing, holding, within

WHOLE = "ANY((SELECT guard.whole())::uuid[])"
# Whom I walk with because they said so: a duty in law opens a page and lends nobody the person's voice.
WALKING = "ANY((SELECT guard.walking())::uuid[])"
WALKS = holding(*WALKING_ROLES)
CARRIES_DUTIES = holding(*DUTY_ROLES)

WALKERS = ", ".join(f"'{role}'" for role in WALKING_ROLES)

# A Basis that is not the person's own say-so opens nothing to someone close to them (I18). Two records found to
# be one person count as one here.
LIVE = """
    b.actor_id = guard.me() AND b.from_at <= guard.at() AND (b.to_at IS NULL OR b.to_at > guard.at())
    AND (b.kind = 'say_so' OR NOT EXISTS (
      SELECT 1 FROM consent_closeness c WHERE c.over_at IS NULL
        AND (guard.self_of(c.person_id), guard.self_of(c.other_id)) IN (
          (guard.self_of(b.person_id), guard.self_of(b.actor_id)),
          (guard.self_of(b.actor_id), guard.self_of(b.person_id)))))
"""

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION guard.self_of(record uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(p.same_as_id, p.id) FROM people_person p WHERE p.id = record $$;

CREATE OR REPLACE FUNCTION guard.people() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(DISTINCT b.person_id), '{{}}') FROM consent_basis b WHERE {LIVE} $$;

CREATE OR REPLACE FUNCTION guard.whole() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(DISTINCT b.person_id), '{{}}') FROM consent_basis b WHERE b.whole AND {LIVE} $$;

CREATE OR REPLACE FUNCTION guard.walking() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(DISTINCT b.person_id), '{{}}') FROM consent_basis b
     WHERE b.whole AND b.kind = 'say_so' AND {LIVE} $$;

CREATE OR REPLACE FUNCTION guard.parts() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(DISTINCT part), '{{}}')
     FROM consent_basis b, unnest(b.parts) AS part WHERE {LIVE} $$;

-- Whether anyone at all walks with a person: the first walker writes down the first say-so, nobody after.
CREATE OR REPLACE FUNCTION guard.is_walked_with(whom uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT EXISTS (SELECT 1 FROM consent_basis b WHERE b.person_id = whom AND b.whole AND b.kind = 'say_so'
       AND b.from_at <= guard.at() AND (b.to_at IS NULL OR b.to_at > guard.at())) $$;

-- Whether a person said no to the one who acts, or took back what that one held: then the next yes is their own.
CREATE OR REPLACE FUNCTION guard.told_me_no(whom uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT EXISTS (SELECT 1 FROM consent_sayso s WHERE s.person_id = whom AND s.given_to_id = guard.me()
       AND (s.state = 'refused' OR (s.state = 'withdrawn' AND EXISTS (SELECT 1 FROM consent_saysostep t
         WHERE t.say_so_id = s.id AND t.step = 'withdrawn' AND t.by_id <> s.given_to_id)))) $$;

-- Whether somebody walks with people here: to nobody else is all of a story opened by another's hand.
CREATE OR REPLACE FUNCTION guard.walks_here(whoever uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT EXISTS (SELECT 1 FROM people_roleheld r WHERE r.person_id = whoever AND r.role IN ({WALKERS})
       AND r.from_day <= guard.at()::date AND (r.to_day IS NULL OR r.to_day >= guard.at()::date)) $$;

-- A Basis is never widened, moved or prolonged: it can only end sooner. More is a new one.
CREATE OR REPLACE FUNCTION guard.basis_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(NEW) - 'to_at') IS DISTINCT FROM (to_jsonb(OLD) - 'to_at')
     OR NEW.to_at IS NULL OR (OLD.to_at IS NOT NULL AND NEW.to_at > OLD.to_at) THEN
    RAISE EXCEPTION 'a Basis can only end sooner; what opens more is a new one';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER only_ends BEFORE UPDATE ON consent_basis
  FOR EACH ROW EXECUTE FUNCTION guard.basis_only_ends();

-- Whoever was given a say-so may give it up, and change nothing else about it.
CREATE OR REPLACE FUNCTION guard.say_so_given_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.given_to_id = guard.me() AND NOT OLD.person_id = ANY(guard.selves() || guard.whole())
     AND ((to_jsonb(NEW) - 'state' - 'state_at') IS DISTINCT FROM (to_jsonb(OLD) - 'state' - 'state_at')
          OR NEW.state NOT IN ('withdrawn', 'ended')) THEN
    RAISE EXCEPTION 'whoever was given a say-so can only give it up';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER given_up BEFORE UPDATE ON consent_sayso
  FOR EACH ROW EXECUTE FUNCTION guard.say_so_given_up();

-- Whose it is, to whom and of what never changes; that it is so, only its person says; and whoever gives it again
-- for them signs for it.
CREATE OR REPLACE FUNCTION guard.say_so_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF guard.me() IS NULL THEN RETURN NEW; END IF;
  IF (NEW.person_id, NEW.given_to_id, NEW.whole, NEW.parts, NEW.what, NEW.for_what)
     IS DISTINCT FROM (OLD.person_id, OLD.given_to_id, OLD.whole, OLD.parts, OLD.what, OLD.for_what) THEN
    RAISE EXCEPTION 'a say-so opens what it said: more is a new one';
  END IF;
  IF OLD.person_id = ANY(guard.selves()) THEN RETURN NEW; END IF;
  IF NEW.seen_at IS NOT NULL AND NEW.seen_at IS DISTINCT FROM OLD.seen_at THEN
    RAISE EXCEPTION 'only the person says that it is so';
  END IF;
  IF NEW.state = 'given' AND OLD.state <> 'given'
     AND (NEW.written_down_by_id IS DISTINCT FROM guard.me() OR NEW.seen_at IS NOT NULL
          OR NOT OLD.person_id = ANY(guard.walking()) OR (NEW.whole AND NOT guard.walks_here(NEW.given_to_id))) THEN
    RAISE EXCEPTION 'given again by another, it is theirs to have written, and not yet seen';
  END IF;
  IF NEW.written_down_by_id IS DISTINCT FROM OLD.written_down_by_id
     AND NEW.written_down_by_id IS DISTINCT FROM guard.me() THEN
    RAISE EXCEPTION 'whoever writes a say-so down signs for it themself';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER stays BEFORE UPDATE ON consent_sayso
  FOR EACH ROW EXECUTE FUNCTION guard.say_so_stays();

-- A consent is as it was given, until it is taken back, once.
CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON consent_consent
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said('withdrawn_at', 'withdrawn_words');
CREATE OR REPLACE FUNCTION guard.consent_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.withdrawn_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'a consent that was taken back stays so; a new yes is a new one';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER only_ends BEFORE UPDATE ON consent_consent
  FOR EACH ROW EXECUTE FUNCTION guard.consent_only_ends();

-- A duty is as it was written down; it is told and it ends, each once. Whoever walks with the person may tell
-- them, and not end it.
CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON consent_duty
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said(
    'told_at', 'person_words', 'walker_there', 'ended_at', 'ended_words');
CREATE OR REPLACE FUNCTION guard.duty_only_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.ended_at IS NOT NULL AND NEW IS DISTINCT FROM OLD)
     OR (OLD.told_at IS NOT NULL AND NEW.told_at IS DISTINCT FROM OLD.told_at) THEN
    RAISE EXCEPTION 'a duty is told once and ends once';
  END IF;
  IF guard.me() IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at
     AND guard.me() <> NEW.written_down_by_id AND guard.me() IS DISTINCT FROM NEW.who_person_id THEN
    RAISE EXCEPTION 'a duty is ended by those who carry it';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER only_goes_on BEFORE UPDATE ON consent_duty
  FOR EACH ROW EXECUTE FUNCTION guard.duty_only_goes_on();
"""
FUNCTIONS += emergencies.FUNCTIONS

OWN_OR_GIVEN = f"person_id = {MINE} OR given_to_id = {ME}"
STEP_OF_OWN = within("consent_sayso", "say_so_id")
CARRIES_THIS = f"written_down_by_id = {ME} OR who_person_id = {ME}"

ROWS = [
    Rows("consent_legalreason", see=ANYONE, add=CARRIES_DUTIES, change=CARRIES_DUTIES),
    Rows(
        "consent_sayso",
        see=f"{OWN_OR_GIVEN} OR person_id = {WHOLE} OR {doing('consent.end', 'consent.tell')}",
        # The person; or whoever already walks with them writing it down, all of it only for one who walks with
        # people here; or (the first time, and not after a no) the one it is given to.
        add=f"person_id = {MINE} OR (written_down_by_id = {ME} AND seen_at IS NULL"
        f" AND (NOT whole OR guard.walks_here(given_to_id)) AND (person_id = {WALKING}"
        f" OR (given_to_id = {ME} AND {WALKS} AND NOT guard.is_walked_with(person_id)"
        f" AND NOT guard.told_me_no(person_id))))",
        change=f"{OWN_OR_GIVEN} OR person_id = {WALKING} OR {doing('consent.end', 'consent.tell')}",
    ),
    Rows("consent_saysostep", see=STEP_OF_OWN, add=f"by_id = {ME}"),
    Rows(
        "consent_basis",
        see=f"actor_id = {ME} OR person_id = {MINE} OR person_id = {WHOLE} OR {doing('consent.end')}"
        " OR id = ANY((SELECT guard.bases_to_review())::uuid[])",
        # What a say-so opens is what it says, to the one it names; a duty is named by those who carry it.
        add=f"(kind = 'say_so' AND EXISTS (SELECT 1 FROM consent_sayso s WHERE s.id = say_so_id"
        f" AND s.person_id = consent_basis.person_id AND s.given_to_id = consent_basis.actor_id"
        f" AND s.whole = consent_basis.whole AND s.parts = consent_basis.parts AND s.state = 'given'"
        f" AND (s.person_id = {MINE} OR s.written_down_by_id = {ME} OR s.person_id = {WALKING})))"
        f" OR (kind <> 'say_so' AND kind <> 'emergency' AND {CARRIES_DUTIES}) OR ({emergencies.OPENS})",
        change=f"person_id = {MINE} OR person_id = {WALKING} OR actor_id = {ME} OR {doing('consent.end')}"
        " OR id = ANY((SELECT guard.bases_to_review())::uuid[])",
    ),
    Rows(
        "consent_closeness",
        see=f"person_id = {MINE} OR other_id = {MINE}",
        add=f"person_id = {MINE} OR other_id = {ME} OR person_id = {WHOLE}",
        change=f"said_by_id = {ME}",
        remove=NOBODY,
    ),
    Rows(
        "consent_consent",
        see=f"person_id = {MINE} OR person_id = {WHOLE} OR written_down_by_id = {ME}",
        # A duty in law opens a page and lends nobody the person's yes (T1, F8).
        add=f"written_down_by_id = {ME} AND (person_id = {MINE} OR person_id = {WALKING})",
        change=f"person_id = {MINE} OR person_id = {WALKING}",
    ),
    Rows(
        "consent_duty",
        see=f"person_id = {MINE} OR person_id = {WHOLE} OR {CARRIES_THIS}",
        add=f"written_down_by_id = {ME} AND {CARRIES_DUTIES}",
        change=f"person_id = {WHOLE} OR {CARRIES_THIS}",
    ),
    Rows(
        "consent_dutystep",
        see=within("consent_duty", "duty_id"),
        # Only the person questions it, or whoever walks with them for them.
        add=f"by_id = {ME} AND EXISTS (SELECT 1 FROM consent_duty its WHERE its.id = duty_id AND ("
        f"its.person_id = {WHOLE} OR (what = 'questioned' AND its.person_id = {MINE})"
        f" OR (what <> 'questioned' AND (its.written_down_by_id = {ME} OR its.who_person_id = {ME}))))",
    ),
    *emergencies.ROWS,
]
APPEND_ONLY = ["consent_saysostep", "consent_dutystep", *emergencies.APPEND_ONLY]
