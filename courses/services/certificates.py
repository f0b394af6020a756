"""Certificates from explicit rules only: what is missing, issuing once, a new one for a corrected name."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from courses.enums import ReissueReason
from courses.models import Certificate, Confirmation, CoursePage, Enrolment, Issuer, PublisherPage, Skill
from courses.querysets import Learner
from courses.services.evidence import list_works
from courses.services.learning import LessonLine, Progress, course_progress
from courses.services.tasks import accepted_tasks

PROGRAMME = {"km": "ជួយឃុំ", "en": "Chuoy Khum"}
MOST_REISSUES = 5  # of one certificate; beyond it a person looks


class NotReissuableError(Exception):
    """The name is the same as before, the certificate is not valid, or it was reissued too often."""


@dataclass(frozen=True)
class Terms:
    """What a course asks for its certificate. Whatever one of its languages asks, all ask."""

    gives: bool = False
    needs_task: bool = False
    needs_confirmation: bool = False


@dataclass(frozen=True)
class CertificateProgress:
    """How far a learner is from the certificate of a course; says for each part whether it is missing."""

    terms: Terms
    certificate: Certificate | None = None
    confirmation: Confirmation | None = None
    lessons_left: int = 0
    tasks: list[LessonLine] = field(default_factory=list)
    tasks_left: list[LessonLine] = field(default_factory=list)
    needs_account: bool = False
    needs_name: bool = False

    @property
    def needs_office(self) -> bool:
        """A commune office must still be asked, or still has to answer."""
        confirmed = self.confirmation is not None and not (self.confirmation.is_waiting or self.confirmation.is_refused)
        return self.terms.needs_confirmation and not confirmed

    @property
    def may_ask_office(self) -> bool:
        """All that the learner alone can do is done; the office has not been asked, or said no."""
        is_free = self.confirmation is None or self.confirmation.is_refused
        return self.needs_office and is_free and not (self.lessons_left or self.tasks_left or self.needs_account)

    @property
    def is_due(self) -> bool:
        """Nothing is missing and nothing was issued."""
        missing = self.lessons_left or self.tasks_left or self.needs_office or self.needs_account or self.needs_name
        return self.terms.gives and self.certificate is None and not missing


def read_terms(course_key: uuid.UUID) -> Terms:
    """The terms of the live course, of all its languages together. One query."""
    rows = CoursePage.objects.live().filter(translation_key=course_key)
    asked = rows.values_list("gives_certificate", "needs_task", "needs_confirmation")
    return Terms(*(any(column) for column in zip(*asked, strict=True)))


def sum_terms(*pages: CoursePage | None) -> Terms:
    """The terms of a course whose pages are at hand, of all its languages together."""
    live = [page for page in pages if page]
    return Terms(
        any(page.gives_certificate for page in live),
        any(page.needs_task for page in live),
        any(page.needs_confirmation for page in live),
    )


def read_certificate_progress(learner: Learner, *, course_key: uuid.UUID, progress: Progress) -> CertificateProgress:
    """Where this learner is, as issuing sees it."""
    terms, user = read_terms(course_key), learner.user
    if user is None or not terms.gives:
        return measure(learner, terms, course_key, progress)
    accepted = accepted_tasks(user, course_key) if terms.needs_task else set()
    left = 0 if is_finished(user, course_key, progress) else progress.total - progress.done
    return measure(learner, terms, course_key, progress, accepted=accepted, lessons_left=left)


def show_certificate_progress(
    learner: Learner, *, course_key: uuid.UUID, progress: Progress, terms: Terms, accepted: Collection[uuid.UUID]
) -> CertificateProgress:
    """The same for the course's page, from what the page has read already: at most two queries, none without an account
    or a certificate. `accepted` are keys of lessons whose task is accepted.
    """
    return measure(learner, terms, course_key, progress, accepted=accepted)


def measure(
    learner: Learner,
    terms: Terms,
    course_key: uuid.UUID,
    progress: Progress,
    *,
    accepted: Collection[uuid.UUID] = (),
    lessons_left: int | None = None,
) -> CertificateProgress:
    """The parts of it put together; `accepted` are keys of lessons whose task is accepted."""
    if not terms.gives:
        return CertificateProgress(terms)
    user = learner.user
    tasks = [line for line in progress.required if line.page.has_task] if terms.needs_task else []
    known = CertificateProgress(
        terms,
        lessons_left=progress.total - progress.done if lessons_left is None else lessons_left,
        tasks=tasks,
        tasks_left=[line for line in tasks if line.page.translation_key not in accepted],
        needs_account=user is None,
        needs_name=user is not None and not any(name_of(user).values()),
    )
    if user is None:
        return known
    certificate = Certificate.objects.of(user).current().filter(course_key=course_key).first()
    if certificate is not None or not terms.needs_confirmation:
        return replace(known, certificate=certificate)
    asked = Confirmation.objects.of(user).filter(course_key=course_key).select_related("office").last()
    return replace(known, confirmation=asked)


def is_finished(user: User, course_key: uuid.UUID, progress: Progress) -> bool:
    """Finished now, or once: a lesson that was added later takes nothing away."""
    finished = Enrolment.objects.filter(user=user, course_key=course_key, finished_at__isnull=False)
    return progress.is_finished or finished.exists()


@transaction.atomic
def issue_when_due(user: User, *, course_key: uuid.UUID) -> Certificate | None:
    """The person's certificate of this course, issued now if nothing is missing. Called twice it issues once."""
    User.objects.select_for_update().get(pk=user.pk)  # two devices may finish in the same moment
    learner = Learner(user=user)
    progress = course_progress(learner, [course_key])[course_key]
    towards = read_certificate_progress(learner, course_key=course_key, progress=progress)
    if not towards.is_due:
        return towards.certificate
    organisation = find_organisation(course_key)
    return Certificate.objects.create(
        user=user,
        course_key=course_key,
        organisation=organisation,
        facts=gather_facts(user, course_key, progress, towards, organisation),
    )


