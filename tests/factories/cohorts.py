"""Cohorts, their learners, sessions and nudges."""

import uuid
from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from courses.enums import NudgeSentence
from courses.models import Cohort, CohortMember, CohortSession, Nudge
from tests.factories.accounts import MembershipFactory, UserFactory


class CohortFactory(DjangoModelFactory[Cohort]):
    """Going on, of the programme; led by who opened it."""

    class Meta:
        model = Cohort
        skip_postgeneration_save = True

    class Params:
        planned = factory.Trait(start_date=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=1)))
        over = factory.Trait(end_date=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1)))

    course_key = factory.LazyFunction(uuid.uuid4)
    title_km = factory.Sequence(lambda n: f"ក្រុម {n}")
    title_en = factory.Sequence(lambda n: f"Cohort {n}")
    start_date = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=10))
    end_date = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=20))
    opened_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def led(self, create: bool, extracted: object, **_: object) -> None:
        self.facilitators.add(self.opened_by)  # type: ignore[attr-defined]


class CohortMemberFactory(DjangoModelFactory[CohortMember]):
    class Meta:
        model = CohortMember
        skip_postgeneration_save = True

    cohort = factory.SubFactory(CohortFactory)
    user = factory.SubFactory(UserFactory)
    joined_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=9))

    @factory.post_generation
    def seat(self, create: bool, extracted: object, **_: object) -> None:
        cohort: Cohort = self.cohort  # type: ignore[attr-defined,assignment]
        if self.left_at is None:  # type: ignore[attr-defined]
            cohort.member_count += 1
            cohort.save(update_fields=["member_count"])


class CohortSessionFactory(DjangoModelFactory[CohortSession]):
    class Meta:
        model = CohortSession

    cohort = factory.SubFactory(CohortFactory)
    title = factory.Sequence(lambda n: f"ជួបគ្នា {n}")
    date = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=3))
    place = "សាលាឃុំ"


class NudgeFactory(DjangoModelFactory[Nudge]):
    class Meta:
        model = Nudge

    cohort = factory.SubFactory(CohortFactory)
    user = factory.SubFactory(UserFactory)
    by = factory.SubFactory(UserFactory)
    sentence = NudgeSentence.HELP
    sent_at = factory.LazyFunction(timezone.now)


def make_facilitator(organisation: Organisation, role: MembershipRole = MembershipRole.FACILITATOR) -> User:
    """Somebody who acts for this organisation in this role."""
    user: User = MembershipFactory.create(organisation=organisation, role=role).user
    return user
