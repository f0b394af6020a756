"""Following a commune."""

from accounts.models import User
from forums.querysets import Reader
from participation.models import Follow
from places.models import Commune


def follow(commune: Commune, *, by: User) -> None:
    """Hear of its meetings and dates from now on; twice is the same as once."""
    Follow.objects.get_or_create(user=by, commune=commune)


def unfollow(commune: Commune, *, by: User) -> None:
    Follow.objects.filter(user=by, commune=commune).delete()


def is_following(user: Reader, commune: Commune) -> bool:
    return user.is_authenticated and Follow.objects.filter(user=user.pk, commune=commune).exists()


def list_followers(commune: Commune, *, among: set[int] | None = None) -> set[int]:
    """Keys of the people who follow it; with `among`, of these only."""
    rows = Follow.objects.of_active_people().filter(commune=commune)
    rows = rows if among is None else rows.filter(user__in=among)
    return set(rows.values_list("user", flat=True))


def count_followers(commune: Commune) -> int:
    return Follow.objects.of_active_people().filter(commune=commune).count()


def describe_follows(user: User) -> list[str]:
    """Codes of the communes a person follows, for their own copy of their data."""
    return list(Follow.objects.filter(user=user).order_by("commune__code").values_list("commune__code", flat=True))


def forget_follows(user: User) -> None:
    """With the account goes what it followed."""
    Follow.objects.filter(user=user).delete()
