"""The addresses of a plan, one thing on it, quick things, promises, duties and the calendar."""

from django.urls import path

from alongside.doings.views import beside, plan, to

PLAN = "people/<uuid:person>/plan/"
DOING = "doings/<uuid:doing>/"
QUICK = "people/<uuid:person>/quick/"
DUTY = "duties/<uuid:duty>/"

urlpatterns = [
    path(PLAN, plan.plan, name="plan"),
    path(f"{PLAN}add/", plan.add, name="plan_add"),
    path(f"{PLAN}paper/", plan.plan_on_paper, name="plan_on_paper"),
    path(f"{PLAN}yes/", to.yes, name="plan_yes"),
    path(f"{PLAN}duty/", to.duty, name="plan_duty"),
    path(f"{PLAN}promise/", beside.promise_add, name="promise_add"),
    path(DOING, plan.doing, name="doing"),
    path(f"{DOING}reword/", plan.reword, name="doing_reword"),
    path(f"{DOING}how/", plan.how, name="doing_how"),
    path(f"{DOING}move/", plan.move, name="doing_move"),
    path(f"{DOING}done/", plan.done, name="doing_done"),
    path(f"{DOING}let-go/", plan.let_go, name="doing_let_go"),
    path(f"{DOING}take-back/", plan.take_back, name="doing_take_back"),
    path(QUICK, beside.quick_things, name="quick_things"),
    path(f"{QUICK}add/", beside.quick_thing_add, name="quick_thing_add"),
    path("quick/<uuid:quick_thing>/done/", beside.quick_thing_done, name="quick_thing_done"),
    path("quick/<uuid:quick_thing>/let-go/", beside.quick_thing_let_go, name="quick_thing_let_go"),
    path("promises/", beside.my_promises, name="my_promises"),
    path("promises/<uuid:promise>/", beside.promise, name="promise"),
    path(DUTY, beside.duty, name="duty"),
    path(f"{DUTY}question/", beside.duty_question, name="duty_question"),
    path(f"{DUTY}told/", beside.duty_told, name="duty_told"),
    path(f"{DUTY}end/", beside.duty_end, name="duty_end"),
    path("me/calendar/", beside.my_calendar, name="my_calendar"),
    path("me/calendar/end/", beside.end_calendar, name="end_calendar"),
    path("calendar/<str:token>.ics", beside.calendar_feed, name="calendar_feed"),
]
