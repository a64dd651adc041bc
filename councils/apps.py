from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "councils"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from councils import emails  # noqa: F401 -- registers its kinds of message
