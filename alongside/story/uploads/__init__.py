"""Photos, drawings and voice notes: made again from what they show or say, so that nothing else comes in.

What arrives is decoded and encoded anew: where and with what it was made, names, thumbnails and anything
hidden in the file stay behind. Files have random names; only a view under a policy gives them out.
"""

from threading import Lock
from typing import IO

from alongside.story.models import Medium
from alongside.story.uploads import picture, voice
from alongside.story.uploads.kept import MOST_BYTES, Kept, NotKept, begin, read_all
from alongside.story.uploads.store import path_of, sweep, write

# A picture is held whole while it is made anew. Several at once, each as large as may be, would fill the machine.
ONE_AT_A_TIME = Lock()

__all__ = ["MOST_BYTES", "Kept", "NotKept", "path_of", "read", "sweep", "write"]


def read(file: IO[bytes], medium: str = Medium.TEXT) -> Kept:
    """Make a picture or a voice note anew from a file of at most 12 MB.

    `medium` tells a drawing from a photo; whether it is a picture or a sound is read from the file itself.
    Raises NotKept with a sentence where it is neither, is too big, or cannot be read.
    """
    content = read_all(file)
    with ONE_AT_A_TIME:
        return _made_anew(content, medium)


def _made_anew(content: bytes, medium: str) -> Kept:
    if demuxer := voice.recognised(content):
        return voice.made_anew(content, demuxer)
    if begin(content) in picture.FORMATS:
        wanted = Medium.DRAWING if medium == Medium.DRAWING else Medium.PHOTO
        return picture.made_anew(content, wanted)
    raise NotKept.unknown()
