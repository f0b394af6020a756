"""Inclusion data: given freely, kept apart, read only with a reason that is logged."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import InclusionCount, InclusionProfile, InclusionRead, User

PURPOSE = "fair places and honest counts"  # what the person agreed to; a new purpose needs a new consent

FLAGS = ("is_female", "has_disability", "has_id_poor", "is_minority", "has_migrant_household")


@transaction.atomic
def save_inclusion(user: User, **answers: bool | None) -> InclusionProfile:
    """Keep the answers with the consent of this moment. Each is yes, no, or None for not said."""
    profile, _created = InclusionProfile.objects.update_or_create(
        user=user, defaults={**answers, "consented_at": timezone.now(), "purpose": PURPOSE}
    )
    return profile


def withdraw_inclusion(user: User) -> bool:
    """Delete the answers; whether there were any."""
    deleted, _per_model = InclusionProfile.objects.filter(user=user).delete()
    return bool(deleted)


@transaction.atomic
def read_inclusion(profile_user: User, *, by: User, reason: str) -> InclusionProfile | None:
    """One person's answers. Every read by another is logged with its reason, also when there is nothing to read."""
    if by != profile_user:
        if not reason.strip():
            raise ValueError("Reading somebody else's inclusion data needs a reason.")
        InclusionRead.objects.create(profile_user=profile_user, reader=by, reason=reason[:200])
    return InclusionProfile.objects.filter(user=profile_user).first()


@transaction.atomic
def list_groups(
    people: QuerySet[User], flags: Collection[str] = FLAGS, *, by: User | None, reason: str
) -> dict[int, frozenset[str]]:
    """Who said yes to what, by the person's key. For counts alone: the caller shows no answer of a single person.

    Leaves one line in the log of counts. `by=None` is the programme's own clock.
    """
    held = _list_held(people, flags)
    InclusionCount.objects.create(reader=by, reason=reason[:200], people=people.count())
    return held


@transaction.atomic
def read_flags(people: QuerySet[User], flags: Collection[str], *, by: User, reason: str) -> dict[int, frozenset[str]]:
    """The same as yes-or-no flags for seats kept in a round. Logged for each person whose flag was read as yes."""
    held = _list_held(people, flags)
    InclusionRead.objects.bulk_create(
        [InclusionRead(profile_user_id=key, reader=by, reason=reason[:200]) for key in held], batch_size=500
    )
    return held


def _list_held(people: QuerySet[User], flags: Collection[str]) -> dict[int, frozenset[str]]:
    rows = InclusionProfile.objects.filter(user__in=people.order_by().values("pk")).values_list("user_id", *flags)
    held = ((key, frozenset(flag for flag, said in zip(flags, answers, strict=True) if said)) for key, *answers in rows)
    return {key: found for key, found in held if found}
