"""Every address of the house: a room's own urls, in the order of the floors."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("alongside.config.running.urls")),
    # Before the place's own addresses, where a neighbourhood's name would be read into it.
    path("place/looking-after/", include("alongside.pages.steward.urls")),
    path("", include("alongside.accounts.place.urls")),
    path("", include("alongside.accounts.urls")),
    path("", include("alongside.messages.urls")),
    path("", include("alongside.people.urls")),
    path("", include("alongside.story.urls")),
    path("", include("alongside.doings.urls")),
    path("", include("alongside.walks.urls")),
    path("", include("alongside.pages.days.urls")),
    path("", include("alongside.pages.people.urls")),
    path("", include("alongside.pages.emergencies.urls")),
    path("", include("alongside.pages.find.urls")),
    path("", include("alongside.pages.offline.urls")),
    path("", include("alongside.pages.urls")),
]

handler400 = "alongside.pages.errors.not_understood"
handler403 = "alongside.pages.errors.forbidden"
handler404 = "alongside.pages.errors.not_found"
handler500 = "alongside.pages.errors.broken"

if settings.DEMO:
    urlpatterns += [path("design/", include("alongside.design.urls"))]
