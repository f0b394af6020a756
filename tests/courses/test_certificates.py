"""A certificate follows from explicit rules, once; what is missing is said; it is replaced or revoked with a reason."""

import re
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from accounts.services.leaving import collect_export, delete_account
from courses.enums import CertificateState, ReissueReason, RevocationReason
from courses.models import Certificate, CourseIndexPage, CoursePage, LessonPage
from courses.models.papers import ALPHABET
from courses.querysets import Learner
from courses.services import adopt_progress, complete_lesson, course_progress, issue_when_due, set_up_publisher
from courses.services.certificates import (
    MOST_REISSUES,
    NotReissuableError,
    attach_evidence,
    read_certificate_progress,
    reissue,
)
from courses.services.papers import revoke
from courses.signals import task_accepted
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.certificates import make_accepted, make_certificate
from tests.factories.courses import SkillFactory, make_course, make_lesson, make_question, translate

pytestmark = pytest.mark.django_db
TASK = [{"type": "task", "value": {"kind": "letter", "title": "លិខិត", "instructions": "សរសេរ", "rubric": []}}]


@pytest.fixture
def course(indexes: dict[str, CourseIndexPage]) -> CoursePage:
    return make_course(indexes["km"], [SkillFactory.create(code="letters")], gives_certificate=True, title="លិខិតរដ្ឋបាល")


@pytest.fixture
def lesson(course: CoursePage) -> LessonPage:
    return make_lesson(course)


def set_task(lesson: LessonPage) -> None:
    LessonPage.objects.filter(pk=lesson.pk).update(has_task=True)


def where(user: User | None, course: CoursePage) -> Any:
    learner = Learner(user=user)
    key = course.translation_key
    progress = course_progress(learner, [key])[key]
    return read_certificate_progress(learner, course_key=key, progress=progress)


def finish(user: User, lesson: LessonPage, capture: DjangoCaptureOnCommitCallbacks) -> None:
    with capture(execute=True):
        complete_lesson(Learner(user=user), lesson=lesson)


