from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    name = "volunteers"
    verbose_name = "Volunteers"

    def ready(self) -> None:
        """Hear the lower apps' announcements; declare every kind of news, so that all programs know all of them."""
        from volunteers import receivers  # noqa: F401 models must be loaded first
        from volunteers.services import notices

        for module in iter_modules(notices.__path__):
            import_module(f"{notices.__name__}.{module.name}")
