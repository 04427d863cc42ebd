"""What browsers are told, how cookies are closed, and how much anybody may send at once (docs/adr/0015)."""

import os
from typing import Any

from alongside.kernel.receiving import MOST_BYTES

BASE_URL = os.environ.get("ALONGSIDE_URL", "http://127.0.0.1:8000")
HTTPS = BASE_URL.startswith("https://")
A_YEAR = 365 * 24 * 3600

# Everything is our own, and nothing stands in a page that runs: no inline script, style or handler.
DIRECTIVES: dict[str, Any] = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "media-src": ["'self'", "blob:"],  # one's own voice note, heard again before it is sent
    "connect-src": ["'self'"],
    "frame-src": ["'none'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}


def where_https_is(https: bool) -> dict[str, Any]:
    """The settings of a place that is reached by https, or of one that is not.

    A cookie named `__Host-` is one that browsers take from this very host alone, over https alone: no other
    site of the same council can plant one.
    """
    before = "__Host-" if https else ""
    upgraded = {"upgrade-insecure-requests": True} if https else {}
    return {
        "HTTPS": https,
        "SESSION_COOKIE_NAME": f"{before}sessionid",
        "CSRF_COOKIE_NAME": f"{before}csrftoken",
        "SESSION_COOKIE_SECURE": https,
        "CSRF_COOKIE_SECURE": https,
        "SECURE_HSTS_SECONDS": A_YEAR if https else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": https,
        "CONTENT_SECURITY_POLICY": {"DIRECTIVES": DIRECTIVES | upgraded},
    }


globals().update(where_https_is(HTTPS))
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "alongside.kernel.cookies.Messages"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Words: far more than anybody writes. A file: the most we make anew, and not a byte more is put down.
DATA_UPLOAD_MAX_MEMORY_SIZE = MOST_BYTES
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "alongside.kernel.receiving.Enough",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
