"""The screens of a practical task: what each person finds there, and what comes of what they send."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from accounts.rules import STAFF
from courses.models import CourseIndexPage, LessonPage, Submission
from courses.services.publishers import set_up_publisher
from courses.services.tasks import read_task
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.courses import make_course, make_lesson
from tests.factories.tasks import SubmissionFactory, add_file, make_photo, make_task, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(indexes: dict[str, CourseIndexPage]) -> LessonPage:
    return make_lesson(make_course(indexes["km"]), task=[make_task("either")])


@pytest.fixture
def staff(db: None) -> User:
    person = UserFactory.create(username="officer")
    person.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    return person


def address(lesson: LessonPage) -> str:
    return reverse("task", args=[lesson.translation_key])


def send(client: Client, lesson: LessonPage, *files: Any, **data: Any) -> HttpResponse:
    fields = {"client_id": str(uuid.uuid4()), "to": "facilitator", "note": "", **data, "work": files or [upload()]}
    return client.post(address(lesson), fields)  # type: ignore[return-value]


def read(response: HttpResponse) -> str:
    """The page as its words, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def decide(client: Client, submission: Submission, decision: str, met: str = "111", **data: Any) -> HttpResponse:
    fields = {"client_id": str(uuid.uuid4()), "decision": decision, "comment": "ល្អ", **data}
    for each, mark in zip(submission.task["rubric"], met, strict=True):
        fields[f"met-{each['id']}"] = "yes" if mark == "1" else "no"
    return client.post(reverse("review", args=[submission.public_id]), fields)  # type: ignore[return-value]


def test_a_visitor_reads_the_task_and_signs_in_to_hand_in(client: Client, lesson: LessonPage) -> None:
    page = read(client.get(lesson.url))
    assert ("សរសេរលិខិត" in page, "ប្រគល់ស្នាដៃរបស់អ្នក" in page) == (True, True)
    answer = client.get(address(lesson))
    assert (answer.status_code, answer.url) == (302, f"/km/accounts/login/?next={address(lesson)}")


def test_the_course_names_its_tasks(client: Client, lesson: LessonPage) -> None:
    page = read(client.get(lesson.get_parent().url))
    assert ("សរសេរលិខិត" in page, "មិនទាន់ប្រគល់" in page) == (True, True)


def test_a_lesson_without_a_task_has_no_such_screen(client: Client, learner: User, indexes: Any) -> None:
    lesson = make_lesson(make_course(indexes["km"]))
    client.force_login(learner)
    assert client.get(address(lesson)).status_code == 404


def test_handing_in_two_photos(client: Client, lesson: LessonPage, learner: User) -> None:
    client.force_login(learner)
    answer = send(client, lesson, upload("a.jpg"), upload("b.png", make_photo(suffix="PNG")), note="សូមមើល")
    assert (answer.status_code, answer.url) == (302, address(lesson))
    (submission,) = Submission.objects.all()
    assert (submission.user, submission.note, submission.addressee) == (learner, "សូមមើល", "facilitator")
    assert [row.name for row in submission.files.all()] == ["a.webp", "b.webp"]
    page = read(client.get(address(lesson)))
    assert ("អ្នកណែនាំកំពុងពិនិត្យស្នាដៃរបស់អ្នក" in page, "កំពុងរង់ចាំចម្លើយ" in page) == (True, True)
    assert "កំពុងរង់ចាំចម្លើយ" in read(client.get(lesson.url))
    assert "កំពុងរង់ចាំចម្លើយ" in read(client.get(lesson.get_parent().url))


def test_a_refused_file_keeps_the_words(client: Client, lesson: LessonPage, learner: User) -> None:
    client.force_login(learner)
    answer = send(client, lesson, upload("letter.jpg", b"MZ\x90\x00 program"), note="ខ្ញុំសរសេរយូរណាស់")
    page = answer.content.decode()
    assert (answer.status_code, Submission.objects.count()) == (200, 0)
    assert "«letter.jpg» ជាកម្មវិធី" in page
    assert re.search(r"<textarea[^>]*>\s*ខ្ញុំសរសេរយូរណាស់</textarea>", page) is not None


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "សូមជ្រើសរូបថត ឬឯកសារសិន។"),
        ([upload(f"{n}.jpg") for n in range(5)], "សូមជ្រើសយ៉ាងច្រើន ៤ ឯកសារក្នុងមួយលើក។"),
    ],
)
def test_how_many_files(client: Client, lesson: LessonPage, learner: User, files: list[Any], sentence: str) -> None:
    client.force_login(learner)
    fields = {"client_id": str(uuid.uuid4()), "to": "facilitator", "work": files}
    assert sentence in read(client.post(address(lesson), fields))  # type: ignore[arg-type]
    assert Submission.objects.count() == 0


