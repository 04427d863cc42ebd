"""The locks of a walk. Whose walk it is, who keeps it now, and whoever the person let read their story, see it.

A lead sees that a walk has a walker and a cover, and on which days not; never whose walk it is, nor a word of it.
The triggers hold what a row alone cannot: who keeps a walk, which step follows which, and that people take them.
"""

from alongside.consent.policies import WALKING_ROLES
from alongside.kernel.rows import ME, MINE, NOBODY, Rows, doing, holding, within
from alongside.people.models import Role
from alongside.story.row_security import WHOLE, for_whom, of
from alongside.walks.models.walk import GOES_ON

WALKS = holding(*WALKING_ROLES)
LEADS = holding(Role.TEAM_LEAD, Role.STEWARD)
# The morning's look for walks without cover: keys, days and workers, no words.
COVERING = doing("walks.cover")
# Before a role, a way to sign in or an organisation ends: which walks would be without somebody (I32). Keys only.
ENDING = doing("people.ending")
MY_WALKS = "ANY((SELECT guard.walks())::uuid[])"
I_KEEP = "ANY((SELECT guard.keeps())::uuid[])"
I_AM_OF = "ANY((SELECT guard.own_walks())::uuid[])"
KEEPS_OR_OWN = f"(walk_id = {I_KEEP} OR walk_id = {I_AM_OF})"
WRITES_FOR = f"(person_id = {MINE} OR person_id = {WHOLE})"
# One says it oneself, or writes down what the person said: nobody speaks for a third.
SPEAKS = f"(by_id = {ME} OR by_id = person_id OR by_id = {MINE})"
ITS_WALK = (
    "(walk_id IS NULL OR EXISTS (SELECT 1 FROM walks_walkperson its"
    " WHERE its.walk_id = walks_moment.walk_id AND its.person_id = walks_moment.person_id))"
)
THERE_TOO = (
    f"its.written_down_by_id = {ME} AND its.audience <> 'only_us' AND its.at = walks_momentwith.at"
    " AND its.person_id <> walks_momentwith.person_id"
    " AND guard.walk_together(its.person_id, walks_momentwith.person_id)"
)
ITS_PEOPLE = f"its.person_id = {MINE} OR its.person_id = {WHOLE}"
WAS_THERE = "its.id = ANY((SELECT guard.moments_with())::uuid[])"
# The same again: whose moment it is, or whoever wrote it down and still walks with them. An answer: one's own,
# of those it is between; or the person's, in the hand of whoever walks with them.
SAYS_AFTER = (
    f"(walks_momentafter.kind = 'said_again' AND walks_momentafter.by_id = its.by_id"
    f" AND (its.by_id = {MINE} OR (its.written_down_by_id = {ME} AND ({ITS_PEOPLE}))))"
    f" OR (walks_momentafter.kind = 'answer' AND ((walks_momentafter.by_id = {ME}"
    f" AND (its.by_id = {MINE} OR {ITS_PEOPLE} OR {WAS_THERE}))"
    f" OR (walks_momentafter.by_id = its.person_id AND ({ITS_PEOPLE}))))"
)
ITS_WALK_IS_MINE = f"its.walk_id = {I_KEEP} OR its.walk_id = {I_AM_OF}"
OF_A_MOMENT = within("walks_moment", "about_id")

