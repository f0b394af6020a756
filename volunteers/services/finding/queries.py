"""Filters from the query of an address, by the same names everywhere: the page, the API, a saved search."""

from datetime import date

from django.http import QueryDict

from volunteers.enums import TimeOfDay
from volunteers.services.finding.choices import lead_on, list_skills
from volunteers.services.finding.filters import LONGEST_TEXT, Band, Days, Filters, Order

YES = {"1", "true", "yes", "on"}
TICKS = {
    "remote": "is_remote",
    "costs": "pays_costs",
    "stipend": "pays_stipend",
    "minors": "for_minors",
    "skills": "fits_skills",
    "weeks": "fits_weeks",
}
LEVELS = ("commune", "district", "province", "place")  # the narrowest that is given counts


def read_filters(query: QueryDict) -> Filters:
    """What cannot be read is left out, as if it had not been asked."""
    ids = {code: pk for pk, code, _name in list_skills()}
    times = query.getlist("time")
    # Weekends stood among the times of day once, and do in the API.
    days = Days.WEEKEND.value if TimeOfDay.WEEKEND in times else query.get("days", "")
    return Filters(
        text=query.get("q", "").strip()[:LONGEST_TEXT],
        place=lead_on(next(filter(None, (query.get(level, "") for level in LEVELS)), "")),
        near=_one_of(Band.values, query.get("near", "")),
        times=tuple(time for time in TimeOfDay if time in times and time != TimeOfDay.WEEKEND),
        days=_one_of(Days.values, days),
        skills=tuple(ids[code] for code in dict.fromkeys(query.getlist("skill")) if code in ids),
        starts_from=_read_date(query.get("starts_from", "")),
        starts_until=_read_date(query.get("starts_until", "")),
        order=Order(_one_of(Order.values, query.get("order", ""))),
        **{field: query.get(name, "") in YES for name, field in TICKS.items()},
    )


def _one_of(allowed: list[str], value: str) -> str:
    return value if value in allowed else ""


def _read_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
