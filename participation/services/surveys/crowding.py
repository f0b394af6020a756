"""How many answers from one network the figures take: without a cookie every answer is a phone's first."""

from dataclasses import dataclass
from datetime import timedelta

from participation.models import Survey
from participation.services.networks import count_from


@dataclass(frozen=True)
class Crowd:
    """So many in so long."""

    most: int
    span: timedelta


# A family, a school, a phone company's shared address: generous, and yet not enough to become the figures.
OF_COMMUNE = (Crowd(20, timedelta(hours=1)), Crowd(60, timedelta(days=1)))
OF_COUNTRY = (Crowd(100, timedelta(hours=1)), Crowd(500, timedelta(days=1)))


def is_crowded(survey: Survey, address: str) -> bool:
    """Count one more from there. True from the first on that is more than people who share a network give."""
    crowds = OF_COMMUNE if survey.commune_id else OF_COUNTRY
    given = [count_from(address, f"survey:{survey.code}", crowd.span) for crowd in crowds]
    return any(count > crowd.most for count, crowd in zip(given, crowds, strict=True))
