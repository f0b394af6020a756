"""Searches that people keep: at most ten each, looked through once a day for new work."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.models import SavedSearch, VolunteerProfile
from volunteers.models.finding import LONGEST_QUERY, MOST_SEARCHES

LONGEST_NAME = 80


class TooManySearchesError(Exception):
    """The person has ten searches already; the message says so."""


@dataclass(frozen=True)
class Kept:
    """A search that is kept now; `is_new` is False where it was before."""

    search: SavedSearch
    is_new: bool


@transaction.atomic
def save_search(user: User, *, query: str, labels: list[str]) -> Kept:
    """Keep these filters, named after them. The same filters are kept once. Raises `TooManySearchesError`."""
    User.objects.select_for_update().filter(pk=user.pk).values("pk").get()
    known = user.saved_searches.filter(query=query).first()
    if known is not None:
        return Kept(known, is_new=False)
    if user.saved_searches.count() >= MOST_SEARCHES:
        raise TooManySearchesError(_("You have ten searches already. Delete one first."))
    name = ", ".join(labels) or _("All work")
    search = SavedSearch(user=user, name=name[:LONGEST_NAME], query=query, seen_until=timezone.now())
    search.save()
    return Kept(search, is_new=True)


def change_search(search: SavedSearch, *, name: str, is_told: bool) -> SavedSearch:
    """Rename it, switch its news on or off. Whoever switches them on hears of what opens from now on."""
    if is_told and not search.is_told:
        search.seen_until, search.looked_date = timezone.now(), None
    search.name, search.is_told = name, is_told
    search.save()
    return search


def keep_last_query(user: User, profile: VolunteerProfile | None, query: str) -> None:
    """Remember what the person filtered by last; one write where it changed, none otherwise."""
    if not query or len(query) > LONGEST_QUERY or (profile is not None and profile.last_query == query):
        return
    if profile is None:
        profile = VolunteerProfile.objects.get_or_create(user=user)[0]
    VolunteerProfile.objects.filter(pk=profile.pk).update(last_query=query)


def mark_looked(pks: list[int], *, seen_until: datetime) -> None:
    SavedSearch.objects.filter(pk__in=pks).update(seen_until=seen_until, looked_date=timezone.localdate(seen_until))
