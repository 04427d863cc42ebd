"""The addresses of the room: walks and handovers, moments, the arc, and a worker's own days."""

from django.urls import path

from alongside.walks.views import along, arc, handover, life_map, moments, record, walk, work

WALK = "walks/<uuid:walk>/"
HANDOVER = "handovers/<uuid:handover>/"
MOMENTS = "people/<uuid:person>/moments/"
ARC = "people/<uuid:person>/arc/"
LIFE_MAP = "people/<uuid:person>/life-map/"

urlpatterns = [
    path("me/walk/", walk.my_walk, name="my_walk"),
    path("people/<uuid:person>/walk/", walk.walk, name="walk"),
    path("people/<uuid:person>/walk/offer/", walk.offer, name="walk_offer"),
    path("hellos/<uuid:hello>/walk/", walk.offer_after_hello, name="walk_after_hello"),
    path(WALK, walk.one_walk, name="one_walk"),
    path(f"{WALK}yes/", walk.yes, name="walk_yes"),
    path(f"{WALK}not-now/", walk.not_now, name="walk_not_now"),
    path(f"{WALK}rest/", walk.rest, name="walk_rest"),
    path(f"{WALK}come-back/", walk.come_back, name="walk_come_back"),
    path(f"{WALK}moved/", walk.moved, name="walk_moved"),
    path(f"{WALK}died/", walk.died, name="walk_died"),
    path(f"{WALK}cover/", along.cover, name="walk_cover"),
    path(f"{WALK}join/", along.join, name="walk_join"),
    path(f"{WALK}leave/", along.leave, name="walk_leave"),
    path(f"{WALK}usual/", along.usual, name="walk_usual"),
    path(f"{WALK}hand-over/", handover.hand_over, name="walk_hand_over"),
    path(f"{WALK}straight/", handover.straight, name="walk_straight"),
    path("straight/<uuid:challenge>/end/", handover.straight_end, name="straight_end"),
    path(HANDOVER, handover.handover, name="handover"),
    path(f"{HANDOVER}met/", handover.met, name="handover_met"),
    path(f"{HANDOVER}choose/", handover.choose, name="handover_choose"),
    path(f"{HANDOVER}leave/", handover.let_go, name="handover_let_go"),
    path("duties/<uuid:duty>/talk-over/", handover.offer_repair, name="repair_offer"),
    path("talk-over/<uuid:repair>/", handover.repair, name="repair"),
    path("my-days/", work.my_days, name="my_days"),
    path("my-days/full/", work.full, name="say_full"),
    path("my-days/room/", work.have_room, name="have_room"),
    path("my-days/away/", work.say_away, name="say_away"),
    path("my-days/away/<uuid:away>/here/", work.here_after_all, name="here_after_all"),
    path("lead/", work.lead, name="lead"),
    path("lead/full/<uuid:said_full>/", work.answer_full, name="answer_full"),
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
    path(ARC, arc.arc, name="arc"),
    path(f"{ARC}draw/", arc.arc_draw, name="arc_draw"),
    path(f"{ARC}show/", arc.arc_show, name="arc_show"),
    path(f"{ARC}hide/", arc.arc_hide, name="arc_hide"),
    path(f"{ARC}put-away/", arc.arc_put_away, name="arc_put_away"),
    path(f"{ARC}say/", arc.arc_say, name="arc_say"),
    path(f"{ARC}leave-out/", arc.arc_leave_out, name="arc_leave_out"),
    path(f"{ARC}take-back/", arc.arc_take_back, name="arc_take_back"),
    path(LIFE_MAP, life_map.life_map, name="life_map"),
    path(f"{LIFE_MAP}put/", life_map.life_map_put, name="life_map_put"),
    path(f"{LIFE_MAP}again/", life_map.life_map_again, name="life_map_again"),
    path(f"{LIFE_MAP}off/", life_map.life_map_off, name="life_map_off"),
    path(f"{LIFE_MAP}show/", life_map.life_map_show, name="life_map_show"),
]
