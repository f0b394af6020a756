"""The screens of serving: what each shows, keeps and refuses; the same number of queries with one and with three."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from notifications.services import strip_language
from tests.factories.accounts import UserFactory
from tests.factories.attendance import days_ago, make_hours, make_placement, make_shift, make_signup
from volunteers.models import HoursEntry, Placement, ShiftSignup
from volunteers.services.serving.attendance import appeal, set_mark
from volunteers.services.serving.codes import code_at
from volunteers.views import roll

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(learner: User, office: Organisation) -> Placement:
    return make_placement(learner, office)


@pytest.fixture
def signup(placement: Placement) -> ShiftSignup:
    return make_signup(placement)


def claim(**fields: object) -> dict[str, object]:
    return {"day": days_ago(1).isoformat(), "hours": "2", "minutes": "30", "what": "Lists", **fields}


def test_a_claim_from_the_form_counts_once(client: Client, learner: User, placement: Placement) -> None:
    client.force_login(learner)
    key = str(uuid.uuid4())
    for _ in range(2):
        answer = client.post(reverse("my-hours"), claim(client_id=key, hours="២"))
        assert answer.status_code == 302
    entry = HoursEntry.objects.get()
    assert (entry.minutes, entry.what, entry.placement_id) == (150, "Lists", placement.pk)


def test_a_wrong_claim_keeps_what_was_typed(client: Client, learner: User, placement: Placement) -> None:
    client.force_login(learner)
    for fields in ({"hours": "0", "minutes": "0"}, {"hours": "13"}, {"day": days_ago(-2).isoformat()}, {"day": "x"}):
        page = client.post(reverse("my-hours"), claim(**fields)).content.decode()
        assert 'role="alert"' in page
        assert 'value="Lists"' in page
    assert not HoursEntry.objects.exists()


def test_the_code_leads_everybody_to_their_own_language(
    client: Client, clerk: User, signup: ShiftSignup, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(roll, "draw_qr", lambda address: drawn.append(address) or "code")
    client.force_login(clerk)
    answer = client.get(reverse("shift-code", args=[signup.shift.public_id]).replace("/km/", "/en/"))
    code = answer.context["code"]
    assert drawn == [f"http://testserver{strip_language(reverse('check-in'))}?code={code}"]
    assert "/en/" not in drawn[0]


def test_a_kept_form_waits_until_its_owner_is_signed_in(client: Client, learner: User, signup: ShiftSignup) -> None:
    came = timezone.now()
    kept = {
        "code": code_at(signup.shift, came),
        "client_id": str(uuid.uuid4()),
        "happened_at": came.isoformat(),
        "sent_at": timezone.now().isoformat(),
    }
    assert client.post(reverse("check-in"), kept).status_code == 403
    assert client.post(reverse("my-hours"), claim(sent_at=came.isoformat())).status_code == 403
    client.force_login(learner)
    assert client.post(reverse("check-in"), kept).status_code == 302
    signup.refresh_from_db()
    assert (signup.status, signup.arrived_at, str(signup.check_in_id)) == ("attended", came, kept["client_id"])


def test_a_form_sent_after_the_session_ended_comes_back_filled_in(client: Client, learner: User) -> None:
    answer = client.post(reverse("my-hours"), claim())
    assert (answer.status_code, reverse("account_login") in answer["Location"]) == (302, True)
    client.force_login(learner)
    assert 'value="Lists"' in client.get(reverse("my-hours")).content.decode()


def test_the_two_forms_that_phones_keep_name_nobody_and_carry_no_id(client: Client, learner: User) -> None:
    for name in ("check-in", "my-hours"):
        page = client.get(reverse(name)).content.decode()
        assert 'name="client_id"' in page
        assert "data-waiting hidden" in page
        assert "data-owner" not in page


def test_the_qr_code_fills_the_form(client: Client, learner: User, clerk: User, signup: ShiftSignup) -> None:
    client.force_login(clerk)
    page = client.get(reverse("shift-code", args=[signup.shift.public_id])).content.decode()
    code = code_at(signup.shift, timezone.now())
    assert f"{code[:3]} {code[3:]}" in page
    assert 'http-equiv="refresh"' in page
    client.force_login(learner)
    assert f'value="{code}"' in client.get(reverse("check-in"), {"code": code}).content.decode()
    client.post(reverse("check-in"), {"code": code})
    assert "attended" in ShiftSignup.objects.values_list("status", flat=True)


def test_a_forged_code_is_refused_in_words(client: Client, learner: User, signup: ShiftSignup) -> None:
    client.force_login(learner)
    answer = client.post(reverse("check-in"), {"code": "12"})
    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (200, True)
    signup.refresh_from_db()
    assert signup.status == "signed_up"


def test_the_desk_says_that_nothing_was_ticked(client: Client, clerk: User, placement: Placement) -> None:
    make_hours(placement)
    client.force_login(clerk)
    page = client.post(reverse("desk-hours"), follow=True)
    assert [str(each) for each in page.context["messages"]] == ["សូមគូសយ៉ាងហោចណាស់មួយថ្ងៃ។"]


def test_the_desk_confirms_all_with_one_button_and_takes_it_back(
    client: Client, clerk: User, office: Organisation, placement: Placement
) -> None:
    entries = [make_hours(placement, days_ago(day)) for day in (1, 2)]
    left = make_hours(make_placement(office=office))
    foreign = make_hours(make_placement())
    client.force_login(clerk)
    page = client.get(reverse("desk-hours")).content.decode()
    assert page.count('name="entry"') == page.count(" checked") == 3
    client.post(reverse("desk-hours"), {"entry": [entries[0].pk, entries[1].pk, foreign.pk, "x"]})
    assert set(HoursEntry.objects.filter(status="confirmed")) == set(entries)
    client.post(reverse("desk-hours"), {"undo": "1"})
    assert HoursEntry.objects.filter(status="claimed").count() == 4
    assert HoursEntry.objects.get(pk=left.pk).status == "claimed"


def test_the_desk_corrects_and_the_volunteer_answers(
    client: Client, clerk: User, learner: User, placement: Placement
) -> None:
    entry = make_hours(placement)
    client.force_login(clerk)
    page = client.post(reverse("desk-hours-correct", args=[entry.public_id]), {"hours": "1", "minutes": "0"})
    assert page.status_code == 200
    client.post(
        reverse("desk-hours-correct", args=[entry.public_id]), {"hours": "1", "minutes": "0", "note": "Left at ten."}
    )
    client.force_login(learner)
    assert "Left at ten." in client.get(reverse("hours", args=[entry.public_id])).content.decode()
    client.post(reverse("hours-answer", args=[entry.public_id]), {"verb": "escalate", "note": "Not so."})
    staff = UserFactory.create(is_superuser=True)
    client.force_login(staff)
    page = client.get(reverse("dispute-hours", args=[entry.public_id])).content.decode()
    assert ("Left at ten." in page, "Not so." in page) == (True, True)
    client.post(
        reverse("dispute-hours", args=[entry.public_id]), {"hours": "1", "minutes": "30", "note": "Asked both."}
    )
    entry.refresh_from_db()
    assert (entry.status, entry.settled_minutes) == ("settled", 90)


def test_the_roll_in_one_form_with_undo(client: Client, clerk: User, signup: ShiftSignup) -> None:
    other = make_signup(make_placement(request=signup.shift.request), signup.shift)
    client.force_login(clerk)
    address = reverse("shift-roll", args=[signup.shift.public_id])
    seen = {f"was-{row.pk}": "signed_up" for row in (signup, other)}
    client.post(address, {**seen, f"now-{other.pk}": "no_show", "rest": "came"})
    assert [ShiftSignup.objects.get(pk=row.pk).status for row in (signup, other)] == ["attended", "no_show"]
    client.post(address, {"undo": "1"})
    assert [ShiftSignup.objects.get(pk=row.pk).status for row in (signup, other)] == ["signed_up"] * 2


def test_what_changed_meanwhile_is_said_at_the_person(client: Client, clerk: User, signup: ShiftSignup) -> None:
    set_mark(signup, "excused", by=clerk)
    client.force_login(clerk)
    address = reverse("shift-roll", args=[signup.shift.public_id])
    page = client.post(address, {f"was-{signup.pk}": "signed_up", f"now-{signup.pk}": "no_show"}).content.decode()
    assert 'class="msg"' in page
    assert ShiftSignup.objects.get().status == "excused"


def test_an_appeal_walks_from_the_volunteer_to_the_programme(
    client: Client, clerk: User, learner: User, signup: ShiftSignup
) -> None:
    set_mark(signup, "no_show", by=clerk)
    ShiftSignup.objects.update(ends_at=timezone.now())
    client.force_login(learner)
    assert reverse("signup-appeal", args=[signup.public_id]) in client.get(reverse("my-service")).content.decode()
    client.post(reverse("signup-appeal", args=[signup.public_id]), {"words": "I was there."})
    client.force_login(clerk)
    assert "I was there." in client.get(reverse("desk-attendance")).content.decode()
    client.post(reverse("appeal-answer", args=[signup.public_id]), {"verb": "uphold", "words": "Nobody saw her."})
    client.force_login(UserFactory.create(is_superuser=True))
    page = client.get(reverse("disputes")).content.decode()
    assert ("I was there." in page, "Nobody saw her." in page, learner.get_full_name() in page) == (True, True, False)
    client.post(reverse("dispute-appeal", args=[signup.public_id]), {"verb": "rule_excused", "words": "Asked both."})
    assert ShiftSignup.objects.get().status == "excused"


def build(learner: User, office: Organisation, count: int) -> None:
    staffed = []
    for number in range(count):
        placement = make_placement(learner, office)
        make_hours(placement, days_ago(number + 1))
        make_hours(placement, days_ago(number + 1), status="disputed", office_minutes=60, escalated_at=timezone.now())
        make_signup(placement, make_shift(placement, timezone.now() + timedelta(days=number + 1)))
        past = make_signup(placement, make_shift(placement, timezone.now() - timedelta(days=number + 1)))
        past.shift.request.office.memberships.all()
        staffed.append(make_signup(placement, make_shift(placement, timezone.now() - timedelta(days=number + 9))))
    clerk = office.memberships.get().user
    for each in staffed:
        appeal(set_mark(each, "no_show", by=clerk), by=learner, words="I was there.")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("my-service", 13), ("my-hours", 6), ("desk-hours", 4), ("desk-attendance", 7), ("desk", 12)]
)
def test_flat(
    client: Client,
    learner: User,
    clerk: User,
    office: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
    name: str,
    queries: int,
) -> None:
    build(learner, office, count)
    client.force_login(clerk if name.startswith("desk") else learner)
    client.get(reverse(name))
    with django_assert_num_queries(queries):
        client.get(reverse(name))


@pytest.mark.parametrize("count", [1, 3])
def test_a_roll_is_flat(
    client: Client, clerk: User, signup: ShiftSignup, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count - 1):
        make_signup(make_placement(request=signup.shift.request), signup.shift)
    client.force_login(clerk)
    with django_assert_num_queries(5):
        client.get(reverse("shift-roll", args=[signup.shift.public_id]))
