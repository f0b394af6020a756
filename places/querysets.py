"""Reads of places. Every list carries its parents: names repeat."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When

from places.khmer import normalise, sound_of

if TYPE_CHECKING:
    from places.models import Place

P = TypeVar("P", bound="Place")
MIN_SOUND = 3  # shorter keys sound like half the country
MIN_INNER_SOUND = 5


class PlaceQuerySet(models.QuerySet[P]):
    def with_parents(self) -> Self:
        """The whole chain up to the province in the same query."""
        chain: str = self.model.PARENTS
        return self.select_related(chain) if chain else self

    def standing(self) -> Self:
        """Those that are there today: no commune that became part of another, and no village of one."""
        path = {"Commune": "successor", "Village": "commune__successor"}.get(self.model.__name__)
        return self.filter(**{path: None}) if path else self

    def inside(self, code: str) -> Self:
        """Places of whatever level under this code, and the place itself."""
        return self.filter(code__startswith=code)

    def matching(self, text: str) -> Self:
        """Places whose code begins with the text, or whose Khmer or Latin name matches, best first.

        The order is fixed: whole name, its first words, its start, start of a word, inside, alike in sound; then code.
        """
        query = normalise(text).replace("|", " ").strip()
        if not query:
            return self.none()
        if query.isdecimal() and query.isascii():
            return self.filter(code__startswith=query).order_by("code")
        tiers = [
            Q(search_text__contains=f"|{query}|"),
            Q(search_text__contains=f"|{query} "),
            Q(search_text__contains=f"|{query}"),
            Q(search_text__contains=f" {query}"),
            Q(search_text__contains=query),
        ]
        found = tiers[-1]
        sound = sound_of(query)
        if len(sound) >= MIN_SOUND:
            tiers += [Q(sound=sound), Q(sound__startswith=sound)]
            inner = len(sound) >= MIN_INNER_SOUND
            found |= Q(sound__contains=sound) if inner else Q(sound__startswith=sound)
        rank = Case(
            *(When(tier, then=Value(place)) for place, tier in enumerate(tiers)),
            default=Value(len(tiers)),
            output_field=IntegerField(),
        )
        return self.filter(found).annotate(match_rank=rank).order_by("match_rank", "code")
