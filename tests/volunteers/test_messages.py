"""Messages of an application: who reads what, and what waits for whom."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.services import delete_account
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import Application, Message, Placement
from volunteers.services.choosing.messages import MOST_AN_HOUR, decide_message, report_message, send_message
from volunteers.services.choosing.thread import read_thread
from volunteers.services.export import describe_volunteering
from volunteers.services.machine import NotReadyError, WrongStateError

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(office: Organisation, learner: User) -> Application:
    return ApplicationFactory.create(request=RequestFactory.create(office=office), applicant=learner)


@pytest.fixture
def young(office: Organisation) -> Application:
    minor = UserFactory.create(username="minor", minor=True)
    return ApplicationFactory.create(request=RequestFactory.create(office=office), applicant=minor)


def send(row: Application, by: User, text: str = "តើធ្លាប់ប្រើ Excel ទេ?") -> Message:
    return send_message(row, text=text, client_id=uuid.uuid4(), by=by)


def texts(row: Application, by: User) -> list[str]:
    return [line.text for line in read_thread(row, by=by)]


def test_both_sides_write_and_read(
    row: Application,
    clerk: User,
    learner: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(row, clerk, "Have you used Excel?")
        send(row, learner, "Yes.")
    assert texts(row, clerk) == texts(row, learner) == ["Have you used Excel?", "Yes."]
    assert [line.who for line in read_thread(row, by=clerk)] == [row.request.office.name, row.code_name]
    assert learner.notifications.get().kind == "volunteers.message_of_office"
    assert clerk.notifications.get().kind == "volunteers.message_of_applicant"


def test_sent_twice_is_one_message(row: Application, learner: User, clerk: User) -> None:
    number = uuid.uuid4()
    first, second = (send_message(row, text="Yes.", client_id=number, by=learner) for _ in range(2))
    assert first == second
    with pytest.raises(PermissionDenied):
        send_message(row, text="Yes.", client_id=number, by=clerk)


def test_contact_data_is_held_until_the_place_is_accepted(row: Application, clerk: User, learner: User) -> None:
    send(row, learner, "My number is 012 345 678")
    assert texts(row, clerk) == []
    (line,) = read_thread(row, by=learner)
    assert line.note
    Application.objects.filter(pk=row.pk).update(status="accepted")
    row.refresh_from_db()
    Placement.objects.create(application=row)
    assert texts(row, clerk) == ["My number is 012 345 678"]


def test_what_adults_write_to_a_minor_waits_for_a_moderator(
    client: Client,
    young: Application,
    clerk: User,
    moderator: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first, second = send(young, clerk, "Come at eight."), send(young, clerk, "Come alone.")
    assert moderator.notifications.filter(kind="volunteers.message_waits").count() == 2
    assert young.applicant.notifications.count() == 0
    assert texts(young, young.applicant) == []
    send(young, young.applicant, "When?")
    assert texts(young, clerk)[-1] == "When?"
    client.force_login(moderator)
    page = client.get(reverse("messages-waiting"))
    assert [message.text for message in page.context["page"]] == ["Come at eight.", "Come alone."]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("message-decide", args=[first.public_id]), {"act": "pass"})
        client.post(reverse("message-decide", args=[second.public_id]), {"act": "return", "reason": "post_meeting"})
    assert texts(young, young.applicant) == ["Come at eight.", "When?"]
    assert [row.kind for row in young.applicant.notifications.all()] == ["volunteers.message_of_office"]
    assert clerk.notifications.filter(kind="volunteers.message_returned").count() == 1
    with pytest.raises(WrongStateError):
        decide_message(second, passes=True, by=moderator)


def test_an_office_is_not_told_who_is_under_18(
    client: Client, row: Application, young: Application, clerk: User, moderator: User
) -> None:
    """Neither by what the page says nor by what becomes of a message, before a place is accepted."""
    client.force_login(clerk)
    hints = []
    for each in (row, young):
        send(each, clerk, "Come at eight.")
        (line,) = read_thread(each, by=clerk)
        page = client.get(reverse("application-messages", args=[each.public_id]))
        hints.append((line.note, page.context["is_moderated"]))
    assert hints == [("", False)] * 2
    (line,) = read_thread(young, by=moderator)
    assert line.note


def test_a_moderator_reads_threads_of_minors_and_reported_ones_alone(
    client: Client, row: Application, young: Application, moderator: User, clerk: User, learner: User
) -> None:
    client.force_login(moderator)
    at = {each: reverse("application-messages", args=[each.public_id]) for each in (row, young)}
    assert (client.get(at[row]).status_code, client.get(at[young]).status_code) == (404, 200)
    message = send(row, clerk, "Rude words.")
    client.force_login(learner)
    client.post(reverse("message-report", args=[message.public_id]), {"reason": "post_rude"})
    client.force_login(moderator)
    assert client.get(at[row]).status_code == 200
    client.post(reverse("message-decide", args=[message.public_id]), {"act": "hide"})
    (line,) = read_thread(row, by=learner)
    assert line.text == ""
    assert line.note
    assert Message.objects.get(pk=message.pk).text == "Rude words."
    assert client.post(at[row], {"text": "x", "client_id": uuid.uuid4()}).status_code == 403


def test_only_the_other_side_reports(row: Application, clerk: User, learner: User, stranger: User) -> None:
    message = send(row, clerk)
    for person in (clerk, stranger):
        with pytest.raises(PermissionDenied):
            report_message(message, reason="post_rude", by=person)
    with pytest.raises(NotReadyError):
        report_message(message, reason="", by=learner)


@pytest.mark.parametrize("text", ["", "  ", "x" * 1001])
def test_a_wrong_message_stays_in_the_box(client: Client, row: Application, learner: User, text: str) -> None:
    client.force_login(learner)
    address = reverse("application-messages", args=[row.public_id])
    page = client.post(address, {"text": text, "client_id": uuid.uuid4()})
    assert list(page.context["form"].errors) == ["text"]
    assert page.context["form"]["text"].value() == text
    assert not Message.objects.exists()


def test_the_pace_is_limited(row: Application, learner: User) -> None:
    for _ in range(MOST_AN_HOUR):
        send(row, learner)
    with pytest.raises(NotReadyError):
        send(row, learner)


def test_a_refused_application_takes_no_more(row: Application, learner: User) -> None:
    Application.objects.filter(pk=row.pk).update(status="not_placed")
    row.refresh_from_db()
    with pytest.raises(NotReadyError):
        send(row, learner)


def test_strangers_find_no_thread(client: Client, row: Application, stranger: User) -> None:
    rival = MembershipFactory.create(organisation=OfficeFactory.create()).user
    message = send(row, row.applicant)
    for person in (stranger, rival):
        client.force_login(person)
        assert client.get(reverse("application-messages", args=[row.public_id])).status_code == 404
        assert client.post(reverse("message-report", args=[message.public_id]), {}).status_code == 404
        assert client.post(reverse("message-decide", args=[message.public_id]), {}).status_code == 403
        assert client.get(reverse("messages-waiting")).status_code == 403


def test_ones_own_copy_and_what_deletion_leaves(row: Application, clerk: User, learner: User) -> None:
    send(row, clerk, "Hello."), send(row, learner, "Yes.")
    copy: dict[str, Any] = describe_volunteering(learner)["applications"][0]
    assert [(each["from"], each["text"]) for each in copy["messages"]] == [("office", "Hello."), ("me", "Yes.")]
    delete_account(learner)
    assert list(Message.objects.values_list("text", flat=True)) == ["Hello.", ""]


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_queries_for_one_message_and_three(
    client: Client, row: Application, learner: User, clerk: User, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        send(row, clerk)
    client.force_login(learner)
    address = reverse("application-messages", args=[row.public_id])
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
