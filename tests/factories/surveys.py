"""Surveys and answers to them."""

from datetime import timedelta
from itertools import count as count_up

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from participation.enums import AgeBand, Satisfaction, Sex
from participation.models import Survey, SurveyAnswer
from participation.services.surveys.answering import WINDOW, floor_to_window
from participation.services.usual import plan_year_on
from tests.factories.accounts import OfficeFactory

MOMENTS = count_up()


class SurveyFactory(DjangoModelFactory[Survey]):
    """Open, by a link, of an office in its commune; `of_programme` asks the whole country."""

    class Meta:
        model = Survey

    class Params:
        of_programme = factory.Trait(office=None, commune=None)

    office = factory.SubFactory(OfficeFactory)
    commune = factory.LazyAttribute(lambda survey: survey.office.commune if survey.office else None)
    year = factory.LazyFunction(lambda: plan_year_on(timezone.localdate()))
    title_km = "ផែនការឃុំយើង"
    title_en = "Our commune's plan"
    at_once = 20
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=5))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))


class SurveyAnswerFactory(DjangoModelFactory[SurveyAnswer]):
    """A man of middle age who heard, was invited, came, spoke, and is satisfied; three days ago."""

    class Meta:
        model = SurveyAnswer

    survey = factory.SubFactory(SurveyFactory)
    received_at = factory.LazyFunction(lambda: floor_to_window(timezone.now() - timedelta(days=3)))
    heard = invited = joined = gave_input = True
    satisfaction = Satisfaction.SOMEWHAT
    age = AgeBand.MIDDLE
    sex = Sex.MALE


def answer_often(survey: Survey, count: int, **answers: object) -> list[SurveyAnswer]:
    """So many answers, each in ten minutes of its own so that none is part of a burst."""
    begin = floor_to_window(timezone.now() - timedelta(days=3))
    return [
        SurveyAnswerFactory.create(survey=survey, received_at=begin - next(MOMENTS) * WINDOW, **answers)
        for _ in range(count)
    ]
