"""The pages, walked as each of the cast."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.enums import ConsentChannel
from accounts.models import Organisation, User
from places.models import Commune
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.courses import SkillFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory, TemplateFactory
from volunteers.enums import ApplicationStatus, RequestStatus
from volunteers.models import Application, VolunteerRequest

pytestmark = pytest.mark.django_db
ANSWERS = {"answer_1": "បញ្ជីសិស្ស", "answer_2": "សួរស្មៀន", "times": ["morning"], "agrees": "on"}


@pytest.fixture(autouse=True)
def _khmer() -> Iterator[None]:
    """A page read in English leaves the thread in English."""
    with translation.override("km"):
        yield


def at(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def form_data(**changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "title_km": "ជួយវាយលិខិត",
        "summary_km": "វាយលិខិតរបស់ឃុំ។",
        "tasks_km": "វាយលិខិត\r\nរក្សាទុក",
        "questions_km": "ធ្លាប់វាយទេ?\r\nប្រើអ្វី?",
        "place_km": "សាលាឃុំ",
        "seats": 2,
        "weekly_hours": 4,
        "start_date": (today + timedelta(days=7)).isoformat(),
        "end_date": (today + timedelta(days=40)).isoformat(),
        "times": ["morning"],
        "supervisor_name": "មាស សុវណ្ណ",
        "supervisor_title": "ស្មៀន",
        "minimum_age": 15,
        "open_days": 30,
        "remote_share": 0,
        "costs_covered": ["nothing"],
        "stipend_per": "day",
        "declares_trained": "on",
        "do": "publish",
        **changes,
    }


def test_a_visitor_reads_list_and_request(client: Client) -> None:
    item = RequestFactory.create(skills_needed=[SkillFactory.create()])
    page = client.get(at("requests"))
    assert [match.request for match in page.context["matches"]] == [item]
    assert client.get(at("request", item.public_id)).status_code == 200


def test_drafts_are_found_by_their_office_alone(client: Client, clerk: User, office: Organisation) -> None:
    draft = RequestFactory.create(office=office, draft=True)
    foreign = RequestFactory.create(draft=True)
    assert client.get(at("request", draft.public_id)).status_code == 404
    client.force_login(clerk)
    assert client.get(at("request", draft.public_id)).status_code == 200
    assert client.get(at("request", foreign.public_id)).status_code == 404


def test_filters_and_what_is_nearest(client: Client, commune: Commune) -> None:
    item = RequestFactory.create(office__commune=commune, is_morning=True)
    other = RequestFactory.create(is_morning=False, is_weekend=True, is_remote=True)

    def found(**query: Any) -> list[VolunteerRequest]:
        return [match.request for match in client.get(at("requests"), query).context["matches"]]

    assert found(province="21", district="2109", commune=commune.code) == [item]
    assert found(time="weekend") == [other]
    assert found(remote="on") == [other]
    assert found(province="99") == found()
    nothing = client.get(
        at("requests"), {"commune": commune.code, "province": "21", "district": "2109", "remote": "on"}
    )
    assert nothing.context["found"].listings == []
    assert [match.request for match in nothing.context["matches"]] == [item]
    assert nothing.context["nearest"].loosened == ["មិនមែនតែពីផ្ទះទេ នៅសាលាឃុំក៏បានដែរ។"]


def test_the_order_is_by_fit_and_said_in_words(client: Client, learner: User, commune: Commune) -> None:
    far = RequestFactory.create(office__commune__code="120101")
    skill = SkillFactory.create(name_km="តារាង")
    learner.skill_grants.create(skill=skill, course_key="0" * 32, granted_at=timezone.now())
    near = RequestFactory.create(office__commune=commune, skills_needed=[skill])
    client.force_login(learner)
    matches = client.get("/en/requests/").context["matches"]
    assert [match.request for match in matches] == [near, far]
    assert [reason.text for reason in matches[0].reasons] == ["In your commune", f"You know: {skill.name_en}"]


def test_what_a_visitor_wrote_waits_for_the_sign_in(client: Client, learner: User) -> None:
    item = RequestFactory.create()
    page = client.post(at("request-apply", item.public_id), ANSWERS)
    assert page.status_code == 302
    assert page["Location"].startswith(reverse("account_login"))
    client.force_login(learner)
    shown = client.get(at("request", item.public_id)).content.decode()
    assert ANSWERS["answer_1"] in shown
    client.post(at("request-apply", item.public_id), ANSWERS)
    assert Application.objects.get().applicant == learner
    assert "application_drafts" not in client.session or client.session["application_drafts"] == {}


def test_a_session_that_ran_out_keeps_the_clerks_form(client: Client, clerk: User) -> None:
    template, skill = TemplateFactory.create(), SkillFactory.create()
    address = f"{at('request-write')}?template={template.code}"
    typed = form_data(remote_share="50", skills=[skill.pk], seats=7, summary_km="ក" * 9000)
    page = client.post(address, typed)
    assert page["Location"] == f"{at('account_login')}?{urlencode({'next': address}, safe='/')}"
    assert len(json.dumps(dict(client.session), ensure_ascii=False)) < 5000
    client.force_login(clerk)
    assert client.get(at("request-write")).context["form"]["title_km"].value() == ""
    form = client.get(address).context["form"]
    names = ("title_km", "tasks_km", "seats", "times", "remote_share", "skills", "start_date")
    shown = ["ជួយវាយលិខិត", typed["tasks_km"], "7", ["morning"], "50", [str(skill.pk)], typed["start_date"]]
    assert [form[name].value() for name in names] == shown
    client.post(address, form_data(do="draft", title_km="ជួយវាយលិខិតយូរ"))
    assert client.get(address).context["form"]["title_km"].value() == template.title_km
    item = VolunteerRequest.objects.get()
    visitor = Client()
    visitor.post(at("request-edit", item.public_id), form_data(title_km="ចំណងជើងថ្មី"))
    visitor.force_login(clerk)
    assert visitor.get(at("request-edit", item.public_id)).context["form"]["title_km"].value() == "ចំណងជើងថ្មី"


def test_a_visitor_cannot_fill_the_session(client: Client) -> None:
    items = RequestFactory.create_batch(12)
    for item in items:
        sent = {"answer_1": "ក" * 5000, "answer_2": "ខ" * 5000, "times": ["morning", "x" * 5000]}
        client.post(at("request-apply", item.public_id), sent)
    kept = client.session["application_drafts"]
    assert list(kept) == [str(item.public_id) for item in items[-10:]]
    draft = {"answer_1": "ក" * 600, "answer_2": "ខ" * 600, "times": ["morning"], "agrees": False}
    assert list(kept.values()) == [draft] * 10


def test_nobody_is_promised_a_day_that_no_clock_keeps(client: Client, learner: User) -> None:
    item = RequestFactory.create()
    client.force_login(learner)
    assert "5 days" not in client.get(f"/en/requests/{item.public_id}/").content.decode()
    sent = client.post(f"/en/requests/{item.public_id}/apply/", ANSWERS, follow=True).content.decode()
    assert "5 days" not in sent
    assert "The commune has your application. Its answer comes here." in sent


def test_the_desk_answers_in_the_digits_of_its_screen(client: Client, clerk: User, office: Organisation) -> None:
    application = ApplicationFactory.create(request__office=office, code_number=65)
    client.force_login(clerk)
    page = client.post(at("application-decide", application.public_id), {"verb": "shortlist"}, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["បានកត់ត្រាសម្រាប់ ក-៦៥។"]


def test_one_live_application_a_person(client: Client, learner: User) -> None:
    item = RequestFactory.create()
    client.force_login(learner)
    answers = [client.post(at("request-apply", item.public_id), ANSWERS) for _ in range(2)]
    sent = Application.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [sent.get_absolute_url()] * 2


def test_a_second_tap_on_an_answer_is_no_trouble(client: Client, learner: User) -> None:
    """Only a button that says something else than what stands is told that things changed."""
    application = ApplicationFactory.create(applicant=learner, offered=True)
    client.force_login(learner)
    said = []
    for verb in ("accept", "accept", "decline"):
        client.post(at("application-answer", application.public_id), {"verb": verb, "reason": "times"})
        page = client.get(at("application", application.public_id))
        said.append([message.level_tag for message in page.context["messages"]])
    assert said == [["success"], [], ["error"]]


@pytest.mark.parametrize("answer", ["ទូរសព្ទ ០១២ ៣៤៥ ៦៧៨", "call 012345678", "ខ្ញុំឈ្មោះ សុខ ដារ៉ា", "I am SOK Dara"])
def test_an_answer_does_not_undo_the_blind_choice(client: Client, learner: User, answer: str) -> None:
    learner.given_name_km, learner.given_name_latin = "ដារ៉ា", "Dara"
    learner.save()
    client.force_login(learner)
    page = client.post(at("request-apply", RequestFactory.create().public_id), {**ANSWERS, "answer_1": answer})
    assert list(page.context["form"].errors) == ["answer_1"]
    assert answer in page.content.decode()


def test_minors_need_age_and_consent(client: Client, clerk: User) -> None:
    minor = UserFactory.create(minor=True)
    adults, young = RequestFactory.create(minimum_age=18), RequestFactory.create(minimum_age=15)
    client.force_login(minor)
    assert [o.code for o in client.get(at("request", adults.public_id)).context["obstacles"]] == ["too_young"]
    assert [o.code for o in client.get(at("request", young.public_id)).context["obstacles"]] == ["guardian"]
    minor.guardian_consents.create(
        guardian_name="ម្ដាយ", channel=ConsentChannel.PAPER, recorded_by=clerk, given_at=timezone.now()
    )
    assert client.get(at("request", young.public_id)).context["obstacles"] == []


def test_a_clerk_posts_from_a_template(client: Client, clerk: User) -> None:
    template = TemplateFactory.create()
    template.skills.add(SkillFactory.create())
    client.force_login(clerk)
    assert client.get(at("request-new")).status_code == 200
    form = client.get(at("request-write"), {"template": template.code}).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    for name in ("tasks", "questions"):
        typed |= {f"{name}_{code}": "\n".join(getattr(template, f"{name}_{code}")) for code in ("km", "en")}
    address = at("request-write") + f"?template={template.code}"
    refused = client.post(address, {**typed, "supervisor": "", "do": "publish"})
    assert set(refused.context["form"].errors) == {"supervisor", "costs_covered", "declares_trained"}
    member = clerk.memberships.get()
    typed |= {"costs_covered": ["transport"], "declares_trained": "on"}
    assert client.post(address, {**typed, "do": "publish"}).status_code == 302
    item = VolunteerRequest.objects.get()
    assert (item.status, item.template, item.supervisor, item.skill_rows.count()) == ("open", template, member, 1)
    assert item.tasks_km == template.tasks_km


def test_a_draft_may_be_half_done_and_comes_back(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    client.post(at("request-write"), form_data(do="draft", summary_km="", supervisor_name=""))
    item = VolunteerRequest.objects.get()
    assert item.status == RequestStatus.DRAFT
    assert "ជួយវាយលិខិត" in client.get(at("request-edit", item.public_id)).content.decode()
    page = client.post(at("request-edit", item.public_id), form_data(do="preview"))
    assert page["Location"] == item.get_absolute_url()
    assert client.get(page["Location"]).context["verbs"] == ["publish", "cancel"]
    client.post(at("request-change", item.public_id), {"verb": "publish"})
    item.refresh_from_db()
    assert item.is_open


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"end_date": "2020-01-01"}, "end_date"),
        ({"weekly_hours": 21}, "weekly_hours"),
        ({"seats": 0}, "seats"),
        ({"times": ["evening"]}, "times"),
        ({"open_days": 90}, "open_days"),
        ({"title_km": ""}, "title_km"),
        ({"supervisor_name": ""}, "supervisor"),
        ({"title_en": "Only a title"}, "summary_en"),
        ({"tasks_km": " \n "}, "tasks_km"),
        ({"costs_covered": []}, "costs_covered"),
        ({"costs_covered": ["nothing", "meals"]}, "costs_covered"),
        ({"declares_trained": ""}, "declares_trained"),
        ({"guide_trained_date": "2999-01-01"}, "guide_trained_date"),
        ({"questions_km": "១?\n២?\n៣?\n៤?"}, "questions_km"),
        ({"touches_records": "on", "minimum_age": 15}, "minimum_age"),
        ({"tasks_km": "បញ្ចូលសំបុត្រកំណើត"}, "touches_records"),
        ({"tasks_km": "ទូរសព្ទមក ០១២ ៣៤៥ ៦៧៨"}, "tasks_km"),
    ],
)
def test_bad_input_names_its_field(client: Client, clerk: User, change: dict[str, Any], field: str) -> None:
    client.force_login(clerk)
    page = client.post(at("request-write"), form_data(**change))
    assert field in page.context["form"].errors
    assert VolunteerRequest.objects.count() == 0
    if change.get("title_km") != "":
        assert "ជួយវាយលិខិត" in page.content.decode()


def test_the_desk_is_of_the_own_office(client: Client, clerk: User, learner: User, office: Organisation) -> None:
    item = RequestFactory.create(office=office)
    foreign = RequestFactory.create()
    theirs = ApplicationFactory.create(request=foreign)
    client.force_login(learner)
    assert client.get(at("desk")).status_code == 404
    client.force_login(clerk)
    assert client.get(at("desk")).context["page"].items == [item]
    assert client.get(at("request-shortlist", item.public_id)).status_code == 200
    for name, row in (("request-shortlist", foreign), ("request-edit", foreign)):
        assert client.get(at(name, row.public_id)).status_code == 404
    assert client.post(at("request-change", foreign.public_id), {"verb": "close"}).status_code == 404
    assert client.post(at("application-decide", theirs.public_id), {"verb": "shortlist"}).status_code == 404
    assert client.get(at("application", theirs.public_id)).status_code == 404


def test_the_shortlist_is_blind_until_the_offer_is_accepted(
    client: Client, clerk: User, office: Organisation, learner: User
) -> None:
    learner.phone, learner.username = "+85512345678", "secret-user"
    learner.save()
    item = RequestFactory.create(office=office)
    application = ApplicationFactory.create(request=item, applicant=learner, offered=True)
    telling = [
        learner.username,
        learner.family_name_km,
        learner.given_name_km,
        learner.family_name_latin,
        learner.given_name_latin,
        str(learner.birth_year),
        "12345678",
        str(learner.public_id),
    ]
    client.force_login(clerk)
    addresses = [at("desk"), at("request-shortlist", item.public_id), item.get_absolute_url()]
    for address in addresses:
        page = client.get(address).content.decode()
        assert [word for word in telling if word in page] == []
    other = Client()
    other.force_login(learner)
    other.post(at("application-answer", application.public_id), {"verb": "accept"})
    page = client.get(at("request-shortlist", item.public_id))
    contact = page.context["applicants"][0].contact
    assert (contact.name, contact.phone) == (f"{learner.family_name_km} {learner.given_name_km}", "+85512345678")


def test_the_whole_way_on_the_pages(client: Client, clerk: User, office: Organisation, learner: User) -> None:
    item = RequestFactory.create(office=office, seats=1)
    hers = Client()
    hers.force_login(learner)
    hers.post(at("request-apply", item.public_id), ANSWERS)
    application = Application.objects.get()
    client.force_login(clerk)
    for verb, status in (("shortlist", "shortlisted"), ("offer", "offered")):
        client.post(at("application-decide", application.public_id), {"verb": verb})
        application.refresh_from_db()
        assert application.status == status
        assert hers.get(at("application", application.public_id)).status_code == 200
    hers.post(at("application-answer", application.public_id), {"verb": "accept"})
    page = hers.get(at("application", application.public_id))
    assert [step.state for step in page.context["steps"]] == ["done", "done", "done", ""]
    item.refresh_from_db()
    assert item.status == RequestStatus.FILLED
    hers.post(at("placement-change", application.placement.public_id), {"verb": "end_early", "reason": "family"})
    item.refresh_from_db()
    assert (item.status, item.seats_filled) == (RequestStatus.REVIEW, 0)


@pytest.mark.parametrize("status", [*ApplicationStatus])
def test_every_state_has_a_page(client: Client, learner: User, status: ApplicationStatus) -> None:
    application = ApplicationFactory.create(
        applicant=learner, status=status, offer_expires_at=timezone.now() + timedelta(hours=2)
    )
    client.force_login(learner)
    page = client.get(at("application", application.public_id))
    assert page.status_code == 200
    assert page.context["next"]


def test_an_offer_lapses_when_it_is_read(client: Client, learner: User) -> None:
    late = timezone.now() - timedelta(minutes=1)
    application = ApplicationFactory.create(applicant=learner, offered=True, offer_expires_at=late)
    client.force_login(learner)
    assert client.get(at("application", application.public_id)).context["application"].status == "lapsed"


def test_a_returned_request_shows_why(client: Client) -> None:
    office = OfficeFactory.create(waiting=True)
    clerk = UserFactory.create()
    office.memberships.create(user=clerk, role="clerk")
    item = RequestFactory.create(office=office, status=RequestStatus.RETURNED, opened_at=None, expires_at=None)
    item.transitions.create(verb="send_back", source="submitted", target="returned", note="Who guides them?")
    client.force_login(clerk)
    assert "Who guides them?" in client.get(at("request-edit", item.public_id)).content.decode()
    client.post(at("request-change", item.public_id), {"verb": "submit"})
    item.refresh_from_db()
    assert item.status == RequestStatus.SUBMITTED


@pytest.mark.parametrize("birth_year", [None, 1990])
def test_a_guide_who_may_be_a_minor_is_shown_by_the_given_name(clerk: User, birth_year: int | None) -> None:
    clerk.birth_year = birth_year
    clerk.save(update_fields=["birth_year"])
    request = RequestFactory.create(supervisor=clerk.memberships.get())
    name = clerk.get_full_name() if birth_year else clerk.get_short_name()
    assert request.supervisor_shown.split(",")[0] == name
