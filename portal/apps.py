from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal import bounces, checks, emails, tasks  # noqa: F401 -- register readers of mail, checks, kinds of message and tasks
