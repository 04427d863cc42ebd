"""The address of a worker's morning."""

from django.urls import path

from alongside.pages.days import views

urlpatterns = [path("today/", views.today, name="today")]
