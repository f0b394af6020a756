"""A round in which people choose now."""

from datetime import timedelta

from django.utils import timezone

from home.services.cast.clock import days_ago, morning_of
from home.services.cast.deeds import apply, open_request
from home.services.cast.past_round import give_points
from home.services.cast.people import Cast
from volunteers.models import Application, Round, VolunteerRequest
from volunteers.services.rounds.planning import add_requests, change_round, save_round

OPENED = 4  # days ago
CLOSES, SCORED, KNOWN, ENDS = 6, 12, 14, 30  # days from now
# Per person, the requests by their place in the round, the dearest first.
LISTS = ((0, 1, 2), (1, 0), (0, 2), (0,), (2, 1), (1,), (0, 1))


def make_open_round(cast: Cast) -> None:
    """Three requests of two offices, and seven people's lists; one office has begun to score."""
    with days_ago(OPENED + 1):
        requests = [
            open_request("dpam-list", office=cast.office, clerk=cast.clerk),
            open_request("info-video", office=cast.neighbour_office, clerk=cast.neighbour),
            open_request("procurement-notice", office=cast.neighbour_office, clerk=cast.neighbour, seats=1),
        ]
    plan(cast, requests)
    people = [cast.learner, cast.minor, *cast.crowd[2:7]]
    for number, (person, places) in enumerate(zip(people, LISTS, strict=True)):
        with days_ago(max(OPENED - number, 1)):
            for place in places:
                apply(requests[place], person, words=number)
    with days_ago(1):
        first = Application.objects.filter(request=requests[0]).order_by("pk")[:2]
        for points, application in enumerate(first, 3):
            give_points(application, points, by=cast.clerk)


def plan(cast: Cast, requests: list[VolunteerRequest]) -> None:
    dates = {
        "choices_close_at": morning_of(CLOSES, hour=17),
        "scoring_closes_at": morning_of(SCORED, hour=17),
        "draw_at": morning_of(KNOWN, hour=8),
        "confirm_by": morning_of(KNOWN, hour=17),
        "second_closes_at": morning_of(ENDS, hour=17),
    }
    with days_ago(OPENED):
        row = Round(
            name_km="ជុំទី២ ស្រុកត្រាំកក់ (គំរូ)",
            name_en="Round two, Tram Kak (demo)",
            place_code="2109",
            opens_at=timezone.now() + timedelta(hours=1),
            seed_source_km="លេខឆ្នោតគំរូ ដែលអានក្នុងវិទ្យុ",
            seed_source_en="A demo lottery number, read on the radio",
            **dates,
        )
        save_round(row, by=cast.admin)
        add_requests(row, requests, by=cast.admin)
        change_round(row, "open", by=cast.admin)
