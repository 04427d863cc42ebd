"""The addresses of the room: a person's moments, and a worker's own days."""

from django.urls import path

from alongside.walks.views import moments, record

MOMENTS = "people/<uuid:person>/moments/"

urlpatterns = [
    path("moments/new/", record.who, name="moment_who"),
    path("me/say/", record.my_say, name="my_say"),
    path("me/time-writing/", moments.time_writing, name="time_writing"),
    path(MOMENTS, moments.moments, name="moments"),
    path(f"{MOMENTS}new/", record.new, name="moment_new"),
    path(f"{MOMENTS}draft/", record.draft, name="moment_draft"),
    path(f"{MOMENTS}draft/<uuid:draft>/let-go/", record.drop_draft, name="moment_draft_drop"),
    path(f"{MOMENTS}<uuid:moment>/", moments.moment, name="moment"),
    path(f"{MOMENTS}<uuid:moment>/answer/", moments.answer, name="moment_answer"),
    path(f"{MOMENTS}<uuid:moment>/answer/draft/", record.answer_draft, name="moment_answer_draft"),
    path(f"{MOMENTS}<uuid:moment>/say-again/", moments.say_again, name="moment_say_again"),
    path(f"{MOMENTS}<uuid:moment>/who-for/", moments.audience, name="moment_audience"),
]
