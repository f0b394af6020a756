"""Codes that people and rounds keep: the successor's in place of the one that ended."""

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import QueryDict

from places.models import Commune
from volunteers.models import Round, SavedSearch, VolunteerProfile, VolunteerRequest
from volunteers.models.finding import LONGEST_QUERY
from volunteers.models.round import OVER
from volunteers.services.finding.listing import list_request

LEVELS = ("commune", "district", "province")


@transaction.atomic
def move_codes(commune: Commune, *, successor: Commune) -> dict[str, int]:
    """Communes people can reach, searches they keep, rounds that are planned for the place."""
    return {
        "volunteers who reach it": move_reach(commune.code, successor.code),
        "searches": move_searches(commune, successor),
        "rounds": Round.objects.filter(place_code=commune.code)
        .exclude(status__in=OVER)
        .update(place_code=successor.code),
    }


def move_reach(old: str, new: str) -> int:
    """Keeps the order, names none twice."""
    rows = VolunteerProfile.objects.annotate(codes=Cast("communes", TextField())).filter(codes__contains=f'"{old}"')
    profiles = list(rows.select_for_update())
    for profile in profiles:
        profile.communes = list(dict.fromkeys(new if code == old else code for code in profile.communes))
        profile.save(update_fields=["communes"])
    return len(profiles)


def move_searches(commune: Commune, successor: Commune) -> int:
    """Saved ones, and the filters that a person used last. One that the person has for the successor already goes."""
    searches = list(SavedSearch.objects.select_for_update().filter(query__contains=commune.code))
    for search in searches:
        search.query = rewrite(search.query, commune, successor)
        if SavedSearch.objects.filter(user=search.user_id, query=search.query).exclude(pk=search.pk).exists():
            search.delete()
        else:
            search.save(update_fields=["query"])
    profiles = VolunteerProfile.objects.select_for_update().filter(last_query__contains=commune.code)
    for profile in profiles:
        profile.last_query = rewrite(profile.last_query, commune, successor)
        profile.save(update_fields=["last_query"])
    return len(searches)


def rewrite(query: str, commune: Commune, successor: Commune) -> str:
    """The query with the successor, and with the district and province around it. Others stay as they are."""
    asked = QueryDict(query, mutable=True)
    if asked.get("place") == commune.code:
        asked["place"] = successor.code
    if asked.get("commune") == commune.code:
        for level, code in zip(LEVELS, (successor.code, successor.code[:4], successor.code[:2]), strict=True):
            if level in asked:
                asked[level] = code
    changed = asked.urlencode()
    return changed if len(changed) <= LONGEST_QUERY else query


def relist(codes: set[str]) -> None:
    """The names of a commune are among the words that its requests are found by."""
    for request in VolunteerRequest.objects.filter(office__commune__code__in=codes):
        list_request(request)
