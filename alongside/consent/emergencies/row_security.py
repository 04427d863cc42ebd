"""The locks of what is opened in an emergency: found by a whole name, opened to read, looked at by another (ADR 14).

The functions here look beside the locks, so each asks again who acts, and answers keys and never words.
"""

from alongside.consent.policies import DUTY_ROLES, WALKING_ROLES
from alongside.kernel.rows import ME, MINE, Rows, doing, holding, within
from alongside.people.names import FOLD
from alongside.people.row_security import array

WALKING = "ANY((SELECT guard.walking())::uuid[])"
WALKS = holding(*WALKING_ROLES)
TO_REVIEW = "ANY((SELECT guard.openings_to_review())::uuid[])"
TELLING = doing("consent.tell")

FUNCTIONS = """
-- Whether two people are one, or kin, neighbours or friends, on whichever record that was said (I18).
CREATE OR REPLACE FUNCTION guard.are_close(one uuid, two uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT guard.self_of(one) = guard.self_of(two) OR EXISTS (
       SELECT 1 FROM consent_closeness c WHERE c.over_at IS NULL
          AND (guard.self_of(c.person_id), guard.self_of(c.other_id)) IN (
            (guard.self_of(one), guard.self_of(two)), (guard.self_of(two), guard.self_of(one)))) $$;

-- Everybody of exactly this name or other name whom somebody must find without a say-so: nobody close to the one
-- who acts, and nobody at all for one who neither walks with people nor carries duties in law.
CREATE OR REPLACE FUNCTION guard.by_whole_name(name text) RETURNS TABLE (person uuid)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public SET enable_seqscan = off AS $$
DECLARE
  sought text := %(fold_argument)s;
BEGIN
  IF guard.me() IS NULL OR length(sought) < 2 OR NOT guard.holds(%(finds)s) THEN RETURN; END IF;
  RETURN QUERY
    WITH named AS (
      SELECT p.id FROM people_person p WHERE %(fold_person)s = sought
      UNION SELECT a.person_id FROM people_alias a WHERE %(fold_alias)s = sought),
    one AS (SELECT DISTINCT guard.self_of(n.id) AS id FROM named n)
    SELECT o.id FROM one o WHERE NOT guard.are_close(o.id, guard.me()) LIMIT 10;
END $$;

-- Which of several who share a name were born on a day; asked only of those whom that name finds already.
CREATE OR REPLACE FUNCTION guard.born_on(which uuid[], day date) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(p.person_id), '{}') FROM people_particulars p
      WHERE guard.holds(%(finds)s) AND array_length(which, 1) > 1 AND p.person_id = ANY(which) AND p.born_on = day $$;

-- Which parts and ties an emergency opens: what stands on their one page, or all that those who walk with them
-- read; never what is for two, or for those they named, or put away.
CREATE OR REPLACE FUNCTION guard.needed_in_an_emergency(whom uuid, all_of_it boolean) RETURNS uuid[]
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
  chosen uuid[];
BEGIN
  IF NOT guard.holds(%(walks)s) OR guard.are_close(whom, guard.me()) THEN RETURN '{}'; END IF;
  SELECT array_agg(key::uuid) INTO chosen
    FROM story_onepage o, jsonb_array_elements_text(o.parts) AS key WHERE o.person_id = whom;
  RETURN (
    SELECT coalesce(array_agg(open.id), '{}') FROM (
      SELECT s.id FROM story_storypart s
       WHERE s.person_id = whom AND s.audience = 'walkers' AND s.put_away_at IS NULL
         AND (all_of_it OR s.id = ANY(chosen)
              OR (chosen IS NULL AND s.kind = ANY(ARRAY['good_at', 'what_matters', 'do_not_want'])))
      UNION ALL
      SELECT t.id FROM story_tie t
       WHERE t.person_id = whom AND t.audience = 'walkers' AND (all_of_it OR t.id = ANY(chosen))) AS open);
END $$;

-- Who could look at it: those who lead or look after the place today, neither the one who opened it nor close to
-- either of the two. Whoever leads comes before whoever looks after the place.
CREATE OR REPLACE FUNCTION guard.could_review(whom uuid, opener uuid) RETURNS uuid[] LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public AS
  $$ SELECT coalesce(array_agg(f.person_id ORDER BY f.role = 'place_steward', f.since, f.person_id), '{}')
       FROM (SELECT r.person_id, max(r.role) AS role, min(r.from_day) AS since FROM people_roleheld r
              WHERE (r.role = 'team_lead' OR r.role = 'place_steward') AND r.from_day <= guard.at()::date
                AND (r.to_day IS NULL OR r.to_day >= guard.at()::date)
                AND NOT guard.are_close(r.person_id, whom) AND NOT guard.are_close(r.person_id, opener)
              GROUP BY r.person_id) AS f
      WHERE guard.work() = 'consent.tell' OR guard.me() = opener $$;

-- What stands before the one who acts: what they were named to look at; and, for whoever looks after the place,
-- what nobody looked at or told in time, if they are close to neither of the two.
CREATE OR REPLACE FUNCTION guard.openings_to_review() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(o.id), '{}') FROM consent_opening o
      WHERE o.reviewer_id = guard.me()
         OR (guard.holds(ARRAY['place_steward'])
             AND ((o.reviewed_at IS NULL AND (o.reviewer_id IS NULL OR o.review_by <= guard.at()))
                  OR (o.told_at IS NULL AND o.tell_by <= guard.at()))
             AND NOT guard.are_close(o.person_id, guard.me()) AND NOT guard.are_close(o.by_id, guard.me())) $$;

-- Whose name is known by an emergency: to the one who wrote it to open it, to whoever looks at it, and tells them.
CREATE OR REPLACE FUNCTION guard.opened_people() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(DISTINCT o.person_id), '{}') FROM consent_opening o
      WHERE o.by_id = guard.me() OR o.tells_id = guard.me() OR o.id = ANY(guard.openings_to_review()) $$;

-- What was read by it, for whoever looks at it: the pages, as the person reads them too.
CREATE OR REPLACE FUNCTION guard.bases_to_review() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(b.id), '{}') FROM consent_basis b
      WHERE b.kind = 'emergency' AND b.opening_id = ANY(guard.openings_to_review()) $$;

-- Whose page an emergency opens to the one who acts, at this moment: then they know how to reach them, and how never.
CREATE OR REPLACE FUNCTION guard.in_an_emergency() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(DISTINCT b.person_id), '{}') FROM consent_basis b
      WHERE b.kind = 'emergency' AND b.actor_id = guard.me() AND b.from_at <= guard.at() AND b.to_at > guard.at()
        AND NOT guard.are_close(b.person_id, guard.me()) $$;

-- What was said stays as it was said. It is looked at once, by another, close to neither; it is told once.
CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON consent_opening
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said(
    'reviewer_id', 'reviewed_at', 'found', 'review_words', 'told_at', 'alarmed_at');
CREATE OR REPLACE FUNCTION guard.opening_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF guard.me() IS NULL THEN RETURN NEW; END IF;
  IF OLD.told_at IS NOT NULL AND NEW.told_at IS DISTINCT FROM OLD.told_at THEN
    RAISE EXCEPTION 'they are told once';
  END IF;
  IF NEW.alarmed_at IS DISTINCT FROM OLD.alarmed_at THEN
    RAISE EXCEPTION 'the house alarms by itself';
  END IF;
  IF (NEW.reviewer_id, NEW.reviewed_at, NEW.found, NEW.review_words)
     IS DISTINCT FROM (OLD.reviewer_id, OLD.reviewed_at, OLD.found, OLD.review_words)
     AND (OLD.reviewed_at IS NOT NULL OR NEW.reviewed_at IS NULL OR NEW.reviewer_id <> guard.me()
          OR NOT OLD.id = ANY(guard.openings_to_review())
          OR guard.are_close(OLD.person_id, guard.me()) OR guard.are_close(OLD.by_id, guard.me())) THEN
    RAISE EXCEPTION 'an emergency is looked at once, by another who is close to neither';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER goes_on BEFORE UPDATE ON consent_opening
  FOR EACH ROW EXECUTE FUNCTION guard.opening_goes_on();
"""
for _word, _sql in {
    "%(fold_argument)s": FOLD.format("name"),
    "%(fold_person)s": FOLD.format("p.name"),
    "%(fold_alias)s": FOLD.format("a.name"),
    "%(finds)s": array(dict.fromkeys((*WALKING_ROLES, *DUTY_ROLES))),
    "%(walks)s": array(WALKING_ROLES),
}.items():
    FUNCTIONS = FUNCTIONS.replace(_word, _sql)

