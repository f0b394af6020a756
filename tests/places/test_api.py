import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.places import CommuneFactory, ProvinceFactory, VillageFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/places/"


def test_levels_and_parents(client: Client) -> None:
    commune = CommuneFactory.create(code="210901", name_km="អង្គតាសោម", name_en="Angk Ta Saom")
    VillageFactory.create(commune=commune, code="21090101")
    ProvinceFactory.create(code="01", name_en="Banteay Meanchey")
    assert [place["code"] for place in client.get(URL).json()["results"]] == ["01", "21"]
    below = client.get(URL, {"level": "commune", "parent": "21"}).json()["results"]
    assert below == [
        {
            "code": "210901",
            "level": "commune",
            "parent": "2109",
            "kind": "commune",
            "name_km": "អង្គតាសោម",
            "name_en": "Angk Ta Saom",
            "ended_date": None,
            "successor": None,
            "full_name": "ឃុំអង្គតាសោម ស្រុកត្រាំកក់ ខេត្តតាកែវ",
        }
    ]
    assert client.get(URL, {"level": "commune", "parent": "01"}).json()["results"] == []
    assert client.get(URL + "21090101/").json()["level"] == "village"


@pytest.mark.parametrize("code", ["99", "219", "210999"])
def test_unknown_codes(client: Client, code: str) -> None:
    assert client.get(f"{URL}{code}/").status_code == 404


def test_search(client: Client) -> None:
    CommuneFactory.create(code="210906", name_km="កណ្តាល", name_en="Kandal")
    for query in ("កណ្ដាល", "kandal", "kondol", "២១០៩០៦"):
        assert [place["code"] for place in client.get(URL, {"q": query}).json()["results"]] == ["210906"]
    assert client.get(URL, {"q": "tram", "level": "district"}).json()["results"][0]["code"] == "2109"


def test_a_wrong_level_is_told(client: Client) -> None:
    response = client.get(URL, {"level": "planet"})
    assert (response.status_code, response.json()) == (400, {"level": ["One of province, district, commune, village."]})


def test_pages_follow_the_code_at_the_same_cost(client: Client) -> None:
    for number in range(1, 8):
        CommuneFactory.create(code=f"21090{number}")
    counts, codes, url = [], [], f"{URL}?level=commune&page_size=3"
    while url:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url).json()
        counts.append(len(queries))
        codes += [place["code"] for place in page["results"]]
        url = page["next"]
    assert codes == [f"21090{number}" for number in range(1, 8)]
    assert counts == [1, 1, 1]
