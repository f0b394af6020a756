from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Courses"

    def ready(self) -> None:
        """Hear the lower apps' announcements; let the views take over their pages."""
        from courses import receivers, views  # noqa: F401 models must be loaded first