def test_double_click_and_two_tabs_are_one_submission(client: Client, lesson: LessonPage, learner: User) -> None:
    client.force_login(learner)
    event = str(uuid.uuid4())
    answers = [send(client, lesson, client_id=event), send(client, lesson, client_id=event), send(client, lesson)]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert Submission.objects.count() == 1
    assert "អ្នកបានប្រគល់រួចហើយ" in read(client.get(address(lesson)))


def test_a_clerk_of_the_chosen_commune_is_asked(
    client: Client, lesson: LessonPage, learner: User, office: Organisation
) -> None:
    client.force_login(learner)
    assert f'value="{office.commune.code}" checked' in client.get(address(lesson)).content.decode()  # type: ignore[union-attr]
    send(client, lesson, to="clerk", commune=office.commune.code)  # type: ignore[union-attr]
    assert Submission.objects.get().office == office


def test_the_office_is_not_called_a_matter_of_liking(client: Client, lesson: LessonPage, learner: User) -> None:
    client.force_login(learner)
    page = read(client.get(address(lesson)))  # type: ignore[arg-type]
    assert page.count("(មិនបំពេញក៏បាន)") == 1  # the note's


@pytest.mark.parametrize("kind", ["none", "waiting", "unchosen"])
def test_an_office_that_cannot_answer_is_not_asked(
    client: Client, lesson: LessonPage, stranger: User, commune: Any, kind: str
) -> None:
    if kind == "waiting":
        OfficeFactory.create(commune=commune, waiting=True)
    client.force_login(stranger)
    page = read(send(client, lesson, to="clerk", commune="" if kind == "unchosen" else commune.code))
    sentence = "សូមជ្រើសឃុំ ដែលចង់ឱ្យសាលាឃុំនោះពិនិត្យ។" if kind == "unchosen" else "សាលាឃុំនេះមិនទាន់ចូលរួមជាមួយយើងទេ។"
    assert (sentence in page, Submission.objects.count()) == (True, 0)


@pytest.mark.parametrize(("age", "sentence"), [(13, "បង្ហាញមនុស្សដែលអ្នកទុកចិត្ត"), (None, "សូមបំពេញឆ្នាំកំណើតសិន")])
def test_who_is_too_young_reads_why(client: Client, lesson: LessonPage, age: int | None, sentence: str) -> None:
    person = UserFactory.create(birth_year=None if age is None else timezone.localdate().year - age - 1)
    client.force_login(person)
    answer = client.get(address(lesson))
    assert (answer.status_code, sentence in read(answer), 'type="file"' in answer.content.decode()) == (
        200,
        True,
        False,
    )  # type: ignore[arg-type]
    assert send(client, lesson).status_code == 403
    assert Submission.objects.count() == 0


def test_too_many_uploads_in_an_hour(client: Client, lesson: LessonPage, learner: User) -> None:
    client.force_login(learner)
    bad = b"MZ program"
    assert {send(client, lesson, upload("x.jpg", bad)).status_code for _ in range(15)} == {200}
    answer = send(client, lesson, note="កុំបាត់")
    assert (answer.status_code, Submission.objects.count()) == (429, 0)
    assert ("សូមសាកម្ដងទៀតក្រោយមួយម៉ោង" in read(answer), "កុំបាត់</textarea>" in answer.content.decode()) == (True, True)


