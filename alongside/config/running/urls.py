"""For machines that watch over the house."""

from django.urls import path

from alongside.config.running import views

urlpatterns = [
    path("health/", views.well, name="health"),
    path("metrics/", views.numbers, name="metrics"),
]
