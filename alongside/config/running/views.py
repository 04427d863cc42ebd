"""Two addresses for machines: is the house up, and its numbers. Neither opens a session, nor lets anybody in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.config.running import health, metrics
from alongside.kernel.policy import open_to_all


@open_to_all("whoever watches over the machine asks without signing in, and learns well or not well")
@never_cache
@require_safe
def well(request: HttpRequest) -> HttpResponse:
    """200 well, or 503 not well; `alongside check` says what is wrong, in sentences."""
    faults = health.faults()
    said, status = ("not well\n", 503) if faults else ("well\n", 200)
    return HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")


@open_to_all("whoever holds the token that the place gave; for everybody else there is no such page")
@never_cache
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """The house's numbers in OpenMetrics, for whoever holds the token."""
    if not metrics.may_read_numbers(request):
        raise Http404
    return HttpResponse(metrics.text(), content_type=metrics.CONTENT_TYPE)
