"""What leads outside, or tells who somebody is, reaches no office before an offer: one detector, at every door."""

import pytest

from accounts.models import Organisation, User
from tests.factories.accounts import UserFactory
from tests.factories.places import VillageFactory
from tests.factories.volunteers import RequestFactory
from volunteers.models import Application
from volunteers.services.applications import send_application
from volunteers.services.machine import NotReadyError
from volunteers.services.writing.answers import find_giveaway
from volunteers.services.writing.contact import has_contact


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ទូរសព្ទ ០១២ ៣៤៥ ៦៧៨", True),
        ("call 012-345-678", True),
        ("+855 12 345 678", True),
        ("+66 81 234 5678", True),
        ("my card is 123456789", True),
        ("dara@example.com", True),
        ("dara (at) example.com", True),
        ("see t.me/dara", True),
        ("www.example.org", True),
        ("តេឡេក្រាម៖ dara", True),
        ("ហ្វេសប៊ុកខ្ញុំ Dara Sok", True),
        ("my facebook is Dara Sok", True),
        ("write @dara99", True),
        ("ខ្ញុំអាចមកថ្ងៃទី 12 ម៉ោង 8:30", False),
        ("3 weeks, 4 hours, from 2026-12-01", False),
        ("The plan of 2026-2028, and the deadline: Friday", False),
        ("I used Excel and Word at school.", False),
    ],
)
def test_contact_data_is_found(text: str, found: bool) -> None:
    assert has_contact(text) is found


@pytest.fixture
def person(db: None) -> User:
    village = VillageFactory.create(name_km="អង្គតាសោម", name_en="Angk Ta Saom")
    names = {"family_name_km": "សុខ", "given_name_km": "ដារ៉ា", "family_name_latin": "Sok", "given_name_latin": "Dara"}
    found: User = UserFactory.create(**names, home_village=village)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ខ្ញុំឈ្មោះ សុខ ដារ៉ា", True),
        ("I am Dara Sok", True),
        ("ខ្ញុំនៅភូមិអង្គតាសោម", True),
        ("I live in Angk Ta Saom village", True),
        ("ខ្ញុំជានារីម្នាក់ដែលចូលចិត្តកុំព្យូទ័រ", True),
        ("As a woman I know", True),
        ("I am a student of the second year", False),
        ("ខ្ញុំសុខសប្បាយ ហើយអាចមករាល់ព្រឹក", False),
        ("I helped women to fill in forms in my village.", False),
    ],
)
def test_name_village_and_sex_are_found(person: User, text: str, found: bool) -> None:
    assert bool(find_giveaway(text, person)) is found


@pytest.mark.django_db
def test_no_door_takes_such_an_answer(office: Organisation, learner: User) -> None:
    """Also where no form is asked, as by the API."""
    item = RequestFactory.create(office=office)
    with pytest.raises(NotReadyError):
        send_application(item, by=learner, answers=["write to dara@example.com", "Yes"], times=())
    assert not Application.objects.exists()
