from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "participation"
    verbose_name = "Participation"

    def ready(self) -> None:
        """Hear the lower apps' announcements; declare every kind of news, so that all programs know all of them."""
        from participation import receivers  # noqa: F401 models must be loaded first
        from participation.services import notices

        for module in iter_modules(notices.__path__):
            import_module(f"{notices.__name__}.{module.name}")
