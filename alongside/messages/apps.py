from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "alongside.messages"
    label = "alongside_messages"
