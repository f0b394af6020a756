import pytest
from django.test import Client
from pytest_django import Settings


@pytest.mark.django_db
def test_health_names_each_part(client: Client) -> None:
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "cache": "ok"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("check", "states"),
    [
        ("check_database", {"database": "failing", "cache": "ok"}),
        ("check_cache", {"database": "ok", "cache": "failing"}),
    ],
)
def test_health_is_503_and_keeps_the_reason_to_itself(
    client: Client, monkeypatch: pytest.MonkeyPatch, check: str, states: dict[str, str]
) -> None:
    def fail() -> None:
        raise OSError("no route to db.internal.example")

    monkeypatch.setattr(f"config.health.{check}", fail)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json() == states
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.django_db
def test_health_notices_a_cache_that_forgets(client: Client, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert client.get("/health/").json() == {"database": "ok", "cache": "failing"}
