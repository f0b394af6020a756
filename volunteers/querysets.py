"""Reads of requests, applications and placements."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.enums import OrganisationKind
from accounts.models import User
from accounts.models.user import ADULT_AGE
from accounts.rules import CLERK_ROLES, is_moderator, is_programme_staff
from places.models import Commune
from volunteers.enums import ApplicationStatus, HoursStatus, PlacementStatus, RequestStatus, SignupStatus

if TYPE_CHECKING:
    from volunteers.models import (  # noqa: F401 named in strings below
        Application,
        Placement,
        ReviewerAppointment,
        Transition,
        VolunteerRequest,
    )

PUBLIC = (
    RequestStatus.OPEN,
    RequestStatus.REVIEW,
    RequestStatus.FILLED,
    RequestStatus.CLOSED,
    RequestStatus.EXPIRED,
)
HELD = (PlacementStatus.AGREED, PlacementStatus.ACTIVE, PlacementStatus.PAUSED)
ON_THE_DESK = (ApplicationStatus.SUBMITTED, ApplicationStatus.SHORTLISTED, ApplicationStatus.OFFERED)

# The office can say yes or no; on a filled one at least no.
ANSWERABLE = (RequestStatus.OPEN, RequestStatus.REVIEW, RequestStatus.FILLED, RequestStatus.EXPIRED)
NO_NEWS = ("move_up",)  # changes that leave news of an earlier one as true as it was
UNDO = "undo_"  # how the verbs begin that take a change back
OF_OFFICE = ("office__response_record", "office__volunteer_figures")  # how it answers, what volunteers say of it


class RequestQuerySet(models.QuerySet["VolunteerRequest"]):
    def open(self) -> "RequestQuerySet":
        """Takes applications now, by the clock and not only by the status column."""
        return self.filter(status=RequestStatus.OPEN, expires_at__gt=timezone.now())

    def overdue(self) -> "RequestQuerySet":
        return self.filter(status__in=(RequestStatus.OPEN, RequestStatus.REVIEW), expires_at__lte=timezone.now())

    def visible_to(self, user: User | AnonymousUser) -> "RequestQuerySet":
        """Everybody reads what was opened; an office its own; an applicant what they applied to; staff all."""
        if not isinstance(user, User):
            return self.filter(status__in=PUBLIC)
        if is_programme_staff(user):
            return self
        applied = apps.get_model("volunteers", "Application").objects.filter(applicant=user).values("request")
        return self.filter(Q(status__in=PUBLIC) | Q(office__in=list_office_ids(user)) | Q(pk__in=applied))

    def of_offices_of(self, user: User | AnonymousUser) -> "RequestQuerySet":
        """Requests of every office the person acts for now."""
        return self.filter(office__in=list_office_ids(user))

    def choosable_by(self, user: User | AnonymousUser) -> "RequestQuerySet":
        """Those among whose applicants the person may choose now: of their offices, or as an appointed reviewer.

        As `rules.may_choose`: never where they wait for an answer themselves.
        """
        if not isinstance(user, User):
            return self.none()
        rows = self.filter(Q(office__in=list_office_ids(user)) | is_appointed(user, "pk"))
        return rows.exclude(competed_by(user, "pk"))

    def expiring_by(self, moment: datetime) -> "RequestQuerySet":
        """Open, closing before the moment, and the office was not told yet."""
        now = timezone.now()
        return self.filter(
            status=RequestStatus.OPEN, expires_at__gt=now, expires_at__lte=moment, expiry_told_at__isnull=True
        )

    def waiting(self) -> "RequestQuerySet":
        """Waits for programme staff, the longest first."""
        return self.filter(status=RequestStatus.SUBMITTED).order_by("updated_at", "pk")

    def without_part_of(self, user: User) -> "RequestQuerySet":
        """Not of the person's own offices, nor where they guide: nobody approves those."""
        return self.exclude(office__in=list_office_ids(user)).exclude(pk__in=list_guided(user))

    def with_returns(self) -> "RequestQuerySet":
        """Adds `times_returned`: how often staff sent it back."""
        sent_back = Q(transitions__verb="send_back")
        return self.annotate(times_returned=Count("transitions", filter=sent_back))

    def in_commune(self, commune: Commune) -> "RequestQuerySet":
        return self.filter(office__commune=commune)

    def with_place(self) -> "RequestQuerySet":
        return self.select_related("office__commune__district__province")

    def with_skills(self) -> "RequestQuerySet":
        rows = apps.get_model("volunteers", "RequestSkill").objects.select_related("skill").order_by("skill_id")
        return self.prefetch_related(Prefetch("skill_rows", queryset=rows), "course_rows")

    def for_list(self) -> "RequestQuerySet":
        """All that a row of a list shows. Two queries."""
        rows = apps.get_model("volunteers", "RequestSkill").objects.select_related("skill").order_by("skill_id")
        place = self.select_related(*OF_OFFICE, "office__commune__district__province")
        return place.prefetch_related(Prefetch("skill_rows", queryset=rows))

    def for_page(self) -> "RequestQuerySet":
        """All that the page of one request shows; `is_in_round`: a round decides about it now."""
        rounds = apps.get_model("volunteers", "RoundRequest").objects.filter(request=OuterRef("pk"), is_active=True)
        people = ("supervisor__user__guide_training", "author")
        rows = self.select_related("listing", *OF_OFFICE, *people)
        return rows.annotate(is_in_round=Exists(rounds)).with_place().with_skills()

    def newest(self, limit: int) -> "RequestQuerySet":
        """The latest opened, ready for a list of `limit` rows."""
        return self.with_place().order_by("-opened_at", "-pk")[:limit]

    def with_applicant_counts(self) -> "RequestQuerySet":
        """Adds `applicants` on the desk and `new_applicants` not looked at yet."""
        return self.annotate(
            applicants=Coalesce(_count("Application", Q(status__in=ON_THE_DESK)), 0),
            new_applicants=Coalesce(_count("Application", Q(status=ApplicationStatus.SUBMITTED)), 0),
        )


