"""Never twice; several of one group become one; put into words when it is read."""

from typing import Any

import pytest
from django.core import mail
from django.utils import translation

from accounts.models import User
from notifications.models import Delivery
from notifications.services import notify, strip_language
from notifications.services.delivery import sweep
from notifications.services.kinds import put_into_words, register
from notifications.services.reading import mark_read
from tests.factories.accounts import UserFactory
from tests.factories.notifications import NORMAL, URGENT, WORK, Kind, tell
from tests.notifications.conftest import Clock

pytestmark = pytest.mark.django_db


def test_the_same_thing_is_told_once(reader: User) -> None:
    told = [notify([reader, reader], kind=NORMAL, url="/x/", dedupe_key="one") for _ in range(3)]
    assert told == [1, 0, 0]
    assert (reader.notifications.count(), Delivery.objects.count()) == (1, 1)


def test_two_people_are_each_told(reader: User) -> None:
    assert notify([reader, UserFactory.create()], kind=NORMAL, url="/x/", dedupe_key="one") == 2


def test_nobody_tells_those_who_left(reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert notify([reader], kind=NORMAL, url="/x/", dedupe_key="one") == 0


def test_a_group_is_one_line_and_one_mail(reader: User, clock: Clock, django_capture_on_commit_callbacks: Any) -> None:
    for number, minutes in enumerate((0, 4, 5)):
        clock.wait(minutes=minutes)
        tell(reader, key=str(number), group_key="request:1")
    reader.refresh_from_db()
    assert (reader.unread_notifications, reader.notifications.count(), Delivery.objects.count()) == (1, 3, 1)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep().due == 0
    clock.wait(minutes=1)
    tell(reader, key="late", group_key="request:1")  # ten minutes after the first: a new line
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep().due == 1
    assert [message.subject for message in mail.outbox] == ["3 news of the work"]
    reader.refresh_from_db()
    assert reader.unread_notifications == 2


def test_other_groups_kinds_and_what_was_read_stay_apart(reader: User, clock: Clock) -> None:
    first = tell(reader, key="a", group_key="request:1")
    tell(reader, key="b", group_key="request:2")
    tell(reader, URGENT, key="c", group_key="request:1")
    tell(reader, URGENT, key="d", group_key="request:1")
    mark_read(reader, public_id=first.public_id)
    tell(reader, key="e", group_key="request:1")
    assert reader.notifications.filter(lead=None).count() == 5


def test_what_has_a_clock_goes_at_once(reader: User, clock: Clock, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tell(reader, URGENT, group_key="request:1")
    assert [message.subject for message in mail.outbox] == ["Answer the work"]


def test_reading_one_reads_its_group(reader: User, clock: Clock) -> None:
    first = tell(reader, key="a", group_key="g")
    tell(reader, key="b", group_key="g")
    mark_read(reader, public_id=first.public_id)
    assert (reader.unread_notifications, reader.notifications.filter(read_at=None).count()) == (0, 0)


def test_words_are_the_readers() -> None:
    data = {"title": {"km": "ការងារ ៣", "en": ""}, "until_at": "2026-12-02T05:00:00+00:00"}
    with translation.override("km"):
        assert put_into_words("test.normal", data, 12).title == "១២ news of ការងារ ៣"
    with translation.override("en"):
        assert put_into_words("test.normal", data).body == "It is about ការងារ 3."


def test_a_kind_that_is_gone_still_has_a_line() -> None:
    with translation.override("en"):
        assert put_into_words("test.gone", {}).title == "Something changed that concerns you."


def test_two_kinds_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match=r"test\.normal"):
        register(Kind("test.normal", WORK, "x", "y"))


@pytest.mark.parametrize(
    ("url", "kept"), [("/km/requests/1/", "/requests/1/"), ("/en/", "/"), ("/requests/", "/requests/")]
)
def test_addresses_are_kept_without_language(url: str, kept: str) -> None:
    assert strip_language(url) == kept
