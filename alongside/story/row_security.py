"""The words of a story, locked part by part.

A part is seen by the one it is about, the one who said it, whoever walks with them (unless it is only
for the two), and whoever it was opened to by name. "Only us" wins over every Basis, and a part that was
put away is there for the one it is about and the one who said it alone.
"""

from alongside.kernel.rows import ME, MINE, NOBODY, Rows, within

WHOLE = "ANY((SELECT guard.whole())::uuid[])"
NAMED = "ANY((SELECT guard.parts())::uuid[])"
NOT_PUT_AWAY = "put_away_at IS NULL"


def for_whom(*, speaker: str = "", unless: str = "true") -> str:
    """The condition on a row that has `person_id`, `audience` and an `id` that say-so can name.

    `unless` must hold as well for those who are neither the person nor the `speaker`.
    """
    said = f"OR {speaker} = {ME}" if speaker else ""
    opened = f"(audience = 'walkers' AND person_id = {WHOLE}) OR (audience <> 'only_us' AND id = {NAMED})"
    return f"person_id = {MINE} {said} OR ({unless} AND ({opened}))"


WRITES_FOR = f"(person_id = {MINE} OR person_id = {WHOLE})"
OF_A_PART = within("story_storypart", "part_id")


def of(table: str, key: str, condition: str) -> str:
    """The condition that the row `key` points at in `table` (there called `its`) is of this kind."""
    return f'EXISTS (SELECT 1 FROM "{table}" its WHERE its.id = {key} AND ({condition}))'


ITS_WRITERS = f"its.person_id = {MINE} OR its.person_id = {WHOLE}"
# The first words of a part; or new ones of the one who said it, or of the one who wrote it down for them.
SAYS = f"its.speaker_id = {MINE} OR (({ITS_WRITERS}) AND (number = 1 OR guard.wrote_down(its.id)))"
# One of the two answers; or the one it is about does, in the hand of whoever walks with them.
ANSWERS = (
    f"(by_id = {ME} AND (its.speaker_id = {ME} OR its.person_id = {MINE}))"
    f" OR (by_id = its.person_id AND ({ITS_WRITERS}))"
)

# `uploads_kept`: for the sweep of files that no row knows (an upload rolled back): names out of a list, no more.
# The triggers: whoever may change a row changes what is named there, and never the words in it (I16, I20).
FUNCTIONS = """
CREATE OR REPLACE FUNCTION guard.wrote_down(part uuid) RETURNS boolean LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public AS
  $$ SELECT EXISTS (SELECT 1 FROM story_partversion v WHERE v.part_id = part AND v.written_down_by_id = guard.me()) $$;

CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON story_storypart
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said('audience', 'put_away_at');
CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON story_tie
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said('audience');
CREATE OR REPLACE TRIGGER as_said BEFORE UPDATE ON story_gap
  FOR EACH ROW EXECUTE FUNCTION guard.stays_as_said('audience', 'filled_on');

-- Who said a part about another may keep it closer; whom else it is for, and where it stands, is not theirs.
CREATE OR REPLACE FUNCTION guard.speaker_only_narrows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.speaker_id = guard.me() AND NOT OLD.person_id = ANY(guard.selves())
     AND (NEW.audience <> 'only_us' OR NEW.put_away_at IS DISTINCT FROM OLD.put_away_at) THEN
    RAISE EXCEPTION 'whoever said it can only keep it closer';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER only_narrows BEFORE UPDATE ON story_storypart
  FOR EACH ROW EXECUTE FUNCTION guard.speaker_only_narrows();

CREATE OR REPLACE FUNCTION guard.uploads_kept(names text[]) RETURNS text[] LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public AS
  $$ SELECT coalesce(array_agg(file_name), '{}') FROM story_upload
     WHERE guard.work() = 'story.sweep' AND file_name = ANY(names) $$;
"""

ROWS = [
    Rows(
        "story_storypart",
        see=for_whom(speaker="speaker_id", unless=NOT_PUT_AWAY),
        add=WRITES_FOR,
        change=f"person_id = {MINE} OR speaker_id = {ME}",
    ),
    Rows(
        "story_partversion",
        see=OF_A_PART,
        add=f"written_down_by_id = {ME} AND {of('story_storypart', 'part_id', SAYS)}",
    ),
    Rows(
        "story_partanswer",
        see=OF_A_PART,
        add=f"written_down_by_id = {ME} AND {of('story_storypart', 'part_id', ANSWERS)}",
    ),
    Rows(
        "story_upload",
        see=within("story_partversion", "version_id"),
        add=of("story_partversion", "version_id", f"its.written_down_by_id = {ME}"),
    ),
    Rows("story_tie", see=for_whom(), add=WRITES_FOR, change=WRITES_FOR),
    Rows(
        "story_tiechange",
        see=within("story_tie", "tie_id"),
        add=f"by_id = {ME} AND {of('story_tie', 'tie_id', ITS_WRITERS)}",
    ),
    Rows("story_gap", see=for_whom(), add=WRITES_FOR, change=WRITES_FOR),
    Rows(
        "story_onepage",
        see=f"person_id = {MINE} OR person_id = {WHOLE}",
        add=WRITES_FOR,
        change=WRITES_FOR,
        remove=NOBODY,
    ),
]
APPEND_ONLY = ["story_partversion", "story_partanswer", "story_tiechange"]
