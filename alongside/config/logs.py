"""What a fault leaves behind: where it happened and of which kind, never the words that were being handled.

A database error quotes the row it refused, and a traceback's last line quotes whatever was raised; both may
hold somebody's story. So the log keeps the files, the lines and the kinds of error, and nothing that was said.
"""

import logging
import traceback


class Wordless(logging.Formatter):
    """One line for what happened, and for an error its kinds and places, innermost last."""

    def format(self, record: logging.LogRecord) -> str:
        """The record without its arguments' words."""
        asked = getattr(record, "request", None)
        match = getattr(asked, "resolver_match", None)
        page = f" on page {match.view_name}" if match else ""
        line = f"{self.formatTime(record)} {record.levelname.lower()} {record.name}{page}"
        if record.exc_info and record.exc_info[1] is not None:
            return line + "".join(_told(record.exc_info[1]))
        return f"{line}: {record.msg}" if not record.args else line


def _told(error: BaseException) -> list[str]:
    before = error.__cause__ or error.__context__
    lines = _told(before) if before is not None else []
    lines.append(f"\n  {type(error).__module__}.{type(error).__qualname__}")
    frames = traceback.extract_tb(error.__traceback__)
    return lines + [f"\n    {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
