"""The table of who may open what is complete, and is what the house answers today."""

import os

from tests import crawl
from tests.leaks import attack, place, table


def test_the_table_of_roles_and_pages_is_written_as_the_house_answers(
    here: place.Here, everything_opened: attack.Result
) -> None:
    told = table.as_page(here, everything_opened)
    if os.environ.get("ALONGSIDE_WRITE_REFERENCE"):
        table.WRITTEN.parent.mkdir(parents=True, exist_ok=True)
        table.WRITTEN.write_text(told, encoding="utf-8")
    written = table.WRITTEN.read_text(encoding="utf-8").splitlines()
    assert [line for line in told.splitlines() if line not in written] == []
    assert written == told.splitlines()


def test_every_page_and_every_role_stands_in_the_table(here: place.Here) -> None:
    written = table.WRITTEN.read_text(encoding="utf-8")
    assert [page.route for page in crawl.pages() if f"| `/{page.route}` |" not in written] == []
    heads = next(line for line in written.splitlines() if line.startswith("| page"))
    assert [title for title in table.columns(here) if f"| {title} |" not in heads] == []
    rows = [line for line in written.splitlines() if line.startswith("| ") and "`/" in line]
    assert {line.count(" | ") for line in rows} == {heads.count(" | ")}
