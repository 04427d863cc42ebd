"""How much we take at once. What is more than that is let go while it comes, so that nobody can fill the disk.

The words beside a file that is too big are still read: whoever wrote them is told about the file, and keeps them.
"""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# A photo or a voice note, as it comes from a phone.
MOST_BYTES = 12 * 1024 * 1024
# All files of one form together.
MOST_TOGETHER = 5 * MOST_BYTES
# A whole request. More is not read at all.
MOST_SENT = 100 * 1024 * 1024


class Enough(FileUploadHandler):
    """Stands before the handlers that keep a file, and gives them one byte more than may be kept, and no more.

    By that byte whoever looks at the file sees that it is too big.
    """

    chunk_size = 64 * 1024

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.together = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The part of it that is still looked at; None once there is enough."""
        left = min(MOST_BYTES + 1 - start, MOST_TOGETHER + 1 - self.together)
        if left <= 0:
            return None
        taken = raw_data[:left]
        self.together += len(taken)
        return taken

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The handlers after this one make the file."""
        return None


def too_much(length: str) -> bool:
    """Whether a request says that it is longer than we read. What says no number sends nothing."""
    return length.isdecimal() and (len(length) > 12 or int(length) > MOST_SENT)
