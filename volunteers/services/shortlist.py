"""The applicants of a request as the office may see them: blind until an offer is accepted."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from courses.services.learning import find_courses
from volunteers.enums import ApplicationStatus, Distance, PlacementStatus
from volunteers.models import Application, Placement, VolunteerRequest
from volunteers.rules import may_read_name
from volunteers.services.applications import OFFICE_VERBS
from volunteers.services.states import APPLICATION


@dataclass(frozen=True)
class Contact:
    """Who took the place and how to reach them; of a minor, the guardian's phone."""

    name: str
    phone: str
    guardian: str = ""


@dataclass(frozen=True)
class Applicant:
    """One row. There is nothing here that tells name, sex, age, village or school, except in `contact`."""

    application_id: UUID
    code_name: str
    status: str
    status_label: str
    skills_matched: int
    skills_needed: int
    courses: list[str]
    times: list[str]
    distance: str
    answers: list[tuple[str, str]]
    verbs: list[str]
    contact: Contact | None
    is_paused: bool
    needs_consent: bool


def list_applicants(request: VolunteerRequest, *, by: User) -> list[Applicant]:
    """The most skills first, then by code name: never by name or by who was first. Four queries at most."""
    needed = {row.skill_id for row in request.skill_rows.all()}
    applications = list(
        request.applications.exclude(status__in=(ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)).for_shortlist()
    )
    keys = {grant.course_key for row in applications for grant in row.applicant.skill_grants.all()}
    titles = {key: page.title for key, page in find_courses(keys).items()} if keys else {}
    for application in applications:
        application.request = request
    rows = [_describe(application, needed, titles, by) for application in applications]
    return sorted(rows, key=lambda row: (-row.skills_matched, row.code_name))


def _describe(application: Application, needed: set[int], titles: dict[UUID, str], by: User) -> Applicant:
    grants = list(application.applicant.skill_grants.all())
    request = application.request
    placement: Placement | None = getattr(application, "placement", None)
    is_paused = placement is not None and placement.status == PlacementStatus.PAUSED
    return Applicant(
        application_id=application.public_id,
        code_name=application.code_name,
        status=application.status,
        status_label=application.get_status_display(),
        skills_matched=len({grant.skill_id for grant in grants} & needed),
        skills_needed=len(needed),
        courses=sorted({titles[grant.course_key] for grant in grants if grant.course_key in titles}),
        times=[str(label) for label in application.time_labels],
        distance=str(Distance(application.distance).label),
        answers=list(zip(request.questions, (application.first_answer, application.second_answer), strict=True)),
        verbs=[verb for verb in OFFICE_VERBS if application.status in APPLICATION.changes[verb].sources],
        contact=_find_contact(application, by),
        is_paused=is_paused,
        needs_consent=is_paused and _needs_consent(application.applicant),
    )


def _needs_consent(person: User) -> bool:
    return person.is_minor and all(consent.withdrawn_at for consent in person.guardian_consents.all())


def _find_contact(application: Application, by: User) -> Contact | None:
    if not may_read_name(by, application):
        return None
    person = application.applicant
    if not person.is_minor:
        return Contact(person.get_full_name(), person.phone)
    for consent in person.guardian_consents.all():
        if consent.withdrawn_at is None:
            return Contact(person.get_full_name(), consent.guardian_phone, consent.guardian_name)
    return Contact(person.get_full_name(), "")