# A Basis of an emergency is what its opening says: to the one who wrote why, for as long, of as much as is needed.
OPENS = (
    f"kind = 'emergency' AND NOT whole AND EXISTS (SELECT 1 FROM consent_opening o WHERE o.id = opening_id"
    f" AND o.by_id = {ME} AND o.by_id = consent_basis.actor_id AND o.person_id = consent_basis.person_id"
    f" AND o.at = consent_basis.from_at AND o.until = consent_basis.to_at"
    f" AND consent_basis.parts <@ guard.needed_in_an_emergency(o.person_id, o.all_of_it))"
)
SEES = f"person_id = {MINE} OR person_id = {WALKING} OR by_id = {ME} OR tells_id = {ME} OR id = {TO_REVIEW}"

ROWS = [
    Rows(
        "consent_opening",
        see=f"{SEES} OR {TELLING}",
        add=f"by_id = {ME} AND {WALKS} AND NOT guard.are_close(person_id, by_id) AND reviewed_at IS NULL"
        " AND NOT guard.are_close(person_id, tells_id)"
        " AND (reviewer_id IS NULL OR reviewer_id = ANY(guard.could_review(person_id, by_id)))",
        change=f"person_id = {WALKING} OR by_id = {ME} OR tells_id = {ME} OR id = {TO_REVIEW} OR {TELLING}",
    ),
    Rows(
        "consent_openingwords",
        see=within("consent_opening", "opening_id"),
        # The person, or whoever walks with them, in their words.
        add=f"by_id = {ME} AND EXISTS (SELECT 1 FROM consent_opening its WHERE its.id = opening_id"
        f" AND (its.person_id = {MINE} OR its.person_id = {WALKING}))",
    ),
]
APPEND_ONLY = ["consent_openingwords"]
