"""Addresses of finding people."""

from django.urls import path

from alongside.pages.people import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/someone/", views.someone, name="people_someone"),
    path("people/someone/i-know-them/", views.know_someone, name="people_know_someone"),
    path("people/<uuid:person>/i-know-them/", views.know_them, name="know_them"),
    path("people/<uuid:person>/reach/", views.reach_for, name="reach_for"),
]
