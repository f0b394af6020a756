"""How far an office's volunteers are in the cohorts that partner NGOs lead for them: counts, no names."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from courses.models import CohortMember, Enrolment
from volunteers.enums import PartnershipStatus
from volunteers.models import PartnerCohort, Partnership, Placement
from volunteers.querysets import list_office_ids


def with_progress(rows: QuerySet[PartnerCohort]) -> QuerySet[PartnerCohort]:
    """Adds `joined` and `finished`: of the people who hold a place at the partnership's office now."""
    serving = Placement.objects.live().filter(
        application__applicant=OuterRef("user"), application__request__office=OuterRef(OuterRef("partnership__office"))
    )
    done = Enrolment.objects.filter(
        user=OuterRef("user"), course_key=OuterRef("cohort__course_key"), finished_at__isnull=False
    )
    members = CohortMember.objects.current().filter(Exists(serving), cohort=OuterRef("cohort"))
    counted = members.annotate(is_done=Exists(done)).order_by().values("cohort")
    return rows.select_related("cohort").annotate(joined=_count(counted), finished=_count(counted, Q(is_done=True)))


def list_for_desk(user: User) -> list[PartnerCohort]:
    """Of partnerships in force of the person's offices; the latest first, without those that are over. One query."""
    today = timezone.localdate()
    rows = PartnerCohort.objects.filter(
        partnership__office__in=list_office_ids(user),
        partnership__status=PartnershipStatus.ACTIVE,
        partnership__end_date__gte=today,
        cohort__end_date__gte=today,
    )
    return list(with_progress(rows).select_related("partnership__ngo").order_by("-offered_at", "-pk"))


def list_of(partnership: Partnership, *, is_office: bool) -> QuerySet[PartnerCohort]:
    """All of one partnership; the counts are for the office's eyes."""
    rows = partnership.cohorts.select_related("cohort")
    return with_progress(rows) if is_office else rows


def _count(rows: Any, condition: Q | None = None) -> Any:
    return Coalesce(Subquery(rows.annotate(n=Count("pk", filter=condition)).values("n")), 0)
