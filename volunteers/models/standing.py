"""Figures by groups of people as they were last told."""

from django.db import models


class StandingFigures(models.Model):
    """Of one scope: "" for the country, a province's code, a quarter as in `2026-Q1`.

    `groups`: by group the figures of its `members` and of all `others`, by the stages that may be told. They stand
    still until enough people are new: whoever reads today and again tomorrow must not see the difference of one.
    """

    scope = models.CharField(max_length=10, unique=True, blank=True)
    groups = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("scope",)

    def __str__(self) -> str:
        return self.scope
