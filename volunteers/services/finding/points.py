"""The order of the list: points that a request gets for a person, each part explained. Decision 0036 says why.

Four parts depend on the person (skills, what they want to learn, nearness, time). Three are the same for everybody and
stand in the listing, counted once a day: fresh, the office's response record, less what was received already. The
functions here rate one value in Python; `rate_in_database` builds the same from them for all rows at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, F, Func, IntegerField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from volunteers.enums import TimeOfDay
from volunteers.models import RequestListing, ResponseRecord
from volunteers.services.finding.seeker import Seeker

SKILL_POINTS, NO_SKILL_POINTS = 40, 20  # all needed skills proved; none needed, or nothing known of the person's
GROWTH_POINTS = 5
COMMUNE_POINTS, DISTRICT_POINTS, PROVINCE_POINTS = 30, 20, 10
REMOTE_POINTS = REACH_POINTS = DISTRICT_POINTS
TIME_POINTS = 10
FRESH_POINTS = {3: 10, 7: 7, 14: 4}  # by days since opening
RESPONSE_POINTS, NEW_OFFICE_POINTS = 10, 5
MOST_PENALTY = 10  # a point for each application received
FEWEST_COUNTED = 5  # applications below which a response record says nothing
DISTRICT, PROVINCE = 100, 10_000  # a code without its last two or four digits
EVERY_TIMES = range(1 << len(TimeOfDay))


@dataclass(frozen=True)
class Part:
    """Points of one part, and the most there are; a penalty's are negative with 0 as the most."""

    code: str
    points: int
    most: int


def rate_skills(needed: frozenset[int], seeker: Seeker) -> int:
    """What is only claimed counts half. Whoever told no skill is not ranked by skills: all requests get the same."""
    if not seeker.has_skills or not needed:
        return NO_SKILL_POINTS
    halves = 2 * len(needed & seeker.granted) + len(needed & seeker.claimed)
    return SKILL_POINTS * halves // (2 * len(needed))


def rate_growth(needed: frozenset[int], seeker: Seeker) -> int:
    """The work asks for a skill the person wants to learn and has not proved; courses teach all that can be wanted."""
    return GROWTH_POINTS if needed & (seeker.growth - seeker.granted) else 0


def rate_place(place: int, *, is_remote: bool, seeker: Seeker) -> int:
    """The best of: the same commune, one the person can reach, the same district, from home, the same province."""
    home = seeker.place
    if home and place == home:
        return COMMUNE_POINTS
    if place in seeker.reach:
        return REACH_POINTS
    if home and place // DISTRICT == home // DISTRICT:
        return DISTRICT_POINTS
    if is_remote:
        return REMOTE_POINTS
    return PROVINCE_POINTS if home and place // PROVINCE == home // PROVINCE else 0


def rate_times(times: int, seeker: Seeker) -> int:
    """One of the times of day is free, or any will do; nothing for anybody who told no free time."""
    if not seeker.times:
        return 0
    return TIME_POINTS if not times or times & to_bits(seeker.times) else 0


def rate_fresh(opened_date: date, today: date) -> int:
    """By whole days since it was opened."""
    age = (today - opened_date).days
    return next((points for days, points in FRESH_POINTS.items() if age < days), 0)


def rate_response(record: ResponseRecord | None) -> int:
    """The share answered within a week; an office that is new here stands in the middle."""
    if record is None or record.counted < FEWEST_COUNTED:
        return NEW_OFFICE_POINTS
    return RESPONSE_POINTS * record.in_time // record.counted


def rate_penalty(received: int) -> int:
    return min(received, MOST_PENALTY)


def list_parts(listing: RequestListing, seeker: Seeker, needed: frozenset[int]) -> list[Part]:
    """Every part of this request's points for this person; their sum is its place in the order."""
    near = rate_place(listing.place, is_remote=listing.is_remote, seeker=seeker)
    return [
        Part("skills", rate_skills(needed, seeker), SKILL_POINTS),
        Part("growth", rate_growth(needed, seeker), GROWTH_POINTS),
        Part("near", near, COMMUNE_POINTS),
        Part("times", rate_times(listing.times, seeker), TIME_POINTS),
        Part("fresh", listing.fresh, max(FRESH_POINTS.values())),
        Part("response", listing.response, RESPONSE_POINTS),
        Part("penalty", -listing.penalty, 0),
    ]


def rate_in_database(seeker: Seeker) -> Combinable:
    """The sum of all parts as an expression over `RequestListing`; a part that is the same for all rows is a number."""
    total: Combinable = F("standing")
    if seeker.has_skills or seeker.growth:
        total += _rate_skills_in_database(seeker)
    else:
        total += Value(NO_SKILL_POINTS)
    if seeker.times:
        total += _rate_times_in_database(seeker)
    return total + _rate_place_in_database(seeker)


class ByteAt(Func):
    """The number that stands at a position, counted from 0, in a string of bytes; null at no position.

    Points for each of some hundred combinations of skills are looked up in one step a row, where a `CASE` would try one
    list after the other.
    """

    output_field = IntegerField()
    template = "get_byte(%(expressions)s::int)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "unicode(cast(substr(%(expressions)s + 1, 1) AS text))"
        return self.as_sql(compiler, connection, template=template, **context)


def to_bits(times: Iterable[TimeOfDay]) -> int:
    """Times of day as `RequestListing.times` has them."""
    order = list(TimeOfDay)
    return sum(1 << order.index(time) for time in set(times))


def this_district(place: int) -> tuple[int, int]:
    """The first and the last code of the district around a commune."""
    return place // DISTRICT * DISTRICT, place // DISTRICT * DISTRICT + DISTRICT - 1


def this_province(place: int) -> tuple[int, int]:
    return place // PROVINCE * PROVINCE, place // PROVINCE * PROVINCE + PROVINCE - 1


def opened_after(days: int, today: date) -> date:
    """The first day that is still younger than so many days."""
    return today - timedelta(days=days - 1)


def _rate_skills_in_database(seeker: Seeker) -> Combinable:
    """Points of every combination by its id, one more than they are: SQLite reads a byte as a letter, which is neither
    0 nor above 127.
    """

    def rate(needed: frozenset[int]) -> int:
        return rate_skills(needed, seeker) + rate_growth(needed, seeker)

    table = bytearray(max(seeker.skill_sets, default=0) + 1)
    for pk, needed in seeker.skill_sets.items():
        table[pk] = rate(needed) + 1
    return Coalesce(ByteAt(Value(bytes(table)), F("skill_set_id")) - 1, rate(frozenset()))


def _rate_times_in_database(seeker: Seeker) -> Combinable:
    return Case(
        When(times=0, then=Value(TIME_POINTS)),
        When(Exact(F("times").bitand(to_bits(seeker.times)), 0), then=Value(0)),
        default=Value(TIME_POINTS),
        output_field=IntegerField(),
    )


def _rate_place_in_database(seeker: Seeker) -> Combinable:
    home, whens = seeker.place, []
    if home:
        whens.append(When(place=home, then=Value(COMMUNE_POINTS)))
    if seeker.reach:
        whens.append(When(place__in=sorted(seeker.reach), then=Value(REACH_POINTS)))
    if home:
        whens.append(When(place__range=this_district(home), then=Value(DISTRICT_POINTS)))
    whens.append(When(is_remote=True, then=Value(REMOTE_POINTS)))
    if home:
        whens.append(When(place__range=this_province(home), then=Value(PROVINCE_POINTS)))
    return Case(*whens, default=Value(0), output_field=IntegerField())
