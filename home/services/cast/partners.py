"""The NGO works with one office, and has asked another."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Organisation
from home.services.cast.clock import days_ago
from home.services.cast.people import Cast
from volunteers.models import Partnership
from volunteers.services.partnerships import SCOPE, change_partnership, propose

AGREED, ASKED = 60, 2  # days ago
TOGETHER = "អង្គការបង្រៀនតារាង និងបង់ថ្លៃធ្វើដំណើរ ឃុំណែនាំការងារ។ (គំរូ)"


def make_partnerships(cast: Cast) -> None:
    with days_ago(AGREED):
        made = propose_to(cast, cast.office, list(SCOPE))
        change_partnership(made, "agree", by=cast.clerk)
    with days_ago(ASKED):
        propose_to(cast, cast.neighbour_office, ["leads_cohorts", "reads_figures"])


def propose_to(cast: Cast, office: Organisation, scope: list[str]) -> Partnership:
    today = timezone.localdate()
    days = {"start_date": today, "end_date": today + timedelta(days=365)}
    return propose(ngo=cast.ngo, office=office, by=cast.manager, purpose=TOGETHER, scope=scope, **days)
