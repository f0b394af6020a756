"""Two workers at the same moment."""

from functools import partial

from tests.races import run_together

CLIENTS = 3


def prepare() -> None:
    """The kinds of the tests, and mail that stays in memory."""
    from django.core import mail

    from notifications.services.kinds import KINDS
    from tests.factories.notifications import TEST_KINDS

    KINDS.update(TEST_KINDS)
    mail.outbox = []


def race_to_tell_once(rounds: int) -> None:
    """One thing told by several workers: one row, one delivery, counted once."""
    from accounts.models import User
    from notifications.services import notify
    from tests.factories.notifications import NORMAL, make_reader

    for number in range(rounds):
        person = make_reader(username=f"told{number}")
        tell = partial(notify, [person], kind=NORMAL, url="/x/", dedupe_key="one", data={"title": "x"})
        assert sorted(run_together([tell] * CLIENTS)) == [0, 0, 1]
        others = [
            partial(notify, [person], kind=NORMAL, url="/x/", dedupe_key=key, group_key="g") for key in ("a", "b", "c")
        ]
        assert run_together(others) == [1, 1, 1]
        person = User.objects.get(pk=person.pk)
        assert (person.unread_notifications, person.notifications.count()) == (2, 4)


def race_to_send_once(rounds: int) -> None:
    """One delivery in the hands of several workers: one e-mail."""
    from django.core import mail
    from django.utils import timezone

    from notifications.models import Delivery
    from notifications.services.delivery import deliver
    from tests.factories.notifications import URGENT, make_reader, tell

    for number in range(rounds):
        row = tell(make_reader(username=f"sent{number}"), URGENT, due_at=timezone.now())
        delivery = row.deliveries.get()
        Delivery.objects.filter(pk=delivery.pk).update(status="queued", attempts=0)
        mail.outbox.clear()
        assert run_together([partial(deliver, delivery.pk)] * CLIENTS) == [None] * CLIENTS
        delivery.refresh_from_db()
        assert (len(mail.outbox), delivery.status, delivery.attempts) == (1, "sent", 1)


def race(rounds: int) -> None:
    """Both, in a process of its own."""
    prepare()
    race_to_tell_once(rounds)
    race_to_send_once(rounds)
