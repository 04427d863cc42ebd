"""The demo's post: messages are written where whoever runs the demo can read them, and go nowhere."""

import sys
from pathlib import Path

from django.conf import settings

from alongside.messages.providers.kinds import Found, Letter


def where() -> Path:
    """The file they are written to."""
    return Path(settings.MESSAGES_CONSOLE_FILE or settings.DATA / "messages.txt")


class Console:
    """Writes to a file, and beside the demo's own words; only ever under `alongside demo` and in tests."""

    can_be_asked = True

    def hand_over(self, letter: Letter) -> str:
        """Write it down, to be read."""
        text = (
            f"--- {letter.channel} {letter.reference}\n"
            f"To: {letter.address}\nFrom: {letter.sender}\nSubject: {letter.subject}\n\n{letter.words}\n\n"
        )
        with where().open("a", encoding="utf-8") as post:
            post.write(text)
        if settings.DEMO:
            sys.stderr.write(text)
        return f"console-{letter.reference}"[:120]

    def look_up(self, reference: str) -> tuple[Found, str]:
        """It went if it stands in the file."""
        path = where()
        gone = path.exists() and any(
            line.startswith("--- ") and line.split()[-1] == reference
            for line in path.read_text(encoding="utf-8").splitlines()
        )
        return (Found.GONE, f"console-{reference}"[:120]) if gone else (Found.NOT_GONE, "")
