"""Who of those that decide is told of something that waits."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet

from accounts.models import User


def find_deciders(groups: Iterable[str], rows_for: Callable[[User], QuerySet[Any]], row: Model) -> list[User]:
    """Active members of these groups, and administrators, on whose own list the row stands: the list leaves out whoever
    is a party. One question a person, so for tasks alone.
    """
    people = User.objects.filter(Q(groups__name__in=groups) | Q(is_superuser=True), is_active=True).distinct()
    return [user for user in people if rows_for(user).filter(pk=row.pk).exists()]
