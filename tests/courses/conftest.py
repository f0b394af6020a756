import pytest

from courses.models import CourseIndexPage
from tests.factories.courses import make_indexes


@pytest.fixture
def indexes(db: None) -> dict[str, CourseIndexPage]:
    return make_indexes()
