"""Addresses of the place, under /place/."""

from django.urls import path

from . import easy_read, principles, views

urlpatterns = [
    path("easy-read/always/", easy_read.always, name="easy_read_always"),
    path("easy-read/picture/<uuid:line>/", easy_read.picture, name="easy_read_picture"),
    path("place/", views.place, name="place"),
    path("place/neighbourhoods.csv", views.neighbourhoods_csv, name="place_neighbourhoods_csv"),
    path("place/neighbourhoods.geojson", views.neighbourhoods_geojson, name="place_neighbourhoods_geojson"),
    path("place/draw/", views.draw, name="place_draw"),
    path("place/words/", views.change_words, name="place_words"),
    path("place/principles/", principles.principles, name="place_principles"),
    path("place/principles/change/", principles.change_principles, name="place_change_principles"),
    path("place/say/<uuid:voice>/take-back/", views.take_back, name="place_take_back"),
    path("place/<slug:slug>/", views.neighbourhood, name="place_neighbourhood"),
]
