"""What a course teaches and a request asks for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.enums import GrantSource, SkillLevel
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
    """This person proved this skill: by finishing that course (its `translation_key`), or at work.

    The first proof is kept; but a course finished later takes the place of the word of an office, which stands in
    `SkillRating` all the same.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="skill_grants")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="grants")
    source = models.CharField(max_length=10, choices=GrantSource, default=GrantSource.COURSE)
    course_key = models.UUIDField(null=True, blank=True)
    granted_at = models.DateTimeField()

    objects = SkillGrantQuerySet.as_manager()

    class Meta:
        ordering = ("granted_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("user", "skill"), name="courses_skillgrant_once"),
            models.CheckConstraint(
                condition=Q(source=GrantSource.COURSE, course_key__isnull=False)
                | (~Q(source=GrantSource.COURSE) & Q(course_key__isnull=True)),
                name="courses_skillgrant_course_has_key",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} · {self.skill_id}"


class SkillRating(models.Model):
    """How an office saw this person use this skill at one place of work; `work_key` is that place, of an app above."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="skill_ratings")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="ratings")
    work_key = models.UUIDField()
    level = models.CharField(max_length=10, choices=SkillLevel)
    rated_at = models.DateTimeField()

    class Meta:
        ordering = ("rated_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("user", "skill", "work_key"), name="courses_skillrating_once_a_work"),
        )
        indexes = (models.Index(fields=("work_key",), name="courses_skillrating_work"),)

    def __str__(self) -> str:
        return f"{self.user_id} · {self.skill_id}: {self.level}"
