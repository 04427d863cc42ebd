"""Addresses of a person's own pages about themselves."""

from django.urls import path

from alongside.people import views

urlpatterns = [
    path("language/", views.set_language, name="set_language"),
    path("me/reach/", views.my_reach, name="my_reach"),
    path("me/about/", views.my_about, name="my_about"),
    path("me/about/<uuid:alias>/forget/", views.forget_name, name="forget_name"),
    path("me/room/", views.my_room, name="my_room"),
]
