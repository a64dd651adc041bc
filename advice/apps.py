from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "advice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from advice import (
            agenda_offers,  # noqa: F401 -- registers what a coming agenda could hold
            at_table,  # noqa: F401 -- registers what is decided at an item of a meeting
            emails,  # noqa: F401 -- registers its kinds of message
        )
        from advice.actions import issuing  # noqa: F401 -- registers its proof that letters were posted
