"""An NGO's people read nothing of another NGO anywhere in the editors' admin: every address of it is asked."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from courses.models import CourseIndexPage, CoursePage, LessonPage, PublisherPage
from courses.services import set_up_publisher
from courses.services.publishers import find_collection
from tests.factories.accounts import MembershipFactory, NgoFactory, UserFactory
from tests.factories.courses import make_course, make_lesson, make_question

pytestmark = pytest.mark.django_db
SECRET = "zqxsecret"
SEARCHED = (
    "wagtailadmin_pages:search",
    "wagtailimages:index",
    "wagtaildocs:index",
    "wagtailimages_chooser:choose",
    "wagtaildocs_chooser:choose",
    "wagtailadmin_choose_page_search",
)


class Foreign:
    """Another NGO with a draft, files, a history, a review that waits and a translation; each says SECRET."""

    def __init__(self) -> None:
        self.ngo: Organisation = NgoFactory.create()
        self.author: User = MembershipFactory.create(
            organisation=self.ngo, role=MembershipRole.MANAGER, user__username=f"{SECRET}-author"
        ).user
        self.section: PublisherPage = set_up_publisher(self.ngo)["km"]
        PublisherPage.objects.filter(organisation=self.ngo).update(title="Another NGO", draft_title="Another NGO")
        self.course: CoursePage = make_course(self.section, title=f"{SECRET} course", live=False)
        self.course.review_by = timezone.localdate()
        self.course.save_revision(user=self.author)
        self.lesson: LessonPage = make_lesson(self.course, [make_question()], title=f"{SECRET} lesson")
        self.lesson.unpublish(user=self.author)
        self.lesson = LessonPage.objects.get(pk=self.lesson.pk)
        self.revision = self.lesson.save_revision(user=self.author, log_action=True)
        self.workflow = self.lesson.get_workflow()
        self.state = self.workflow.start(self.lesson, self.author)
        collection = find_collection(self.section)
        self.collection: Collection = collection  # type: ignore[assignment]
        self.image = get_image_model().objects.create(
            title=f"{SECRET} image", file=get_test_image_file(), collection=collection
        )
        self.document = get_document_model().objects.create(
            title=f"{SECRET} document", file=ContentFile(b"x", name="secret.csv"), collection=collection
        )
        self.source, _made = TranslationSource.get_or_create_from_instance(self.lesson)
        english = Locale.objects.get(language_code="en")
        self.translation = Translation.objects.create(source=self.source, target_locale=english)
        course, _made = TranslationSource.get_or_create_from_instance(self.course)
        Translation.objects.create(source=course, target_locale=english).save_target(publish=False)
        self.translation.save_target(publish=False)
        Page.objects.filter(pk=self.lesson.pk).update(locked=True, locked_by=self.author, locked_at=timezone.now())

    def value(self, name: str, route: str) -> Any:
        """What a converter of an address is filled with."""
        if name in {"image_id", "image_pk"} or "images/" in route:
            return self.image.pk
        if name == "document_id" or "documents/" in route:
            return self.document.pk
        if "revision" in name:
            return self.revision.pk
        if "collections/" in route:
            return self.collection.pk
        if "task_state_id" in name:
            return self.state.current_task_state.pk
        if name == "translation_source_id":
            return self.source.pk
        if name == "translation_id" or ("localize/" in route and name == "pk"):
            return self.translation.pk
        return {
            "content_type_app_name": "courses",
            "content_type_model_name": "lessonpage",
            "app_label": "courses",
            "model_name": "lessonpage",
            "parent_page_id": self.course.pk,
            "destination_id": self.section.pk,
            "page_to_move_id": self.lesson.pk,
            "action_name": "approve",
            "workflow_state_id": self.state.pk,
            "language_code": "en",
            "filter_spec": "original",
        }.get(name, self.lesson.pk)


def walk(resolver: URLResolver, route: str = "", names: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(full name, route) of every address below the admin."""
    for entry in resolver.url_patterns:
        path = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, path, (*names, entry.namespace) if entry.namespace else names)
        elif isinstance(entry, URLPattern) and entry.name:
            yield ":".join((*names, entry.name)), path


def addresses(foreign: Foreign) -> Iterator[str]:
    admin = next(e for e in get_resolver().url_patterns if isinstance(e, URLResolver) and str(e.pattern) == "admin/")
    for name, route in walk(admin):
        wanted = re.findall(r"<(?:\w+:)?(\w+)>", route)
        try:
            yield reverse(name, kwargs={part: foreign.value(part, route) for part in wanted})
        except NoReverseMatch:
            continue
    for searched in SEARCHED:
        yield f"{reverse(searched)}?q={SECRET}"
    yield f"{reverse('wagtailadmin_choose_page')}?page_type=wagtailcore.page"
    yield reverse("wagtailadmin_choose_page_child", args=[foreign.course.pk])
    yield reverse("wagtailadmin_choose_page_child", args=[foreign.section.pk])


@pytest.mark.parametrize(
    "role", [MembershipRole.AUTHOR, MembershipRole.REVIEWER, MembershipRole.PUBLISHER, MembershipRole.MANAGER]
)
def test_nothing_of_another_ngo_is_read(
    indexes: dict[str, CourseIndexPage], ngo: Organisation, role: MembershipRole
) -> None:
    foreign = Foreign()
    user = MembershipFactory.create(organisation=ngo, role=role).user
    own = make_lesson(make_course(set_up_publisher(ngo)["km"]))
    told, shown = read_all(foreign, user)
    assert told == []
    assert shown > 20
    client = Client()
    client.force_login(user)
    for page in (own, own.get_parent()):  # nor in the lists of one's own forms
        form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert SECRET not in form.content.decode()
    assert own.title in client.get(reverse("wagtailadmin_explore", args=[own.get_parent().pk])).content.decode()


@pytest.mark.filterwarnings("ignore")  # screens of Wagtail that only administrators open
def test_there_is_something_to_tell(indexes: dict[str, CourseIndexPage]) -> None:
    assert len(read_all(Foreign(), UserFactory.create(is_superuser=True))[0]) > 30


def read_all(foreign: Foreign, user: User) -> tuple[list[Any], int]:
    """(what was told of the other NGO, how many screens were shown) to this person."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    told, shown = [], 0
    for address in addresses(foreign):
        if address.endswith(("/logout/", "/login/", "/failwhale/")) or "filter_spec" in address:
            continue
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        shown += response.status_code == 200
        found = re.findall(f".{{0,40}}{SECRET}[ -]\\w+", body.decode(errors="replace"))
        if found:
            told.append((response.status_code, address, found[:2]))
    return told, shown
