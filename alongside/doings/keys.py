"""What the secret of a calendar is known by: the secret itself is kept nowhere."""

import hashlib


def digest_of(token: str) -> str:
    """What a calendar's secret is known by."""
    return hashlib.sha256(token.encode()).hexdigest()
