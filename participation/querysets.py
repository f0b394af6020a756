"""Reads of planning years, followers and meetings. `visible_to` is the one rule of who reads a meeting."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.rules import is_programme_staff
from accounts.services import offices_of
from forums.querysets import Reader
from participation.enums import InputStatus, MeetingStatus, RsvpStatus
from places.models import Commune, District

if TYPE_CHECKING:
    from participation.models import (  # noqa: F401  in the annotations below
        CheckIn,
        CommuneDocument,
        Follow,
        Input,
        Meeting,
        PlanningYear,
        Rsvp,
        Survey,
        SurveyAnswer,
    )


class PlanningYearQuerySet(models.QuerySet["PlanningYear"]):
    def meant_for(self, place: Commune | District | None) -> "PlanningYearQuerySet":
        """The sets that could hold there: the place's own, those of the places above it, the country's."""
        here = Q(commune=None, district=None)
        if isinstance(place, Commune):
            here |= Q(commune=place) | Q(district=place.district_id)
        elif place is not None:
            here |= Q(district=place)
        return self.filter(here)

    def with_steps(self) -> "PlanningYearQuerySet":
        return self.prefetch_related("steps")


class FollowQuerySet(models.QuerySet["Follow"]):
    def of_active_people(self) -> "FollowQuerySet":
        return self.filter(user__is_active=True)


class DocumentQuerySet(models.QuerySet["CommuneDocument"]):
    def visible_to(self, user: Reader) -> "DocumentQuerySet":
        """Everybody's, but for those an office took off: these it still sees itself."""
        public = Q(withdrawn_at=None)
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(office__in=offices_of(user)))

    def newest(self) -> "DocumentQuerySet":
        return self.order_by("-changed_at", "-pk")


class SurveyQuerySet(models.QuerySet["Survey"]):
    def led_by(self, user: Reader) -> "SurveyQuerySet":
        """Those of one's own offices; the programme's staff lead all."""
        if is_programme_staff(user):
            return self
        return self.filter(office__in=offices_of(user)) if user.is_authenticated else self.none()

    def open(self) -> "SurveyQuerySet":
        """People may answer now."""
        now = timezone.now()
        return self.filter(opens_at__lte=now, closes_at__gt=now)

    def with_place(self) -> "SurveyQuerySet":
        return self.select_related("office", "commune__district__province", "meeting")


class SurveyAnswerQuerySet(models.QuerySet["SurveyAnswer"]):
    def told(self) -> "SurveyAnswerQuerySet":
        """Those the figures count: nothing wrong with them, and ten at a time."""
        return self.filter(left_out="", is_told=True)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Reader) -> "MeetingQuerySet":
        """Announced meetings, called-off ones too, are everybody's; a draft is its office's."""
        public = ~Q(status=MeetingStatus.DRAFT)
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(office__in=offices_of(user)))

    def of_offices_of(self, user: Reader) -> "MeetingQuerySet":
        return self.filter(office__in=offices_of(user)) if user.is_authenticated else self.none()

    def not_over(self) -> "MeetingQuerySet":
        """Drafts and announced ones that are still to be, the next first."""
        rows = self.exclude(status=MeetingStatus.CANCELLED).filter(ends_at__gt=timezone.now())
        return rows.order_by("starts_at", "pk")

    def with_place(self) -> "MeetingQuerySet":
        return self.select_related("office", "commune__district__province", "live_room")


class RsvpQuerySet(models.QuerySet["Rsvp"]):
    def coming(self) -> "RsvpQuerySet":
        return self.filter(status=RsvpStatus.COMING)

    def waiting(self) -> "RsvpQuerySet":
        """In the order in which they asked."""
        return self.filter(status=RsvpStatus.WAITING).order_by("asked_at", "pk")


class InputQuerySet(models.QuerySet["Input"]):
    def readable_by(self, user: Reader) -> "InputQuerySet":
        """The sender's own, and what was sent to meetings of one's own office."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(user=user.pk) | Q(meeting__office__in=offices_of(user)))

    def with_file_for(self, user: Reader) -> "InputQuerySet":
        """Whose photo or recording the reader may open: as `readable_by`, and for everybody what public minutes show
        with its answer, the sender's leave given.
        """
        public = Q(status=InputStatus.ANSWERED, shows_file=True, is_held_back=False)
        public &= Q(meeting__minutes__published_at__isnull=False)
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(user=user.pk) | Q(meeting__office__in=offices_of(user)))

    def on_agenda(self) -> "InputQuerySet":
        """In the order in which they came."""
        return self.filter(under__isnull=False).order_by("received_at", "pk")

    def answered(self) -> "InputQuerySet":
        return self.filter(status=InputStatus.ANSWERED)

    def unanswered(self) -> "InputQuerySet":
        return self.exclude(status=InputStatus.ANSWERED)


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def counted(self) -> "CheckInQuerySet":
        """Sure to have come: by the code of that moment, or confirmed by the office."""
        return self.filter(is_counted=True)

    def unsure(self) -> "CheckInQuerySet":
        """People whose word the office has still to confirm."""
        return self.filter(is_counted=False)

    def named(self) -> "CheckInQuerySet":
        """Whose names the office reads; minors are never among them."""
        return self.filter(hides_name=False)
