"""On PostgreSQL a part of a name is found through an index."""

import pytest
from django.db import connection

from places.models import Village
from places.services import load_gazetteer

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def test_every_level_has_its_indexes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'places_%_trgm' ORDER BY 1")
        names = [name for (name,) in cursor.fetchall()]
    levels = ("commune", "district", "province", "village")
    assert names == sorted(f"places_{level}_{column}_trgm" for level in levels for column in ("search", "sound"))


def test_a_khmer_part_of_a_name_uses_the_index() -> None:
    load_gazetteer()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE places_village")
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Village.objects.filter(search_text__contains="ត្រពាំងធំ").order_by().explain()
    assert "places_village_search_trgm" in plan
    assert Village.objects.matching("ត្រពាំងធំ").first() is not None
