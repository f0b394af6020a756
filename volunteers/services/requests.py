"""What a commune office and programme staff do with a request."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.enums import Language
from accounts.models import Organisation, User
from courses.models import CoursePage, Skill
from volunteers.enums import Clock, RequestStatus
from volunteers.models import RequestCourse, RequestSkill, RequestTemplate, VolunteerRequest
from volunteers.services.states import REQUEST

LEAD_DAYS = 14  # a template's first day: time to find people first
COPIED = ("title", "summary", "tasks", "first_question", "second_question")


def draft_from_template(template: RequestTemplate | None, *, office: Organisation, by: User) -> VolunteerRequest:
    """An unsaved request with all that the template knows and its writer as the guide."""
    start = timezone.localdate() + timedelta(days=LEAD_DAYS)
    request = VolunteerRequest(office=office, template=template, start_date=start, is_morning=True)
    request.supervisor = next((row for row in by.active_memberships if row.organisation_id == office.pk), None)
    commune = office.commune
    if commune is not None:
        request.place_km = f"សាលា{commune.KHMER_KINDS[commune.kind]}{commune.name_km}"
        request.place_en = f"{commune.name_en} commune office"
    request.end_date = start + timedelta(weeks=template.weeks if template else 6, days=-1)
    if template is None:
        return request
    for language in Language:
        for name in COPIED:
            column = f"{name}_{language.value}"
            setattr(request, column, getattr(template, column))
    request.weekly_hours = template.weekly_hours
    request.minimum_age = template.minimum_age
    request.is_remote = template.is_remote
    return request


def find_course_keys(template: RequestTemplate | None) -> list[Any]:
    """Keys of the template's courses that are published."""
    if template is None or not template.course_slugs:
        return []
    pages = CoursePage.objects.live().filter(slug__in=template.course_slugs)
    return list(pages.values_list("translation_key", flat=True).distinct())


@transaction.atomic
def save_request(
    request: VolunteerRequest, *, by: User, skills: list[Skill], course_keys: list[Any], is_final: bool = False
) -> VolunteerRequest:
    """Keep a draft or a returned request, with the skills and courses it asks for; publish it when it is final.

    Raises what `publish` raises.
    """
    if request.pk is None:
        request.author = by
    request.save()
    request.skill_rows.exclude(skill__in=skills).delete()
    RequestSkill.objects.bulk_create(
        [RequestSkill(request=request, skill=skill) for skill in skills], ignore_conflicts=True
    )
    request.course_rows.exclude(course_key__in=course_keys).delete()
    RequestCourse.objects.bulk_create(
        [RequestCourse(request=request, course_key=key) for key in course_keys], ignore_conflicts=True
    )
    return publish(request, by=by) if is_final else request


@transaction.atomic
def publish(request: VolunteerRequest, *, by: User) -> VolunteerRequest:
    """Open it where the office is verified, else hand it to programme staff.

    Raises `NotReadyError` with what is missing, `WrongStateError`, `PermissionDenied`.
    """
    REQUEST.move("publish" if request.office.is_verified else "submit", request, by=by)
    return request


@transaction.atomic
def change_request(request: VolunteerRequest, verb: str, *, by: User, note: str = "") -> VolunteerRequest:
    """Any other change of the machine, such as approve, send_back, stop, renew, close. Raises as `publish`."""
    if verb not in REQUEST.changes:
        raise PermissionDenied
    locked = VolunteerRequest.objects.select_for_update().select_related("office").get(pk=request.pk)
    REQUEST.move(verb, locked, by=by, note=note)
    return locked


@transaction.atomic
def suspend_requests(office: Organisation) -> None:
    """Staff refused the office: nobody can apply to it any more."""
    rows = VolunteerRequest.objects.select_for_update().filter(office=office)
    for request in rows.filter(status__in=REQUEST.changes["suspend"].sources):
        REQUEST.move("suspend", request, by=None, reason=Clock.OFFICE)


def list_verbs(request: VolunteerRequest, user: User) -> list[str]:
    """The changes this person could make now, in the machine's order."""
    return [verb for verb in REQUEST.changes if REQUEST.can(verb, request, user)]


def is_editable(request: VolunteerRequest) -> bool:
    """Before it is open, and after it was sent back."""
    return request.status in (RequestStatus.DRAFT, RequestStatus.RETURNED)
