"""The volunteer profile: what it holds, where it is copied, and who never reads it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.services import collect_export, delete_account
from courses.models import CourseIndexPage
from tests.factories.courses import SkillFactory, make_course, make_indexes
from tests.factories.places import CommuneFactory
from tests.factories.volunteers import RequestFactory
from volunteers.enums import TimeOfDay
from volunteers.models import Application, SavedSearch, VolunteerProfile

pytestmark = pytest.mark.django_db
ANSWERS = {"answer_1": "បញ្ជីសិស្ស", "answer_2": "សួរស្មៀន", "times": ["morning"], "agrees": "on"}
FULL: dict[str, Any] = {
    "slots": ["0-morning", "2-evening", "6-afternoon"],
    "weekly_hours": "6",
    "languages": ["bunong", "khmer"],
    "own_words": "ខ្ញុំចូលចិត្តតារាង",
    "free_from": "2027-01-01",
    "free_until": "2027-03-01",
}


@pytest.fixture
def catalogue(db: None) -> dict[str, CourseIndexPage]:
    return make_indexes()


def fill(client: Client, **more: Any) -> Any:
    return client.post(reverse("volunteer-profile"), {**FULL, **more})


def test_a_profile_is_kept_and_comes_back(client: Client, learner: User, catalogue: Any) -> None:
    taught, untaught = SkillFactory.create_batch(2)
    make_course(catalogue["km"], [taught])
    other = CommuneFactory.create(code="120101")
    client.force_login(learner)
    assert fill(client, skills=[taught.pk], more=other.code).status_code == 302
    profile = VolunteerProfile.objects.get()
    assert profile.times == [TimeOfDay.MORNING, TimeOfDay.EVENING, TimeOfDay.WEEKEND]
    assert (profile.communes, list(profile.growth_skills.all())) == (["120101"], [taught])
    form = client.get(reverse("volunteer-profile")).context["form"]
    assert [form[name].value() for name in ("slots", "kept", "weekly_hours")] == [FULL["slots"], ["120101"], 6]
    assert list(fill(client, skills=[untaught.pk]).context["form"].errors) == ["skills"]
    fill(client, kept=[])
    profile.refresh_from_db()
    assert profile.communes == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weekly_hours": "21"}, "weekly_hours"),
        ({"free_until": "2026-01-01"}, "free_until"),
        ({"slots": ["9-morning"]}, "slots"),
        ({"languages": ["klingon"]}, "languages"),
        ({"own_words": "ក" * 401}, "own_words"),
    ],
)
def test_bad_input_names_its_field_and_keeps_the_rest(
    client: Client, learner: User, change: dict[str, Any], field: str
) -> None:
    client.force_login(learner)
    page = fill(client, **change)
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["languages"].value() == {**FULL, **change}["languages"]
    assert VolunteerProfile.objects.count() == 0


def test_the_pickers_own_button_saves_nothing(client: Client, learner: User) -> None:
    client.force_login(learner)
    page = fill(client, more_q="ឃុំ", more_do="find")
    assert (page.status_code, VolunteerProfile.objects.count()) == (200, 0)
    assert FULL["own_words"] in page.content.decode()


def test_ten_communes_are_the_most(client: Client, learner: User) -> None:
    places = [CommuneFactory.create(code=f"1201{number:02d}") for number in range(1, 12)]
    VolunteerProfile.objects.create(user=learner, communes=[place.code for place in places[:10]])
    client.force_login(learner)
    kept = [place.code for place in places[:10]]
    assert list(fill(client, kept=kept, more=places[10].code).context["form"].errors) == ["more"]
    assert fill(client, kept=kept[1:], more=places[10].code).status_code == 302


def test_free_times_stand_ticked_in_an_application(client: Client, learner: User, office: Organisation) -> None:
    item = RequestFactory.create(office=office, is_morning=True, is_weekend=True)
    VolunteerProfile.objects.create(user=learner, free=0b1)
    client.force_login(learner)
    form = client.get(reverse("request", args=[item.public_id])).context["form"]
    assert form["times"].value() == [TimeOfDay.MORNING]


def test_an_office_reads_times_and_languages_and_nothing_else(
    client: Client, clerk: User, learner: User, office: Organisation
) -> None:
    secret = {"own_words": "ខ្ញុំចូលចិត្តតារាង", "communes": [CommuneFactory.create(code="120101", name_km="ឃុំសម្ងាត់").code]}
    profile = VolunteerProfile.objects.create(user=learner, free=0b1, languages=["bunong"], **secret)
    item = RequestFactory.create(office=office)
    learner_client = Client()
    learner_client.force_login(learner)
    learner_client.post(reverse("request-apply", args=[item.public_id]), ANSWERS)
    application = Application.objects.get()
    assert (application.free, application.languages) == (1, ["bunong"])
    profile.languages, profile.free = ["thai"], 0
    profile.save()
    client.force_login(clerk)
    page = client.get(reverse("request-shortlist", args=[item.public_id]))
    text = page.content.decode()
    assert "ព្នង" in text
    assert [word for word in (secret["own_words"], "ឃុំសម្ងាត់", "ថៃ", learner.username) if word in text] == []
    Application.objects.update(status="shortlisted")
    client.post(reverse("application-decide", args=[application.public_id]), {"verb": "offer"})
    learner_client.post(reverse("application-answer", args=[application.public_id]), {"verb": "accept"})
    text = client.get(reverse("request-shortlist", args=[item.public_id])).content.decode()
    assert secret["own_words"] in text
    assert "ឃុំសម្ងាត់" not in text


def test_the_profile_is_taken_along_and_goes_with_the_account(learner: User) -> None:
    VolunteerProfile.objects.create(user=learner, free=0b10, languages=["cham"], own_words="ពាក្យ", communes=["210902"])
    SavedSearch.objects.create(user=learner, name="n", query="remote=on", seen_until="2026-01-01T00:00Z")
    part = collect_export(learner)["parts"]["volunteers"]
    assert part["profile"] == {
        "free": [{"day": 1, "part": "afternoon"}],
        "weekly_hours": None,
        "free_from": None,
        "free_until": None,
        "languages": ["cham"],
        "own_words": "ពាក្យ",
        "communes": ["210902"],
        "growth_skills": [],
        "last_search": "",
    }
    assert part["searches"] == [{"name": "n", "query": "remote=on", "is_told": True}]
    delete_account(learner)
    assert (VolunteerProfile.objects.count(), SavedSearch.objects.count()) == (0, 0)
