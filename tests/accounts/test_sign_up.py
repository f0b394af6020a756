"""Making an account: by phone or by name, with a commune, without e-mail."""

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.usernames import validate_username
from places.models import Commune
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
URL = "/en/accounts/signup/"
CODES = "/en/me/codes/"


def answers(**changes: Any) -> dict[str, Any]:
    given = {
        "way": "phone",
        "phone": "012 345 678",
        "username": "",
        "password1": PASSWORD,
        "given_name": "Dara",
        "birth_year": str(timezone.localdate().year - 20),
        "home": "210901",
        "home_mode": "name",
        "now_mode": "name",
    }
    return given | changes


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


def test_by_phone_the_username_tells_nothing(client: Client, angk_ta_saom: Commune) -> None:
    response = client.post(URL, answers(phone="០១២ ៣៤៥ ៦៧៨"))
    assert (response.status_code, response["Location"]) == (302, CODES)
    user = User.objects.get()
    assert (user.phone, user.given_name_latin, user.email) == ("+85512345678", "Dara", "")
    assert user.username.startswith("kh-")
    assert len(user.username) == 11
    assert (user.home_commune, user.home_village, user.language) == (angk_ta_saom, None, "en")
    assert get_user(client) == user


def test_by_name_no_phone_is_kept(client: Client, angk_ta_saom: Commune) -> None:
    response = client.post(URL, answers(way="username", username="សុខដារ៉ា", given_name="ដារ៉ា"))
    assert response.status_code == 302
    user = User.objects.get()
    assert (user.username, user.phone, user.given_name_km) == ("សុខដារ៉ា", "", "ដារ៉ា")


def test_home_village_and_where_they_live_now(client: Client, angk_ta_saom: Commune, commune: Commune) -> None:
    client.post(URL, answers(home_village="21090101", now=commune.code))
    user = User.objects.get()
    assert user.home_village is not None
    assert (user.home_village.code, user.current_commune) == ("21090101", commune)


def test_the_same_commune_twice_is_no_other_place(client: Client, angk_ta_saom: Commune) -> None:
    client.post(URL, answers(now="210901"))
    assert User.objects.get().current_commune is None


def test_every_mistake_has_its_sentence_and_typed_text_stays(client: Client, angk_ta_saom: Commune) -> None:
    response = client.post(URL, answers(phone="012 345 67", birth_year="207", home="", home_q="zzz", password1="xq7-b"))
    assert errors(response) == {
        "phone": ["One digit short. Example: 012 345 678"],
        "birth_year": ["Type the year with 4 digits, such as 2006."],
        "home": ["We found no commune of that name. Try another spelling, or choose by province."],
        "password1": ["This password is too short. It must contain at least 8 characters."],
    }
    page = response.content.decode()
    assert 'value="012 345 67"' in page
    assert 'value="zzz"' in page
    assert 'href="#id_birth_year"' in page
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"phone": ""}, "phone", "Type your phone number, or choose a username above."),
        ({"way": "username"}, "username", "Choose a name to sign in with."),
        ({"way": "username", "username": "012345678"}, "username", "This looks like a phone number. Use letters too."),
        (
            {"way": "username", "username": "a b c"},
            "username",
            "Use letters, digits and . _ - only, without spaces.",
        ),
        ({"way": "username", "username": "KH-abc"}, "username", "Names that begin so are kept for us. Try another."),
        ({"way": "username", "username": "TAKEN"}, "username", "Somebody has this name already. Try another."),
        ({"home": "", "home_q": "Angk"}, "home", "Choose one of the communes found, or search again."),
        ({"home": ""}, "home", "Choose your commune."),
        ({"home": "999999"}, "home", "This commune is not in our list. Please search again."),
        ({"home_village": "99"}, "home", ""),
    ],
)
def test_one_mistake(client: Client, angk_ta_saom: Commune, changes: dict[str, str], field: str, sentence: str) -> None:
    UserFactory.create(username="taken")
    response = client.post(URL, answers(**changes))
    if sentence:
        assert errors(response) == {field: [sentence]}
    else:
        assert response.status_code == 302  # a village that is not in the commune is forgotten


