"""Addresses of what is opened without a say-so."""

from django.urls import path

from alongside.pages.emergencies import by_law, opened, opening

ONE = "emergencies/<uuid:opening>/"

urlpatterns = [
    path("people/someone/emergency/", opening.open_in_an_emergency, name="open_in_an_emergency"),
    path("people/someone/by-law/", by_law.open_by_law, name="open_by_law"),
    path(ONE, opened.opening, name="opening"),
    path(f"{ONE}found/", opened.review, name="opening_review"),
    path(f"{ONE}told/", opened.told, name="opening_told"),
    path(f"{ONE}close/", opened.close, name="opening_close"),
    path(f"{ONE}say/", opened.say, name="opening_say"),
]
