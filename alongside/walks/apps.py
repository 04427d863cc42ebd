from django.apps import AppConfig


class WalksConfig(AppConfig):
    name = "alongside.walks"
    label = "walks"