def test_the_last_lesson_brings_it(
    lesson: LessonPage,
    course: CoursePage,
    learner: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    other = make_lesson(course)
    finish(learner, lesson, django_capture_on_commit_callbacks)
    assert Certificate.objects.count() == 0
    assert where(learner, course).lessons_left == 1
    finish(learner, other, django_capture_on_commit_callbacks)
    certificate = Certificate.objects.get()
    assert (certificate.user, certificate.course_key, certificate.organisation) == (
        learner,
        course.translation_key,
        None,
    )
    assert certificate.facts == {
        "name": {"km": f"សុខ {learner.given_name_km}", "en": f"SOK {learner.given_name_latin}"},
        "given_name": {"km": learner.given_name_km, "en": learner.given_name_latin},
        "course": {"km": "លិខិតរដ្ឋបាល"},
        "minutes": 30,
        "lessons": 2,
        "quizzes": 0,
        "tasks": 0,
        "skills": [{"code": "letters", **{code: certificate.facts["skills"][0][code] for code in ("km", "en")}}],
        "issuer": {"km": "ជួយឃុំ", "en": "Chuoy Khum"},
        "confirmer": {},
    }
    assert set(certificate.code) <= set(ALPHABET)
    assert len(certificate.code) == 10
    assert issue_when_due(learner, course_key=course.translation_key) == certificate


def test_a_course_without_the_promise_gives_none(
    indexes: dict[str, CourseIndexPage],
    learner: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    finish(learner, make_lesson(make_course(indexes["km"])), django_capture_on_commit_callbacks)
    assert Certificate.objects.count() == 0


def test_one_language_may_not_promise_more_easily_than_the_other(
    indexes: dict[str, CourseIndexPage], course: CoursePage
) -> None:
    translate(course, indexes["en"], needs_task=True)
    terms = where(None, course).terms
    assert (terms.gives, terms.needs_task, terms.needs_confirmation) == (True, True, False)


def test_a_task_is_waited_for(
    lesson: LessonPage,
    course: CoursePage,
    learner: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    CoursePage.objects.update(needs_task=True)
    set_task(lesson)
    finish(learner, lesson, django_capture_on_commit_callbacks)
    assert Certificate.objects.count() == 0
    assert [line.number for line in where(learner, course).tasks_left] == [1]
    keys = {"course_key": course.translation_key, "lesson_key": lesson.translation_key}
    make_accepted(learner, **keys)
    task_accepted.send(LessonPage, user=learner, **keys)
    assert Certificate.objects.get().facts["tasks"] == 1


def test_a_person_without_a_name_is_asked_for_one(
    client: Client,
    lesson: LessonPage,
    course: CoursePage,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    nameless = UserFactory.create(
        family_name_km="", given_name_km="", family_name_latin="", given_name_latin="", username="nobody7"
    )
    finish(nameless, lesson, django_capture_on_commit_callbacks)
    assert where(nameless, course).needs_name
    client.force_login(nameless)
    page = client.get(f"/en/learn/finished/{course.translation_key}/").content.decode()
    assert "Write your name in the settings" in page
    User.objects.filter(pk=nameless.pk).update(given_name_km="ដារ៉ា")
    assert "Get the certificate" in client.get(f"/en/learn/finished/{course.translation_key}/").content.decode()
    response = client.post(f"/en/learn/certificates/of/{course.translation_key}/")
    assert response.url == f"/en/learn/certificates/{Certificate.objects.get().code}/"


def test_the_course_page_says_what_is_missing(client: Client, lesson: LessonPage, course: CoursePage) -> None:
    CoursePage.objects.update(needs_task=True, needs_confirmation=True)
    set_task(lesson)
    page = client.get(course.get_url()).content.decode()
    for sentence in (
        "រៀនឱ្យចប់មេរៀន ១ ដែលនៅសល់ រួមទាំងតេស្ត។",
        "ប្រគល់លំហាត់អនុវត្តនៃមេរៀនទី ១។",
        "បន្ទាប់មក សុំសាលាឃុំរបស់អ្នក ឱ្យបញ្ជាក់ការងាររបស់អ្នក។",
        "បង្កើតគណនី៖ វិញ្ញាបនបត្រត្រូវមានឈ្មោះ។",
    ):
        assert sentence in page


def test_a_visitor_who_finished_gets_it_on_sign_in(
    lesson: LessonPage, learner: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    visitor = uuid.uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        complete_lesson(Learner(visitor=visitor), lesson=lesson)
    assert Certificate.objects.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        adopt_progress(learner, visitor=visitor)
    assert Certificate.objects.get().user == learner


def test_a_lesson_added_later_takes_nothing_away(
    lesson: LessonPage,
    course: CoursePage,
    learner: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    CoursePage.objects.update(gives_certificate=False)
    finish(learner, lesson, django_capture_on_commit_callbacks)
    make_lesson(course, [make_question()])
    CoursePage.objects.update(gives_certificate=True)
    assert where(learner, course).is_due


def test_an_ngo_issues_what_stands_in_its_section(
    indexes: dict[str, CourseIndexPage],
    ngo: Organisation,
    learner: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    own = make_course(set_up_publisher(ngo)["km"], gives_certificate=True)
    finish(learner, make_lesson(own), django_capture_on_commit_callbacks)
    certificate = Certificate.objects.get()
    assert certificate.organisation == ngo
    assert certificate.facts["issuer"] == {"km": ngo.name_km, "en": ngo.name_en}


def test_there_is_one_current_certificate_a_person_and_course(learner: User) -> None:
    first = make_certificate(learner)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_certificate(learner, course_key=first.course_key)


def test_a_corrected_name_replaces_it(learner: User) -> None:
    old = make_certificate(learner, evidence=[{"id": "1", "km": "ក", "en": "", "accepted_at": ""}])
    with pytest.raises(NotReissuableError):
        reissue(old, reason=ReissueReason.SPELLING)
    learner.given_name_latin = "Daravuth"
    learner.save()
    new = reissue(old, reason=ReissueReason.SPELLING)
    old.refresh_from_db()
    assert (old.state, old.superseded_by, old.reissue_reason) == (CertificateState.SUPERSEDED, new, "spelling")
    assert old.facts["name"]["en"] != "SOK Daravuth"
    assert new.facts["name"]["en"] == "SOK Daravuth"
    assert (new.issued_at, new.evidence, new.state) == (old.issued_at, old.evidence, CertificateState.VALID)
    assert new.code != old.code


def test_reissuing_ends_somewhere(learner: User) -> None:
    certificate = make_certificate(learner)
    for number in range(MOST_REISSUES):
        learner.given_name_km = f"ឈ្មោះ{number}"
        learner.save()
        certificate = reissue(certificate, reason=ReissueReason.NEW_NAME)
    learner.given_name_km = "ទៀត"
    learner.save()
    with pytest.raises(NotReissuableError):
        reissue(certificate, reason=ReissueReason.NEW_NAME)


def test_revoking_keeps_the_first_reason_and_is_final(learner: User, moderator: User) -> None:
    certificate = make_certificate(learner)
    revoke(certificate, by=moderator, reason=RevocationReason.MISTAKE)
    again = revoke(certificate, by=learner, reason=RevocationReason.WRONG_PERSON)
    assert (again.state, again.revocation_reason, again.revoked_by) == (
        CertificateState.REVOKED,
        "mistake",
        moderator,
    )
    learner.given_name_km = "ថ្មី"
    learner.save()
    with pytest.raises(NotReissuableError):
        reissue(again, reason=ReissueReason.SPELLING)


def test_a_revoked_certificate_is_not_issued_again(
    lesson: LessonPage,
    course: CoursePage,
    learner: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    finish(learner, lesson, django_capture_on_commit_callbacks)
    revoke(Certificate.objects.get(), by=learner, reason=RevocationReason.NOT_OWN_WORK)
    issue_when_due(learner, course_key=course.translation_key)
    assert [each.state for each in Certificate.objects.all()] == [CertificateState.REVOKED]


def test_works_are_named_only_by_choice(client: Client, lesson: LessonPage, learner: User, stranger: User) -> None:
    key = uuid.uuid4()
    work = make_accepted(learner, course_key=key, lesson_key=lesson.translation_key, title="កំណត់ហេតុ")
    foreign = make_accepted(stranger, course_key=key, lesson_key=lesson.translation_key)
    certificate = make_certificate(learner, course_key=key)
    assert "កំណត់ហេតុ" not in client.get(f"/km/verify/{certificate.code}/").content.decode()
    client.force_login(learner)
    client.post(f"/km/learn/certificates/{certificate.code}/works/", {"works": [str(work.public_id)]})
    assert "កំណត់ហេតុ" in client.get(f"/km/verify/{certificate.code}/").content.decode()
    kept = attach_evidence(certificate, ids=[str(foreign.public_id)])
    assert kept.evidence == []


def test_the_page_is_its_owners_alone(client: Client, learner: User, stranger: User) -> None:
    certificate = make_certificate(learner)
    address = f"/km/learn/certificates/{certificate.code}/"
    assert client.get(address).status_code == 302
    client.force_login(stranger)
    assert [client.get(address + part).status_code for part in ("", "pdf/")] == [404, 404]
    assert [client.post(address + part).status_code for part in ("works/", "name/")] == [404, 404]
    client.force_login(learner)
    page = client.get(address).content.decode()
    assert (certificate.shown_code in page, "http://testserver/verify/" in page) == (True, True)
    pdf = client.get(address + "pdf/")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_there_is_no_new_paper_of_what_does_not_hold(client: Client, learner: User, moderator: User) -> None:
    certificate = make_certificate(learner)
    revoke(certificate, by=moderator, reason=RevocationReason.MISTAKE)
    client.force_login(learner)
    address = f"/km/learn/certificates/{certificate.code}/"
    assert client.get(address + "pdf/")["Location"] == address
    page = client.get(address).content.decode()
    assert ("pdf/" in page, bool(re.search(r'class="krama cert [^"]*noprint"', page))) == (False, True)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (MembershipRole.MANAGER, 200),
        (MembershipRole.PUBLISHER, 200),
        (MembershipRole.AUTHOR, 403),
        (MembershipRole.FACILITATOR, 403),
    ],
)
def test_the_issuer_withdraws(
    client: Client, ngo: Organisation, learner: User, role: MembershipRole, status: int
) -> None:
    person = MembershipFactory.create(organisation=ngo, role=role).user
    mine, programmes = make_certificate(learner, ngo), make_certificate(learner)
    client.force_login(person)
    assert client.get(f"/en/learn/certificates/{mine.code}/withdraw/").status_code == status
    assert client.get(f"/en/learn/certificates/{programmes.code}/withdraw/").status_code == 403
    client.post(f"/en/learn/certificates/{mine.code}/withdraw/", {"reason": "mistake"})
    mine.refresh_from_db()
    assert mine.state == (CertificateState.REVOKED if status == 200 else CertificateState.VALID)
    shown = "Withdraw this certificate" in client.get(f"/en/verify/{programmes.code}/").content.decode()
    assert not shown


def test_leaving_takes_the_name_off(client: Client, learner: User) -> None:
    certificate = make_certificate(learner, evidence=[{"id": "1", "km": "កិច្ចការ", "en": "", "accepted_at": ""}])
    names = list(certificate.facts["name"].values())
    part = collect_export(learner)["parts"]["courses"]["certificates"][0]
    assert (part["code"], part["state"], part["badge"].count(".")) == (certificate.shown_code, "valid", 2)
    delete_account(learner)
    certificate.refresh_from_db()
    assert (certificate.user, certificate.evidence, certificate.state) == (None, [], CertificateState.ERASED)
    kept = str(certificate.facts)
    assert [name in kept for name in names] == [False, False]
    page = client.get(f"/en/verify/{certificate.code}/").content.decode()
    assert "its owner has left" in page
    assert client.get(f"/verify/{certificate.code}/badge.jwt").status_code == 404


def test_the_owner_corrects_the_name_on_the_page(client: Client, learner: User) -> None:
    old = make_certificate(learner)
    client.force_login(learner)
    address = f"/en/learn/certificates/{old.code}/"
    assert "Your name has changed since" not in client.get(address).content.decode()
    learner.given_name_latin = "Daravuth"
    learner.save()
    assert "Your name has changed since" in client.get(address).content.decode()
    client.post(f"{address}name/", {"reason": ""})
    assert Certificate.objects.count() == 1
    response = client.post(f"{address}name/", {"reason": "spelling"})
    new = Certificate.objects.current().get()
    assert response["Location"] == f"/en/learn/certificates/{new.code}/"
    assert "SOK Daravuth" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_ones_certificates_cost_the_same_for_one_and_three(
    client: Client, learner: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    certificates = [make_certificate(learner) for _number in range(count)]
    client.force_login(learner)
    with django_assert_num_queries(4):
        client.get("/en/learn/certificates/")
    with django_assert_num_queries(5):
        client.get(f"/en/learn/certificates/{certificates[0].code}/")
    with django_assert_num_queries(1):
        Client().get(f"/en/verify/{certificates[0].code}/")
