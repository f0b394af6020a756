"""Three switches in a row: the whole truth table, for each kind on each way."""

from itertools import product

import pytest

from accounts.models import User
from notifications.enums import Channel
from notifications.models import Delivery, Preference
from notifications.services.preferences import read_choices, save_choices, stop
from tests.factories.notifications import ALARM, LOW, NORMAL, TEST_KINDS, URGENT, WORK, tell

pytestmark = pytest.mark.django_db
SCOPES = ("", f"category:{WORK.code}", "kind", "thread:t1")


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("code", list(TEST_KINDS))
def test_every_combination_of_switches(reader: User, channel: Channel, code: str) -> None:
    """Unset, on and off at four places: 81 combinations for each kind on each way."""
    kind = TEST_KINDS[code]
    merely_good_to_know = kind is LOW and channel == Channel.EMAIL
    for states in product((None, True, False), repeat=4):
        Preference.objects.all().delete()
        for scope, is_on in zip(SCOPES, states, strict=True):
            if is_on is not None:
                name = f"kind:{code}" if scope == "kind" else scope
                Preference.objects.create(user=reader, channel=channel, scope=name, is_on=is_on)
        expected = kind is ALARM or (False not in states and (not merely_good_to_know or states[2] is True))
        assert read_choices(reader).allows(channel, kind, "t1") is expected, states


def test_a_switch_of_one_way_leaves_the_other_alone(reader: User) -> None:
    save_choices(reader, changes={(Channel.EMAIL, ""): False})
    choices = read_choices(reader)
    assert [choices.allows(channel, NORMAL) for channel in Channel] == [True, False]


@pytest.mark.parametrize(
    ("kind", "off", "counted", "mailed"),
    [
        (URGENT, None, 1, 1),
        (NORMAL, None, 1, 1),
        (LOW, None, 1, 0),
        (URGENT, Channel.EMAIL, 1, 0),
        (NORMAL, Channel.EMAIL, 1, 0),
        (URGENT, Channel.SITE, 0, 1),
        (LOW, Channel.SITE, 0, 0),
    ],
)
def test_what_reaches_the_person(reader: User, kind: object, off: Channel | None, counted: int, mailed: int) -> None:
    if off:
        save_choices(reader, changes={(off, ""): False})
    tell(reader, kind)  # type: ignore[arg-type]
    reader.refresh_from_db()
    assert (reader.unread_notifications, Delivery.objects.count()) == (counted, mailed)


def test_one_thread_is_stopped_and_the_others_are_not(reader: User) -> None:
    stop(reader, scope="thread:t1")
    tell(reader, key="a", group_key="t1")
    tell(reader, key="b", group_key="t2")
    assert list(Delivery.objects.values_list("notification__dedupe_key", flat=True)) == ["b"]
    assert [row.is_read for row in reader.notifications.order_by("pk")] == [True, False]
