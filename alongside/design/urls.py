"""Mounted only where the house is being shown or built."""

from django.urls import path

from alongside.design import views

app_name = "design"
urlpatterns = [
    path("", views.showcase, name="showcase"),
    path("asked/", views.asked, name="asked"),
    path("hello/", views.hello, name="hello"),
    path("paper/", views.paper, name="paper"),
    path("refused/", views.refused, name="refused"),
]
