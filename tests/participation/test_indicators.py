"""The funnel beside the study: few people are never told, nor a step of few, nor what follows from all the rest."""

import csv
import io
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from participation.enums import AgeBand, FunnelStep, LeftOut, Satisfaction, Sex, SurveyGroup
from participation.models import StandingIndicators, SurveyAnswer
from participation.services.indicators.baseline import EVERYWHERE, PROVINCES, find_study_figure
from participation.services.indicators.reading import read_indicators
from participation.services.indicators.shares import Share
from participation.services.indicators.standing import keep_indicators, renew_indicators
from places.models import Commune
from tests.factories.accounts import OfficeFactory
from tests.factories.participation import MeetingFactory
from tests.factories.places import CommuneFactory, DistrictFactory
from tests.factories.surveys import SurveyAnswerFactory, SurveyFactory, answer_often

pytestmark = pytest.mark.django_db


def count() -> int:
    return renew_indicators(timezone.localdate())


def told(scope: str = "") -> dict[str, Any]:
    row = StandingIndicators.objects.filter(scope=scope).first()
    return row.told if row else {}


def people(scope: str = "") -> int | None:
    return told(scope)["all"]["n"] if told(scope) else None


def group(name: str, scope: str = "") -> int | None:
    found = told(scope).get("groups", {}).get(name)
    return found["n"] if found else None


def test_the_study_says_what_it_says_and_nothing_more() -> None:
    exact = {step.value: (figure.percent, figure.is_exact) for step, figure in EVERYWHERE.items()}
    assert exact == {
        "heard": (65, True), "invited": (60, True), "joined": (45, True),
        "input": (40, False), "satisfied": (40, False),
    }  # fmt: skip
    joined = {code: figures.get(FunnelStep.JOINED) for code, figures in PROVINCES.items()}
    assert [joined["21"].percent, joined["21"].is_exact] == [25, True]  # type: ignore[union-attr]
    assert [joined["17"].percent, joined["17"].is_exact] == [60, False]  # type: ignore[union-attr]
    unsaid = [joined["16"], *(find_study_figure(scope, FunnelStep.JOINED) for scope in ("210101", "g:", "m:1"))]
    assert unsaid == [None] * 4


def test_under_ten_nothing_is_told_and_then_all_at_once() -> None:
    survey = SurveyFactory.create()
    answer_often(survey, 9)
    count()
    assert [people(), people(survey.commune.code)] == [None, None]
    answer_often(survey, 1, joined=False, why_not="away")
    count()
    figures = told(survey.commune.code)["all"]
    assert (figures["n"], figures["heard"], figures["joined"], figures["satisfied"]) == (10, 10, 9, 10)
    answer_often(survey, 9)
    count()
    assert people() == 10  # nine new ones wait, so that the step is never one person


def test_what_is_left_out_and_what_is_closed_is_not_counted() -> None:
    survey = SurveyFactory.create()
    answer_often(survey, 10)
    answer_often(survey, 10, left_out=LeftOut.FAST)
    answer_often(SurveyFactory.create(commune=survey.commune, office=survey.office, year=survey.year + 1), 10)
    count()
    shown = read_indicators(survey.year, place=survey.commune)
    assert (shown.everybody.people, shown.received.given, shown.received.waiting) == (10, 20, 0)
    assert [number for _label, number in shown.received.left_out] == [10]


def test_a_group_needs_ten_inside_and_ten_outside() -> None:
    survey = SurveyFactory.create()
    answer_often(survey, 12, sex=Sex.FEMALE, age=AgeBand.YOUTH)
    answer_often(survey, 9)
    count()
    assert (people(), group("female"), group("youth")) == (21, None, None)
    other = SurveyFactory.create()
    answer_often(other, 11, is_minority=True)
    count()
    assert (people(), group("female"), group("minority"), group("minority", other.commune.code)) == (32, 12, 11, None)


def test_ages_do_not_tell_the_rest() -> None:
    survey = SurveyFactory.create()
    answer_often(survey, 20, age=AgeBand.YOUTH)
    answer_often(survey, 15, age=AgeBand.ELDERLY)
    answer_often(survey, 3, age=AgeBand.MIDDLE)
    count()
    assert (group("youth"), group("elderly")) == (20, None)


def read_file(client: Client, query: str = "") -> str:
    streamed: Any = client.get(f"/en/participation/figures.csv{query}")
    return b"".join(streamed.streaming_content).decode("utf-8-sig")


def make_communes(*sizes: int) -> list[Commune]:
    """Communes of one district, each with so many answers."""
    district = DistrictFactory.create()
    communes = [CommuneFactory.create(district=district) for _ in sizes]
    for commune, size in zip(communes, sizes, strict=True):
        survey = SurveyFactory.create(office=OfficeFactory.create(commune=commune))
        answer_often(survey, size)
        SurveyAnswer.objects.filter(survey=survey).update(is_told=True)
    return communes


def test_a_hidden_place_does_not_follow_from_the_others() -> None:
    """The province less the shown communes is nobody, or ten people at least."""
    communes = make_communes(40, 12, 4)
    count()
    shown = [people(commune.code) for commune in communes]
    assert (people(communes[0].code[:2]), shown) == (56, [40, None, None])


@pytest.mark.parametrize("sizes", [(30, 30, 9, 9), (10, 11, 1), (100, 2), (5, 5), (10, 10, 10)])
def test_no_sum_of_shown_places_tells_on_few(sizes: tuple[int, ...]) -> None:
    communes = make_communes(*sizes)
    count()
    whole = people(communes[0].code[:2])
    shown = [size for commune in communes if (size := people(commune.code))]
    assert whole == sum(sizes)
    for number in range(len(shown) + 1):
        for some in combinations(shown, number):
            assert not 0 < whole - sum(some) < 10


