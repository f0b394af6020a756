"""An NGO's editors work in their own section; a moderator publishes; the editor publishes the translation."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Collection, Locale, Page, Revision
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from accounts.enums import MembershipRole
from accounts.models import Membership, Organisation, User
from accounts.signals import organisation_verified
from courses.models import CourseIndexPage, CoursePage, LessonPage, PublisherPage
from courses.services import set_up_publisher
from tests.factories.accounts import MembershipFactory, NgoFactory, UserFactory
from tests.factories.courses import make_course, make_lesson, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(indexes: dict[str, CourseIndexPage], ngo: Organisation, editor: User) -> dict[str, PublisherPage]:
    return set_up_publisher(ngo)


@pytest.fixture
def other(section: dict[str, PublisherPage]) -> CoursePage:
    foreign = set_up_publisher(NgoFactory.create())
    return make_course(foreign["km"])


@pytest.fixture
def reviewer(section: dict[str, PublisherPage]) -> User:
    user: User = UserFactory.create(username="reviewer")
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def lesson_form(question: dict[str, Any] | None = None, **extra: Any) -> dict[str, Any]:
    data = {
        "title": "មេរៀនថ្មី",
        "slug": "new-lesson",
        "summary": "សង្ខេប",
        "minutes": "5",
        "pass_mark": "60",
        "draw": "0",
        "attempt_limit": "0",
        "wait_minutes": "0",
        "body": streamfield([("text", {"text": "អត្ថបទ"})]),
        "questions": streamfield([question] if question else []),
        "task": streamfield([]),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **extra,
    }
    return nested_form_data(data)


def single_question(right: tuple[bool, ...] = (True, False)) -> Any:
    choices = {
        "count": str(len(right)),
        **{
            str(index): {
                "deleted": "",
                "order": str(index),
                "value": {"text": f"ចម្លើយ {index}", "feedback": "", **({"right": "on"} if mark else {})},
                "id": "",
            }
            for index, mark in enumerate(right)
        },
    }
    return ("single", {"text": "សំណួរ", "hint": "", "explanation": "ព្រោះ", "choices": choices})


def add_url(course: CoursePage) -> str:
    return reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", course.pk])


def test_a_section_is_made_once(section: dict[str, PublisherPage], ngo: Organisation, editor: User) -> None:
    group = editor.groups.get()  # an author is in one
    counts = [Page.objects.count(), Collection.objects.count(), Group.objects.count(), Revision.objects.count()]
    assert set_up_publisher(ngo) == section
    assert [Page.objects.count(), Collection.objects.count(), Group.objects.count(), Revision.objects.count()] == counts
    assert section["km"].translation_key == section["en"].translation_key
    assert set(group.page_permissions.values_list("page", "permission__codename")) == {
        (section[code].pk, right) for code in ("km", "en") for right in ("add_page", "change_page")
    }


def test_a_verified_ngo_gets_a_section(indexes: dict[str, CourseIndexPage]) -> None:
    new = NgoFactory.create()
    organisation_verified.send(Organisation, organisation=new)
    assert PublisherPage.objects.filter(organisation=new).count() == 2


def test_joining_and_leaving_move_with_the_membership(section: dict[str, PublisherPage], ngo: Organisation) -> None:
    membership: Membership = MembershipFactory.create(organisation=ngo, role=MembershipRole.AUTHOR)
    assert membership.user.groups.count() == 1
    membership.ended_at = membership.started_at
    membership.save()
    assert membership.user.groups.count() == 0


def test_a_lesson_goes_from_draft_through_review_to_live(
    desk: Client, section: dict[str, PublisherPage], reviewer: User, ngo: Organisation
) -> None:
    course = make_course(section["km"])
    response = desk.post(add_url(course), lesson_form(single_question(), **{"action-submit": "Submit"}))
    assert response.status_code == 302
    lesson = LessonPage.objects.get(slug="new-lesson")
    assert (lesson.live, lesson.current_workflow_state.workflow.name) == (False, f"NGO review: {ngo.name_en}")
    assert Client().get(lesson.url).status_code == 404
    moderator = Client()
    moderator.force_login(reviewer)
    task_state = lesson.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, "approve", task_state.pk])
    moderator.post(approve, {"comment": ""})
    lesson.refresh_from_db()
    assert lesson.live
    assert Client().get(lesson.url).status_code == 200


def test_an_editor_cannot_publish_a_draft(desk: Client, section: dict[str, PublisherPage], editor: User) -> None:
    course = make_course(section["km"])
    desk.post(add_url(course), lesson_form(**{"action-publish": "Publish"}))
    lesson = LessonPage.objects.get(slug="new-lesson")
    assert not lesson.live
    assert not lesson.permissions_for_user(editor).can_publish()


def test_the_way_in_leads_to_the_own_section(
    desk: Client, section: dict[str, PublisherPage], other: CoursePage
) -> None:
    page = desk.get(reverse("wagtailadmin_home")).content.decode()
    for own in section.values():
        assert reverse("wagtailadmin_explore", args=[own.pk]) in page
        assert reverse("wagtailadmin_pages:add", args=["courses", "coursepage", own.pk]) in page
    assert reverse("wagtailadmin_explore", args=[other.get_parent().pk]) not in page


def test_an_editor_does_not_reach_another_section(desk: Client, other: CoursePage) -> None:
    lesson = make_lesson(other, [make_question()])
    addresses = [
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        reverse("wagtailadmin_pages:delete", args=[lesson.pk]),
        reverse("wagtailadmin_pages:history", args=[lesson.pk]),
        add_url(other),
        reverse("wagtail_localize:submit_page_translation", args=[lesson.pk]),
        reverse("wagtail_localize:translations_report"),
    ]
    for address in addresses:
        response = desk.get(address)
        assert (response.status_code, response.headers.get("Location")) == (302, reverse("wagtailadmin_home")), address
    assert lesson.title not in desk.get(reverse("wagtailadmin_explore_root")).content.decode()


def test_an_editor_uses_only_files_of_the_own_collection(editor: User, other: CoursePage, ngo: Organisation) -> None:
    from wagtail.images.permissions import permission_policy

    allowed = permission_policy.collections_user_has_any_permission_for(editor, ["add", "change", "choose"])
    key = PublisherPage.objects.filter(organisation=ngo).first()
    assert key is not None
    assert [collection.name for collection in allowed] == [f"NGO {key.translation_key.hex[:12]} editors"]


@pytest.mark.parametrize(
    ("right", "words"),
    [
        ((False, False), "Tick the right choice."),
        ((True, True), "Only one choice may be right."),
    ],
)
def test_a_wrong_question_is_said_at_its_choices(
    desk: Client, section: dict[str, PublisherPage], editor: User, right: tuple[bool, ...], words: str
) -> None:
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=editor, preferred_language="en")
    response = desk.post(add_url(make_course(section["km"])), lesson_form(single_question(right)))
    assert LessonPage.objects.count() == 0
    assert words in response.content.decode()


@pytest.fixture
def translated(section: dict[str, PublisherPage], editor: User) -> dict[str, Any]:
    """A live Khmer course and lesson, taken over into English by wagtail-localize, nothing translated yet."""
    course = make_course(section["km"])
    lesson = make_lesson(course, [make_question("single", "100"), make_question("order", "111")])
    course.save_revision().publish()
    english = Locale.objects.get(language_code="en")
    made = {}
    for name, page in (("course", course), ("lesson", lesson)):
        source, _created = TranslationSource.get_or_create_from_instance(page)
        source.refresh_from_db()
        translation = Translation.objects.create(source=source, target_locale=english)
        translation.save_target(user=editor, publish=False)
        made[name] = translation
    return {**made, "source": LessonPage.objects.get(pk=lesson.pk)}


def test_ids_of_questions_and_choices_survive_translation(
    translated: dict[str, Any], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    source: LessonPage = translated["source"]
    translation: Translation = translated["lesson"]
    words = "ចម្លើយ 1"
    segment = translation.source.stringsegment_set.get(
        string__data=words, context__path__startswith=f"questions.{source.questions[0].id}."
    )
    StringTranslation.objects.create(
        translation_of=segment.string, locale=translation.target_locale, context=segment.context, data="Answer one"
    )
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    target = LessonPage.objects.get(translation_key=source.translation_key, locale=translation.target_locale)
    for here, there in zip(source.questions, target.questions, strict=True):
        assert (here.id, here.block_type) == (there.id, there.block_type)
        pairs = list(zip(here.value["choices"].bound_blocks, there.value["choices"].bound_blocks, strict=True))
        assert [a.id for a, _b in pairs] == [b.id for _a, b in pairs]
        assert [a.value.get("right") for a, _b in pairs] == [b.value.get("right") for _a, b in pairs]
    assert target.questions[0].value["choices"][1]["text"] == "Answer one"
    assert uuid.UUID(target.questions[0].id)


def test_paragraphs_of_a_body_survive_translation(section: dict[str, PublisherPage]) -> None:
    course = make_course(section["km"])
    body = [{"type": "text", "value": {"text": "មួយ & <ពីរ>\n\nបី **បួន**"}, "id": str(uuid.uuid4())}]
    lesson = make_lesson(course, body=body)
    english = Locale.objects.get(language_code="en")
    for page in (course, lesson):
        source, _created = TranslationSource.get_or_create_from_instance(page)
        Translation.objects.create(source=source, target_locale=english).save_target(publish=True)
    target = LessonPage.objects.get(translation_key=lesson.translation_key, locale=english)
    assert target.body[0].value["text"] == "មួយ & <ពីរ>\n\nបី **បួន**"


def test_the_editor_publishes_the_translation_of_a_reviewed_page(
    desk: Client,
    translated: dict[str, Any],
    editor: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    edit = []
    for name in ("course", "lesson"):
        target = translated[name].get_target_instance()
        assert not target.live
        assert target.permissions_for_user(editor).can_publish()
        edit.append(reverse("wagtailadmin_pages:edit", args=[target.pk]))
    assert "wagtail-localize" in desk.get(edit[1]).content.decode()
    for address in edit:
        with django_capture_on_commit_callbacks(execute=True):
            assert desk.post(address, {"action": "publish"})["Location"] == address
    assert all(translated[name].get_target_instance().live for name in ("course", "lesson"))


def test_the_translation_of_a_draft_waits_for_the_review(
    desk: Client,
    translated: dict[str, Any],
    editor: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    LessonPage.objects.get(pk=translated["source"].pk).unpublish()
    target = translated["lesson"].get_target_instance()
    assert not target.permissions_for_user(editor).can_publish()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("wagtailadmin_pages:edit", args=[target.pk]), {"action": "publish"})
    assert not translated["lesson"].get_target_instance().live


def test_a_stranger_publishes_no_translation(translated: dict[str, Any], stranger: User) -> None:
    assert not translated["lesson"].get_target_instance().permissions_for_user(stranger).can_publish()


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize(("mode", "template"), [("", "courses/lesson.html"), ("quiz", "courses/quiz_preview.html")])
def test_preview_shows_lesson_and_quiz_in_the_page_language(
    section: dict[str, PublisherPage], editor: User, rf: Any, language: str, mode: str, template: str
) -> None:
    lesson = make_lesson(make_course(section[language]), [make_question()])
    lesson.unpublish()
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    request = rf.get("/")
    request.user = editor
    page = draft.make_preview_request(request, mode)
    assert page.status_code == 200
    text = page.content.decode()
    assert f'<html lang="{language}"' in text
    assert ("ពិន្ទុជាប់" in text or "រួចហើយ" in text) is (language == "km")
