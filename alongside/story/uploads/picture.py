"""Photos and drawings made anew with Pillow."""

import io
import struct

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from alongside.story.uploads.kept import Kept, NotKept, begin

MOST_SIDE = 2000  # px: fills a screen, prints a page
QUALITY = 85
# How many pixels we are ready to hold at once. A JPEG is shrunk while it is read, so it may be bigger.
MOST_PIXELS = {"JPEG": 110_000_000, "PNG": 26_000_000, "WEBP": 26_000_000, "GIF": 16_000_000}
# One that comes in passes is held whole, in numbers six times its dots, however small it is to be.
MOST_IN_PASSES = 26_000_000
FORMATS = (*MOST_PIXELS, "HEIC")
# What Pillow raises over files that are broken or made to break it.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    struct.error,
    MemoryError,
)


def made_anew(content: bytes, medium: str) -> Kept:
    """A JPEG of at most 2,000 px a side, the right way up, with nothing in it but the picture.

    Raises NotKept with a sentence.
    """
    kind = begin(content)
    if kind == "HEIC":
        raise NotKept(
            _("We cannot read this kind of photo (HEIC) yet. Send it as JPEG, or take a screenshot of it.")
        )
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            _check_size(picture, kind)
            return Kept(medium, "image/jpeg", _encoded(picture))
    except NotKept:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except BROKEN as error:
        raise NotKept.broken() from error


def _too_large() -> NotKept:
    return NotKept(_("That picture has too many dots for us to hold. A smaller copy of it will do."))


def _check_size(picture: Image.Image, kind: str) -> None:
    most = MOST_IN_PASSES if picture.info.get("progressive") else MOST_PIXELS[kind]
    if picture.width * picture.height > most:
        raise _too_large()


def _encoded(picture: Image.Image) -> bytes:
    picture.draft("RGB", (MOST_SIDE, MOST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((MOST_SIDE, MOST_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    # A new image holds pixels and nothing else: no EXIF, no XMP, no profile, no comment, no thumbnail.
    plain = Image.new("RGB", upright.size, "white")
    if upright.has_transparency_data:
        see_through = upright.convert("RGBA")
        plain.paste(see_through, mask=see_through.getchannel("A"))
    else:
        plain.paste(upright.convert("RGB"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def small(jpeg: bytes, side: int = 480) -> bytes:
    """A JPEG made anew, at most so many pixels a side: what stands beside a sentence."""
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
