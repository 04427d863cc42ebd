"""Who may see that a person exists, what they said of themselves, and how to reach them.

A name is seen by its owner, by those with a Basis, by stewards (who look after people and roles), and by
anyone signed in where the person holds a public role. Everything else about a person needs a Basis.
"""

from collections.abc import Iterable

from alongside.kernel.rows import ANYONE, ME, MINE, NOBODY, SIGNED_IN, Rows, doing, holding
from alongside.people.door import AT_THE_DOOR
from alongside.people.names import FOLD, OWN_FIGURES
from alongside.people.policies import ASKING_AFTER, WELCOMING


def array(roles: Iterable[str]) -> str:
    """These roles as an SQL array."""
    return "ARRAY[" + ", ".join(f"'{role}'" for role in roles) + "]"


STEWARD = holding("place_steward")
WITH_BASIS = "ANY((SELECT guard.people())::uuid[])"
WHOLE = "ANY((SELECT guard.whole())::uuid[])"
SERVES = "EXISTS (SELECT 1 FROM people_roleheld r WHERE r.person_id = people_person.id)"
# A helper, a worker or the front door may write down somebody new.
NEWCOMER = holding(*WELCOMING)
# The command that opens the place, and the one that fills the demo, write people before anybody serves there.
OPENING = doing("accounts.open", "demo")
# Those a person said may read something of theirs, today or once, have a name on that person's own page.
SAID_TO = "ANY((SELECT guard.said_to())::uuid[])"
# Whoever offers to walk with somebody, or covers, knows their name before anything of theirs is open.
OFFERED = "ANY((SELECT guard.offered())::uuid[])"
# Whom somebody opened, tells or looks after in an emergency; and whom they must reach in one.
OPENED = "ANY((SELECT guard.opened_people())::uuid[])"
IN_AN_EMERGENCY = "ANY((SELECT guard.in_an_emergency())::uuid[])"
# Who may ask after a name they have no Basis for.
LOOKS_FOR = array(ASKING_AFTER)
# A stranger is told the names of those who answer at the door, and of nobody else.
ANSWERS = "ANY((SELECT guard.answer_at_the_door())::uuid[])"


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

-- Lets an account in: says who acts from now on in this transaction, and answers with that person's id, the records
-- that are them, the roles they hold on the day, their own row with the languages they speak; and with what the
-- place is called and which of its pages can be read easily, which is open to all.
DROP FUNCTION IF EXISTS guard.enter(text);
DROP FUNCTION IF EXISTS guard.enter(text, date);
CREATE FUNCTION guard.enter(account text, today date)
  RETURNS TABLE (person text, selves uuid[], roles text[], place text, easy text[],
                 id uuid, name text, called text, account_id uuid, same_as_id uuid, began_at timestamptz, speaks text[])
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$
DECLARE who uuid;
BEGIN
  SELECT coalesce(p.same_as_id, p.id) INTO who FROM people_person p
    WHERE p.account_id = nullif(account, '')::uuid;
  PERFORM set_config('alongside.account', account, true), set_config('alongside.work', '', true),
          set_config('alongside.actor', coalesce(who::text, ''), true);
  RETURN QUERY SELECT coalesce(who::text, ''), coalesce(guard.selves(), '{}'),
    ARRAY(SELECT DISTINCT r.role::text FROM people_roleheld r
           WHERE r.person_id = who AND r.from_day <= today AND (r.to_day IS NULL OR r.to_day >= today)),
    coalesce((SELECT p.name::text FROM accounts_place p ORDER BY p.id LIMIT 1), ''),
    ARRAY(SELECT DISTINCT l.page::text FROM accounts_easyreadline l),
    p.id, p.name::text, p.called::text, p.account_id, p.same_as_id, p.began_at, r.languages::text[]
    FROM (SELECT 1) it LEFT JOIN people_person p ON p.id = who
      LEFT JOIN people_reach r ON r.person_id = p.id;
END $$;

CREATE OR REPLACE FUNCTION guard.answer_at_the_door() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS
  $$ SELECT coalesce(array_agg(DISTINCT r.person_id), '{}') FROM people_roleheld r
     WHERE r.role = ANY(%(answers)s)
       AND r.from_day <= guard.at()::date AND (r.to_day IS NULL OR r.to_day >= guard.at()::date) $$;

-- The functions below read tables of the room above (consent). They are PL/pgSQL, which is not looked into
-- until it runs, so they can stand here with the people they are about.

CREATE OR REPLACE FUNCTION guard.said_to() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = public AS $$
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT s.given_to_id), '{}')
            FROM consent_sayso s WHERE s.person_id = ANY(guard.selves()));
END $$;

CREATE OR REPLACE FUNCTION guard.offered() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = public AS $$
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT p.person_id), '{}')
            FROM walks_company c JOIN walks_walkperson p USING (walk_id)
           WHERE c.person_id = guard.me() AND c.from_at <= guard.at() AND (c.to_at IS NULL OR c.to_at > guard.at())
             AND p.to_at IS NULL);
END $$;

