"""What a volunteer learns in the first weeks of a place."""

from django.db import models
from django.db.models import Q

from volunteers.models.request import VolunteerRequest

LONGEST_INDUCTION_WEEKS = 12


class InductionCourse(models.Model):
    """A course to finish within `weeks` of the start, by its key in all languages. `RequestCourse` comes before it."""

    request = models.ForeignKey(VolunteerRequest, models.CASCADE, related_name="induction_rows")
    course_key = models.UUIDField()
    weeks = models.PositiveSmallIntegerField(default=4)

    class Meta:
        ordering = ("weeks", "pk")
        constraints = (
            models.UniqueConstraint(fields=("request", "course_key"), name="volunteers_induction_once"),
            models.CheckConstraint(
                condition=Q(weeks__range=(1, LONGEST_INDUCTION_WEEKS)), name="volunteers_induction_weeks_sane"
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id} · {self.course_key}"
