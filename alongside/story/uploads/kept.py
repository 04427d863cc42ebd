"""What an upload becomes, and the sentences that refuse one."""

import hashlib
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from alongside.kernel.receiving import MOST_BYTES


@dataclass(frozen=True)
class Kept:
    """A file made anew: its medium, its content type, and its bytes."""

    medium: str
    content_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Of the bytes kept, in hex."""
        return hashlib.sha256(self.content).hexdigest()


class NotKept(ValueError):  # noqa: N818 - a sentence, as Denied is
    """A file that is not kept, with a sentence that says why and what to do."""

    @classmethod
    def unknown(cls) -> "NotKept":
        """Neither a picture nor a sound."""
        return cls(
            _("That file is not a picture or a voice note. A photo, a drawing or a sound recording will do.")
        )

    @classmethod
    def broken(cls) -> "NotKept":
        """It begins well and cannot be read."""
        return cls(_("That file is broken or only half here. Please try again, or choose another."))


def read_all(file: IO[bytes]) -> bytes:
    """The whole of a file. Raises NotKept when it is empty or over 12 MB."""
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    if not content:
        raise NotKept(_("That file is empty. Please choose another."))
    if len(content) > MOST_BYTES:
        raise NotKept(_("That file is over 12 MB. A smaller one, or a shorter recording, will do."))
    return content


def begin(content: bytes) -> str:
    """What kind of picture the first bytes say this is, as Pillow names it; "" for none of ours."""
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    return "HEIC" if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"hevc") else ""
