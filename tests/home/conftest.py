import pytest

from home.models import HomePage
from home.services.starter import load_guides, load_homes, load_standard_pages


@pytest.fixture
def homes(db: None) -> dict[str, HomePage]:
    """The home pages of the starter content, Khmer and English."""
    return load_homes()


@pytest.fixture
def site_pages(homes: dict[str, HomePage]) -> dict[str, HomePage]:
    """Home, guides and standard pages."""
    load_guides(homes)
    load_standard_pages(homes)
    return homes
