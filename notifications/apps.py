from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        """Hear the accounts' announcements."""
        from notifications import receivers  # noqa: F401 models must be loaded first
