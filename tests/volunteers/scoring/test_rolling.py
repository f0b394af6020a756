"""Points where people are chosen one by one: alone first, then together; passing somebody over needs a reason."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from tests.factories.accounts import MembershipFactory, OfficeFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import Application, Criterion, Score, VolunteerRequest
from volunteers.services.applications import decide
from volunteers.services.choosing.scores import read_sheets
from volunteers.services.machine import NotReadyError
from volunteers.services.scoring import ensure_criteria, save_scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(office: Organisation) -> VolunteerRequest:
    return RequestFactory.create(office=office)


def give(row: Application, points: int, by: User) -> None:
    save_scores(row, {each.pk: points for each in ensure_criteria(row.request)}, by=by)


def test_the_others_points_show_after_ones_own(item: VolunteerRequest, office: Organisation, clerk: User) -> None:
    colleague = MembershipFactory.create(organisation=office).user
    low, high = (ApplicationFactory.create(request=item) for _ in range(2))
    give(low, 1, colleague), give(high, 5, colleague)
    sheets = read_sheets(item, by=clerk)
    assert [sheet.total for sheet in sheets.waiting] == [None, None]
    give(low, 3, clerk), give(high, 4, clerk)
    sheets = read_sheets(item, by=clerk)
    assert (sheets.waiting, [(sheet.applicant.code_name, sheet.average) for sheet in sheets.done]) == (
        [],
        [(high.code_name, 4.5), (low.code_name, 2.0)],
    )


def test_an_offer_past_somebody_with_more_points_needs_a_reason(item: VolunteerRequest, clerk: User) -> None:
    low, high = (ApplicationFactory.create(request=item, status="shortlisted") for _ in range(2))
    give(low, 2, clerk), give(high, 5, clerk)
    for reason in ("", "skills"):
        with pytest.raises(NotReadyError):
            decide(low, "offer", by=clerk, reason=reason)
    decide(high, "offer", by=clerk, reason="over_times")  # nobody is passed over: no reason is kept
    decide(low, "offer", by=clerk)
    assert [row.transitions.get().reason for row in (high, low)] == ["", ""]


def test_the_reason_is_kept_for_the_ledger(item: VolunteerRequest, clerk: User) -> None:
    low, high = (ApplicationFactory.create(request=item, status="shortlisted") for _ in range(2))
    give(low, 2, clerk), give(high, 5, clerk)
    decide(low, "offer", by=clerk, reason="over_times")
    assert low.transitions.get().reason == "over_times"


def test_the_page_keeps_a_whole_sheet(client: Client, item: VolunteerRequest, clerk: User) -> None:
    row = ApplicationFactory.create(request=item)
    client.force_login(clerk)
    page = client.get(reverse("request-scores", args=[item.public_id]))
    criteria = page.context["sheets"].criteria
    typed = {f"p{each.pk}": "4" for each in criteria}
    address = reverse("application-score", args=[row.public_id])
    client.post(address, {**typed, f"p{criteria[0].pk}": "9"})
    assert not Score.objects.exists()
    client.post(address, typed)
    assert Score.objects.filter(application=row, by=clerk, points=4).count() == len(criteria)
    client.force_login(MembershipFactory.create(organisation=OfficeFactory.create()).user)
    assert client.post(address, typed).status_code == 404
    assert client.get(reverse("request-scores", args=[item.public_id])).status_code == 404
    assert client.get(reverse("request-criteria", args=[item.public_id])).status_code == 404


def test_the_office_writes_its_own_criteria_before_the_first_points(
    client: Client, item: VolunteerRequest, clerk: User
) -> None:
    client.force_login(clerk)
    address = reverse("request-criteria", args=[item.public_id])
    words = {"name": "ភាសា", "low": "ខ្លះ", "middle": "ល្មម", "high": "ល្អ"}
    typed = {f"c{n}-{name}_km": f"{text} {n}" for n in (1, 2, 3) for name, text in words.items()}
    typed |= {f"c{n}-weight": "1" for n in range(1, 6)}
    client.post(address, typed)
    assert list(Criterion.objects.filter(request=item).values_list("name_km", flat=True)) == [
        "ភាសា 1",
        "ភាសា 2",
        "ភាសា 3",
    ]
    page = client.post(address, {**typed, "c2-low_km": ""})
    assert list(page.context["forms"].forms[1].errors) == ["low_km"]
    give(ApplicationFactory.create(request=item), 3, clerk)
    client.post(address, {**typed, "c1-name_km": "ផ្សេង"})
    assert not Criterion.objects.filter(name_km="ផ្សេង").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_queries_for_one_applicant_and_three(
    client: Client, item: VolunteerRequest, clerk: User, django_assert_num_queries: object, count: int
) -> None:
    for _ in range(count):
        give(ApplicationFactory.create(request=item), 3, clerk)
    client.force_login(clerk)
    address = reverse("request-scores", args=[item.public_id])
    client.get(address)
    with django_assert_num_queries(14):  # type: ignore[operator]
        client.get(address)
