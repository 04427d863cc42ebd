"""The addresses of the front door, the outbox and the whys."""

from django.urls import path

from alongside.messages.views import door, hellos, outbox, whys

urlpatterns = [
    path("hello/", door.say_hello, name="say_hello"),
    path("hello/for-someone/", door.hello_for_someone, name="hello_for_someone"),
    path("hello/come-back/", door.come_back_page, name="come_back"),
    path("hello/yours/", door.hello_yours, name="hello_yours"),
    path("hello/forget/", door.forget_here, name="hello_forget"),
    path("hello/<slug:key>/", door.hello_key, name="hello_key"),
    path("about/", door.one_minute, name="one_minute"),
    path("hellos/", hellos.hellos, name="hellos"),
    path("hellos/<uuid:hello>/", hellos.hello, name="hello"),
    path("messages/", outbox.my_messages, name="my_messages"),
    path("messages/<uuid:delivery>/done/", outbox.tick_done, name="message_done"),
    path("messages/<uuid:delivery>/mend/", outbox.mend, name="message_mend"),
    path("looks/<uuid:look>/why/", whys.ask_why, name="ask_why"),
    path("why-asked/", whys.whys, name="whys"),
    path("why-asked/<uuid:why>/", whys.why, name="why"),
]
