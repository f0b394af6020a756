"""A place that was served and is about to end."""

import pytest

from accounts.models import Organisation, User
from courses.models import Skill
from tests.factories.courses import SkillFactory
from tests.factories.serving import HoursFactory, PlacementFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import Placement
from volunteers.services.states import PLACEMENT


@pytest.fixture
def skill(db: None) -> Skill:
    return SkillFactory.create(code="tables")


@pytest.fixture
def placement(office: Organisation, learner: User, skill: Skill) -> Placement:
    """Active, with six confirmed hours on two days."""
    request = RequestFactory.create(office=office, skills_needed=[skill])
    application = ApplicationFactory.create(request=request, applicant=learner, status="accepted", code_number=7)
    placement: Placement = PlacementFactory.create(application=application, active=True)
    HoursFactory.create_batch(2, placement=placement)
    return placement


@pytest.fixture
def ended(placement: Placement, clerk: User) -> Placement:
    """Completed by the office, by the machine."""
    PLACEMENT.move("complete", placement, by=clerk)
    return placement
