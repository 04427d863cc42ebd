"""Addresses of looking after the place, under /place/looking-after/."""

from django.urls import path

from alongside.pages.emergencies import opened
from alongside.pages.steward import broken, easy_read, organisations, people, reasons, same, views, whose

urlpatterns = [
    path("", views.home, name="steward_home"),
    path("people/", people.people, name="steward_people"),
    path("people/new/", people.write_down, name="steward_write_down"),
    path("people/<uuid:person>/", people.person, name="steward_person"),
    path("people/<uuid:person>/role/", people.hold_role, name="steward_hold_role"),
    path("people/<uuid:person>/name/", people.rename, name="steward_rename"),
    path("people/<uuid:person>/same/", same.propose, name="steward_propose_same"),
    path("people/<uuid:person>/sign-in/", people.switch_sign_in, name="steward_switch_sign_in"),
    path("roles/<uuid:held>/end/", people.end_role, name="steward_end_role"),
    path("same/", same.same_people, name="steward_same"),
    path("same/<uuid:same>/agree/", same.agree, name="steward_agree_same"),
    path("same/<uuid:same>/undo/", same.undo, name="steward_undo_same"),
    path("easy-read/", easy_read.easy_read_pages, name="steward_easy_reads"),
    path("easy-read/<slug:page>/<slug:language>/", easy_read.easy_read, name="steward_easy_read"),
    path("organisations/", organisations.organisations, name="steward_organisations"),
    path("organisations/new/", organisations.add, name="steward_add_organisation"),
    path("organisations/<slug:slug>/", organisations.change, name="steward_change_organisation"),
    path("organisations/<slug:slug>/end/", organisations.end, name="steward_end_organisation"),
    path("reasons/", reasons.reasons, name="steward_reasons"),
    path("reasons/new/", reasons.name, name="steward_name_reason"),
    path("reasons/<uuid:reason>/", reasons.reword, name="steward_reword_reason"),
    path("looks/", whose.whose_pages, name="steward_whose_pages"),
    path("looks/of/<uuid:person>/", whose.ask, name="steward_ask_whose_pages"),
    path("looks/<uuid:question>/", whose.opened, name="steward_opened"),
    path("looks/<uuid:question>/<uuid:look>/", whose.tell_name, name="steward_tell_name"),
    path("emergencies/", opened.unseen, name="steward_openings"),
    path("broken/", broken.broken, name="steward_broken"),
    path("broken/full/<uuid:full_house>/", broken.full_house, name="steward_full_house"),
]
