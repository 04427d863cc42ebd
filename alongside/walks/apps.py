from django.apps import AppConfig


class WalksConfig(AppConfig):
    name = "alongside.walks"
    label = "walks"

    def ready(self) -> None:
        from alongside.people.endings import before_ending
        from alongside.walks.endings import walks_kept_by

        before_ending("walks", walks_kept_by)