-- Whom a phone number (its own figures) or an e-mail reaches, asked while somebody signs in. A condition with
-- a function in it reads every row under row-level security; here it goes by the index.
CREATE OR REPLACE FUNCTION guard.reached_by_phone(figures text) RETURNS SETOF uuid
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF guard.work() <> 'sign_in' THEN RETURN; END IF;
  RETURN QUERY SELECT a.id FROM people_reach r JOIN people_person p ON p.id = r.person_id
      JOIN accounts_account a ON a.id = p.account_id
    WHERE %(own_figures)s = figures AND r.phone <> '' AND a.is_active AND NOT 'text' = ANY(r.never);
END $$;

CREATE OR REPLACE FUNCTION guard.reached_by_email(said text) RETURNS SETOF uuid
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF guard.work() <> 'sign_in' THEN RETURN; END IF;
  RETURN QUERY
    SELECT a.id FROM accounts_account a LEFT JOIN people_person p ON p.account_id = a.id
        LEFT JOIN people_reach r ON r.person_id = p.id
     WHERE upper(a.email) = upper(said) AND a.is_active AND (r.id IS NULL OR NOT 'email' = ANY(r.never))
    UNION
    SELECT a.id FROM people_reach r JOIN people_person p ON p.id = r.person_id
        JOIN accounts_account a ON a.id = p.account_id
     WHERE upper(r.email) = upper(said) AND r.email <> '' AND a.is_active AND NOT 'email' = ANY(r.never);
END $$;

-- Search by part of a name. Under row-level security an ILIKE reads every row that may be seen, so the
-- search is made here, beside the locks, by the trigram indexes, and says again who may find whom:
-- a steward everybody, by name; anyone those they have a Basis for (other names too), those they gave a
-- say-so, and those who serve the place. At most `up_to` keys; two letters find the beginnings of names.
CREATE OR REPLACE FUNCTION guard.find_people(words text, up_to int) RETURNS SETOF uuid
  LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = public SET plan_cache_mode = force_custom_plan
  SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off AS $$
DECLARE
  said text := upper(btrim(words));
  sought text := replace(replace(replace(said, E'\\\\', E'\\\\\\\\'), '%', E'\\\\%'), '_', E'\\\\_');
  one text := CASE WHEN length(said) = 2 THEN sought || '%' ELSE '%' || sought || '%' END;
  two text := CASE WHEN length(said) = 2 THEN '% ' || sought || '%' ELSE one END;
  mine uuid[];
  open_to_me uuid[];
  today date := guard.at()::date;
BEGIN
  IF guard.me() IS NULL OR length(said) < 2 THEN RETURN; END IF;
  IF guard.holds(ARRAY['place_steward']) THEN
    RETURN QUERY
      WITH found AS MATERIALIZED (
        SELECT p.id, p.name FROM people_person p
         WHERE upper(p.name) LIKE one OR upper(p.name) LIKE two OR upper(p.called) LIKE one LIMIT 500)
      SELECT f.id FROM found f
       ORDER BY NOT starts_with(upper(f.name), said), f.name, f.id LIMIT least(up_to, 200);
    IF FOUND THEN RETURN; END IF;
  END IF;
  -- Into variables: in the queries below a function would be asked again for every row.
  open_to_me := guard.people();
  mine := open_to_me || guard.selves() || guard.said_to()
    || ARRAY(SELECT r.person_id FROM people_roleheld r
              WHERE r.from_day <= today AND (r.to_day IS NULL OR r.to_day >= today));
  RETURN QUERY
    SELECT p.id FROM people_person p
     WHERE p.id = ANY(mine)
       AND (upper(p.name) LIKE one OR upper(p.name) LIKE two OR upper(p.called) LIKE one
            OR (p.id = ANY(open_to_me) AND EXISTS (
                  SELECT 1 FROM people_alias a
                   WHERE a.person_id = p.id AND upper(a.name) LIKE '%' || sought || '%')))
     ORDER BY NOT starts_with(upper(p.name), said), p.name, p.id LIMIT least(up_to, 200);
END $$;

-- The one exact search beyond that: whoever walks, by say-so, with somebody of exactly this name or other
-- name, so that the one who asks can be told whom to ask. Nothing for somebody close to them, on whichever
-- record that was said; nothing for themself. It does the same work whether there is anybody or not.
CREATE OR REPLACE FUNCTION guard.someone_walks_with(name text) RETURNS TABLE (person uuid, walker uuid)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public SET enable_seqscan = off AS $$
DECLARE
  sought text := %(fold_argument)s;
  me uuid := guard.me();