FUNCTIONS = """
-- The walks I keep today, as walker or as cover.
CREATE OR REPLACE FUNCTION guard.keeps() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(DISTINCT c.walk_id), '{}') FROM walks_company c
     WHERE c.person_id = guard.me() AND c.from_at <= guard.at() AND (c.to_at IS NULL OR c.to_at > guard.at()) $$;

-- The walks that are mine: I am one of those walked with.
CREATE OR REPLACE FUNCTION guard.own_walks() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(DISTINCT p.walk_id), '{}') FROM walks_walkperson p
     WHERE p.person_id = ANY(guard.selves()) AND p.to_at IS NULL $$;

-- Whether nobody keeps a walk yet: it is being begun at this moment, by whoever adds themself.
CREATE OR REPLACE FUNCTION guard.walk_is_new(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT NOT EXISTS (SELECT 1 FROM walks_company c WHERE c.walk_id = which)
        AND NOT EXISTS (SELECT 1 FROM walks_walkperson p WHERE p.walk_id = which) $$;

-- Who keeps a walk of mine, now: whose days away I may know.
CREATE OR REPLACE FUNCTION guard.keepers() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(DISTINCT c.person_id), '{}') FROM walks_company c
     WHERE c.walk_id = ANY(guard.own_walks() || guard.keeps()) AND (c.to_at IS NULL OR c.to_at > guard.at()) $$;

-- Those, and the walks of mine, and of people whose whole story is open to me.
CREATE OR REPLACE FUNCTION guard.walks() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT guard.keeps() || coalesce(array_agg(DISTINCT p.walk_id), '{}') FROM walks_walkperson p
     WHERE p.person_id = ANY(guard.selves() || guard.whole()) $$;

-- The moments of another on which I was there too.
CREATE OR REPLACE FUNCTION guard.moments_with() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(m.moment_id), '{}') FROM walks_momentwith m
     WHERE m.person_id = ANY(guard.selves()) $$;

-- Whether two people are of one walk at this moment.
CREATE OR REPLACE FUNCTION guard.walk_together(one uuid, two uuid) RETURNS boolean LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public AS
  $$ SELECT EXISTS (SELECT 1 FROM walks_walkperson a JOIN walks_walkperson b ON a.walk_id = b.walk_id
       WHERE a.person_id = one AND b.person_id = two AND a.to_at IS NULL AND b.to_at IS NULL) $$;

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

ROWS = [
    Rows(
        "walks_walk",
        # Not the leads: how often two people meet is in the person's own words.
        see=f"id = {MY_WALKS} OR {COVERING} OR {ENDING}",
        add=WALKS,
        change=f"id = {I_KEEP} OR id = {I_AM_OF}",
    ),
    Rows(
        "walks_walkperson",
        see=f"walk_id = {MY_WALKS} OR person_id = {MINE} OR {ENDING}",
        # Somebody open to me already; or nobody walks with them yet, as for the first say-so of all.
        add=f"walk_id = {I_KEEP} AND (person_id = ANY((SELECT guard.people())::uuid[])"
        " OR NOT guard.is_walked_with(person_id))",
        change=f"walk_id = {I_KEEP} OR person_id = {MINE}",
    ),
    Rows(
        "walks_company",
        see=f"person_id = {ME} OR walk_id = {MY_WALKS} OR {LEADS} OR {COVERING} OR {ENDING}",
        # Whoever begins a walk keeps it first; then they, or its person, say who else does.
        add=f"(person_id = {ME} AND {WALKS} AND guard.walk_is_new(walk_id)) OR {KEEPS_OR_OWN}",
        change=KEEPS_OR_OWN,
    ),
    Rows("walks_walkstep", see=f"walk_id = {MY_WALKS}", add=f"by_id = {ME} AND {KEEPS_OR_OWN}"),
    Rows(
        "walks_carrieson",
        see=within("walks_walkstep", "step_id"),
        add=f"{within('walks_walkstep', 'step_id')} AND {within('story_tie', 'tie_id')}",
    ),
    Rows(
        "walks_moment",
        see=f"{for_whom(speaker='by_id')} OR written_down_by_id = {ME}"
        " OR (audience <> 'only_us' AND id = ANY((SELECT guard.moments_with())::uuid[]))",
        add=f"written_down_by_id = {ME} AND {WRITES_FOR} AND {SPEAKS} AND {ITS_WALK}",
        change=f"person_id = {MINE}",
    ),
    Rows(
        "walks_momentwith",
        see=f"person_id = {MINE} OR {within('walks_moment', 'moment_id')}",
        add=of("walks_moment", "moment_id", THERE_TOO),
    ),
    Rows(
        "walks_momentafter",
        see=within("walks_moment", "moment_id"),
        add=f"written_down_by_id = {ME} AND {of('walks_moment', 'moment_id', SAYS_AFTER)}",
    ),
    Rows(
        "walks_timewriting",
        see=f"worker_id = {ME}",
        add=f"worker_id = {ME} AND {of('walks_moment', 'moment_id', f'its.written_down_by_id = {ME}')}",
    ),
    Rows(
        "walks_draft",
        see=f"author_id = {ME} AND ({WRITES_FOR} OR {OF_A_MOMENT})",
        add=f"author_id = {ME} AND ({WRITES_FOR} OR {OF_A_MOMENT})",
        change=f"author_id = {ME} AND ({WRITES_FOR} OR {OF_A_MOMENT})",
        remove=f"author_id = {ME}",
    ),
    Rows(
        "walks_handover",
        see=f"walk_id = {MY_WALKS} OR to_walker_id = {ME}",
        add=KEEPS_OR_OWN,
        change=KEEPS_OR_OWN,
    ),
    Rows(
        "walks_handovermeeting",
        see=within("walks_handover", "handover_id"),
        add=f"by_id = {ME} AND {of('walks_handover', 'handover_id', ITS_WALK_IS_MINE)}",
    ),
    Rows(
        "walks_repair",
        see=f"person_id = {MINE} OR person_id = {WHOLE}",
        add=f"offered_by_id = {ME} AND person_id = {WHOLE}",
        change=f"person_id = {MINE} OR person_id = {WHOLE}",
    ),
    Rows(
        "walks_challenge",
        see=f"person_id = {MINE} OR person_id = {WHOLE}",
        add=f"written_down_by_id = {ME} AND (walk_id = {I_KEEP} OR person_id = {MINE})",
        change=f"walk_id = {I_KEEP} OR person_id = {MINE}",
    ),
    Rows(
        "walks_arcchoice",
        see=f"person_id = {MINE} OR (shown_at IS NOT NULL AND person_id = {WHOLE})",
        add=f"person_id = {MINE}",
        change=f"person_id = {MINE}",
    ),
    Rows(
        "walks_arcline",
        see=f"person_id = {MINE} OR EXISTS (SELECT 1 FROM walks_arcchoice its"
        f" WHERE its.person_id = walks_arcline.person_id)",
        add=f"person_id = {MINE}",
        remove=f"person_id = {MINE}",
    ),
    Rows(
        "walks_lifemap",
        see=f"person_id = {MINE} OR (shown AND person_id = {WHOLE})",
        add=f"person_id = {MINE}",
        change=f"person_id = {MINE}",
    ),
    Rows(
        "walks_lifemapplace",
        see=within("walks_lifemap", "life_map_id"),
        add=f"EXISTS (SELECT 1 FROM walks_lifemap its WHERE its.id = life_map_id AND its.person_id = {MINE})",
        change=f"EXISTS (SELECT 1 FROM walks_lifemap its WHERE its.id = life_map_id AND its.person_id = {MINE})",
    ),
    Rows(
        "walks_saidfull",
        see=f"worker_id = {ME} OR {LEADS}",
        add=f"worker_id = {ME} AND {WALKS}",
        # Whoever is full says when it is over; what the place does about it is answered by somebody else.
        change=f"(worker_id = {ME} AND answered_by_id IS DISTINCT FROM worker_id)"
        f" OR ({LEADS} AND worker_id <> {ME})",
    ),
    Rows(
        "walks_away",
        see=f"worker_id = ANY((SELECT guard.keepers())::uuid[]) OR worker_id = {ME} OR {LEADS} OR {COVERING}",
        add=f"worker_id = {ME} OR {LEADS}",
        change=f"worker_id = {ME} OR {LEADS}",
    ),
    Rows(
        "walks_covergap",
        see=f"{LEADS} OR walk_id = {I_KEEP} OR {COVERING}",
        add=COVERING,
        change=f"{COVERING} OR {KEEPS_OR_OWN}",
        remove=NOBODY,
    ),
]
APPEND_ONLY = [
    "walks_carrieson",
    "walks_walkstep",
    "walks_momentwith",
    "walks_momentafter",
    "walks_timewriting",
    "walks_handovermeeting",
]
