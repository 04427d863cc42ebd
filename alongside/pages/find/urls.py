"""The address of finding."""

from django.urls import path

from alongside.pages.find import views

urlpatterns = [path("find/", views.find, name="find")]