BEGIN
  IF me IS NULL OR length(sought) < 2 OR NOT guard.holds(%(looks_for)s) THEN RETURN; END IF;
  RETURN QUERY
    WITH named AS (
      SELECT p.id FROM people_person p WHERE %(fold_person)s = sought
      UNION SELECT a.person_id FROM people_alias a WHERE %(fold_alias)s = sought),
    records AS (
      SELECT n.id, s.id AS self FROM named n JOIN people_person p ON p.id = n.id
        JOIN people_person s
          ON s.id = coalesce(p.same_as_id, p.id) OR s.same_as_id = coalesce(p.same_as_id, p.id)),
    near AS (
      SELECT r.id FROM records r JOIN consent_closeness c ON c.over_at IS NULL
         AND ((c.person_id = r.self AND c.other_id = ANY(guard.selves()))
           OR (c.other_id = r.self AND c.person_id = ANY(guard.selves())))
      UNION SELECT r.id FROM records r WHERE r.self = me)
    SELECT DISTINCT n.id, b.actor_id
      FROM named n JOIN consent_basis b ON b.person_id = n.id
     WHERE b.whole AND b.kind = 'say_so'
       AND b.from_at <= guard.at() AND (b.to_at IS NULL OR b.to_at > guard.at())
       AND NOT EXISTS (SELECT 1 FROM near WHERE near.id = n.id)
       AND EXISTS (SELECT 1 FROM people_roleheld r
           WHERE r.person_id = b.actor_id AND r.role = ANY(%(looks_for)s)
             AND r.from_day <= guard.at()::date AND (r.to_day IS NULL OR r.to_day >= guard.at()::date))
     LIMIT 10;
END $$;

-- Whom somebody walks with, asked by a steward before a role ends (I32): each of them, and whether the
-- steward may know of them already. Nobody else is answered.
CREATE OR REPLACE FUNCTION guard.left_behind(walker uuid) RETURNS TABLE (person uuid, known boolean)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NOT guard.holds(ARRAY['place_steward']) THEN RETURN; END IF;
  RETURN QUERY SELECT DISTINCT b.person_id, b.person_id = ANY(guard.people()) FROM consent_basis b
    WHERE b.actor_id = walker AND b.whole AND b.kind = 'say_so'
      AND b.from_at <= guard.at() AND (b.to_at IS NULL OR b.to_at > guard.at());
END $$;
"""
for _word, _sql in {
    "%(fold_argument)s": FOLD.format("name"),
    "%(fold_person)s": FOLD.format("p.name"),
    "%(fold_alias)s": FOLD.format("a.name"),
    "%(own_figures)s": OWN_FIGURES.format("r.phone"),
    "%(looks_for)s": LOOKS_FOR,
    "%(answers)s": array(AT_THE_DOOR),
}.items():
    FUNCTIONS = FUNCTIONS.replace(_word, _sql)

ROWS = [
    Rows(
        "people_person",
        see=f"id = {MINE} OR id = {WITH_BASIS} OR id = {SAID_TO} OR ({SIGNED_IN} AND {SERVES})"
        f" OR id = {ANSWERS} OR id = {OFFERED} OR id = {OPENED} OR {STEWARD}"
        f" OR {doing('messages.send', 'hello', 'sign_in', 'accounts.open', 'demo')}",
        add=f"{NEWCOMER} OR {STEWARD} OR {doing('hello')} OR {OPENING}",
        change=f"id = {MINE} OR id = {WHOLE} OR {STEWARD} OR {OPENING}",
    ),
    Rows(
        "people_particulars",
        see=f"person_id = {MINE} OR person_id = {WHOLE}",
        add=f"person_id = {MINE} OR person_id = {WHOLE} OR {NEWCOMER} OR {STEWARD} OR {OPENING}",
        change=f"person_id = {MINE} OR person_id = {WHOLE}",
    ),
    Rows(
        "people_alias",
        see=f"person_id = {MINE} OR person_id = {WHOLE}",
        add=f"person_id = {MINE} OR person_id = {WHOLE} OR {NEWCOMER} OR {STEWARD} OR {OPENING}",
        remove=f"person_id = {MINE}",
    ),
    Rows(
        "people_reach",
        see=f"person_id = {MINE} OR person_id = {WHOLE} OR person_id = {IN_AN_EMERGENCY}"
        f" OR {doing('messages.send', 'sign_in')}",
        add=f"person_id = {MINE} OR person_id = {WHOLE} OR {NEWCOMER} OR {STEWARD}"
        f" OR {doing('hello')} OR {OPENING}",
        change=f"person_id = {MINE} OR person_id = {WHOLE}",
    ),
    Rows("people_organisation", see=ANYONE, add=f"{STEWARD} OR {OPENING}", change=f"{STEWARD} OR {OPENING}"),
    # Who serves the place is public: a stranger at the door is told a name.
    Rows("people_roleheld", see=ANYONE, add=f"{STEWARD} OR {OPENING}", change=STEWARD),
    Rows(
        "people_roleheld_neighbourhoods",
        see=ANYONE,
        add=f"{STEWARD} OR {OPENING}",
        change=STEWARD,
        remove=STEWARD,
    ),
    Rows(
        "people_room",
        see=ANYONE,
        add=f"person_id = {ME} OR {STEWARD} OR {OPENING}",
        change=f"person_id = {ME} OR {STEWARD} OR {OPENING}",
    ),
    Rows("people_sameperson", see=STEWARD, add=STEWARD, change=STEWARD, remove=NOBODY),
]
