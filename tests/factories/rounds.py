"""Rounds on any day of their calendar, made by their columns."""

from datetime import datetime, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import RoundStatus
from volunteers.models import Application, Criterion, Round, RoundChoice, RoundEntry, RoundRequest, Score
from volunteers.services.scoring import ensure_criteria


def after(**span: int) -> datetime:
    return timezone.now() + timedelta(**span)


class RoundFactory(DjangoModelFactory[Round]):
    """Open for choosing; traits for the later days."""

    class Meta:
        model = Round

    class Params:
        planned = factory.Trait(status=RoundStatus.PLANNED, opens_at=factory.LazyFunction(lambda: after(hours=1)))
        scoring = factory.Trait(
            status=RoundStatus.SCORING, choices_close_at=factory.LazyFunction(lambda: after(minutes=-5))
        )
        ready = factory.Trait(
            status=RoundStatus.READY,
            choices_close_at=factory.LazyFunction(lambda: after(minutes=-5)),
            scoring_closes_at=factory.LazyFunction(lambda: after(minutes=-2)),
            draw_at=factory.LazyFunction(lambda: after(minutes=-1)),
        )

    name_km = "ជុំទី១"
    name_en = "Round one"
    status = RoundStatus.OPEN
    opens_at = factory.LazyFunction(lambda: after(days=-7))
    choices_close_at = factory.LazyFunction(lambda: after(days=7))
    scoring_closes_at = factory.LazyFunction(lambda: after(days=14))
    draw_at = factory.LazyFunction(lambda: after(days=16))
    confirm_by = factory.LazyFunction(lambda: after(days=21))
    second_closes_at = factory.LazyFunction(lambda: after(days=28))
    seed_source_km = "លេខរង្វាន់ទីមួយនៃឆ្នោតជាតិ"
    seed_source_en = "The first prize of the state lottery"


class RoundRequestFactory(DjangoModelFactory[RoundRequest]):
    class Meta:
        model = RoundRequest

    round = factory.SubFactory(RoundFactory)
    request = factory.SubFactory(RequestFactory)
    seats = factory.LazyAttribute(lambda row: row.request.seats)


def make_places(row: Round, *seats: int, **columns: Any) -> list[RoundRequest]:
    """Requests of the round with so many seats each."""
    return [RoundRequestFactory.create(round=row, request__seats=each, **columns) for each in seats]


def choose(places: list[RoundRequest], person: User | None = None) -> RoundEntry:
    """A person's list, in this order."""
    person = person or UserFactory.create()
    entry, _ = RoundEntry.objects.get_or_create(round=places[0].round, person=person)
    for rank, place in enumerate(places, 1):
        application = ApplicationFactory.create(request=place.request, applicant=person)
        RoundChoice.objects.create(entry=entry, round_request=place, rank=rank, application=application)
    return entry


def give_points(application: Application, points: int, by: User) -> None:
    """The same points for each criterion."""
    criteria: list[Criterion] = ensure_criteria(application.request)
    Score.objects.bulk_create(
        [Score(application=application, criterion=each, by=by, points=points) for each in criteria]
    )


def score_all(row: Round, points: int, by: User) -> None:
    for choice in RoundChoice.objects.filter(entry__round=row).select_related("application__request"):
        give_points(choice.application, points, by)
