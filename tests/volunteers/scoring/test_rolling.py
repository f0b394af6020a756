"""Points where people are chosen one by one: alone first, then together; passing somebody over needs a reason."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from tests.factories.accounts import MembershipFactory, OfficeFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import Application, Criterion, Score, ScoreChange, VolunteerRequest
from volunteers.services.applications import decide
from volunteers.services.choosing.scores import read_sheets
from volunteers.services.choosing.standby import move_up
from volunteers.services.choosing.undo import take_back
from volunteers.services.ledger.events import count_day
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


def shortlisted(item: VolunteerRequest, count: int) -> list[Application]:
    return [ApplicationFactory.create(request=item, status="shortlisted") for _ in range(count)]


def test_nobody_is_out_of_the_comparison_by_being_refused_first(item: VolunteerRequest, clerk: User) -> None:
    low, high = shortlisted(item, 2)
    give(low, 1, clerk), give(high, 5, clerk)
    decide(high, "refuse", by=clerk, reason="skills")
    with pytest.raises(NotReadyError):
        decide(low, "offer", by=clerk)
    Application.objects.filter(pk=high.pk).update(held_until=None)
    with pytest.raises(NotReadyError):
        decide(low, "offer", by=clerk)
    assert decide(low, "offer", by=clerk, reason="over_times").transitions.get().reason == "over_times"


def test_the_line_asks_for_the_same_reasons(item: VolunteerRequest, clerk: User) -> None:
    low, high = shortlisted(item, 2)
    give(low, 1, clerk), give(high, 5, clerk)
    with pytest.raises(NotReadyError):
        decide(low, "stand_by", by=clerk)
    decide(high, "stand_by", by=clerk)
    decide(low, "stand_by", by=clerk)  # behind: nobody is passed over
    with pytest.raises(NotReadyError):
        move_up(low, by=clerk)
    move_up(low, by=clerk, reason="over_distance")
    reasons = list(low.transitions.values_list("verb", "reason"))
    assert reasons == [("stand_by", ""), ("move_up", "over_distance")]
    assert list(item.applications.standing_by()) == [low, high]
    take_back(low, by=clerk)
    found = count_day(timezone.localdate())
    assert {kind: tally.reasons for (_office, _period, kind), tally in found.items() if kind == "override"} == {
        "override": {"over_distance": 1}
    }


def test_choosing_without_points_is_told_or_counted(item: VolunteerRequest, clerk: User) -> None:
    VolunteerRequest.objects.filter(pk=item.pk).update(seats=1)
    (first,) = shortlisted(item, 1)
    other = ApplicationFactory.create(request=item)
    give(first, 3, clerk)
    with pytest.raises(NotReadyError):
        decide(first, "offer", by=clerk)
    with pytest.raises(NotReadyError):
        decide(first, "stand_by", by=clerk)
    give(other, 3, clerk)
    assert decide(first, "offer", by=clerk).transitions.get().reason == ""


def test_nobody_is_scored_where_nobody_is_left_out(item: VolunteerRequest, clerk: User) -> None:
    for row in shortlisted(item, 2):  # two seats
        assert decide(row, "offer", by=clerk).transitions.get().reason == ""
    (third,) = shortlisted(item, 1)
    assert decide(third, "stand_by", by=clerk).transitions.get().reason == ""  # alone, so nobody is passed over


def test_points_that_are_changed_leave_a_trace(client: Client, item: VolunteerRequest, clerk: User) -> None:
    (row,) = shortlisted(item, 1)
    for points in (5, 5, 1):
        give(row, points, clerk)
    changes = ScoreChange.objects.filter(application=row, by=clerk).values_list("before", "after")
    assert set(changes) == {(5, 1)}
    client.force_login(clerk)
    page = client.get(reverse("request-scores", args=[item.public_id]))
    assert page.context["sheets"].done[0].changed == 1
    assert "បានកែ ១ ដង" in page.content.decode()
    found = count_day(timezone.localdate())
    assert [tally.count for (_office, _period, kind), tally in found.items() if kind == "rescored"] == [1]


def test_the_page_asks_for_the_reason_where_it_is_needed(client: Client, item: VolunteerRequest, clerk: User) -> None:
    low, high = shortlisted(item, 2)
    give(low, 1, clerk), give(high, 5, clerk)
    client.force_login(clerk)
    rows = client.get(reverse("request-shortlist", args=[item.public_id])).context["applicants"]
    passing = {row.code_name: (str(row.passing.offer), str(row.passing.line)) for row in rows}
    assert passing == {low.code_name: ("better", "better"), high.code_name: ("", "")}


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
    with django_assert_num_queries(15):  # type: ignore[operator]
        client.get(address)
