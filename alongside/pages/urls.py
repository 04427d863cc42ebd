"""The addresses of pages that combine rooms."""

from django.urls import path

from alongside.pages import views

urlpatterns = [
    path("", views.home, name="home"),
    path("leave/", views.leave, name="leave"),
    path("sign-in/", views.sign_in, name="sign_in"),
]
