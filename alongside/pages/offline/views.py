"""What a phone asks the place, and what it sends."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_safe

from alongside.kernel import clock, sealing
from alongside.kernel.policy import open_to_all


@open_to_all("a phone asks whose it is now; a stranger hears that it is nobody's")
@require_safe
def whose(request: HttpRequest) -> JsonResponse:
    """Whose phone this is, the key to seal with, the time here, and the proof that goes with what is sent."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if viewer is None:
        return JsonResponse({"account": None})
    key = sealing.public_key()
    return JsonResponse(
        {
            "account": str(request.user.pk),
            "key": {"id": key.id, "point": key.point},
            "now": clock.now().isoformat(),
            "proof": get_token(request),
        }
    )
