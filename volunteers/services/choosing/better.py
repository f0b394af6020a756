"""Whether an offer passes somebody over who has more points."""

from volunteers.enums import ApplicationStatus
from volunteers.models import Application, Score, VolunteerRequest
from volunteers.services.scoring import add_up

UNDECIDED = (ApplicationStatus.SUBMITTED, ApplicationStatus.SHORTLISTED)


def has_better(application: Application) -> bool:
    """Whether somebody who has no offer yet was given more points. One query."""
    points = find_points(application.request)
    return is_passed_over(application.pk, points)


def find_points(request: VolunteerRequest) -> dict[int, int]:
    """Hundredths of a point of everybody undecided who was scored, by the application's key."""
    scores = Score.objects.filter(application__request=request, application__status__in=UNDECIDED)
    return {key: total.hundredths for key, total in add_up(scores).items()}


def is_passed_over(key: int, points: dict[int, int]) -> bool:
    return any(other > points.get(key, 0) for other in points.values())