class ApplicationQuerySet(models.QuerySet["Application"]):
    def of(self, user: User) -> "ApplicationQuerySet":
        return self.filter(applicant=user)

    def live(self) -> "ApplicationQuerySet":
        return self.filter(status__in=(ApplicationStatus.DRAFT, *ON_THE_DESK, ApplicationStatus.ACCEPTED))

    def on_the_desk(self) -> "ApplicationQuerySet":
        """Sent and not decided."""
        return self.filter(status__in=ON_THE_DESK)

    def concerned(self) -> "ApplicationQuerySet":
        """Not decided, or agreed and the place not over."""
        held = Q(status=ApplicationStatus.ACCEPTED, placement__status__in=HELD)
        return self.filter(Q(status__in=ON_THE_DESK) | held)

    def overdue(self) -> "ApplicationQuerySet":
        """Offers whose 72 hours passed."""
        return self.filter(status=ApplicationStatus.OFFERED, offer_expires_at__lte=timezone.now())

    def unanswered_since(self, moment: datetime) -> "ApplicationQuerySet":
        """Sent before, and the office has neither shortlisted nor refused. A round has its own clocks."""
        waiting = self.filter(status=ApplicationStatus.SUBMITTED, sent_at__lte=moment, request__status__in=ANSWERABLE)
        return waiting.outside_rounds()

    def undecided_since(self, moment: datetime) -> "ApplicationQuerySet":
        """On the shortlist since before, with neither an offer, a place in the line nor a refusal."""
        rows = self.filter(status=ApplicationStatus.SHORTLISTED, standby_rank=None, request__status__in=ANSWERABLE)
        return rows.filter(updated_at__lte=moment).outside_rounds()

    def too_late(self) -> "ApplicationQuerySet":
        """Without an answer though the last day of the work is past."""
        waiting = (ApplicationStatus.SUBMITTED, ApplicationStatus.SHORTLISTED)
        return self.filter(status__in=waiting, request__end_date__lt=timezone.localdate()).outside_rounds()

    def outside_rounds(self) -> "ApplicationQuerySet":
        """Those that the office decides itself; in a round it scores."""
        return self.exclude(round_choice__round_request__is_active=True)

    def lapsing_by(self, moment: datetime) -> "ApplicationQuerySet":
        """Offers that stand and end before the moment."""
        return self.filter(
            status=ApplicationStatus.OFFERED, offer_expires_at__gt=timezone.now(), offer_expires_at__lte=moment
        )

    def of_offices_of(self, user: User | AnonymousUser) -> "ApplicationQuerySet":
        """What the clerk's own offices received, from others than the clerk and their rivals."""
        if not isinstance(user, User) or not (offices := list_office_ids(user)):
            return self.none()
        rows = self.filter(request__office__in=offices).exclude(status=ApplicationStatus.DRAFT)
        return rows.exclude(competed_by(user, "request")).exclude(applicant=user)

    def choosable_by(self, user: User | AnonymousUser) -> "ApplicationQuerySet":
        """Those that the person may decide now."""
        if not isinstance(user, User):
            return self.none()
        mine = Q(request__office__in=list_office_ids(user)) | is_appointed(user, "request")
        rows = self.filter(mine).exclude(status=ApplicationStatus.DRAFT)
        return rows.exclude(competed_by(user, "request")).exclude(applicant=user)

    def with_thread_of(self, user: User | AnonymousUser) -> "ApplicationQuerySet":
        """Whose messages the person may open: their own, those they may decide; a moderator's, where an applicant is
        under 18 (or of unknown age) or a message was reported.
        """
        if not isinstance(user, User):
            return self.none()
        mine = Q(applicant=user) | Q(pk__in=self.model._default_manager.choosable_by(user).values("pk"))
        if is_programme_staff(user) or is_moderator(user):
            reports = apps.get_model("volunteers", "MessageReport").objects.filter(message__application=OuterRef("pk"))
            young = Q(applicant__birth_year=None) | Q(applicant__birth_year__gte=timezone.localdate().year - ADULT_AGE)
            mine |= young | Q(Exists(reports))
        return self.filter(mine)

    def standing_by(self) -> "ApplicationQuerySet":
        """The standby list, the first first."""
        return self.filter(status=ApplicationStatus.SHORTLISTED, standby_rank__isnull=False).order_by(
            "standby_rank", "pk"
        )

    def refused_unheard(self) -> "ApplicationQuerySet":
        """Refused a moment ago: the applicant still waits, and so reads it everywhere."""
        return self.filter(status=ApplicationStatus.NOT_PLACED, held_until__gt=timezone.now())

    def live_as_shown(self) -> "ApplicationQuerySet":
        """Live as the applicant reads it."""
        unheard = Q(status=ApplicationStatus.NOT_PLACED, held_until__gt=timezone.now())
        return self.filter(Q(status__in=(ApplicationStatus.DRAFT, *ON_THE_DESK, ApplicationStatus.ACCEPTED)) | unheard)

    def held(self) -> "ApplicationQuerySet":
        """Decided a moment ago, and to be taken back by one tap."""
        return self.filter(held_until__gt=timezone.now()).order_by("-held_until", "pk")

    def visible_to(self, user: User | AnonymousUser) -> "ApplicationQuerySet":
        """The applicant's own page. An office reads applications on its desk only."""
        return self.filter(applicant=user) if isinstance(user, User) else self.none()

    def with_request(self) -> "ApplicationQuerySet":
        return self.select_related("request__office__commune__district__province", "placement")

    def with_served(self) -> "ApplicationQuerySet":
        """Adds `served_minutes`, which this office confirmed to the applicant in places that are over; or None."""
        rows: Any = apps.get_model("volunteers", "HoursEntry").objects
        served = rows.filter(
            placement__application__applicant=OuterRef("applicant"),
            placement__application__request__office=OuterRef("request__office"),
            placement__status__in=(PlacementStatus.COMPLETED, PlacementStatus.ENDED_EARLY),
            status__in=(HoursStatus.CONFIRMED, HoursStatus.SETTLED),
        )
        sums = served.order_by().values("placement__application__applicant").annotate(n=Sum("settled_minutes"))
        return self.annotate(served_minutes=Subquery(sums.values("n"), output_field=IntegerField()))

    def for_shortlist(self) -> "ApplicationQuerySet":
        """With the proofs a blind shortlist shows, and `is_in_round`, where the office scores and does not decide."""
        claims = apps.get_model("volunteers", "SkillClaim").objects.select_related("skill")
        choices: Any = apps.get_model("volunteers", "RoundChoice").objects.filter(application=OuterRef("pk"))
        rows = self.with_served().annotate(is_in_round=Exists(choices.filter(round_request__is_active=True)))
        rows = rows.select_related("applicant__volunteer_profile", "placement")
        return rows.prefetch_related("applicant__skill_grants", Prefetch("applicant__skill_claims", queryset=claims))

    def with_guardians(self) -> "ApplicationQuerySet":
        """And a guardian's contact for those already agreed."""
        return self.prefetch_related("applicant__guardian_consents")


