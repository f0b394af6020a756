from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = "Forums"

    def ready(self) -> None:
        """Hear the lower apps' announcements."""
        from forums import receivers  # noqa: F401  (models must be loaded first)