@transaction.atomic
def reissue(certificate: Certificate, *, reason: ReissueReason) -> Certificate:
    """A new certificate with the owner's name as it is now; the old one says that it is replaced. Raises
    NotReissuableError.
    """
    old = Certificate.objects.select_for_update().select_related("user").get(pk=certificate.pk)
    if old.user is None or not old.is_valid or not is_renamed(old) or count_earlier(old) >= MOST_REISSUES:
        raise NotReissuableError
    old.superseded_at, old.reissue_reason = timezone.now(), reason
    old.save(update_fields=["superseded_at", "reissue_reason"])
    new = Certificate.objects.create(
        user=old.user,
        course_key=old.course_key,
        organisation=old.organisation,
        facts={**old.facts, "name": name_of(old.user), "given_name": given_name_of(old.user)},
        evidence=old.evidence,
        issued_at=old.issued_at,
    )
    old.superseded_by = new
    old.save(update_fields=["superseded_by"])
    return new


@transaction.atomic
def attach_evidence(certificate: Certificate, *, ids: Collection[str]) -> Certificate:
    """The certificate names exactly these works of its owner from now on; unknown ids are left out."""
    locked = Certificate.objects.select_for_update().select_related("user").get(pk=certificate.pk)
    works = list_works(locked.user, locked.course_key) if locked.user else []
    locked.evidence = [work for work in works if work["id"] in ids]
    locked.save(update_fields=["evidence"])
    return locked


def is_renamed(certificate: Certificate) -> bool:
    """Whether the owner's name differs from the one on the certificate."""
    owner = certificate.user
    return owner is not None and any(name_of(owner).values()) and name_of(owner) != certificate.facts.get("name")


def count_earlier(certificate: Certificate) -> int:
    """How often this certificate was reissued before."""
    mine = Certificate.objects.filter(user=certificate.user, course_key=certificate.course_key)
    return mine.filter(superseded_at__isnull=False).count()


def name_of(user: User) -> dict[str, str]:
    """The whole name in both scripts, family name first; "" where it is not known. A username is no name."""
    return {
        "km": f"{user.family_name_km} {user.given_name_km}".strip(),
        "en": f"{user.family_name_latin} {user.given_name_latin}".strip(),
    }


def given_name_of(user: User) -> dict[str, str]:
    return {"km": user.given_name_km.strip(), "en": user.given_name_latin.strip()}


def find_organisation(course_key: uuid.UUID) -> Organisation | None:
    """The verified organisation in whose section the course stands; None: the programme itself."""
    course = CoursePage.objects.live().filter(translation_key=course_key).order_by("pk").first()
    section = PublisherPage.objects.ancestor_of(course).select_related("organisation").first() if course else None
    return section.organisation if section and section.organisation.is_verified else None


def gather_facts(
    user: User,
    course_key: uuid.UUID,
    progress: Progress,
    towards: CertificateProgress,
    organisation: Organisation | None,
) -> dict[str, Any]:
    """What is frozen, in the shape of `Certificate.facts`."""
    courses = list(CoursePage.objects.live().filter(translation_key=course_key).select_related("locale"))
    office = towards.confirmation.office if towards.confirmation and not towards.needs_office else None
    return {
        "name": name_of(user),
        "given_name": given_name_of(user),
        "course": {page.locale.language_code: page.title for page in courses},
        "minutes": max(page.minutes for page in courses),
        "lessons": progress.total,
        "quizzes": sum(bool(line.page.question_count) for line in progress.required),
        "tasks": len(towards.tasks),
        "skills": [describe_skill(skill) for skill in Skill.objects.taught_by(course_key)],
        "issuer": names_of(organisation) if organisation else PROGRAMME,
        "confirmer": names_of(office) if office else {},
        **describe_issuer(organisation),
    }


def describe_skill(skill: Skill) -> dict[str, str]:
    return {"code": skill.code, "km": skill.name_km, "en": skill.name_en}


def names_of(organisation: Organisation) -> dict[str, str]:
    return {"km": organisation.name_km, "en": organisation.name_en}


def describe_issuer(organisation: Organisation | None) -> dict[str, Any]:
    """Logo, signature and signer as they are now; the files are never written over."""
    issuer = Issuer.objects.filter(organisation=organisation).first() if organisation else None
    if issuer is None:
        return {}
    return {
        "logo": issuer.logo.name or "",
        "signature": issuer.signature.name or "",
        "signer": {"km": issuer.signer_name_km, "en": issuer.signer_name_en},
        "signer_title": {"km": issuer.signer_title_km, "en": issuer.signer_title_en},
    }
