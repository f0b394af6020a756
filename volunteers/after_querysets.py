"""Reads of what follows a placement."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from accounts.models import User
from courses.querysets import PaperQuerySet
from volunteers.querysets import list_office_ids

if TYPE_CHECKING:
    from volunteers.models import FeedbackAsk, ReturnWish, ServiceRecord  # noqa: F401 named in strings below


class RecordQuerySet(PaperQuerySet["ServiceRecord"]):
    def with_owner(self) -> "RecordQuerySet":
        return self.select_related("user", "organisation", "superseded_by")


class FeedbackAskQuerySet(models.QuerySet["FeedbackAsk"]):
    def of_offices_of(self, user: User | AnonymousUser) -> "FeedbackAskQuerySet":
        return self.filter(office__in=list_office_ids(user))

    def with_placement(self) -> "FeedbackAskQuerySet":
        """All that a row or a form shows."""
        placed = "placement__application"
        return self.select_related(f"{placed}__applicant", f"{placed}__request__office").prefetch_related("answers")

    def taking_answers(self) -> "FeedbackAskQuerySet":
        return self.filter(opened_at=None, closes_at__gt=timezone.now())

    def overdue(self) -> "FeedbackAskQuerySet":
        """The time ended, and nobody has opened it."""
        return self.filter(opened_at=None, closes_at__lte=timezone.now())

    def untold(self, before: datetime) -> "FeedbackAskQuerySet":
        return self.filter(told_at=None, asked_at__lt=before)


class ReturnWishQuerySet(models.QuerySet["ReturnWish"]):
    def of_offices_of(self, user: User | AnonymousUser) -> "ReturnWishQuerySet":
        return self.filter(office__in=list_office_ids(user))

    def live(self, since: datetime) -> "ReturnWishQuerySet":
        """Not taken back, and made after this moment."""
        return self.filter(ended_at=None, made_at__gt=since)

    def with_placement(self) -> "ReturnWishQuerySet":
        placed = "placement__application"
        related = self.select_related("person", f"{placed}__applicant", f"{placed}__request__office")
        return related.prefetch_related("invitations__request")
