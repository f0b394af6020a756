"""How far a person is on the way to a request: courses done of those asked for, and the next lesson, until the closing.

`eligibility` says whether somebody may apply now; this says how to get there, on the page, in the lists and in the API.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.models import User
from courses.querysets import Learner
from courses.services.learning import Progress, course_progress
from ui.dates import to_short_day, to_until
from ui.words import to_digits
from volunteers.models import VolunteerRequest
from volunteers.services.learning import CourseLink, link_courses, list_finished_courses


@dataclass(frozen=True)
class Readiness:
    """`done` of `total` courses; `text` says what to finish by when, `url` is the next unfinished lesson."""

    done: int
    total: int
    text: str
    left: str = ""
    url: str = ""

    @property
    def is_ready(self) -> bool:
        return self.done == self.total


def read_readiness(requests: Sequence[VolunteerRequest], user: User | AnonymousUser) -> dict[int, Readiness]:
    """By the requests' keys, for those that ask for courses. Flat in queries; none for a visitor."""
    if not isinstance(user, User):
        return {}
    prefetch_related_objects(list(requests), "course_rows")
    wanted = {request.pk: [row.course_key for row in request.course_rows.all()] for request in requests}
    keys = {key for each in wanted.values() for key in each}
    if not keys:
        return {}
    done = list_finished_courses(user, keys)
    missing = sorted(keys - done)
    links = link_courses(missing)
    progress = course_progress(Learner(user=user), missing) if missing else {}
    return {
        request.pk: _describe(request, wanted[request.pk], done, links, progress)
        for request in requests
        if wanted[request.pk]
    }


def add_readiness(requests: Sequence[VolunteerRequest], user: User | AnonymousUser) -> None:
    """The same, as `readiness` of each request (None where no course is asked for): for the rows of a list."""
    found = read_readiness(requests, user)
    for request in requests:
        carrier: Any = request
        carrier.readiness = found.get(request.pk)


def _describe(
    request: VolunteerRequest,
    keys: Sequence[uuid.UUID],
    done: set[uuid.UUID],
    links: dict[uuid.UUID, CourseLink],
    progress: dict[uuid.UUID, Progress],
) -> Readiness:
    """A course that is no longer published keeps nobody out: it counts as if it were not asked for."""
    asked = [key for key in keys if key in done or key in links]
    count = sum(key in done for key in asked)
    missing = [key for key in asked if key not in done]
    figures = {"done": count, "total": len(asked)}
    if not missing:
        return Readiness(count, len(asked), to_digits(_("%(done)s of %(total)s courses done") % figures))
    key = min(missing, key=lambda each: progress[each].total - progress[each].done)
    lesson = progress[key].next
    url = (lesson.page.url if lesson else "") or links[key].url
    return Readiness(count, len(asked), _say(figures, links[key].title, request), _say_left(request), url)


def _say(figures: dict[str, int], course: str, request: VolunteerRequest) -> str:
    """ "2 of 3 courses done; finish “Spreadsheets” by 4 Dec to be eligible" """
    values = {**figures, "course": course}
    if request.expires_at is None:
        return to_digits(_("%(done)s of %(total)s courses done; finish “%(course)s” to be eligible") % values)
    said = _("%(done)s of %(total)s courses done; finish “%(course)s” by %(day)s to be eligible")
    return to_digits(said % {**values, "day": to_short_day(request.expires_at)})


def _say_left(request: VolunteerRequest) -> str:
    return to_until(request.expires_at) if request.expires_at else ""