class PlacementQuerySet(models.QuerySet["Placement"]):
    def live(self) -> "PlacementQuerySet":
        return self.filter(status__in=HELD)

    def of(self, user: User) -> "PlacementQuerySet":
        return self.filter(application__applicant=user)

    def of_offices_of(self, user: User | AnonymousUser) -> "PlacementQuerySet":
        """Places of others: nobody acts for the office on their own."""
        if not isinstance(user, User) or not (offices := list_office_ids(user)):
            return self.none()
        return self.filter(~Q(application__applicant=user), application__request__office__in=offices)

    def visible_to(self, user: User | AnonymousUser) -> "PlacementQuerySet":
        """The person's own and those of their office; staff all."""
        if not isinstance(user, User):
            return self.none()
        if is_programme_staff(user):
            return self
        return self.filter(Q(application__applicant=user) | Q(application__request__office__in=list_office_ids(user)))

    def guided_by(self, user: User | AnonymousUser) -> "PlacementQuerySet":
        """Places of others in the requests in which the person guides for a partner of the office."""
        return self.filter(~Q(application__applicant=user.pk), application__request__in=list_guided(user))

    def with_part_of(self, user: User) -> "PlacementQuerySet":
        """Those in which the person is one of the sides, or guides: what they may not settle."""
        return self.of(user) | self.of_offices_of(user) | self.guided_by(user)

    def for_change(self) -> "PlacementQuerySet":
        """With all that a change of it reads."""
        return self.select_related("application__request__office", "application__applicant", "agreement")

    def for_page(self) -> "PlacementQuerySet":
        """With all that a page of one place, or a row of a list, shows."""
        return self.for_change().select_related(
            "application__request__office__commune__district__province", "application__request__supervisor__user"
        )

    def with_desk_figures(self) -> "PlacementQuerySet":
        """Adds `next_shift_at`, the start of the next shift the person comes to, and `settled_minutes` served."""
        signups: Any = apps.get_model("volunteers", "ShiftSignup").objects
        hours: Any = apps.get_model("volunteers", "HoursEntry").objects
        coming = signups.filter(placement=OuterRef("pk"), status=SignupStatus.SIGNED_UP, starts_at__gt=timezone.now())
        served = hours.filter(placement=OuterRef("pk")).order_by().values("placement")
        return self.annotate(
            next_shift_at=Subquery(coming.order_by("starts_at").values("starts_at")[:1]),
            settled_minutes=Subquery(served.annotate(sum=Sum("settled_minutes")).values("sum")),
        )


