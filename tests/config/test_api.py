"""The API's outer shape: schema, documentation, throttles, pages."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client


@pytest.mark.django_db
def test_the_schema_is_valid_and_without_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null")
    assert capsys.readouterr().err == ""


@pytest.mark.django_db
def test_the_documentation_page_lists_the_schema(client: Client) -> None:
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "<style" not in page.content.decode()
    assert client.get("/api/v1/schema/").status_code == 200


def test_every_request_is_throttled_and_paged_by_key() -> None:
    api = settings.REST_FRAMEWORK
    assert api["DEFAULT_PAGINATION_CLASS"] == "ui.pagination.KeysetPagination"
    assert set(api["DEFAULT_THROTTLE_RATES"]) >= {"anon", "user"}
