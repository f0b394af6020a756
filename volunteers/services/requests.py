"""What a commune office and programme staff do with a request."""

import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Language
from accounts.models import Organisation, User
from courses.models import CoursePage, Skill
from volunteers.enums import Clock, RequestStatus, Term
from volunteers.models import RequestChange, RequestCourse, RequestSkill, RequestTemplate, VolunteerRequest
from volunteers.rules import is_of_office
from volunteers.services.finding.listing import list_request
from volunteers.services.machine import WrongStateError
from volunteers.services.states import REQUEST
from volunteers.services.terms import Words, describe_terms, find_changes

LEAD_DAYS = 14  # a template's first day: time to find people first
COPIED = ("title", "summary", "tasks", "questions")
WRITABLE = (RequestStatus.DRAFT, RequestStatus.RETURNED)
# What a writer types; never seats taken, states and clocks.
NOT_COPIED = {
    "office",
    "author",
    "guide_trained_date",
    "guide_declared_by",
    "guide_declared_at",
    "version",
    "updated_at",
}
WORD_COLUMNS = [
    *(field.name for field in VolunteerRequest._meta.concrete_fields if field.editable and not field.primary_key),
    "guide_declared_by",
    "guide_declared_at",
    "version",
    "updated_at",
]


class ChangedMeanwhileError(Exception):
    """Another window saved the same request since this one was opened."""

    def __init__(self, version: int) -> None:
        super().__init__(_("Another window saved this request meanwhile. What you typed is kept below."))
        self.version = version


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
    request.touches_records = request.is_guide_present = template.touches_records
    request.remote_share = template.remote_share
    return request


def draft_from_request(former: VolunteerRequest, *, by: User) -> VolunteerRequest:
    """An unsaved request with the words and terms of a former one, moved to begin in two weeks and as long as it was.

    The declaration about the guide's training is made anew.
    """
    request = VolunteerRequest(office=former.office, author=by)
    for column in WORD_COLUMNS:
        if column not in NOT_COPIED:
            setattr(request, column, getattr(former, column))
    start = timezone.localdate() + timedelta(days=LEAD_DAYS)
    if former.start_date and former.end_date:
        request.start_date, request.end_date = start, start + (former.end_date - former.start_date)
    return request


def copy_of(former: VolunteerRequest, *, by: User) -> tuple[VolunteerRequest, list[Skill], list[uuid.UUID]]:
    """The unsaved copy, and the skills and courses to choose in its form."""
    return draft_from_request(former, by=by), *find_skills_and_courses(former)


def find_course_keys(template: RequestTemplate | None) -> list[Any]:
    """Keys of the template's courses that are published."""
    if template is None or not template.course_slugs:
        return []
    pages = CoursePage.objects.live().filter(slug__in=template.course_slugs)
    return list(pages.values_list("translation_key", flat=True).distinct())


def find_skills_and_courses(request: VolunteerRequest) -> tuple[list[Skill], list[uuid.UUID]]:
    """What a saved request asks for."""
    skills = [row.skill for row in request.skill_rows.select_related("skill")]
    return skills, list(request.course_rows.values_list("course_key", flat=True))


@transaction.atomic
def save_request(
    request: VolunteerRequest, *, by: User, skills: list[Skill], course_keys: list[Any], is_final: bool = False
) -> VolunteerRequest:
    """Keep a draft or a returned request, with the skills and courses it asks for; publish it when it is final.

    `request.version` is the one its writer saw. Raises `ChangedMeanwhileError` where another window saved since,
    `WrongStateError` where it is open by now, `PermissionDenied` for an office not one's own, what `publish` raises.
    """
    if request.pk is None:
        if not is_of_office(by, request):
            raise PermissionDenied
        request.author = by
        save_new(request)
        set_skills_and_courses(request, skills, course_keys)
    else:
        write_again(request, by=by, skills=skills, course_keys=course_keys, states=WRITABLE)
    return publish(request, by=by) if is_final else request


def save_new(request: VolunteerRequest) -> None:
    """Its id came with the form; a button pressed twice at once sends the same one, which the database takes once."""
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as twice:
        if VolunteerRequest.objects.filter(public_id=request.public_id).exists():
            raise WrongStateError(_("This was saved already. You find it on the commune desk.")) from twice
        raise


def write_again(
    request: VolunteerRequest, *, by: User, skills: list[Skill], course_keys: list[Any], states: Collection[str]
) -> list[RequestChange]:
    """Save the words over those of the same version, inside a transaction; keeps what changed once others have read it.

    Nothing but words is written: seats and states may have changed meanwhile. Raises as `save_request`.
    """
    rows = VolunteerRequest.objects.select_for_update(of=("self",)).select_related("office", "supervisor__user")
    stored = rows.get(pk=request.pk)
    if not is_of_office(by, stored):
        raise PermissionDenied
    if stored.status not in states:
        raise WrongStateError(_("This was already changed. Please look at it again."))
    if stored.version != request.version:
        raise ChangedMeanwhileError(stored.version)
    old_skills, old_keys = find_skills_and_courses(stored)
    before = describe_terms(stored, skills=old_skills, course_keys=old_keys)
    request.status, request.version = stored.status, stored.version + 1
    request.save(update_fields=WORD_COLUMNS)
    set_skills_and_courses(request, skills, course_keys)
    if request.status == RequestStatus.DRAFT:
        return []
    after = describe_terms(request, skills=skills, course_keys=course_keys)
    return note_changes(request, find_changes(before, after), by=by)


def set_skills_and_courses(request: VolunteerRequest, skills: list[Skill], course_keys: list[Any]) -> None:
    request.skill_rows.exclude(skill__in=skills).delete()
    RequestSkill.objects.bulk_create(
        [RequestSkill(request=request, skill=skill) for skill in skills], ignore_conflicts=True
    )
    request.course_rows.exclude(course_key__in=course_keys).delete()
    RequestCourse.objects.bulk_create(
        [RequestCourse(request=request, course_key=key) for key in course_keys], ignore_conflicts=True
    )
    list_request(request)


def note_changes(
    request: VolunteerRequest, changes: dict[Term, tuple[Words, Words]], *, by: User
) -> list[RequestChange]:
    """One row a term. Of a request that is not open nobody waits to hear."""
    is_public = request.status != RequestStatus.RETURNED
    edit, now = uuid.uuid4(), timezone.now()
    rows = [
        RequestChange(
            request=request,
            edit_id=edit,
            term=term,
            before_km=before["km"],
            before_en=before["en"],
            after_km=after["km"],
            after_en=after["en"],
            is_public=is_public,
            by=by,
            announced_at=None if is_public else now,
        )
        for term, (before, after) in changes.items()
    ]
    return RequestChange.objects.bulk_create(rows)


@transaction.atomic
def publish(request: VolunteerRequest, *, by: User) -> VolunteerRequest:
    """Open it where the office is verified, else hand it to programme staff.

    Raises `NotReadyError` with what is missing, `WrongStateError`, `PermissionDenied`.
    """
    REQUEST.move("publish" if request.office.is_verified else "submit", request, by=by)
    return request


@transaction.atomic
def change_request(
    request: VolunteerRequest, verb: str, *, by: User, reason: str = "", note: str = ""
) -> VolunteerRequest:
    """Any other change of the machine, such as approve, stop, renew, close. Raises as `publish`."""
    if verb not in REQUEST.changes:
        raise PermissionDenied
    locked = VolunteerRequest.objects.select_for_update().select_related("office").get(pk=request.pk)
    REQUEST.move(verb, locked, by=by, reason=reason if REQUEST.reads_reason(verb) else "", note=note)
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
    return request.status in WRITABLE