class TransitionQuerySet(models.QuerySet["Transition"]):
    def untold(self, before: datetime) -> "TransitionQuerySet":
        """Changes that somebody should have heard of by now."""
        return self.ripe().filter(announced_at=None, at__lt=before)

    def ripe(self) -> "TransitionQuerySet":
        """Can no longer be taken back."""
        return self.filter(Q(held_until=None) | Q(held_until__lte=timezone.now()))

    def heard(self) -> "TransitionQuerySet":
        """What stands: neither held still nor taken back."""
        return self.ripe().exclude(verb__startswith=UNDO).exclude(announced_at__lt=F("held_until"))

    def with_reviewers(self) -> "TransitionQuerySet":
        """Adds `is_reviewers` to an application's lines: whoever did it was appointed by the programme then."""
        rows = apps.get_model("volunteers", "ReviewerAppointment").objects.filter(
            Q(ended_at=None) | Q(ended_at__gte=OuterRef("at")),
            request=OuterRef("application__request"),
            reviewer=OuterRef("by"),
            appointed_at__lte=OuterRef("at"),
        )
        return self.annotate(is_reviewers=Exists(rows))

    def with_rows(self) -> "TransitionQuerySet":
        """With the row that changed and its request."""
        return self.select_related(
            "round",
            "request__office",
            "application__request__office",
            "placement__application__request__office",
            "signup__placement__application__request__office",
            "hours__placement__application__request__office",
            "partnership__office",
            "partnership__ngo",
        )


