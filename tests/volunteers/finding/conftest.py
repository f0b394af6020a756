"""Requests of every kind, near and far, the same in every run."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.accounts import OfficeFactory
from tests.factories.courses import SkillFactory
from tests.factories.places import CommuneFactory
from tests.factories.volunteers import RequestFactory
from volunteers.models import VolunteerRequest


@pytest.fixture
def chance() -> random.Random:
    return random.Random(7)


@pytest.fixture
def variety(db: None, chance: random.Random) -> list[VolunteerRequest]:
    """Thirty open requests of four offices: the learner's commune, its district, its province, far away."""
    offices = [
        OfficeFactory.create(commune=CommuneFactory.create(code=code))
        for code in ("210901", "210902", "210301", "120101")
    ]
    skills = SkillFactory.create_batch(4)
    return [
        RequestFactory.create(
            office=chance.choice(offices),
            remote_share=chance.choice([0, 0, 100]),
            is_morning=chance.random() < 0.5,
            is_weekend=chance.random() < 0.5,
            minimum_age=chance.choice([15, 18]),
            covers_transport=chance.random() < 0.5,
            stipend_riel=chance.choice([0, 0, 5000]),
            start_date=timezone.localdate() + timedelta(days=chance.randrange(20)),
            skills_needed=chance.sample(skills, chance.randrange(4)),
            opened_at=timezone.now() - timedelta(days=chance.randrange(20)),
        )
        for _ in range(30)
    ]
