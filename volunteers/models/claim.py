"""What people say they can do, without a proof."""

from django.conf import settings
from django.db import models


class SkillClaim(models.Model):
    """A person's own word for a skill. It counts after every proof, and is marked wherever it is shown."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="skill_claims")
    skill = models.ForeignKey("courses.Skill", models.PROTECT, related_name="claims")
    claimed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("user", "skill"), name="volunteers_skillclaim_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} · {self.skill_id}"
