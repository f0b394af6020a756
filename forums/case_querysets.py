"""Reads of what those who decide have before them."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.rules import is_moderator, is_programme_staff
from forums.enums import CaseKind, Desk
from forums.querysets import Reader, on_own_boards

if TYPE_CHECKING:
    from forums.models import Case, ModerationAction  # noqa: F401  in the annotations below


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(closed_at__isnull=True)

    def visible_to(self, user: Reader) -> "CaseQuerySet":
        """Those of the desks at which the person sits, where they are no party: not the author, not a reporter, not of
        the office concerned.
        """
        seats = Q(pk__in=())
        if is_moderator(user):
            seats |= Q(desk=Desk.MODERATORS)
        if is_programme_staff(user):
            seats |= Q(desk=Desk.PROGRAMME) | Q(kind=CaseKind.APPEAL) | Q(is_urgent=True)
        if not isinstance(user, User) or not seats:
            return self.none()
        offices = [held.organisation for held in user.active_memberships]
        reported = apps.get_model("forums", "Report")._default_manager.filter(reporter=user).values("post")
        return (
            self.filter(seats)
            .exclude(post__author=user)
            .exclude(on_own_boards(user, "post__topic__board"))
            .exclude(post__office__in=offices)
            .exclude(post__in=reported)
        )

    def with_parts(self) -> "CaseQuerySet":
        """With all that a page of cases shows and its rules ask: four queries, however many."""
        return self.select_related(
            "post__topic__board__commune",
            "post__author",
            "post__mask",
            "post__office",
            "assignee",
            "closed_by",
            "against__moderator",
        ).prefetch_related("reports__reporter", "post__reports")


class ModerationQuerySet(models.QuerySet["ModerationAction"]):
    def standing(self) -> "ModerationQuerySet":
        """Neither undone nor overturned."""
        return self.filter(undone_at__isnull=True, overturned_at__isnull=True)
