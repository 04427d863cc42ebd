"""What the locks of a walk ask: which walks I keep, which are mine, who keeps mine, what I was there for."""

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
"""
