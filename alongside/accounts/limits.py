"""How many tries: counted by the rates in `ACCOUNT_RATE_LIMITS`, beside the library's own counts."""

from allauth.core import ratelimit
from django.http import HttpRequest


def allowed(request: HttpRequest, action: str, key: str = "", *, counts: bool = True) -> bool:
    """Count one try of `action`, by address or by `key` as its rate says; False when it is too many.

    Without `counts` it is only asked whether another try would be too many.
    """
    return bool(ratelimit.consume(request, action=action, key=key, dry_run=not counts))
