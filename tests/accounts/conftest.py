from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from places.models import Commune
from tests.factories.places import CommuneFactory, VillageFactory


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """Rate limits live in the cache; no test inherits another's."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def landing(settings: Any) -> None:
    """Where people land after signing in belongs to an app above; here it is a page of our own."""
    settings.LOGIN_REDIRECT_URL = "settings"


@pytest.fixture
def angk_ta_saom(db: None) -> Commune:
    commune = CommuneFactory.create(code="210901", name_km="អង្គតាសោម", name_en="Angk Ta Saom")
    VillageFactory.create(commune=commune, code="21090101", name_km="ត្រពាំងធំ", name_en="Trapeang Thum")
    return commune
