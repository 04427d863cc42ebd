"""What a Basis opens, asked once a statement: `guard.whole()`, `guard.parts()`, `guard.people()`."""

from alongside.kernel.rows import ANYONE, ME, MINE, NOBODY, Rows, doing, holding, within

WHOLE = "ANY((SELECT guard.whole())::uuid[])"
STEWARD = holding("place_steward")

# A Basis that is not the person's own say-so opens nothing to someone close to them (I18).
LIVE = """
    b.actor_id = guard.me() AND b.from_at <= guard.at() AND (b.to_at IS NULL OR b.to_at > guard.at())
    AND (b.kind = 'say_so' OR NOT EXISTS (
      SELECT 1 FROM consent_closeness c WHERE c.over_at IS NULL
        AND ((c.person_id = b.person_id AND c.other_id = b.actor_id)
          OR (c.person_id = b.actor_id AND c.other_id = b.person_id))))
"""

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION guard.people() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(DISTINCT b.person_id), '{{}}') FROM consent_basis b WHERE {LIVE} $$;

CREATE OR REPLACE FUNCTION guard.whole() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(DISTINCT b.person_id), '{{}}') FROM consent_basis b WHERE b.whole AND {LIVE} $$;

CREATE OR REPLACE FUNCTION guard.parts() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(DISTINCT part), '{{}}')
     FROM consent_basis b, unnest(b.parts) AS part WHERE {LIVE} $$;
"""

OWN_OR_GIVEN = f"person_id = {MINE} OR given_to_id = {ME}"
STEP_OF_OWN = within("consent_sayso", "say_so_id")

ROWS = [
    Rows("consent_legalreason", see=ANYONE, add=STEWARD, change=STEWARD),
    Rows(
        "consent_sayso",
        see=f"{OWN_OR_GIVEN} OR person_id = {WHOLE} OR {doing('consent.end', 'consent.tell')}",
        # The person, or whoever already walks with them writing it down, or (the first time) the one it is given to.
        add=f"person_id = {MINE} OR written_down_by_id = {ME}",
        change=f"person_id = {MINE} OR person_id = {WHOLE} OR {doing('consent.end', 'consent.tell')}",
    ),
    Rows("consent_saysostep", see=STEP_OF_OWN, add=f"by_id = {ME} OR {doing('consent.end')}"),
    Rows(
        "consent_basis",
        see=f"actor_id = {ME} OR person_id = {MINE} OR person_id = {WHOLE} OR {doing('consent.end')}",
        add=f"person_id = {MINE} OR EXISTS (SELECT 1 FROM consent_sayso s WHERE s.id = say_so_id"
        f" AND s.written_down_by_id = {ME}) OR (kind <> 'say_so' AND {holding('social_worker', 'place_steward')})",
        change=f"person_id = {MINE} OR person_id = {WHOLE} OR actor_id = {ME}"
        f" OR {holding('place_steward')} OR {doing('consent.end')}",
    ),
    Rows(
        "consent_closeness",
        see=f"person_id = {MINE} OR other_id = {ME}",
        add=f"person_id = {MINE} OR other_id = {ME} OR person_id = {WHOLE}",
        change=f"said_by_id = {ME}",
        remove=NOBODY,
    ),
]
APPEND_ONLY = ["consent_saysostep"]
