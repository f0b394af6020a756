"""A commune became part of another: what learners asked its office, and where cohorts meet, goes on there."""

from django.utils import timezone

from accounts.models import Organisation
from courses.models import Cohort, Confirmation, Submission
from places.models import Commune


def move_questions(office: Organisation, *, successor: Organisation) -> dict[str, int]:
    """What still waits for a clerk; what was answered stays with the office that answered."""
    asked = Confirmation.objects.waiting().filter(office=office).update(office=successor)
    handed_in = Submission.objects.waiting().filter(office=office).update(office=successor)
    return {"confirmations asked": asked, "work to look at": handed_in}


def move_cohorts(commune: Commune, *, successor: Commune) -> dict[str, int]:
    """Cohorts that are not over."""
    rows = Cohort.objects.filter(commune=commune, end_date__gte=timezone.localdate())
    return {"cohorts": rows.update(commune=successor)}
