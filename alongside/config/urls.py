"""Every address of the house: a room's own urls, in the order of the floors."""

from django.urls import include, path

urlpatterns = [
    path("", include("alongside.accounts.place.urls")),
    path("", include("alongside.accounts.urls")),
    path("", include("alongside.messages.urls")),
    path("", include("alongside.pages.urls")),
]
