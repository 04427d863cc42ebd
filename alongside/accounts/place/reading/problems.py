"""What is wrong with a file, where, and in a sentence: all of it is kept, to be told at once."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _


class Weight(StrEnum):
    """How far a problem reaches: the whole file, one row (those beside it still work), or only a note."""

    FILE = "file"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `row` counts as a spreadsheet does (headings are row 1), or features."""

    file: str
    row: int | None
    column: str
    sentence: str
    weight: Weight = Weight.ROW

    @property
    def stops(self) -> bool:
        """A note stops nothing; anything else does, unless the good rows are asked for."""
        return self.weight is not Weight.NOTE

    def as_json(self) -> dict[str, str | int | None]:
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "says": self.sentence,
            "weight": str(self.weight),
        }

    def __str__(self) -> str:
        parts = [self.file]
        if self.row is not None:
            parts.append(_("row %(row)d") % {"row": self.row})
        if self.column:
            parts.append(_("column %(column)s") % {"column": self.column})
        return f"{', '.join(part for part in parts if part)}: {self.sentence}"


@dataclass
class Told:
    """Collects the problems of one file."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def whole(self, sentence: str, *, row: int | None = None, column: str = "", **values: Any) -> None:
        """The file cannot be used at all."""
        self._add(row, column, sentence, values, Weight.FILE)

    def row(self, row: int | None, column: str, sentence: str, **values: Any) -> None:
        """One row or feature cannot be used."""
        self._add(row, column, sentence, values, Weight.ROW)

    def note(self, row: int | None, column: str, sentence: str, **values: Any) -> None:
        """Worth knowing; nothing is left out because of it."""
        self._add(row, column, sentence, values, Weight.NOTE)

    def _add(
        self, row: int | None, column: str, sentence: str, values: dict[str, Any], weight: Weight
    ) -> None:
        says = sentence % values if values else sentence
        self.problems.append(Problem(self.file, row, column, says, weight))

    @property
    def broken(self) -> bool:
        return any(problem.weight is Weight.FILE for problem in self.problems)
