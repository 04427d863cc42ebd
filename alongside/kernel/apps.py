from django.apps import AppConfig


class KernelConfig(AppConfig):
    """No domain in here: what every room stands on."""

    name = "alongside.kernel"
    label = "kernel"
