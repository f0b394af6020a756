import pytest
from django.test import Client


@pytest.mark.django_db
def test_health_names_each_part(client: Client) -> None:
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "cache": "ok"}
