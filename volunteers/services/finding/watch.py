"""Once a day: looks through today's new requests for every saved search, and tells each person once for all of theirs.

The number of queries does not grow with the number of searches; only telling somebody costs a few of its own.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from courses.models import SkillGrant
from notifications.services import notify
from volunteers.models import RequestListing, SavedSearch, VolunteerProfile
from volunteers.services.finding.filters import list_conditions, make_test
from volunteers.services.finding.queries import read_filters
from volunteers.services.finding.saved import mark_looked
from volunteers.services.finding.seeker import Seeker, find_home, read_skill_sets
from volunteers.services.notices.finding import NEW_WORK

FROM_HOUR = 6  # in Phnom Penh: nobody is told at night
BATCH = 500
MOST_NAMES = 3
PLACES = ("user__home_commune", "user__current_commune")


@dataclass
class Finds:
    """What is new for one person: by request, and the searches that found something."""

    user: User
    requests: dict[int, RequestListing] = field(default_factory=dict)
    searches: list[SavedSearch] = field(default_factory=list)


def watch_searches(now: datetime | None = None) -> int:
    """For the clocks. Answers how many people were told now."""
    now = now or timezone.now()
    if timezone.localtime(now).hour < FROM_HOUR:
        return 0
    told = 0
    due = SavedSearch.objects.filter(is_told=True).exclude(looked_date=timezone.localdate(now))
    while people := list(due.order_by("user").values_list("user", flat=True).distinct()[:BATCH]):
        told += _watch_for(list(due.filter(user__in=people).select_related(*PLACES).order_by("user", "pk")), now)
    return told


def _watch_for(searches: list[SavedSearch], now: datetime) -> int:
    finds = find_new(searches, now)
    # Told before it is marked: what a crash cuts short is told again, and each person's key lets it through once a day.
    told = sum(_tell(found, now) for found in finds.values() if found.requests)
    mark_looked([search.pk for search in searches], seen_until=now)
    return told


def find_new(searches: list[SavedSearch], now: datetime) -> dict[int, Finds]:
    """By person, what opened since each of their searches was last looked at. Five queries, however many."""
    since = min(search.seen_until for search in searches)
    fresh = RequestListing.objects.open().filter(opened_at__gt=since, opened_at__lte=now)
    opened = list(fresh.select_related("request__search").order_by("opened_at", "pk"))
    moments = [row.opened_at or now for row in opened]
    seekers = read_seekers([search.user for search in searches]) if opened else {}
    finds: dict[int, Finds] = {}
    for search in searches if opened else ():
        found = finds.setdefault(search.user_id, Finds(search.user))
        test = make_test(list_conditions(read_filters(QueryDict(search.query)), seekers[search.user_id]).values())
        first = bisect_right(moments, search.seen_until)
        if hits := [row for row in opened[first:] if test(row)]:
            found.searches.append(search)
            found.requests.update((row.pk, row) for row in hits)
    return finds


def read_seekers(users: Iterable[User]) -> dict[int, Seeker]:
    """What the filters need to know of each person. Three queries."""
    people = {user.pk: user for user in users}
    profiles = {row.user_id: row for row in VolunteerProfile.objects.filter(user__in=people)}
    granted: dict[int, set[int]] = defaultdict(set)
    for owner, skill in SkillGrant.objects.filter(user__in=people).values_list("user", "skill"):
        granted[owner].add(skill)
    sets = read_skill_sets()
    seekers = {}
    for pk, user in people.items():
        profile = profiles.get(pk) or VolunteerProfile(user=user)
        seekers[pk] = seeker = Seeker(
            home=find_home(user),
            reach=frozenset(int(code) for code in profile.communes),
            granted=frozenset(granted[pk]),
            free_from=profile.free_from,
            free_until=profile.free_until,
        )
        seeker.skill_sets = sets
    return seekers


def _tell(found: Finds, now: datetime) -> int:
    first = next(iter(found.requests.values())).request
    one = found.searches[0] if len(found.searches) == 1 else None
    data: dict[str, Any] = {
        "found": len(found.requests),
        "names": [search.name for search in islice(found.searches, MOST_NAMES)],
        "request": {"km": first.title_km, "en": first.title_en},
    }
    return notify(
        [found.user],
        kind=NEW_WORK,
        url=f"{reverse('requests')}?{one.query}&order=new" if one else reverse("searches"),
        dedupe_key=f"searches:{timezone.localdate(now)}",
        data=data,
        group_key=f"search:{one.pk}" if one else "",
    )
