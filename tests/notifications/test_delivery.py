"""A delivery against a real mail server that works, is away, busy, or refuses; the log; caps; quiet hours."""

import logging
from collections.abc import Iterator
from email import message_from_string, policy
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from notifications.enums import DeliveryReason, DeliveryStatus
from notifications.models import Delivery, Notification
from notifications.services.carriers import NotMineError
from notifications.services.delivery import SweepResult, _begin, count_outcomes, deliver, sweep
from notifications.services.preferences import stop
from notifications.services.reading import mark_read
from notifications.services.times import BACK_OFF
from tests.factories.notifications import ALARM, NORMAL, URGENT, Kind, tell
from tests.notifications.conftest import Clock
from tests.notifications.smtp import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 5
        yield server


def queue(person: User, kind: Kind = URGENT, key: str = "one", **values: object) -> Delivery:
    return tell(person, kind, key, **values).deliveries.get()


def outcome(row: Delivery) -> tuple[str, str, int]:
    row.refresh_from_db()
    return row.status, row.reason, row.attempts


def test_it_arrives_once_with_its_way_out(reader: User, clock: Clock, server: MailServer) -> None:
    row = queue(reader)
    for _ in range(3):
        deliver(row.pk)
    assert outcome(row) == ("sent", "", 1)
    (text,) = server.messages
    message = message_from_string(text, policy=policy.default)
    body = message.get_content()
    assert (message["Subject"], message["To"]) == ("Answer the work", "reader@example.org")
    assert message["Message-ID"] == f"<{row.public_id}@localhost>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].strip(" <>") in body
    assert "http://localhost:8000/en/requests/" in body


