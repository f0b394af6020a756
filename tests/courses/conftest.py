import pytest
from django.contrib.auth.models import Group

from accounts.models import Organisation, User
from accounts.rules import STAFF
from courses.models import Cohort, CourseIndexPage
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory, make_facilitator
from tests.factories.courses import make_indexes


@pytest.fixture
def indexes(db: None) -> dict[str, CourseIndexPage]:
    return make_indexes()


@pytest.fixture
def facilitator(ngo: Organisation) -> User:
    return make_facilitator(ngo)


@pytest.fixture
def cohort(ngo: Organisation, facilitator: User) -> Cohort:
    """Going on, of the NGO, led by its facilitator."""
    return CohortFactory.create(organisation=ngo, opened_by=facilitator)


@pytest.fixture
def staff(db: None) -> User:
    user: User = UserFactory.create(username="staff")
    user.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    return user
