"""The frameworks speak Khmer wherever a visitor can hear them."""

import json
import re

import pytest
from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.utils import translation
from rest_framework.exceptions import NotAuthenticated, Throttled
from rest_framework.serializers import CharField, Serializer

from accounts.models import Organisation, User
from courses.services import set_up_publisher
from tests.factories.courses import make_indexes
from tests.words.catalogues import FRAMEWORKS, SCRIPTS, entries, every_entry, text_of
from tests.words.extraction import texts_of_file
from tests.words.frameworks import (
    EXCLUDED,
    MET_BY_AUTHORS,
    MET_BY_VISITORS,
    sources_of,
    texts_for_authors,
    texts_of,
    texts_of_editors,
    texts_of_scripts,
)


@pytest.mark.parametrize("package", MET_BY_VISITORS)
def test_every_text_a_visitor_can_meet_has_khmer(package: str) -> None:
    """A package that was upgraded names here the texts it added: translate them in site/locale-frameworks."""
    known = {text_of(entry) for entry in entries(FRAMEWORKS)}
    plain = {text[:2] for text in known}
    missing = {text for text in texts_of(package) if (text if text.plural else text[:2]) not in (known | plain)}
    assert sorted(text.singular for text in missing) == []


@pytest.mark.parametrize("package", MET_BY_AUTHORS)
def test_every_text_an_author_meets_first_has_khmer(package: str) -> None:
    known = {text_of(entry)[:2] for _name, entry in every_entry()}
    missing = {text for text in texts_for_authors(package) if text[:2] not in known}
    assert sorted(text.singular for text in missing) == []


def test_no_translation_outlives_the_text_it_translates() -> None:
    """A package that was upgraded names here the texts it dropped: remove them."""
    visitors = {text[:2] for package in MET_BY_VISITORS for text in texts_of(package)}
    alive = visitors | {text[:2] for text in texts_of_editors()}
    assert [entry.msgid for entry in entries(FRAMEWORKS) if text_of(entry)[:2] not in alive] == []


def test_no_translation_of_a_script_outlives_its_text() -> None:
    ours = {(entry.msgid, entry.msgid_plural) for entry in entries(SCRIPTS)}
    assert ours - texts_of_scripts() == set()


def test_every_exclusion_is_still_a_text() -> None:
    sources = [path for package in MET_BY_VISITORS for path in sources_of(package)]
    alive = {text.singular for path in sources for text in texts_of_file(path)}
    assert set().union(*EXCLUDED.values()) - alive == set()


class NameForm(forms.Form):
    name = forms.CharField(max_length=3)
    pet = forms.ChoiceField(choices=[("cat", "cat")])


class NameSerializer(Serializer[dict[str, str]]):
    name = CharField()


def test_form_errors_say_what_to_do() -> None:
    with translation.override("km"):
        form = NameForm({"name": "Sopheap", "pet": "dog"})
        assert form.errors == {
            "name": ["វែងពេក។ ដាក់បានច្រើនបំផុត 3 តួ (ឥឡូវមាន 7 តួ)។"],
            "pet": ["គ្មានជម្រើស dog ទេ។ សូមជ្រើសក្នុងបញ្ជី។"],
        }
        assert NameForm({}).errors == {"name": ["សូមបំពេញកន្លែងនេះ។"], "pet": ["សូមបំពេញកន្លែងនេះ។"]}


def test_a_short_password_is_explained() -> None:
    with translation.override("km"), pytest.raises(ValidationError) as caught:
        MinimumLengthValidator(8).validate("short")
    assert caught.value.messages == ["ពាក្យសម្ងាត់ខ្លីពេក។ ត្រូវមានយ៉ាងតិច 8 តួ។ ប្រយោគខ្លីមួយងាយចាំជាង។"]


def test_the_api_answers_in_khmer() -> None:
    with translation.override("km"):
        assert str(NotAuthenticated().detail) == "សូមចូលគណនីរបស់អ្នកសិន។"
        assert str(Throttled(wait=30).detail) == "អ្នកផ្ញើញឹកពេក។ សូមរង់ចាំ 30 វិនាទី។"
        serializer = NameSerializer(data={})
        assert not serializer.is_valid()
        assert serializer.errors == {"name": ["សូមបំពេញកន្លែងនេះ។"]}


@pytest.mark.django_db
def test_a_wrong_password_is_explained(client: Client, learner: User) -> None:
    page = client.post("/km/accounts/login/", {"login": learner.username, "password": "not-the-password"})
    assert page.context["form"].non_field_errors() == ["ឈ្មោះគណនី ឬលេខទូរសព្ទ មិនត្រូវនឹងពាក្យសម្ងាត់ទេ។ សូមពិនិត្យទាំងពីរ។"]


def test_too_many_requests_are_explained() -> None:
    with translation.override("km"):
        adapter = get_adapter(RequestFactory().get("/"))
        assert str(adapter.error_messages["rate_limited"]) == "អ្នកផ្ញើញឹកពេក។ សូមរង់ចាំបន្តិច រួចសាកម្ដងទៀត។"


@pytest.mark.django_db
def test_an_author_meets_khmer_in_the_admin_and_can_choose_english(
    client: Client, editor: User, ngo: Organisation
) -> None:
    make_indexes()
    set_up_publisher(ngo)
    client.force_login(editor)
    home = client.get("/admin/").content.decode()
    assert "<title>ផ្ទាំងការងារ" in " ".join(home.split()).replace("<title> ", "<title>")
    assert "ស្វែងរកទំព័រទាំងអស់…" in home
    more_actions = json.dumps("សកម្មភាពទៀត").strip('"')
    assert more_actions in client.get("/admin/jsi18n/").content.decode()
    account = client.get("/admin/account/").content.decode()
    assert re.findall(r'<option value="(km|en|fr)"', account) == ["en", "km"]
    client.cookies["django_language"] = "en"
    assert "Search all pages…" in client.get("/admin/").content.decode()
