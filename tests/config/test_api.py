"""The API's outer shape: schema, documentation, throttles, pages."""

import base64
import json
import re
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, RequestFactory

from tests.servers import ROOT
from ui.views import server_error


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


@pytest.mark.django_db
def test_the_schema_is_in_english_and_the_guide_names_its_every_address(client: Client) -> None:
    schema = client.get("/api/v1/schema/?format=json", headers={"Accept-Language": "km"}).json()
    assert re.findall("[\u1780-\u17ff]+", json.dumps(schema, ensure_ascii=False)) == ["ខ្មែរ"]  # its own name
    guide = (ROOT / "docs" / "api.md").read_text()
    addresses = [path.removeprefix("/api/v1") for path in schema["paths"]]
    assert [address for address in addresses if f"{address}`" not in guide and f"{address}?" not in guide] == []


def test_every_request_is_throttled_and_paged_by_key() -> None:
    api = settings.REST_FRAMEWORK
    assert api["DEFAULT_PAGINATION_CLASS"] == "ui.pagination.KeysetPagination"
    assert set(api["DEFAULT_THROTTLE_RATES"]) >= {"anon", "user"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "collection", ["topics", "ideas", "meetings", "requests", "boards", "skills", "courses", "places"]
)
@pytest.mark.parametrize("position", ["a\x00bc", "0001-01-01T00:00:00+14:00" * 40, "9" * 400])
def test_a_broken_cursor_is_not_found(client: Client, collection: str, position: str) -> None:
    cursor = base64.b64encode(urlencode({"p": position}).encode()).decode()
    answer = client.get(f"/api/v1/{collection}/", {"cursor": cursor})
    assert (answer.status_code, list(answer.json())) == (404, ["detail"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("collection", "position"),
    [
        ("topics", "abc"),
        ("topics", "0001-01-01T00:00:00+14:00"),
        ("requests", "9999-12-31T23:59:59-14:00"),
        ("boards", "abc"),
        ("skills", "abc"),
    ],
)
def test_a_cursor_of_another_kind_is_not_found(client: Client, collection: str, position: str) -> None:
    cursor = base64.b64encode(urlencode({"p": position}).encode()).decode()
    assert client.get(f"/api/v1/{collection}/", {"cursor": cursor}).status_code == 404


@pytest.mark.django_db
def test_the_root_lists_the_collections(client: Client) -> None:
    addresses = client.get("/api/v1/").json()
    assert set(addresses) == {
        *("courses", "lessons", "skills", "requests", "rounds", "boards", "topics", "ideas", "meetings", "places"),
        *("schema", "docs"),
    }
    assert addresses["topics"] == "http://testserver/api/v1/topics/"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["nope/", "nope", "topics/nope/", "courses/x/y/z/"])
def test_an_unknown_address_is_json(client: Client, address: str) -> None:
    answer = client.get(f"/api/v1/{address}", follow=True)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")
    assert list(answer.json()) == ["detail"]


@pytest.mark.django_db
def test_a_missing_slash_is_added(client: Client) -> None:
    assert client.get("/api/v1/topics")["Location"] == "/api/v1/topics/"


def test_a_server_error_is_json(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/api/v1/topics/"))
    assert (answer.status_code, json.loads(answer.content)) == (500, {"detail": "A server error occurred."})
    assert server_error(rf.get("/km/")).headers["Content-Type"].startswith("text/html")
