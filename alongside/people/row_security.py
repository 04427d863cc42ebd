"""Who may see that a person exists, what they said of themselves, and how to reach them.

A name is seen by its owner, by those with a Basis, by stewards (who look after people and roles), and by
anyone signed in where the person holds a public role. Everything else about a person needs a Basis.
"""

from alongside.kernel.rows import ANYONE, ME, MINE, NOBODY, SIGNED_IN, Rows, doing, holding

STEWARD = holding("place_steward")
WITH_BASIS = "ANY((SELECT guard.people())::uuid[])"
WHOLE = "ANY((SELECT guard.whole())::uuid[])"
SERVES = "EXISTS (SELECT 1 FROM people_roleheld r WHERE r.person_id = people_person.id)"
# A helper, a worker or the front door may write down somebody new.
NEWCOMER = holding(
    "relational_worker", "peer_support", "community_connector", "social_worker", "duty_human", "team_lead"
)

FUNCTIONS = """
CREATE OR REPLACE FUNCTION guard.at() RETURNS timestamptz LANGUAGE sql STABLE AS
  $$ SELECT coalesce(nullif(current_setting('alongside.now', true), '')::timestamptz, clock_timestamp()) $$;

CREATE OR REPLACE FUNCTION guard.selves() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT array_agg(id) FROM people_person WHERE id = guard.me() OR same_as_id = guard.me() $$;

CREATE OR REPLACE FUNCTION guard.holds(roles text[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT EXISTS (SELECT 1 FROM people_roleheld r WHERE r.person_id = guard.me() AND r.role = ANY(roles)
       AND r.from_day <= guard.at()::date AND (r.to_day IS NULL OR r.to_day >= guard.at()::date)) $$;

-- Lets an account in: says who acts from now on in this transaction, and answers with that person's id.
CREATE OR REPLACE FUNCTION guard.enter(account text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$
DECLARE person text;
BEGIN
  SELECT coalesce(p.same_as_id, p.id)::text INTO person FROM people_person p
    WHERE p.account_id = nullif(account, '')::uuid;
  PERFORM set_config('alongside.account', account, true), set_config('alongside.work', '', true),
          set_config('alongside.actor', coalesce(person, ''), true);
  RETURN person;
END $$;
"""

ROWS = [
    Rows(
        "people_person",
        see=f"id = {MINE} OR id = {WITH_BASIS} OR ({SIGNED_IN} AND {SERVES}) OR {STEWARD}"
        f" OR {doing('messages.send', 'hello', 'sign_in', 'accounts.open')}",
        add=f"{NEWCOMER} OR {STEWARD} OR {doing('hello', 'accounts.open')}",
        change=f"id = {MINE} OR id = {WHOLE} OR {STEWARD} OR {doing('accounts.open')}",
    ),
    Rows(
        "people_particulars",
        see=f"person_id = {MINE} OR person_id = {WHOLE}",
        add=f"person_id = {MINE} OR person_id = {WHOLE} OR {NEWCOMER}",
        change=f"person_id = {MINE} OR person_id = {WHOLE}",
    ),
    Rows(
        "people_alias",
        see=f"person_id = {MINE} OR person_id = {WITH_BASIS}",
        add=f"person_id = {MINE} OR person_id = {WHOLE} OR {NEWCOMER}",
        remove=f"person_id = {MINE}",
    ),
    Rows(
        "people_reach",
        see=f"person_id = {MINE} OR person_id = {WITH_BASIS} OR {doing('messages.send', 'sign_in')}",
        add=f"person_id = {MINE} OR person_id = {WHOLE} OR {NEWCOMER} OR {doing('hello')}",
        change=f"person_id = {MINE} OR person_id = {WHOLE}",
    ),
    Rows("people_organisation", see=ANYONE, add=STEWARD, change=STEWARD),
    # Who serves the place is public: a stranger at the door is told a name.
    Rows("people_roleheld", see=ANYONE, add=STEWARD, change=STEWARD),
    Rows("people_roleheld_neighbourhoods", see=ANYONE, add=STEWARD, change=STEWARD, remove=STEWARD),
    Rows(
        "people_room",
        see=ANYONE,
        add=f"person_id = {ME} OR {STEWARD}",
        change=f"person_id = {ME} OR {STEWARD}",
    ),
    Rows("people_sameperson", see=STEWARD, add=STEWARD, change=STEWARD, remove=NOBODY),
]
