"""From the database to the inputs of a run: a few queries, whatever the number of people."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from accounts.models import GuardianConsent, User
from accounts.services.inclusion import list_groups, read_flags
from volunteers.enums import ApplicationStatus, RoundStage
from volunteers.matching.instance import INELIGIBLE, Instance, Person, Request
from volunteers.models import Round, RoundChoice, Score
from volunteers.models.terms import ADULT
from volunteers.services.rounds.tuning import NOT_ALLOWED, Tuning
from volunteers.services.scoring import add_up

IN_PLAY = (ApplicationStatus.SUBMITTED, ApplicationStatus.SHORTLISTED)
HAS_SEAT = (ApplicationStatus.OFFERED, ApplicationStatus.ACCEPTED)
ASKED = (*HAS_SEAT, ApplicationStatus.DECLINED, ApplicationStatus.LAPSED)

Points = list[tuple[str, list[tuple[str, int | None]]]]


@dataclass(frozen=True)
class Inputs:
    """`points` are the averages behind the bands, by person and request, in the order of choice."""

    instance: Instance
    points: Points


def build_inputs(row: Round, stage: RoundStage, *, by: User | None) -> Inputs:
    """Who is in play now. `by` is whose reading of flags is logged; None where nothing is kept of it."""
    choices = list_choices(row, stage)
    offers = list_offers(row, stage)
    names = {key: name for key, (name, _, _) in offers.items()}
    held = find_flags(row, by) if row.reserves else {}
    points = list_points(choices, names, find_totals(row), find_minors_without_consent(row))
    tuning = Tuning.of(row)
    flags = {public: held.get(person, frozenset()) for public, person, _, _ in choices}
    requests = [Request(name, seats, tuning.keep(seats, own)) for name, seats, own in offers.values()]
    return Inputs(Instance.build(list_people(points, flags, tuning), requests), points)


def list_people(points: Points, flags: dict[str, frozenset[str]], tuning: Tuning) -> Iterable[Person]:
    """Persons of the instance, their averages turned into bands."""
    for person, row in points:
        choices = [(request, INELIGIBLE if got == NOT_ALLOWED else tuning.band(got)) for request, got in row]
        yield Person(person, choices, flags.get(person, frozenset()))


Choice = tuple[str, int, int, int]


def list_choices(row: Round, stage: RoundStage) -> list[Choice]:
    """(entry's public id, person, request of the round, application) by entry and rank; withdrawn ones left out.

    Two queries; each name is read once, since a UUID for each of many choices costs more than all the rest.
    """
    rows = RoundChoice.objects.filter(entry__round=row, application__status__in=IN_PLAY)
    if stage == RoundStage.SECOND:
        asked = RoundChoice.objects.filter(entry__round=row, application__status__in=ASKED)
        rows = rows.exclude(entry__in=asked.order_by().values("entry"))
    names = {key: (str(public), person) for key, public, person in row.entries.values_list("pk", "public_id", "person")}
    listed = rows.order_by("entry", "rank").values_list("entry", "round_request", "application")
    return [(*names[entry], place, application) for entry, place, application in listed]


def list_offers(row: Round, stage: RoundStage) -> dict[int, tuple[str, int, dict[str, int] | None]]:
    """Public id, seats to give and own kept seats of each request that still takes people.

    Never more seats than the request has free; a second time, those that the first left.
    """
    given = Count("choices", filter=Q(choices__application__status__in=HAS_SEAT))
    rows = row.requests.active().choosing().annotate(given=given, free=F("request__seats") - F("request__seats_filled"))
    columns = ("pk", "request__public_id", "seats", "own_reserves", "given", "free")
    return {
        key: (str(public), max(0, min(seats - (taken if stage == RoundStage.SECOND else 0), free)), own)
        for key, public, seats, own, taken, free in rows.order_by("request__public_id").values_list(*columns)
    }


def find_totals(row: Round) -> dict[int, int]:
    """Average points by application, in hundredths."""
    scores = Score.objects.filter(application__round_choice__entry__round=row)
    return {key: total.hundredths for key, total in add_up(scores).items()}


def people_of(row: Round) -> QuerySet[User]:
    return User.objects.filter(round_entries__round=row)


def find_flags(row: Round, by: User | None) -> dict[int, frozenset[str]]:
    """Flags of the round's kept seats alone, by person.

    What somebody says of themselves once the number is drawn counts for later rounds only.
    """
    flags = [flag for flag, _ in row.reserves]
    reason = f"round {row.public_id}: kept seats"
    people = people_of(row).filter(inclusion__consented_at__lte=row.draw_at)
    if by is None:
        return list_groups(people, flags, by=None, reason=reason)
    return read_flags(people, flags, by=by, reason=reason)


def find_minors_without_consent(row: Round) -> set[int]:
    """Who may not volunteer now: under 18 without a guardian's valid consent."""
    minors = people_of(row).filter(birth_year__gt=timezone.localdate().year - ADULT - 1)
    agreed = GuardianConsent.objects.filter(withdrawn_at=None).values("user")
    return {person.pk for person in minors.exclude(pk__in=agreed) if person.is_minor}


def list_points(choices: list[Choice], names: dict[int, str], totals: dict[int, int], barred: set[int]) -> Points:
    points: Points = []
    for public, person, place, application in choices:
        if not points or points[-1][0] != public:
            points.append((public, []))
        if place in names:
            got = NOT_ALLOWED if person in barred else totals.get(application)
            points[-1][1].append((names[place], got))
    return points
