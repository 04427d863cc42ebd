"""Audit rows are added and never changed; a person reads the looks at them, and a looker their own."""

from alongside.kernel.rows import ANYONE, ME, MINE, SIGNED_IN, Rows, holding

# Whoever acts signs for what they did, and a named work of the house for what it did: nobody for another.
SIGNED_FOR = f"work = (SELECT guard.work()) AND (by_id = {MINE} OR work <> '')"

ROWS = [
    Rows(
        "audit_event", see=f"by_id = {ME} OR person_id = {MINE} OR {holding('place_steward')}", add=SIGNED_FOR
    ),
    Rows("audit_look", see=f"person_id = {MINE} OR by_id = {ME}", add=f"{SIGNED_IN} AND by_id = {ME}"),
    # The salt is read to write a digest, by whoever may write; it opens nothing by itself.
    Rows("audit_salt", see=ANYONE, add=ANYONE),
]
APPEND_ONLY = ["audit_event", "audit_look"]

# Even the owner's own hand cannot change what was recorded without first removing this trigger.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION guard.append_only() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'the audit is only ever added to (%)', TG_TABLE_NAME; END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION guard.append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_look
  FOR EACH STATEMENT EXECUTE FUNCTION guard.append_only();
"""