class AppointmentQuerySet(models.QuerySet["ReviewerAppointment"]):
    def active(self) -> "AppointmentQuerySet":
        return self.filter(ended_at=None, until_at__gt=timezone.now())

    def overdue(self) -> "AppointmentQuerySet":
        return self.filter(ended_at=None, until_at__lte=timezone.now())


def is_appointed(user: User, request: str) -> Exists:
    """Condition: the person is the appointed reviewer of the request in that column."""
    rows = apps.get_model("volunteers", "ReviewerAppointment").objects.active()
    return Exists(rows.filter(reviewer=user, request=OuterRef(request)))


def competed_by(user: User | AnonymousUser, request: str) -> Exists:
    """Condition: the person waits for an answer to the request in that column, as `rules.competes`."""
    rows = apps.get_model("volunteers", "Application").objects.on_the_desk()
    return Exists(rows.filter(applicant=user.pk, request=OuterRef(request)))


def list_office_ids(user: User | AnonymousUser) -> list[int]:
    """The commune offices the person acts for now, without those that staff refused; asked once per user object."""
    if not isinstance(user, User) or not user.is_active:
        return []
    return [
        membership.organisation_id
        for membership in user.active_memberships
        if membership.role in CLERK_ROLES
        and membership.organisation.kind == OrganisationKind.COMMUNE_OFFICE
        and not membership.organisation.is_refused
    ]


def list_guided(user: User | AnonymousUser) -> Any:
    """The requests, as a subquery, in which the person guides for a partner of the office."""
    return apps.get_model("volunteers", "RequestPartner").objects.guided_by(user).values("request")


def asks_for_course(course_key: uuid.UUID) -> Exists:
    """Condition on a request: that course comes before it."""
    rows = apps.get_model("volunteers", "RequestCourse").objects
    return Exists(rows.filter(request=OuterRef("pk"), course_key=course_key))


def _count(model: str, condition: Q) -> Subquery:
    """How many rows of a model with a `request` column meet the condition; None where there is none."""
    rows: Any = apps.get_model("volunteers", model).objects
    counted = rows.filter(condition, request=OuterRef("pk")).order_by().values("request").annotate(n=Count("pk"))
    return Subquery(counted.values("n"), output_field=IntegerField())
