"""Questions that wait for an office, as its own people read them: what is due first stands first."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.services import offices_of
from forums.models import Topic

if TYPE_CHECKING:
    from forums.querysets import TopicQuerySet

NEVER = datetime(2999, 1, 1, tzinfo=UTC)  # a question without a clock stands last
BY_DUE = ("due", "created_at", "pk")


def list_waiting(user: User) -> "TopicQuerySet":
    """On the boards of the communes whose offices the person acts for, with `due`: until when an answer is promised."""
    communes = [office.commune_id for office in offices_of(user)]
    topics = Topic.objects.visible_to(AnonymousUser()).unanswered().filter(board__commune__in=communes)
    due = Coalesce("asked__due_at", Value(NEVER), output_field=DateTimeField())
    return topics.annotate(due=due)