def test_a_file_goes_out_in_a_sandbox_and_only_to_who_may_see(
    client: Client, lesson: LessonPage, learner: User, stranger: User, staff: User
) -> None:
    submission = SubmissionFactory.create(lesson=lesson, user=learner)
    pdf, photo = add_file(submission), add_file(submission, make_photo(suffix="WEBP"), "picture")
    seen = {}
    for name, person in {"learner": learner, "staff": staff, "stranger": stranger}.items():
        client.force_login(person)
        seen[name] = client.get(reverse("task-file", args=[pdf.public_id])).status_code
    assert seen == {"learner": 200, "staff": 200, "stranger": 404}
    client.force_login(learner)
    document, picture = (client.get(reverse("task-file", args=[row.public_id])) for row in (pdf, photo))
    assert b"".join(document.streaming_content) == b"%PDF-1.4 %%EOF"  # type: ignore[arg-type]
    assert {
        name: document.headers[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="work.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    assert document.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert "no-store" in document.headers["Cache-Control"]
    assert picture.headers["Content-Disposition"] == 'inline; filename="work.picture"'
    client.logout()
    assert client.get(reverse("task-file", args=[pdf.public_id])).status_code == 302


def test_no_public_address_leads_to_the_files(client: Client, learner: User) -> None:
    row = add_file(SubmissionFactory.create(user=learner))
    client.force_login(learner)
    assert client.get(f"/media/{row.file.name}").status_code == 404


def test_taking_work_back(client: Client, lesson: LessonPage, learner: User, stranger: User) -> None:
    submission = SubmissionFactory.create(lesson=lesson, user=learner)
    door = reverse("task-take-back", args=[submission.public_id])
    client.force_login(stranger)
    assert (client.post(door).status_code, Submission.objects.count()) == (404, 1)
    client.force_login(learner)
    assert (client.post(door).status_code, Submission.objects.count()) == (302, 0)


def test_returned_work_shows_the_comments_and_the_form(
    client: Client, lesson: LessonPage, learner: User, staff: User
) -> None:
    submission = SubmissionFactory.create(lesson=lesson, user=learner)
    client.force_login(staff)
    first = submission.task["rubric"][0]["id"]
    answer = decide(client, submission, "returned", "011", comment="ជិតហើយ", **{f"why-{first}": "ខ្វះកាលបរិច្ឆេទ"})
    assert (answer.status_code, answer.url) == (302, reverse("reviews"))
    client.force_login(learner)
    page = client.get(address(lesson))
    assert [text in read(page) for text in ("ជិតហើយ", "ខ្វះកាលបរិច្ឆេទ", "ប្រគល់ម្ដងទៀត")] == [True, True, True]  # type: ignore[arg-type]
    send(client, lesson)
    assert list(Submission.objects.order_by("number").values_list("number", "status")) == [
        (1, "returned"),
        (2, "handed_in"),
    ]
    assert "ឱ្យកែ" in read(client.get(address(lesson)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("decision", "met", "comment", "sentence"),
    [
        ("accepted", "011", "", "ចំណុចនេះចាំបាច់"),
        ("returned", "111", "", "សូមប្រាប់ថាត្រូវកែអ្វី"),
        ("perhaps", "111", "ល្អ", ""),
    ],
)
def test_a_decision_that_does_not_fit_comes_back_as_typed(
    client: Client, lesson: LessonPage, learner: User, staff: User, decision: str, met: str, comment: str, sentence: str
) -> None:
    submission = SubmissionFactory.create(lesson=lesson, user=learner)
    client.force_login(staff)
    answer = decide(client, submission, decision, met, comment=comment)
    submission.refresh_from_db()
    assert (answer.status_code, submission.status, sentence in read(answer)) == (200, "handed_in", True)


def test_the_second_reviewer_keeps_their_words(client: Client, lesson: LessonPage, learner: User, staff: User) -> None:
    submission = SubmissionFactory.create(lesson=lesson, user=learner)
    client.force_login(staff)
    decide(client, submission, "accepted")
    client.force_login(UserFactory.create(is_superuser=True))
    answer = decide(client, submission, "returned", comment="ខ្ញុំសរសេរយូរដែរ")
    # The first decision is known before the form is read again, so the words come back with it.
    assert (answer.status_code, "ខ្ញុំសរសេរយូរដែរ" in read(answer)) == (409, True)
    submission.refresh_from_db()
    assert submission.status == "accepted"


def test_the_queue_is_the_oldest_first_with_its_age(client: Client, staff: User) -> None:
    for days in (2, 9, 0):
        row = SubmissionFactory.create()
        Submission.objects.filter(pk=row.pk).update(received_at=timezone.now() - timedelta(days=days, hours=1))
    client.force_login(staff)
    page = read(client.get(reverse("reviews")))  # type: ignore[arg-type]
    assert re.findall(r"[០-៩]+ ថ្ងៃហើយ|ថ្ងៃនេះ", page) == ["៩ ថ្ងៃហើយ", "២ ថ្ងៃហើយ", "ថ្ងៃនេះ"]
    assert "៣ កំពុងរង់ចាំ" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same(
    client: Client, staff: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        SubmissionFactory.create()
    client.force_login(staff)
    client.get(reverse("reviews"))
    with django_assert_num_queries(6):
        assert client.get(reverse("reviews")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_task_costs_the_same(
    client: Client, lesson: LessonPage, learner: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(1, count + 1):
        row = SubmissionFactory.create(lesson=lesson, user=learner, number=number, returned=True)
        for _ in range(count):
            add_file(row)
    client.force_login(learner)
    client.get(address(lesson))
    with django_assert_num_queries(12):
        assert client.get(address(lesson)).status_code == 200


def test_the_queue_has_pages(client: Client, staff: User) -> None:
    SubmissionFactory.create_batch(21)
    client.force_login(staff)
    first = client.get(reverse("reviews"))
    cursor = re.search(r"cursor=([\w-]+)", first.content.decode())
    assert cursor is not None
    second = client.get(f"{reverse('reviews')}?cursor={cursor[1]}")
    shown = [len(re.findall(r'class="to"', page.content.decode())) for page in (first, second)]
    assert shown == [20, 1]


def test_a_facilitator_meets_a_minor_by_given_name(client: Client, indexes: Any, ngo: Organisation) -> None:
    lesson = make_lesson(make_course(set_up_publisher(ngo)["km"]), task=[make_task()])
    minor = UserFactory.create(
        minor=True, username="young", given_name_km="មករា", family_name_km="ជាសុខ", phone="+85512999888"
    )
    submission = SubmissionFactory.create(lesson=lesson, user=minor, organisation=ngo)
    client.force_login(MembershipFactory.create(organisation=ngo, role=MembershipRole.FACILITATOR).user)
    for door in (reverse("reviews"), reverse("review", args=[submission.public_id])):
        page = read(client.get(door))  # type: ignore[arg-type]
        assert ("មករា (young)" in page, "ជាសុខ" in page, "999888" in page) == (True, False, False)


def test_a_clerk_confirms_for_the_office(
    client: Client, lesson: LessonPage, learner: User, office: Organisation, clerk: User
) -> None:
    submission = SubmissionFactory.create(lesson=lesson, user=learner, office=office)
    client.force_login(clerk)
    assert submission.title in read(client.get(reverse("confirmations")))  # type: ignore[arg-type]
    answer = decide(client, submission, "accepted")
    assert (answer.status_code, answer.url) == (302, reverse("confirmations"))
    client.force_login(learner)
    page = read(client.get(address(lesson)))  # type: ignore[arg-type]
    assert (office.name_km in page, "បានទទួល" in page) == (True, True)


def test_a_clerk_reads_no_earlier_try_that_another_desk_was_asked_about(
    client: Client, lesson: LessonPage, learner: User, staff: User, office: Organisation, clerk: User
) -> None:
    first = SubmissionFactory.create(lesson=lesson, user=learner, note="សម្រាប់អ្នកណែនាំ")
    client.force_login(staff)
    decide(client, first, "returned")
    second = SubmissionFactory.create(lesson=lesson, user=learner, office=office, number=2)
    door, seen = reverse("review", args=[second.public_id]), []
    for person in (staff, clerk):
        client.force_login(person)
        seen.append(first.note in read(client.get(door)))  # type: ignore[arg-type]
    assert seen == [True, False]


def test_the_decided_are_listed_too(client: Client, lesson: LessonPage, learner: User, staff: User) -> None:
    submission = SubmissionFactory.create(lesson=lesson, user=learner)
    client.force_login(staff)
    decide(client, submission, "accepted")
    waiting, decided = (read(client.get(reverse("reviews") + query)) for query in ("", "?done=1"))  # type: ignore[arg-type]
    assert (submission.title in waiting, submission.title in decided) == (False, True)


def test_my_page_says_how_it_stands(client: Client, learner: User) -> None:
    SubmissionFactory.create(user=learner, returned=True)
    client.force_login(learner)
    page = read(client.get(reverse("me")))  # type: ignore[arg-type]
    assert ("លំហាត់អនុវត្តរបស់ខ្ញុំ" in page, "ឱ្យកែ" in page) == (True, True)


def test_the_task_in_a_lesson_costs_one_query_more(
    client: Client, lesson: LessonPage, learner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert read_task(lesson) is not None
    client.force_login(learner)
    client.get(lesson.url)
    with django_assert_num_queries(14, exact=False):
        assert client.get(lesson.url).status_code == 200
