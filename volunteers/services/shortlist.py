"""The applicants of a request as the office may see them: blind until an offer is accepted."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Subquery

from accounts.models import User
from courses.services.learning import find_courses
from volunteers.enums import ApplicationStatus, Distance, PlacementStatus
from volunteers.models import Application, Placement, VolunteerRequest
from volunteers.rules import may_read_name
from volunteers.services.applications import OFFICE_VERBS
from volunteers.services.choosing.better import NOBODY_PASSED, Passings, compare
from volunteers.services.profile import say_languages, say_week
from volunteers.services.skills import find_shown
from volunteers.services.states import APPLICATION

PLACE = "request__office__commune__district__province"


@dataclass(frozen=True)
class Contact:
    """Who took the place, how to reach them and what they say of themselves; of a minor, the guardian's phone."""

    name: str
    phone: str
    guardian: str = ""
    words: str = ""


@dataclass(frozen=True)
class Applicant:
    """One row. There is nothing here that tells name, sex, age, village or school, except in `contact`."""

    key: int
    application_id: UUID
    code_name: str
    status: str
    status_label: str
    skills_matched: int
    skills_needed: int
    skills_claimed: list[str]
    courses: list[str]
    times: list[str]
    week: list[tuple[str, str]]
    languages: list[str]
    distance: str
    answers: list[tuple[str, str]]
    verbs: list[str]
    contact: Contact | None
    is_paused: bool
    needs_consent: bool
    held_until: datetime | None = None
    standby: int = 0
    served_minutes: int = 0  # confirmed at this office in places that are over
    passing: Passings = NOBODY_PASSED  # what each step would need a reason for
    is_in_round: bool = False


def list_applicants(request: VolunteerRequest, *, by: User) -> list[Applicant]:
    """The most skills first, then by code name: never by name or by who was first. Eight queries at most."""
    sent = request.applications.for_shortlist().with_guardians()
    rows = sent.exclude(status__in=(ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN))
    return _describe_all(request, list(rows), by)


def list_new_applicants(named: QuerySet[Any, Any], *, by: User) -> tuple[VolunteerRequest, list[Applicant]] | None:
    """The one request that the query names, with those whom the office has not looked at, in the same order."""
    sent = Application.objects.for_shortlist().filter(status=ApplicationStatus.SUBMITTED, request=Subquery(named))
    rows = list(sent.select_related(PLACE).prefetch_related("request__skill_rows"))
    if not rows:
        return None
    request = rows[0].request
    return request, _describe_all(request, rows, by)


def _describe_all(request: VolunteerRequest, applications: list[Application], by: User) -> list[Applicant]:
    needed = {row.skill_id for row in request.skill_rows.all()}
    proofs = [grant for row in applications for grant in row.applicant.skill_grants.all()]
    keys = {grant.course_key for grant in proofs if grant.course_key}
    titles = {key: page.title for key, page in find_courses(keys).items()} if keys else {}
    for application in applications:
        application.request = request
    shown = find_shown({row.applicant_id for row in applications}, needed) if needed and applications else {}
    may_be_offered = any(row.status == ApplicationStatus.SHORTLISTED for row in applications)
    line, compared = _number_standbys(applications), compare(request) if may_be_offered else None
    ranked = [row.pk for row in sorted(applications, key=_find_rank) if row.is_standby]
    before = dict(zip(ranked[1:], ranked, strict=False))
    rows = [
        replace(
            _describe(application, needed, shown.get(application.applicant_id, set()), titles, by),
            standby=line.get(application.public_id, 0),
            passing=compared.judge(application.pk, before.get(application.pk)) if compared else NOBODY_PASSED,
        )
        for application in applications
    ]
    return sorted(rows, key=lambda row: (-row.skills_matched, row.code_name))


def _describe(
    application: Application, needed: set[int], shown: set[int], titles: dict[UUID, str], by: User
) -> Applicant:
    grants = list(application.applicant.skill_grants.all())
    proved = {grant.skill_id for grant in grants} | shown
    placement: Placement | None = getattr(application, "placement", None)
    is_paused = placement is not None and placement.status == PlacementStatus.PAUSED
    return Applicant(
        key=application.pk,
        application_id=application.public_id,
        code_name=application.code_name,
        status=application.status,
        status_label=application.get_status_display(),
        skills_matched=len(proved & needed),
        skills_needed=len(needed),
        skills_claimed=_list_claimed(application, needed, proved),
        courses=sorted({titles[grant.course_key] for grant in grants if grant.course_key in titles}),
        times=[str(label) for label in application.time_labels],
        week=say_week(application.free),
        languages=say_languages(application.languages),
        distance=str(Distance(application.distance).label),
        verbs=[] if application.is_in_round else list_decisions(application),  # type: ignore[attr-defined]
        answers=application.answered,
        contact=_find_contact(application, by),
        is_paused=is_paused,
        needs_consent=is_paused and _needs_consent(application.applicant),
        held_until=application.held_until if application.is_held else None,
        served_minutes=application.served_minutes or 0,  # type: ignore[attr-defined]
        is_in_round=application.is_in_round,  # type: ignore[attr-defined]
    )


def _list_claimed(application: Application, needed: set[int], proved: set[int]) -> list[str]:
    """Skills that would help and stand on the person's own word alone."""
    claims = application.applicant.skill_claims.all()
    return sorted(claim.skill.name for claim in claims if claim.skill_id in needed - proved)


def list_decisions(application: Application) -> list[str]:
    """What the office may do with it by its state alone; the machine says the rest when it is done."""
    absent = "stand_by" if application.is_standby else "stand_down"
    return [verb for verb in OFFICE_VERBS if verb != absent and application.status in APPLICATION.changes[verb].sources]


def _number_standbys(applications: list[Application]) -> dict[UUID, int]:
    """The place in the line, from 1, of those who stand by."""
    line = sorted((row for row in applications if row.is_standby), key=_find_rank)
    return {row.public_id: place for place, row in enumerate(line, 1)}


def _find_rank(application: Application) -> tuple[int, int]:
    return application.standby_rank or 0, application.pk


def _needs_consent(person: User) -> bool:
    return person.is_minor and all(consent.withdrawn_at for consent in person.guardian_consents.all())


def _find_contact(application: Application, by: User) -> Contact | None:
    if not may_read_name(by, application):
        return None
    person = application.applicant
    words = getattr(getattr(person, "volunteer_profile", None), "own_words", "")
    if not person.is_minor:
        return Contact(person.get_full_name(), person.phone, words=words)
    for consent in person.guardian_consents.all():
        if consent.withdrawn_at is None:
            return Contact(person.get_full_name(), consent.guardian_phone, consent.guardian_name, words)
    return Contact(person.get_full_name(), "", words=words)
