"""One tap in an e-mail: forged, replayed, overruled."""

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from accounts.models import User
from notifications.enums import Channel
from notifications.models import Notification
from notifications.services.letters import SALT, make_stop_token
from notifications.services.preferences import read_choices, save_choices
from tests.factories.notifications import NORMAL, URGENT, tell
from tests.notifications.conftest import Clock

pytestmark = pytest.mark.django_db


def link_of(row: Notification) -> str:
    return f"/en/notifications/stop/{make_stop_token(row.recipient, row)}/"


def switches(user: User) -> list[bool]:
    choices = read_choices(user)
    return [choices.allows(channel, kind) for channel in Channel for kind in (NORMAL, URGENT)]


def test_looking_changes_nothing_and_one_button_does(reader: User) -> None:
    url, visitor = link_of(tell(reader)), Client(enforce_csrf_checks=True)
    page = visitor.get(url).content.decode()
    assert (page.count("<form method"), switches(reader)) == (1, [True] * 4)
    answer = visitor.post(url, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert switches(reader) == [True, True, False, True]  # that kind by e-mail, and nothing else
    assert "<form method" not in visitor.get(url).content.decode()


def test_a_second_tap_changes_nothing(reader: User) -> None:
    url = link_of(tell(reader))
    for _ in range(2):
        assert Client().post(url).status_code == 200
    assert reader.notification_preferences.count() == 1


def test_an_old_link_does_not_undo_a_change_of_mind(reader: User, clock: Clock) -> None:
    url = link_of(tell(reader))
    Client().post(url)
    clock.wait(hours=1)
    save_choices(reader, changes={(Channel.EMAIL, "kind:test.normal"): True})
    assert "does nothing any more" in Client().post(url).content.decode()
    assert switches(reader) == [True] * 4
    clock.wait(hours=1)
    Client().post(link_of(tell(reader, key="newer")))
    assert switches(reader) == [True, True, False, True]


def test_forged_links_are_not_found(reader: User) -> None:
    token = make_stop_token(reader, tell(reader))
    now = int(timezone.now().timestamp())
    forged = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        "x",
        signing.dumps([reader.public_id.hex, "test.normal", now], salt="another"),
        signing.dumps([reader.public_id.hex, "test.gone", now], salt=SALT),
        signing.dumps(["0" * 32, "test.normal", now], salt=SALT),
        signing.dumps([reader.public_id.hex, "test.normal", 10**30], salt=SALT),
        signing.dumps([1, 2, 3], salt=SALT),
        signing.dumps("text", salt=SALT),
    ]
    for bad in forged:
        for method in (Client().get, Client().post):
            assert method(f"/en/notifications/stop/{bad}/").status_code == 404, bad
    assert switches(reader) == [True] * 4


def test_a_link_of_somebody_who_left_is_not_found(reader: User) -> None:
    url = link_of(tell(reader))
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert Client().post(url).status_code == 404
