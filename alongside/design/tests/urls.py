"""Addresses for this room's own tests: the showcase and the way out."""

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import include, path


def leave(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect("https://weather.example/")


urlpatterns = [
    path("leave/", leave, name="leave"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("design/", include("alongside.design.urls")),
]
