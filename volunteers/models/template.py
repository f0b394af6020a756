"""Ready-made requests from the daily work of a commune office."""

from django.db import models

from volunteers.models.texts import Texts


class RequestTemplate(Texts):
    """Prefills a new request. Loaded from `starter/templates.yaml`; a code never changes its meaning."""

    code = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    safeguards_km = models.TextField()
    safeguards_en = models.TextField()
    skills = models.ManyToManyField("courses.Skill", blank=True, related_name="+")
    course_slugs = models.JSONField(default=list, blank=True)
    weekly_hours = models.PositiveSmallIntegerField()
    weeks = models.PositiveSmallIntegerField()
    minimum_age = models.PositiveSmallIntegerField()
    touches_records = models.BooleanField(default=False)
    remote_share = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.title

    @property
    def safeguards(self) -> str:
        return self.safeguards_en if self.text_language == "en" else self.safeguards_km