def test_a_group_hidden_in_one_commune_does_not_follow_from_the_province() -> None:
    communes = make_communes(50, 40, 40)
    for commune, members in zip(communes, (20, 15, 3), strict=True):
        rows = SurveyAnswer.objects.filter(survey__commune=commune).order_by("pk").values_list("pk", flat=True)
        SurveyAnswer.objects.filter(pk__in=list(rows[:members])).update(is_minority=True)
    count()
    shown = [group("minority", commune.code) for commune in communes]
    assert (group("minority", communes[0].code[:2]), shown) == (38, [20, None, None])


def test_a_meeting_and_the_rest_of_its_commune() -> None:
    office = OfficeFactory.create()
    meeting = MeetingFactory.create(office=office, over=True)
    of_meeting = SurveyFactory.create(office=office, meeting=meeting)
    answer_often(of_meeting, 25, heard=False)
    answer_often(SurveyFactory.create(office=office), 12)
    count()
    assert (people(f"m:{meeting.public_id}"), people(office.commune.code)) == (25, 37)
    answers = {meeting.title: 25}
    shown = read_indicators(of_meeting.year, place=office.commune)
    assert {each.name: each.people for each in shown.parts} == answers


def test_a_group_stands_still_until_ten_are_new() -> None:
    survey = SurveyFactory.create()
    answer_often(survey, 15, sex=Sex.FEMALE)
    answer_often(survey, 15)
    count()
    answer_often(survey, 2, sex=Sex.FEMALE)
    answer_often(survey, 20)
    count()
    assert (people(), group("female")) == (52, 15)
    answer_often(survey, 10, sex=Sex.FEMALE)
    count()
    assert (people(), group("female")) == (62, 27)


def test_figures_are_counted_once_a_day() -> None:
    survey = SurveyFactory.create()
    keep_indicators()
    answer_often(survey, 10)
    assert (keep_indicators(), people()) == (0, None)
    StandingIndicators.objects.update(counted_at=timezone.now() - timedelta(days=1))
    keep_indicators()
    assert people() == 10


@pytest.mark.parametrize(
    ("numbers", "percent", "sign"),
    [
        ((71, 100), 71, "71%"), ((712, 1000), 71, "71%"), ((0, 100), 0, "0%"), ((7, 10), 70, "~70%"),
        ((10, 10), 95, "≥95%"), ((0, 10), 5, "≤5%"), ((33, 99), 35, "~35%"), ((34, 99), 35, "~35%"),
    ],
)  # fmt: skip
def test_shares_of_few_are_told_in_fives(numbers: tuple[int, int], percent: int, sign: str) -> None:
    with translation.override("en"):
        share = Share.of(*numbers)
    assert share is not None
    with translation.override("en"):
        assert (share.percent, share.sign) == (percent, sign)
    assert Share.of(0, 0) is None


def test_the_page_stands_before_anybody_answered(client: Client) -> None:
    page = client.get("/en/participation/").text
    for words in ("How well do we take part in the CIP?", "(study: 65%)", "(study: ~40%)", "335 people", "no figure"):
        assert words in page
    assert "(study: 25%)" not in page  # no such province in this gazetteer


def test_pages_tables_and_file_tell_the_same(client: Client) -> None:
    commune = CommuneFactory.create(code="210101", district__code="2101", district__province__code="21")
    survey = SurveyFactory.create(office=OfficeFactory.create(commune=commune))
    answer_often(survey, 60)
    answer_often(
        survey, 40, joined=False, why_not="time", gave_input=False, satisfaction=Satisfaction.HARDLY, sex=Sex.FEMALE
    )
    count()
    page = client.get("/en/participation/").text
    for words in (
        "60%",
        "(study: 45%)",
        "(study: 25%)",
        "100 have heard of the plan, 60 took part",
        "100 answers about",
    ):
        assert words in page, words
    assert "between “Were invited” and “Joined”" in page
    assert "Why do people not come?" in page
    rows = list(csv.DictReader(io.StringIO(read_file(client))))
    cells = {(row["Place"], row["Group"], row["Step"]): (row["Share"], row["Study"]) for row in rows}
    assert cells["", "", "Joined"] == ("60%", "45%")
    assert cells[commune.district.province.name_en, "", "Joined"] == ("60%", "25%")
    assert cells["", "Women", "Heard of it"] == ("95% or more", "no figure")
    assert cells["", "Minorities", "Joined"] == ("no figure, or fewer than 10 people", "no figure")
    for query in ("", "?year=1", "?step=x"):
        assert client.get(f"/en/communes/210101/participation/{query}").status_code == 200
    file = read_file(client, "?commune=210101")
    assert [commune.name_en in file, "25%" in file] == [True, False]


def test_an_unknown_place_has_no_figures(client: Client) -> None:
    draft = MeetingFactory.create(draft=True)
    for address in (
        "communes/999999/participation/", f"meetings/{draft.public_id}/participation/",
        "participation/figures.csv?commune=999999", f"participation/figures.csv?meeting={draft.public_id}",
    ):  # fmt: skip
        assert client.get(f"/en/{address}").status_code == 404
    assert client.get("/en/participation/figures.csv?meeting=nonsense").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same(client: Client, rows: int, django_assert_num_queries: Any) -> None:
    make_communes(*[20] * rows)
    count()
    client.get("/en/participation/")
    with django_assert_num_queries(5):
        client.get("/en/participation/")


def test_every_group_of_the_study_is_asked_for() -> None:
    answer = SurveyAnswerFactory.build()
    assert {each.value for each in SurveyGroup} == {"female", "youth", "elderly", "disability", "migrant", "minority"}
    assert {"has_disability", "has_migrant", "is_minority", "age", "sex"} <= set(vars(answer))
