"""Planning years and followers."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from participation.enums import StepKind
from participation.models import Follow, PlanningStep, PlanningYear
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory


class PlanningYearFactory(DjangoModelFactory[PlanningYear]):
    class Meta:
        model = PlanningYear

    year = 2027


class PlanningStepFactory(DjangoModelFactory[PlanningStep]):
    class Meta:
        model = PlanningStep

    planning_year = factory.SubFactory(PlanningYearFactory)
    kind = StepKind.VILLAGE
    start_date = date(2026, 7, 6)
    end_date = date(2026, 7, 31)


class FollowFactory(DjangoModelFactory[Follow]):
    class Meta:
        model = Follow

    user = factory.SubFactory(UserFactory)
    commune = factory.SubFactory(CommuneFactory)
