"""A survey anybody answers without a name: kept once, marked when a machine gave it, led by those who asked."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from notifications.models import Notification
from participation.enums import LeftOut
from participation.models import Survey, SurveyAnswer, SurveyTicket
from participation.services.surveys import tokens
from participation.services.surveys.answering import WINDOW, floor_to_window
from participation.services.surveys.asking import SHEET, list_tickets, make_tickets
from participation.services.surveys.sifting import sift, sift_answers
from places.models import Commune
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.participation import FollowFactory, MeetingFactory
from tests.factories.surveys import SurveyAnswerFactory, SurveyFactory, answer_often

pytestmark = pytest.mark.django_db


def typed(token: str, **changed: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "token": token, "heard": "yes", "invited": "yes", "invited_by": "chief", "joined": "no", "why_not": "away",
        "gave_input": "no", "satisfaction": "somewhat", "age": "18-35", "sex": "female", "groups": ["has_migrant"],
    }  # fmt: skip
    return fields | changed


def token_of(survey: Survey, *, age: timedelta = timedelta(minutes=2)) -> str:
    """Given out so long ago."""
    now, timezone_now = timezone.now(), timezone.now
    try:
        timezone.now = lambda: now - age  # type: ignore[assignment]
        return tokens.make_form_token(survey)
    finally:
        timezone.now = timezone_now


@pytest.fixture
def survey(office: Organisation) -> Survey:
    return SurveyFactory.create(office=office)


def test_anybody_answers_in_one_page(client: Client, survey: Survey) -> None:
    address = f"/en/survey/{survey.code}/"
    page = client.get(address).text
    assert ["Have you heard of the commune" in page, "csrfmiddlewaretoken" in page] == [True, True]
    assert not client.cookies.get(f"survey_{survey.code}")
    answered = client.post(address, typed(token_of(survey)), follow=True)
    assert "Thank you. Your answers have arrived." in answered.text
    row = SurveyAnswer.objects.get()
    said = (row.heard, row.invited_by, row.joined, row.why_not, row.satisfaction, row.age, row.has_migrant)
    assert said == (True, "chief", False, "away", "somewhat", "18-35", True)
    assert (row.left_out, row.nth_of_phone, row.received_at) == ("", 1, floor_to_window(row.received_at))
    assert "This phone has answered before" in client.get(address).text


def test_what_is_kept_names_nobody(client: Client, survey: Survey, learner: User) -> None:
    """Also of somebody who is signed in: no person, no address, no clock finer than ten minutes, no ticket."""
    client.force_login(learner)
    client.post(f"/en/survey/{survey.code}/", typed(token_of(survey)), REMOTE_ADDR="203.0.113.7")
    row = SurveyAnswer.objects.values().get()
    assert set(row) == {
        "id", "survey_id", "client_id", "received_at", "province_id", "heard", "invited", "invited_by", "joined",
        "why_not", "gave_input", "satisfaction", "age", "sex", "has_disability", "has_migrant", "is_minority",
        "nth_of_phone", "left_out", "is_told", "is_checked",
    }  # fmt: skip
    assert row["received_at"].timestamp() % WINDOW.total_seconds() == 0


def test_the_same_form_sent_again_is_one_answer(client: Client, survey: Survey) -> None:
    fields = typed(token_of(survey))
    for _tap in range(3):
        assert client.post(f"/en/survey/{survey.code}/", fields).status_code == 302
    assert SurveyAnswer.objects.count() == 1
    client.get(f"/en/survey/{survey.code}/")
    assert tokens.read_phone_count(survey, client.cookies[f"survey_{survey.code}"].value) == 1


def test_what_does_not_follow_is_dropped(client: Client, survey: Survey) -> None:
    client.post(f"/en/survey/{survey.code}/", typed(token_of(survey), invited="no", joined="yes"))
    row = SurveyAnswer.objects.get()
    assert (row.invited_by, row.why_not) == ("", "")


def test_missing_answers_and_an_old_page_come_back_as_typed(client: Client, survey: Survey) -> None:
    address = f"/en/survey/{survey.code}/"
    fields = typed(token_of(survey))
    del fields["joined"]
    page = client.post(address, fields).text
    assert ["did you take part" in page, page.count(" checked"), "Please fix 1 thing" in page] == [True, 9, True]
    page = client.post(address, typed(token_of(survey, age=timedelta(days=2)))).text
    assert ["lay open for more than a day" in page, page.count(" checked")] == [True, 10]
    fresh = re.search(r'name="token" value="([^"]+)"', page)
    assert fresh is not None
    assert client.post(address, typed(fresh[1])).status_code == 302


@pytest.mark.parametrize("token", ["", "made-up", "x" * 400])
def test_a_made_up_token_answers_nothing(client: Client, survey: Survey, token: str) -> None:
    other = tokens.make_form_token(SurveyFactory.create())
    for each in (token, other):
        assert client.post(f"/en/survey/{survey.code}/", typed(each)).status_code == 200
    assert SurveyAnswer.objects.count() == 0


def test_a_machine_s_pace_and_one_phone_s_many_are_kept_and_left_out(client: Client, survey: Survey) -> None:
    address = f"/en/survey/{survey.code}/"
    client.post(address, typed(token_of(survey, age=timedelta(seconds=3))))
    for _person in range(6):
        client.post(address, typed(token_of(survey)))
    marks = list(SurveyAnswer.objects.order_by("pk").values_list("left_out", "nth_of_phone"))
    assert marks[:6] == [(LeftOut.FAST, 1), ("", 2), ("", 3), ("", 4), ("", 5), (LeftOut.PHONE, 6)]


def test_a_burst_is_left_out_and_the_rest_waits_for_ten(survey: Survey) -> None:
    moment = floor_to_window(timezone.now() - timedelta(days=1))
    for _bot in range(survey.at_once + 1):
        SurveyAnswerFactory.create(survey=survey, received_at=moment)
    answer_often(survey, 9)
    assert (sift(survey), SurveyAnswer.objects.filter(left_out=LeftOut.BURST).count()) == (0, 21)
    answer_often(survey, 1)
    SurveyAnswerFactory.create(survey=survey, received_at=floor_to_window(timezone.now()))  # its minutes are not over
    assert (sift_answers(), SurveyAnswer.objects.told().count()) == (10, 10)


def test_more_than_people_could_send_is_refused(client: Client, survey: Survey, monkeypatch: Any) -> None:
    monkeypatch.setattr("participation.services.surveys.answering.MOST_IN_WINDOW", 1)
    client.post(f"/en/survey/{survey.code}/", typed(token_of(survey)))
    page = client.post(f"/en/survey/{survey.code}/", typed(token_of(survey))).text
    assert ["send yours again in ten minutes" in page, page.count(" checked"), SurveyAnswer.objects.count()] == [
        True, 10, 1,
    ]  # fmt: skip


def test_a_ticket_counts_once_and_no_answer_tells_which(client: Client, office: Organisation, clerk: User) -> None:
    survey = SurveyFactory.create(office=office, access="ticket")
    address = f"/en/survey/{survey.code}/"
    assert "needs a ticket" in client.get(address).text
    make_tickets(survey, sheets=1, after=0, by=clerk)
    first, second = list_tickets(survey, sheet=1)[:2]
    assert f'value="{first}"' in client.get(f"{address}?t={first}").text
    fields = typed(token_of(survey), ticket=first)
    for _tap in range(2):
        assert client.post(address, fields).status_code == 302
    assert "was used before" in client.post(address, typed(token_of(survey), ticket=first)).text
    assert "was used before" in client.post(address, typed(token_of(survey), ticket="guess")).text
    assert "needs a ticket" in client.get(f"{address}?t={first}").text
    assert (SurveyAnswer.objects.count(), SurveyTicket.objects.filter(is_used=True).count()) == (1, 1)
    assert first not in str(list(SurveyTicket.objects.values()))
    assert "needs a ticket" not in client.get(f"{address}?t={second.upper()}").text


def test_sheets_are_printed_again_and_a_double_tap_makes_no_more(
    client: Client, clerk: User, office: Organisation
) -> None:
    survey = SurveyFactory.create(office=office, access="ticket")
    client.force_login(clerk)
    for _tap in range(2):
        client.post(f"/en/surveys/{survey.code}/tickets/", {"sheets": 2, "after": 0})
    assert survey.tickets.count() == 2 * SHEET
    pages = [client.get(f"/en/surveys/{survey.code}/tickets/{number}/").text for number in (1, 1, 2)]
    sheets = [re.findall("<code>(.+?)</code>", page) for page in pages]
    assert [len(sheets[0]), sheets[0] == sheets[1], set(sheets[0]) & set(sheets[2])] == [SHEET, True, set()]
    assert [client.get(f"/en/surveys/{survey.code}/tickets/{n}/").status_code for n in (0, 3)] == [404, 404]
    page = client.post(f"/en/surveys/{survey.code}/tickets/", {"sheets": 0, "after": 24}).text
    assert "greater than or equal to 1" in page


def test_an_office_asks_in_its_commune_and_closes(
    client: Client, clerk: User, commune: Commune, office: Organisation
) -> None:
    client.force_login(clerk)
    meeting = MeetingFactory.create(office=office, over=True)
    fields = {
        "title_km": "ការប្រជុំ", "access": "link", "at_once": 60, "meeting": str(meeting.public_id),
        "last_day": (timezone.localdate() + timedelta(days=10)).isoformat(),
    }  # fmt: skip
    sent = fields | {"client_id": str(client.get("/en/surveys/new/").context["form"]["client_id"].value())}
    for _tap in range(2):
        answered = client.post("/en/surveys/new/", sent)
    survey = Survey.objects.get()
    assert (answered.status_code, survey.commune, survey.meeting, survey.office) == (302, commune, meeting, office)
    assert "Did you come?" in Client().get(f"/en/survey/{survey.code}/").text
    sheet = client.get(f"/en/surveys/{survey.code}/sheet/").text
    assert [f"testserver/survey/{survey.code}/" in sheet, 'class="qr"' in sheet] == [True, True]
    followed = Client().get(f"/survey/{survey.code}/?t=x")
    assert (followed.status_code, followed["Location"]) == (302, f"/km/survey/{survey.code}/?t=x")
    client.post(f"/en/surveys/{survey.code}/close/")
    page = Client().post(f"/en/survey/{survey.code}/", typed(token_of(survey))).text
    assert ["This survey is closed" in page, SurveyAnswer.objects.count()] == [True, 0]
    for wrong in ({"at_once": 101}, {"last_day": (timezone.localdate() - timedelta(days=1)).isoformat()}):
        client.post("/en/surveys/new/", fields | {"title_km": "x"} | wrong)
    assert Survey.objects.count() == 1
    client.force_login(UserFactory.create(is_superuser=True))
    client.post("/en/surveys/new/", sent | {"meeting": ""})  # somebody else's id is no obstacle and no open door
    assert Survey.objects.count() == 2


def test_the_programme_asks_the_whole_country(client: Client) -> None:
    admin = UserFactory.create(is_superuser=True)
    client.force_login(admin)
    last_day = (timezone.localdate() + timedelta(days=30)).isoformat()
    client.post("/en/surveys/new/", {"title_km": "ទូទាំងប្រទេស", "access": "link", "at_once": 500, "last_day": last_day})
    survey = Survey.objects.get()
    assert (survey.office, survey.commune, survey.at_once) == (None, None, 500)
    assert "Where do you live?" in Client().get(f"/en/survey/{survey.code}/").text


def test_others_lead_nothing(client: Client, survey: Survey, learner: User) -> None:
    rival = MembershipFactory.create(organisation=OfficeFactory.create()).user
    for person, list_status in ((learner, 403), (rival, 200)):
        client.force_login(person)
        assert client.get("/en/surveys/").status_code == list_status
        for part in ("", "sheet/", "tickets/1/"):
            assert client.get(f"/en/surveys/{survey.code}/{part}").status_code == 403
        assert client.post(f"/en/surveys/{survey.code}/close/").status_code == 403
    assert "Our commune" not in client.get("/en/surveys/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same(
    client: Client, clerk: User, office: Organisation, rows: int, django_assert_num_queries: Any
) -> None:
    surveys = [SurveyFactory.create(office=office) for _ in range(rows)]
    answer_often(surveys[0], rows)
    visitor = Client()
    visitor.get(f"/en/survey/{surveys[0].code}/")
    with django_assert_num_queries(1):
        visitor.get(f"/en/survey/{surveys[0].code}/")
    client.force_login(clerk)
    client.get("/en/surveys/")
    with django_assert_num_queries(5):
        assert client.get("/en/surveys/").text.count("Our commune") == rows


def test_the_programme_asks_in_a_commune_and_about_a_meeting(
    client: Client, commune: Commune, office: Organisation
) -> None:
    client.force_login(UserFactory.create(is_superuser=True))
    meeting = MeetingFactory.create(office=office, over=True)
    last_day = (timezone.localdate() + timedelta(days=30)).isoformat()
    fields = {"title_km": "ក", "access": "link", "at_once": 50, "last_day": last_day}
    client.post("/en/surveys/new/", fields | {"place": commune.code})
    client.post(f"/en/surveys/new/?meeting={meeting.public_id}", fields | {"meeting": str(meeting.public_id)})
    found = [(row.office, row.commune, row.meeting) for row in Survey.objects.order_by("pk")]
    assert found == [(None, commune, None), (None, commune, meeting)]
    assert client.get("/en/surveys/new/?meeting=nonsense").status_code == 200


def test_followers_hear_of_a_survey_by_a_link(
    client: Client, clerk: User, commune: Commune, office: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    FollowFactory.create(commune=commune, user__username="dara")
    client.force_login(clerk)
    last_day = (timezone.localdate() + timedelta(days=10)).isoformat()
    for number, access in enumerate(("ticket", "link")):
        fields = {"title_km": f"សំណួរ {number}", "access": access, "at_once": 20, "last_day": last_day}
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/en/surveys/new/", fields)
    told = Notification.objects.get(kind="participation.survey_open")
    assert (told.recipient.username, told.url) == ("dara", f"/survey/{Survey.objects.get(access='link').code}/")
