from django.apps import AppConfig


class DoingsConfig(AppConfig):
    name = "alongside.doings"
    label = "doings"
