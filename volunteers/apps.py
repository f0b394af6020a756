from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    name = "volunteers"
    verbose_name = "Volunteers"

    def ready(self) -> None:
        """Hear the lower apps' announcements."""
        from volunteers import receivers  # noqa: F401 models must be loaded first
