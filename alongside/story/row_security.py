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

# For the sweep of files that no row knows (an upload rolled back): names out of a list, nothing else.
FUNCTIONS = """
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
    Rows("story_partversion", see=OF_A_PART, add=f"written_down_by_id = {ME} AND {OF_A_PART}"),
    Rows("story_partanswer", see=OF_A_PART, add=f"written_down_by_id = {ME} AND {OF_A_PART}"),
    Rows(
        "story_upload",
        see=within("story_partversion", "version_id"),
        add=within("story_partversion", "version_id"),
    ),
    Rows("story_tie", see=for_whom(), add=WRITES_FOR, change=WRITES_FOR),
    Rows(
        "story_tiechange",
        see=within("story_tie", "tie_id"),
        add=f"by_id = {ME} AND {within('story_tie', 'tie_id')}",
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
