"""A photo, drawing or voice note, given out under its part's policy and nowhere else."""

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from alongside.consent.looks import looked
from alongside.kernel.policy import guarded
from alongside.story import policies, queries, uploads
from alongside.story.models import Upload

# A file opened by itself runs nothing, loads nothing and stands in no frame.
ALONE = "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; sandbox"
NAMES = {"image/jpeg": "picture.jpg", "audio/mpeg": "voice-note.mp3"}
# No more figures than a size of ours can have: a number of thousands of them takes its time to be read.
RANGE = re.compile(r"bytes=([0-9]{0,12})-([0-9]{0,12})\Z")


@require_GET
@guarded(policies.check_can_read_upload, find=queries.upload_to_open)
def upload(request: HttpRequest, upload: Upload) -> HttpResponseBase:
    """The file. A player asks for the middle of a sound by a range: that is one look, not many, and never none."""
    part = upload.version.part
    span = _span(request.headers.get("Range", ""), upload.size)
    if span is None or span[0] == 0 or not queries.began_to_hear(viewer=request.viewer, upload=upload):
        looked(request.viewer, part.person, page="upload", parts=[part.pk])
    else:
        policies.check_can_read_part(request.viewer, part)
    path = uploads.path_of(upload)
    if not path.is_file():
        raise Http404
    if span is None:
        response: HttpResponseBase = FileResponse(path.open("rb"), content_type=upload.content_type)
    else:
        response = _piece(path.read_bytes(), span, upload)
    return _closed(response, upload)


def _span(asked: str, size: int) -> tuple[int, int] | None:
    """The first and last byte of one range; None for the whole, or for what we do not understand."""
    found = RANGE.match(asked.replace(" ", ""))
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)


def _piece(content: bytes, span: tuple[int, int], upload: Upload) -> HttpResponse:
    first, last = span
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    piece = HttpResponse(content[first : last + 1], status=206, content_type=upload.content_type)
    piece["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return piece


def _closed(response: HttpResponseBase, upload: Upload) -> HttpResponseBase:
    """Kept by nobody on the way, and never run as anything but what it is."""
    patch_cache_control(response, private=True, no_store=True)
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = ALONE
    response["Content-Disposition"] = f'inline; filename="{NAMES[upload.content_type]}"'
    return response
