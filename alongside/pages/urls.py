"""The addresses of pages that combine rooms."""

from django.urls import path

from alongside.pages import views
from alongside.pages.person import brief, looks, one_page, person, say_so
from alongside.pages.stops.views import hard_stops_page

ABOUT = "people/<uuid:person>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("leave/", views.leave, name="leave"),
    path("hard-stops/", hard_stops_page, name="hard_stops"),
    path("me/", person.my_page, name="my_page"),
    path(ABOUT, person.person, name="person"),
    path(f"{ABOUT}say-so/", say_so.say_so, name="say_so"),
    path(f"{ABOUT}say-so/give/", say_so.give, name="say_so_give"),
    path(f"{ABOUT}say-so/<uuid:say_so>/take-back/", say_so.take_back, name="say_so_take_back"),
    path(f"{ABOUT}say-so/<uuid:say_so>/i-said-that/", say_so.confirm, name="say_so_confirm"),
    path(f"{ABOUT}one-page/", one_page.one_page, name="one_page"),
    path(f"{ABOUT}one-page.pdf", one_page.one_page_pdf, name="one_page_pdf"),
    path(f"{ABOUT}brief/", brief.brief, name="brief"),
    path(f"{ABOUT}who-looked/", looks.who_looked, name="who_looked"),
]
