"""Who brings a course in, takes it out or copies it, on which screens."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from courses import forms
from courses.models import CourseIndexPage, CoursePage, CourseUpload, LessonPage, PublisherPage
from courses.services import set_up_publisher
from courses.services.copies import copy_course, find_copyable, find_sections, keep_upload, may_copy
from courses.services.coursefile import Parcel, export_course, pack
from courses.services.upkeep import UPLOAD_LIFE, forget_uploads
from tests.factories.accounts import MembershipFactory, NgoFactory
from tests.factories.coursefile import add, make_full_course, rewrite
from tests.factories.courses import make_course

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # Wagtail's renditions of pictures
]


@pytest.fixture
def section(indexes: dict[str, CourseIndexPage], ngo: Organisation) -> dict[str, PublisherPage]:
    return set_up_publisher(ngo)


@pytest.fixture
def empty(section: dict[str, PublisherPage]) -> dict[str, PublisherPage]:
    """Another organisation's section, with nothing in it."""
    return set_up_publisher(NgoFactory.create())


@pytest.fixture
def author(ngo: Organisation, section: dict[str, PublisherPage]) -> User:
    user: User = MembershipFactory.create(organisation=ngo, role=MembershipRole.AUTHOR).user
    return user


@pytest.fixture
def course(section: dict[str, PublisherPage]) -> CoursePage:
    return make_full_course(section)


@pytest.fixture
def desk(author: User) -> Client:
    client = Client()
    client.force_login(author)
    return client


# --- Screens and rights ---


def bring(desk: Client, section: PublisherPage, content: bytes) -> Any:
    file = SimpleUploadedFile("course.zip", content, "application/zip")
    return desk.post(reverse("course-import", args=[section.pk]), {"file": file})


def test_an_author_imports_after_a_preview(desk: Client, section: dict[str, PublisherPage], course: CoursePage) -> None:
    content = desk.get(reverse("course-export", args=[course.pk]))
    assert content["Content-Disposition"] == f'attachment; filename="{course.slug}.zip"'
    before = CoursePage.objects.count()
    preview = bring(desk, section["km"], content.content)["Location"]
    shown = desk.get(preview)
    assert (shown.status_code, CoursePage.objects.count()) == (200, before)
    assert "Letters" in shown.content.decode()
    made = desk.post(preview)
    assert (made.status_code, CoursePage.objects.count(), CourseUpload.objects.count()) == (302, before + 2, 0)
    assert desk.post(preview).status_code == 404  # a second press makes no second course


def test_a_bad_file_is_listed_on_the_screen(
    desk: Client, section: dict[str, PublisherPage], course: CoursePage
) -> None:
    response = bring(desk, section["km"], rewrite(pack(export_course(course)), add("../evil.py")))
    assert (response.status_code, CourseUpload.objects.count()) == (400, 0)
    assert "../evil.py" in response.content.decode()


def test_a_huge_upload_is_refused(
    desk: Client, section: dict[str, PublisherPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_PACKED", 1000)
    response = bring(desk, section["km"], b"x" * 1001)
    assert list(response.context["form"].errors) == ["file"]


def test_a_file_that_nobody_imports_goes_after_a_day(course: CoursePage, author: User) -> None:
    section = course.get_parent().specific
    upload = keep_upload(pack(export_course(course)), name="x", section=section, by=author)
    forget_uploads()
    assert CourseUpload.objects.count() == 1
    CourseUpload.objects.filter(pk=upload.pk).update(created_at=timezone.now() - UPLOAD_LIFE)
    forget_uploads()
    assert CourseUpload.objects.count() == 0


def test_nobody_imports_exports_or_sees_uploads_elsewhere(
    desk: Client, author: User, empty: dict[str, PublisherPage], course: CoursePage
) -> None:
    foreign = make_course(empty["km"])
    home = reverse("wagtailadmin_home")
    for name, key in (("course-export", foreign.pk), ("course-import", empty["km"].pk)):
        assert desk.get(reverse(name, args=[key])).headers["Location"] == home
    assert desk.get(reverse("course-copy", args=[foreign.pk])).status_code == 404
    other = MembershipFactory.create(organisation=empty["km"].organisation, role=MembershipRole.AUTHOR).user
    upload = keep_upload(pack(export_course(course)), name="x", section=empty["km"], by=other)
    assert desk.get(reverse("course-import-preview", args=[upload.public_id])).status_code == 404


@pytest.mark.parametrize("role", [MembershipRole.REVIEWER, MembershipRole.FACILITATOR])
def test_who_writes_nothing_copies_and_imports_nothing(
    section: dict[str, PublisherPage], ngo: Organisation, course: CoursePage, role: MembershipRole
) -> None:
    user = MembershipFactory.create(organisation=ngo, role=role).user
    client = Client()
    client.force_login(user)
    assert find_sections(user) == []
    for name, key in (("course-export", course.pk), ("course-import", section["km"].pk), ("course-copy", course.pk)):
        assert client.post(reverse(name, args=[key])).status_code in {302, 404}
    assert CoursePage.objects.filter(title=course.title).count() == 1


# --- Copies ---


def test_a_copy_of_others_has_only_what_is_published(course: CoursePage, empty: dict[str, PublisherPage]) -> None:
    other = MembershipFactory.create(organisation=empty["km"].organisation, role=MembershipRole.AUTHOR).user
    assert sorted(find_copyable(other).values_list("pk", flat=True)) == sorted(
        CoursePage.objects.filter(translation_key=course.translation_key).values_list("pk", flat=True)
    )
    made = copy_course(course, sections=empty, by=other)
    titles = [lesson.title for lesson in LessonPage.objects.child_of(made["km"]).order_by("path")]
    assert (len(titles), "សេចក្ដីព្រាង" in titles) == (2, False)
    assert [made[language].live for language in ("km", "en")] == [False, False]
    assert made["km"].permissions_for_user(User.objects.get(pk=other.pk)).can_edit()


def test_only_what_is_free_to_copy_is_copied(course: CoursePage, empty: dict[str, PublisherPage], author: User) -> None:
    other = MembershipFactory.create(organisation=empty["km"].organisation, role=MembershipRole.AUTHOR).user
    closed = make_course(course.get_parent())
    assert [may_copy(user, closed) for user in (author, other)] == [True, False]
    assert [may_copy(user, course) for user in (author, other)] == [True, True]
    course.unpublish()
    course.refresh_from_db()
    assert [may_copy(user, course) for user in (author, other)] == [True, False]


def test_a_copy_on_the_screen(desk: Client, course: CoursePage, section: dict[str, PublisherPage]) -> None:
    address = reverse("course-copy", args=[course.pk])
    assert desk.get(address).status_code == 200
    before = CoursePage.objects.count()
    assert desk.post(address, {"section": "0"}).status_code == 302
    assert CoursePage.objects.count() == before + 2
    assert desk.get(reverse("course-copyable")).status_code == 200


def test_the_parcel_says_its_languages(course: CoursePage) -> None:
    parcel: Parcel = export_course(course)
    assert parcel.languages == ["km", "en"]
