import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from places.models import Commune, Village
from places.services import find_place, find_places
from tests.factories.places import CommuneFactory, DistrictFactory, ProvinceFactory, VillageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def angk() -> list[Commune]:
    return [
        CommuneFactory.create(code="210901", name_km="អង្គតាសោម", name_en="Angk Ta Saom"),
        CommuneFactory.create(code="210902", name_km="ជាងទង", name_en="Cheang Tong"),
        CommuneFactory.create(code="210903", name_km="គុស", name_en="Kus"),
        CommuneFactory.create(code="210904", name_km="ត្រពាំងអង្គ", name_en="Trapeang Angk"),
        CommuneFactory.create(code="210905", name_km="អង្គ", name_en="Angk"),
        CommuneFactory.create(code="210906", name_km="កណ្តាល", name_en="Kandal"),
        CommuneFactory.create(code="210907", name_km="ប៉ោយប៉ែត", name_en="Paoy Paet"),
    ]


def codes(text: str) -> list[str]:
    return [place.code for place in find_places(text)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("អង្គ", ["210905", "210901", "210904"]),  # whole name, start of a name, inside
        ("angk", ["210905", "210901", "210904"]),
        ("ANGK TA", ["210901"]),
        ("saom", ["210901"]),
        ("កណ្ដាល", ["210906"]),  # coeng-da
        ("កណ្តាល", ["210906"]),  # coeng-ta
        ("Poipet", ["210907"]),
        ("Koh Kandol", []),
        ("kondol", ["210906"]),
        ("210903", ["210903"]),
        ("២១០៩០៣", ["210903"]),
        ("", []),
        ("  ", []),
        ("%", []),
        ("|", []),
        ("'\"", []),
    ],
)
def test_a_commune_is_found_as_people_type_it(angk: list[Commune], typed: str, found: list[str]) -> None:
    assert codes(typed) == found


def test_at_most_five_in_a_fixed_order() -> None:
    for number in range(7):
        CommuneFactory.create(code=f"2109{number + 10}", name_km="ថ្មី", name_en="Thmei")
    assert codes("thmei") == ["210910", "210911", "210912", "210913", "210914"]


def test_parents_come_in_the_same_query(angk: list[Commune]) -> None:
    ProvinceFactory.create(code="01", name_km="បន្ទាយមានជ័យ", name_en="Banteay Meanchey")
    with CaptureQueriesContext(connection) as queries, translation.override("km"):
        titles = [place.full_name for place in find_places("អង្គ")]
    assert len(queries) == 1
    assert titles[1] == "ឃុំអង្គតាសោម ស្រុកត្រាំកក់ ខេត្តតាកែវ"


def test_several_levels_mix_by_rank(angk: list[Commune]) -> None:
    village = VillageFactory.create(commune=angk[2], code="21090301", name_km="អង្គ", name_en="Angk")
    found = find_places("អង្គ", levels=("commune", "village"))
    assert [place.code for place in found] == ["210905", village.code, "210901", "210904"]


def test_names_follow_the_reader(angk: list[Commune]) -> None:
    commune = find_place("210901")
    assert isinstance(commune, Commune)
    with translation.override("en"):
        assert (commune.title, commune.where) == ("Angk Ta Saom", "Tram Kak, Takeo")
        assert commune.full_name == "Angk Ta Saom, Tram Kak, Takeo"
    with translation.override("km"):
        assert (commune.title, commune.where) == ("ឃុំអង្គតាសោម", "ស្រុកត្រាំកក់ ខេត្តតាកែវ")


def test_kinds_are_named_in_khmer() -> None:
    capital = ProvinceFactory.create(code="12", name_km="ភ្នំពេញ", name_en="Phnom Penh", kind="capital")
    khan = DistrictFactory.create(code="1208", name_km="សែនសុខ", name_en="Saensokh", kind="khan", province=capital)
    sangkat = CommuneFactory.create(code="120801", name_km="ឃ្មួញ", name_en="Khmuonh", kind="sangkat", district=khan)
    village: Village = VillageFactory.create(code="12080101", commune=sangkat, name_km="ថ្មី", name_en="Thmei")
    with translation.override("km"):
        assert village.full_name == "ភូមិថ្មី សង្កាត់ឃ្មួញ ខណ្ឌសែនសុខ រាជធានីភ្នំពេញ"


@pytest.mark.parametrize("code", ["", "2", "999999", "abc", "210901011"])
def test_an_unknown_code_finds_nothing(angk: list[Commune], code: str) -> None:
    assert find_place(code) is None
