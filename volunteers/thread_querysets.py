"""Reads of messages and talks."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from volunteers.querysets import is_appointed, list_office_ids

if TYPE_CHECKING:
    from volunteers.models import Interview, Message  # noqa: F401 named in strings below


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> "MessageQuerySet":
        """An adult wrote them to a minor, and nobody of the programme has looked yet."""
        return self.filter(needs_moderator=True, passed_at=None, returned_at=None)

    def reported(self) -> "MessageQuerySet":
        """Somebody reported them, and nobody has settled it."""
        reports: Any = apps.get_model("volunteers", "MessageReport").objects
        return self.filter(Exists(reports.filter(message=OuterRef("pk"), closed_at=None)))

    def without_part_of(self, user: User) -> "MessageQuerySet":
        """Of threads in which the person is neither side, as `rules.moderates` has it."""
        mine = Q(application__applicant=user) | Q(application__request__office__in=list_office_ids(user))
        return self.exclude(mine | Q(author=user)).exclude(is_appointed(user, "application__request"))

    def of_side(self, *, office: bool) -> "MessageQuerySet":
        return self.filter(is_from_office=office)


class InterviewQuerySet(models.QuerySet["Interview"]):
    def live(self) -> "InterviewQuerySet":
        return self.filter(cancelled_at=None, passed_over_at=None)

    def to_remind(self, until: datetime) -> "InterviewQuerySet":
        """A picked time that begins before the moment, and nobody was reminded yet."""
        return self.live().filter(starts_at__gt=timezone.now(), starts_at__lte=until, reminded_at=None)
