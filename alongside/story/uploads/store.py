"""Where the files lie: random names, for this user alone, whole or not at all."""

import os
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

from alongside.kernel import acting
from alongside.story.models import Upload
from alongside.story.uploads.kept import Kept

ENDINGS = {"image/jpeg": ".jpg", "audio/mpeg": ".mp3"}
# An hour is longer than any request: what no row knows by then was rolled back.
YOUNG_SECONDS = 3600


def _folder() -> Path:
    folder = Path(settings.UPLOADS) / "story"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write(kept: Kept) -> str:
    """Write a file whole, and give back its random name. A rolled-back one is swept up later."""
    folder = _folder()
    name = secrets.token_hex(24) + ENDINGS[kept.content_type]
    half = folder / f".{name}.half"
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(kept.content)
        file.flush()
        os.fsync(file.fileno())
    half.rename(folder / name)
    # The row may only be committed once the name stands on the disk too.
    at = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(at)
    finally:
        os.close(at)
    return name


def path_of(upload: Upload) -> Path:
    """Where an upload's file lies."""
    return _folder() / upload.file_name


def sweep(*, older_than: float = YOUNG_SECONDS) -> int:
    """Remove files that no upload knows (a write that was rolled back). Returns how many.

    `older_than` is in seconds. Safe to run at any time and twice.
    """
    before = time.time() - older_than
    old = [path for path in _folder().iterdir() if path.is_file() and path.stat().st_mtime < before]
    with acting.working_on("story.sweep"), connection.cursor() as cursor:
        cursor.execute("SELECT guard.uploads_kept(%s)", [[path.name for path in old]])
        kept = set(cursor.fetchone()[0])
    orphans = [path for path in old if path.name not in kept]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