def test_a_server_that_is_away_is_tried_again_then_given_up(
    reader: User, clock: Clock, server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers["MAIL"] = "451 greylisted, reader@example.org"
    row = queue(reader)
    for number, pause in enumerate(BACK_OFF, 1):
        deliver(row.pk)
        assert outcome(row) == ("failed", "busy", number)
        assert row.next_at == clock.now + pause
        deliver(row.pk)  # too early: nothing happens
        assert outcome(row) == ("failed", "busy", number)
        clock.set(12)
        clock.wait(days=1)
    with caplog.at_level(logging.WARNING):
        deliver(row.pk)
    assert outcome(row) == ("given_up", "busy", len(BACK_OFF) + 1)
    clock.wait(days=2)
    deliver(row.pk)
    assert server.messages == []
    assert "example.org" not in caplog.text
    assert str(row.public_id) in caplog.text


def test_it_goes_out_once_the_server_is_back(reader: User, clock: Clock, server: MailServer) -> None:
    server.answers["."] = "450 later"
    row = queue(reader)
    deliver(row.pk)
    assert outcome(row) == ("failed", "busy", 1)
    server.answers.clear()
    clock.wait(minutes=1)
    deliver(row.pk)
    assert (outcome(row), len(server.messages)) == (("sent", "", 2), 1)


def test_a_line_that_breaks_at_the_end_is_not_tried_again(
    reader: User, clock: Clock, server: MailServer, settings: Any
) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    server.answers["."] = ""  # taken, but the answer never comes
    row = queue(reader)
    deliver(row.pk)
    assert (outcome(row), len(server.messages)) == (("given_up", "interrupted", 1), 1)


def test_a_bad_farewell_unsends_nothing(reader: User, clock: Clock, server: MailServer) -> None:
    server.answers["QUIT"] = "221 " + "x" * 9000
    row = queue(reader)
    deliver(row.pk)
    assert (outcome(row), len(server.messages)) == (("sent", "", 1), 1)


def test_a_silent_server_is_tried_again(reader: User, clock: Clock, server: MailServer, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    server.answers["EHLO"] = ""
    row = queue(reader)
    deliver(row.pk)
    assert outcome(row) == ("failed", "no_connection", 1)


def test_nobody_listens(reader: User, clock: Clock, server: MailServer, settings: Any) -> None:
    server.__exit__()
    row = queue(reader)
    deliver(row.pk)
    assert outcome(row) == ("failed", "no_connection", 1)
    server.__init__()  # type: ignore[misc]  # so that the fixture has something to close
    server.__enter__()


@pytest.mark.parametrize("command", ["RCPT", "."])
def test_a_final_no_is_final(reader: User, clock: Clock, server: MailServer, command: str) -> None:
    server.answers[command] = "550 no such person as reader@example.org"
    row = queue(reader)
    deliver(row.pk)
    assert outcome(row) == ("given_up", "refused", 1)


def test_the_week_has_an_end_but_not_for_clocks(reader: User, clock: Clock, server: MailServer, settings: Any) -> None:
    settings.MAILS_A_WEEK = 2
    rows = [queue(reader, NORMAL, str(number)) for number in range(3)]
    urgent = queue(reader, URGENT, "urgent")
    for row in (*rows, urgent):
        deliver(row.pk)
    assert [outcome(row)[:2] for row in rows] == [("sent", ""), ("sent", ""), ("dropped", "cap")]
    assert outcome(urgent)[0] == "sent"
    clock.wait(days=7, minutes=1)
    later = queue(reader, NORMAL, "later")
    deliver(later.pk)
    assert outcome(later)[0] == "sent"


def test_an_alarm_passes_the_night_the_week_and_every_switch(
    reader: User, clock: Clock, server: MailServer, settings: Any
) -> None:
    settings.MAILS_A_WEEK = 0
    for scope in ("", "category:test-work", "kind:test.alarm", "thread:request:1"):
        stop(reader, scope=scope)
    clock.set(23)
    urgent, alarm = tell(reader, URGENT, "urgent"), queue(reader, ALARM, "alarm", group_key="request:1")
    assert not urgent.deliveries.exists()
    deliver(alarm.pk)
    assert (outcome(alarm), len(server.messages)) == (("sent", "", 1), 1)
    assert alarm.notification.read_at is None  # it rings at the bell as well
    reader.notification_preferences.all().delete()
    late = queue(reader, URGENT, "late")
    deliver(late.pk)
    assert outcome(late)[0] == "queued"  # what is only urgent waits for the morning


def test_by_night_it_waits_and_is_not_lost(reader: User, clock: Clock, server: MailServer) -> None:
    clock.set(22)
    row = queue(reader)
    deliver(row.pk)
    assert outcome(row) == ("queued", "", 0)
    assert timezone.localtime(row.next_at).strftime("%d %H:%M") == "03 06:00"
    clock.now = row.next_at
    deliver(row.pk)
    assert outcome(row)[0] == "sent"


def test_what_changed_meanwhile_counts(reader: User, clock: Clock, server: MailServer) -> None:
    stopped, read, moved = (queue(reader, NORMAL, key) for key in "abc")
    stop(reader, scope="kind:test.normal")
    deliver(stopped.pk)
    reader.notification_preferences.all().delete()
    mark_read(reader, public_id=read.notification.public_id)
    deliver(read.pk)
    EmailAddress.objects.filter(user=reader).delete()
    deliver(moved.pk)
    assert [outcome(row)[:2] for row in (stopped, read, moved)] == [
        ("dropped", DeliveryReason.SWITCHED_OFF),
        ("dropped", DeliveryReason.ALREADY_READ),
        ("dropped", DeliveryReason.NO_ADDRESS),
    ]
    assert server.messages == []


def test_no_mail_to_an_address_that_nobody_confirmed(reader: User) -> None:
    EmailAddress.objects.update(verified=False)
    tell(reader)
    assert Delivery.objects.count() == 0


def test_a_site_without_mail_queues_none(reader: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    tell(reader)
    assert Delivery.objects.count() == 0


def test_the_sweep_sends_what_a_crash_left(
    reader: User, clock: Clock, server: MailServer, django_capture_on_commit_callbacks: Any
) -> None:
    left, torn, dropped, deadly = (queue(reader, URGENT, key) for key in ("left", "torn", "dropped", "deadly"))
    Delivery.objects.filter(pk=torn.pk).update(status=DeliveryStatus.SENDING, updated_at=clock.now)
    Delivery.objects.filter(pk=dropped.pk).update(status=DeliveryStatus.TAKEN, updated_at=clock.now, attempts=1)
    Delivery.objects.filter(pk=deadly.pk).update(
        status=DeliveryStatus.TAKEN, updated_at=clock.now, attempts=len(BACK_OFF) + 1
    )
    clock.wait(minutes=16)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep() == SweepResult(due=2, interrupted=2, forgotten=0)
    assert count_outcomes() == {("sent", ""): 2, ("given_up", "interrupted"): 2}
    assert (outcome(left)[0], outcome(torn)[:2]) == ("sent", ("given_up", "interrupted"))
    assert (outcome(dropped), outcome(deadly)[:2]) == (("sent", "", 2), ("given_up", "interrupted"))
    assert len(server.messages) == 2


def test_a_worker_that_was_thought_dead_sends_nothing(reader: User, clock: Clock, server: MailServer) -> None:
    row = queue(reader)
    Delivery.objects.filter(pk=row.pk).update(status=DeliveryStatus.TAKEN, attempts=2)
    row.attempts = 1  # what the slow worker remembers
    with pytest.raises(NotMineError):
        _begin(row)
    assert outcome(row) == ("taken", "", 2)


def test_what_is_a_year_old_and_read_is_forgotten(reader: User, clock: Clock) -> None:
    old, unread = tell(reader, key="old"), tell(reader, key="unread")
    mark_read(reader, public_id=old.public_id)
    clock.wait(days=366)
    assert sweep().forgotten == 1
    assert list(Notification.objects.all()) == [unread]
