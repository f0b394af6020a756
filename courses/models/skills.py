"""What a course teaches and a request asks for."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.querysets import SkillGrantQuerySet, SkillQuerySet


class Skill(models.Model):
    """One nameable thing a person can do, in both languages."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_km = models.CharField(_("name in Khmer"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    description_km = models.CharField(_("description in Khmer"), max_length=300, blank=True, default="")
    description_en = models.CharField(_("description in English"), max_length=300, blank=True, default="")

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("skill")
        verbose_name_plural = _("skills")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_km

    @property
    def description(self) -> str:
        """The description in the reader's language."""
        return self.description_en if get_language() == "en" else self.description_km


class SkillGrant(models.Model):
    """This person proved this skill by finishing that course (its `translation_key`). The first proof is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="skill_grants")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="grants")
    course_key = models.UUIDField()
    granted_at = models.DateTimeField()

    objects = SkillGrantQuerySet.as_manager()

    class Meta:
        ordering = ("granted_at", "pk")
        constraints = (models.UniqueConstraint(fields=("user", "skill"), name="courses_skillgrant_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} · {self.skill_id}"
