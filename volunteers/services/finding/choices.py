"""Places and skills to choose from. They change a few times a year, so every page reads them from the cache."""

from django.core.cache import cache
from django.utils.translation import get_language

from courses.models import Skill
from places.models import Province
from places.services import read_successors

SECONDS = 600


def list_provinces() -> list[tuple[str, str]]:
    """Code and name in the reader's language."""
    rows = cache.get_or_set(
        "finding:provinces", lambda: list(Province.objects.values_list("code", "name_km", "name_en")), SECONDS
    )
    return [(code, english if get_language() == "en" else khmer) for code, khmer, english in rows or ()]


def list_skills() -> list[tuple[int, str, str]]:
    """Id, code and name in the reader's language."""
    rows = cache.get_or_set(
        "finding:skills", lambda: list(Skill.objects.values_list("pk", "code", "name_km", "name_en")), SECONDS
    )
    return [(pk, code, english if get_language() == "en" else khmer) for pk, code, khmer, english in rows or ()]


def lead_on(code: str) -> str:
    """The code of the commune that stands today for one that ended; any other code as it is."""
    if len(code) != 6:
        return code
    successors: dict[str, str] = cache.get_or_set("finding:successors", read_successors, SECONDS) or {}
    return successors.get(code, code)
