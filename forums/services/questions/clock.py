"""The clock of a question: when it begins, whom it reminds, and who hears of it.

The office is reminded after 3 and after 7 days; after 10 the programme staff is told, who can ask somebody else there.
"""

from datetime import timedelta
from functools import partial, reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from accounts.models import Membership, Organisation, User
from accounts.rules import CLERK_ROLES, STAFF, speaks_for
from forums.errors import NotAllowedError
from forums.models import Asked, Promise, Topic
from forums.models.asked import ADDRESSEES, PROMISES, USUAL_DAYS
from forums.models.post import to_hour
from forums.services.following import name_board
from forums.services.notices import questions as news
from notifications.services import Kind, notify
from places.models import Commune

REMINDED_AFTER = (timedelta(days=3), timedelta(days=7), timedelta(days=10))
KINDS = (news.WAITS, news.WAITS_LONG, news.UNANSWERED)
ASKED_FOR = timedelta(days=90)  # after that nobody is reminded any more


def find_days(commune: Commune | None) -> int | None:
    """Within how many days the commune's verified office answers, by its own word or as usual; None without one."""
    offices = Organisation.objects.verified().commune_offices().filter(commune=commune)
    found = offices.values_list("pk", "answer_promise__days").first()
    return (found[1] or USUAL_DAYS) if found else None


def make_asked(topic: Topic, *, role: str = "") -> Asked:
    """The question's row, in the transaction that makes the topic; the office is told once it is committed."""
    asked = Asked(topic=topic, role=role if role in dict(ADDRESSEES) else "")
    start_clock(asked, find_days(topic.board.commune))
    asked.save()
    if asked.due_at:
        transaction.on_commit(partial(tell_office_task.enqueue, topic.pk, news.ASKED.code))
    return asked


def start_clock(asked: Asked, days: int | None) -> None:
    """From now on (in a topic with protected posts from this hour), with no reminder sent yet; without an office there
    is no clock.
    """
    if days is not None:
        asked.since = to_hour(timezone.now()) if asked.topic.has_protected else timezone.now()
        asked.due_at, asked.reminded = asked.since + timedelta(days=days), 0


def move_clock(topic: Topic) -> None:
    """The question stands on another commune's board, or on none's: what was asked, answered and rated there ends. It
    is asked anew here; in the transaction that moves it.
    """
    former = Asked.objects.filter(topic=topic).first()
    if former is not None:
        former.delete()
    topic._state.fields_cache.pop("asked", None)
    if topic.board.commune_id:
        make_asked(topic, role=former.role if former else "")


def start_clocks(office: Organisation) -> None:
    """The office was verified just now: what waited for one is asked of it from today."""
    now, days = timezone.now(), find_days(office.commune) or USUAL_DAYS
    waiting = Asked.objects.filter(topic__board__commune=office.commune, topic__is_answered=False, due_at=None)
    waiting = waiting.exclude(topic__author=None, topic__has_protected=False)  # who asked has left
    waiting = waiting.filter(topic__moved_to=None, topic__is_taken_back=False)
    waiting.update(since=now, due_at=now + timedelta(days=days))


def promise(office: Organisation, *, by: User, days: int) -> None:
    """The office says within how many days it answers; questions from now on count by it. Raises `NotAllowedError`."""
    if not speaks_for(by, office) or days not in PROMISES:
        raise NotAllowedError
    Promise.objects.update_or_create(office=office, defaults={"days": days})


def remind_of_questions() -> int:
    """For the clocks: each step of `REMINDED_AFTER` once; answers how many."""
    now = timezone.now()
    waiting = Asked.objects.filter(topic__is_answered=False, topic__is_hidden=False, topic__moved_to=None)
    due = waiting.filter(since__gt=now - ASKED_FOR)
    later = [Q(reminded__lt=number, since__lte=now - wait) for number, wait in enumerate(REMINDED_AFTER, 1)]
    return sum(_remind(asked) for asked in due.filter(reduce(or_, later)).order_by("pk"))


@transaction.atomic
def _remind(asked: Asked) -> bool:
    """Count and queue in one step: two clocks at once remind once."""
    waited = timezone.now() - (asked.since or timezone.now())
    number = sum(waited >= wait for wait in REMINDED_AFTER)
    is_first = bool(Asked.objects.filter(pk=asked.pk, reminded=asked.reminded).update(reminded=number))
    if is_first:
        tell_office_task.enqueue(asked.pk, KINDS[number - 1].code)
    return is_first


@task()
def tell_office_task(pk: int, code: str) -> None:
    """The office, or the programme, in the words of the kind."""
    topic = Topic.objects.select_related("board__commune", "asked").get(pk=pk)
    kinds = {kind.code: kind for kind in (*KINDS, news.ASKED, news.REOPENED)}
    if not topic.is_hidden and topic.moved_to_id is None:
        people = find_staff() if code == news.UNANSWERED.code else find_office(topic.board.commune)
        tell(topic, kinds[code], [person for person in people if person.pk != topic.author_id])


def find_office(commune: Commune | None) -> list[User]:
    """Everybody who acts for the verified office."""
    offices = Organisation.objects.verified().commune_offices().filter(commune=commune)
    members = Membership.objects.active().filter(organisation__in=offices, role__in=CLERK_ROLES)
    return [member.user for member in members.select_related("user")]


def find_staff() -> list[User]:
    return list(User.objects.filter(groups__name=STAFF, is_active=True))


def tell(topic: Topic, kind: Kind, people: list[User], *, part: str = "") -> None:
    """Once in each turn of the question, or of this part of it."""
    asked = topic.asked
    notify(
        people,
        kind=kind,
        url=topic.get_absolute_url(),
        dedupe_key=f"question:{topic.public_id}:{asked.turn}:{kind.code}{part}",
        group_key=f"questions:{topic.board_id}",
        data={
            "question": topic.title,
            "commune": name_board(topic.board),
            "due_at": asked.due_at.isoformat() if asked.due_at else "",
        },
    )
