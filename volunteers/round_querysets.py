"""Reads of rounds: who sees which, what is on a list, what still has to be done."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.enums import Verification
from accounts.models import User
from accounts.rules import is_programme_staff
from volunteers.enums import ApplicationStatus, RequestStatus, RoundStatus
from volunteers.querysets import ON_THE_DESK, list_office_ids

if TYPE_CHECKING:
    from volunteers.models import Round, RoundChoice, RoundEntry, RoundRequest  # noqa: F401 named in strings below

# A filled request has no seat left, a closed or cancelled one takes nobody.
CHOOSING = (RequestStatus.OPEN, RequestStatus.REVIEW, RequestStatus.EXPIRED)


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: User | AnonymousUser) -> "RoundQuerySet":
        """Everybody reads what was opened; an office also what is planned with its requests; staff all."""
        if isinstance(user, User) and is_programme_staff(user):
            return self
        shown = ~Q(status=RoundStatus.PLANNED) & Q(requests__isnull=False)
        if offices := list_office_ids(user):
            shown |= Q(requests__request__office__in=offices)
        rows = self.model._default_manager.filter(shown).values("pk")
        return self.filter(pk__in=rows)

    def due_to_open(self) -> "RoundQuerySet":
        return self.filter(status=RoundStatus.PLANNED, opens_at__lte=timezone.now())

    def due_to_close(self) -> "RoundQuerySet":
        return self.filter(status=RoundStatus.OPEN, choices_close_at__lte=timezone.now())

    def due_to_draw(self) -> "RoundQuerySet":
        return self.filter(status=RoundStatus.SCORING, scoring_closes_at__lte=timezone.now())

    def with_counts(self) -> "RoundQuerySet":
        """Adds `request_count` and `entry_count`."""
        return self.annotate(
            request_count=Count("requests", distinct=True),
            entry_count=Count("entries", filter=Q(entries__choices__isnull=False), distinct=True),
        )


class RoundRequestQuerySet(models.QuerySet["RoundRequest"]):
    def active(self) -> "RoundRequestQuerySet":
        return self.filter(is_active=True)

    def choosing(self) -> "RoundRequestQuerySet":
        """Whose request was not filled, closed or cancelled meanwhile, and whose office staff did not refuse."""
        rows = self.filter(request__status__in=CHOOSING)
        return rows.exclude(request__office__verification=Verification.REFUSED)

    def of_offices_of(self, user: User | AnonymousUser) -> "RoundRequestQuerySet":
        return self.filter(request__office__in=list_office_ids(user))

    def with_place(self) -> "RoundRequestQuerySet":
        return self.select_related("round", "request__office__commune__district__province")

    def with_counts(self) -> "RoundRequestQuerySet":
        """Adds `chosen_by` and `unscored`, both of people who are still in.

        Each is counted for one request at a time: with a join, the second would be counted for every choice.
        """
        scores = apps.get_model("volunteers", "Score").objects.filter(application=OuterRef("application"))
        live: Any = apps.get_model("volunteers", "RoundChoice").objects
        live = live.filter(round_request=OuterRef("pk"), application__status__in=ON_THE_DESK).order_by()
        waiting = live.filter(~Exists(scores))
        counts = (rows.values("round_request").annotate(n=Count("pk")).values("n") for rows in (live, waiting))
        chosen, unscored = (Coalesce(models.Subquery(rows, output_field=models.IntegerField()), 0) for rows in counts)
        return self.annotate(chosen_by=chosen, unscored=unscored)

    def waiting(self) -> "RoundRequestQuerySet":
        """After `with_counts`: with applications that nobody gave points to."""
        return self.filter(Q(unscored__gt=0))

    def without_points(self) -> "RoundRequestQuerySet":
        """After `with_counts`: the most applications without points first."""
        return self.waiting().order_by(F("unscored").desc(), "pk")

    def chosen(self) -> "RoundRequestQuerySet":
        """After `with_counts`."""
        return self.filter(Q(chosen_by__gt=0))

    def unchosen(self) -> "RoundRequestQuerySet":
        """After `with_counts`."""
        return self.filter(Q(chosen_by=0)).order_by("pk")


class RoundEntryQuerySet(models.QuerySet["RoundEntry"]):
    def of(self, user: User | AnonymousUser) -> "RoundEntryQuerySet":
        return self.filter(person=user) if isinstance(user, User) else self.none()

    def with_list(self) -> "RoundEntryQuerySet":
        """With `choices` read once: only those that still stand, in their order."""
        rows: Any = apps.get_model("volunteers", "RoundChoice").objects
        live = rows.filter(application__status__in=(*ON_THE_DESK, ApplicationStatus.ACCEPTED))
        live = live.select_related("application", "round_request__request__office__commune__district__province")
        return self.prefetch_related(Prefetch("choices", queryset=live.order_by("rank")))


class RoundChoiceQuerySet(models.QuerySet["RoundChoice"]):
    def listed(self) -> "RoundChoiceQuerySet":
        """Not taken off the list while lists were open."""
        return self.filter(is_struck=False)