@pytest.mark.parametrize("age", [3, 120])
def test_a_birth_year_out_of_reach(client: Client, angk_ta_saom: Commune, age: int) -> None:
    year = timezone.localdate().year
    response = client.post(URL, answers(birth_year=str(year - age)))
    assert errors(response) == {"birth_year": [f"The year must be between {year - 100} and {year - 6}."]}


def test_a_taken_phone_looks_like_a_free_one(client: Client, angk_ta_saom: Commune) -> None:
    UserFactory.create(phone="+85512345678")
    response = client.post(URL, answers())
    assert (response.status_code, response["Location"]) == (302, CODES)
    assert list(User.objects.values_list("phone", flat=True)) == ["+85512345678"] * 2


def test_pressing_find_keeps_everything_and_says_no_error(client: Client, angk_ta_saom: Commune) -> None:
    response = client.post(URL, answers(birth_year="20", home="", home_q="angk ta", home_do="find"))
    page = response.content.decode()
    assert response.status_code == 200
    assert errors(response) == {}
    assert 'value="012 345 678"' in page
    assert f'value="{PASSWORD}"' in page
    assert 'name="home" value="210901"' in page
    assert "Tram Kak, Takeo" in page
    assert 'role="alert"' not in page
    assert "no-store" in response["Cache-Control"]


def test_step_by_step_to_the_village(client: Client, angk_ta_saom: Commune) -> None:
    steps: dict[str, str] = {"home_mode": "list", "home": ""}
    for step, code in (("province", "21"), ("district", "2109"), ("commune", "210901"), ("village", "21090101")):
        page = client.post(URL, answers(**steps, home_do="list")).content.decode()
        assert f'name="home_{step}"' in page
        assert f'<option value="{code}">' in page
        steps[f"home_{step}"] = code
    assert client.post(URL, answers(**steps)).status_code == 302
    user = User.objects.get()
    assert user.home_village is not None
    assert user.home_village.code == "21090101"


def test_another_province_drops_the_steps_below(client: Client, angk_ta_saom: Commune) -> None:
    steps = {"home_mode": "list", "home_province": "01", "home_district": "2109", "home_commune": "210901"}
    assert errors(client.post(URL, answers(home="", **steps))) == {"home": ["Choose your commune."]}


def test_codes_are_shown_until_they_are_written_down(client: Client, angk_ta_saom: Commune, settings: Any) -> None:
    settings.LOGIN_REDIRECT_URL = "/en/me/settings/"
    client.post(URL, answers() | {"next": "/en/forum/"})
    first = client.get(CODES + "?next=/en/forum/")
    assert client.get(CODES).context["codes"] == first.context["codes"]
    assert len(set(first.context["codes"])) == 8
    stored = set(User.objects.get().recovery_codes.values_list("code_hash", flat=True))
    assert len(stored) == 8
    assert not stored & set(first.context["codes"])
    done = client.post(CODES, {"next": "/en/forum/"})
    assert done["Location"] == "/en/forum/"
    assert client.get(CODES).context["codes"] == []


def test_after_sign_up_a_foreign_address_is_ignored(client: Client, angk_ta_saom: Commune) -> None:
    client.post(URL, answers())
    assert client.post(CODES, {"next": "https://evil.example/"})["Location"] == "/en/me/settings/"


def test_made_up_names_pass_no_check_of_ours() -> None:
    """People cannot take a name that looks made up, nor one of a deleted account."""
    for name in ("kh-abcdefgh", "gone-1234"):
        with pytest.raises(Exception, match="យើងទុកសម្រាប់"):
            validate_username(name)


def test_sign_up_asks_few_queries(client: Client, angk_ta_saom: Commune, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get(URL)
    with django_assert_num_queries(1):
        client.post(URL, answers(home="", home_q="angk", home_do="find"))
