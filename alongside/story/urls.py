"""The addresses of a story and a circle: one's own and, as far as they are open, somebody else's."""

from django.urls import path

from alongside.story.views import circle, files, one_page, story

STORY = "people/<uuid:person>/story/"
CIRCLE = "people/<uuid:person>/circle/"

urlpatterns = [
    path(STORY, story.story, name="story"),
    path(f"{STORY}say/", story.say, name="story_say"),
    path(f"{STORY}<uuid:part>/", story.part, name="story_part"),
    path(f"{STORY}<uuid:part>/say-again/", story.say_again, name="story_say_again"),
    path(f"{STORY}<uuid:part>/answer/", story.answer, name="story_answer"),
    path(f"{STORY}<uuid:part>/who-for/", story.audience, name="story_audience"),
    path(f"{STORY}<uuid:part>/put-away/", story.put_away, name="story_put_away"),
    path(f"{STORY}<uuid:part>/bring-back/", story.bring_back, name="story_bring_back"),
    path(f"{STORY}file/<uuid:upload>/", files.upload, name="story_upload"),
    path(CIRCLE, circle.circle, name="circle"),
    path(f"{CIRCLE}add/", circle.add, name="circle_add"),
    path(f"{CIRCLE}missing/", circle.gap, name="circle_gap"),
    path(f"{CIRCLE}missing/<uuid:gap>/filled/", circle.filled, name="circle_gap_filled"),
    path(f"{CIRCLE}<uuid:tie>/", circle.change, name="circle_change"),
    path(f"{CIRCLE}<uuid:tie>/who-for/", circle.audience, name="circle_audience"),
    path("people/<uuid:person>/one-page/choose/", one_page.choose, name="one_page_choose"),
]
