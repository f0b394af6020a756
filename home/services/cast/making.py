"""The whole demo, made once and never changed afterwards."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import User
from accounts.rules import MODERATORS
from accounts.services.organisations import verify_organisation
from home.services.cast.asking import make_papers, make_surveys
from home.services.cast.choosing import make_choosing, make_offer
from home.services.cast.clock import days_ago
from home.services.cast.deeds import make_requests, make_talk, make_wishes
from home.services.cast.ideas import make_ideas
from home.services.cast.meetings import make_meetings
from home.services.cast.open_round import make_open_round
from home.services.cast.partners import make_partnerships
from home.services.cast.past_round import make_past_round
from home.services.cast.people import (
    HOME,
    NEIGHBOUR,
    OTHER,
    PARTS,
    Cast,
    let_help,
    make_crowd,
    make_ngo,
    make_office,
    make_person,
)
from home.services.cast.service import make_service
from home.services.cast.talking import make_talking
from home.services.cast.telling import count_figures, settle_news
from places.models import Commune

OPEN_REQUESTS, WAITING_REQUESTS = ("cip-table", "letters"), ("poster-news",)
BEGAN = 90  # days ago


@transaction.atomic
def make_cast(password: str) -> None:
    """The people of `PARTS` and a crowd with one password, three commune offices and an NGO, and three months of
    theirs; after communes and home pages.
    """
    if User.objects.filter(username=PARTS[0].username).exists():
        return
    with days_ago(BEGAN):
        cast, new_clerk = make_people(password)
    make_past_round(cast)
    make_partnerships(cast)
    make_service(cast)
    make_choosing(cast)
    make_offer(cast)
    make_open_round(cast)
    make_requests(cast.office, clerk=cast.clerk, templates=OPEN_REQUESTS)
    waiting = make_office(new_clerk, Commune.objects.with_parents().get(code=OTHER))
    make_requests(waiting, clerk=new_clerk, templates=WAITING_REQUESTS)
    make_wishes(learner=cast.learner)
    make_talk(learner=cast.learner, clerk=cast.clerk, commune=Commune.objects.get(code=HOME))
    make_meetings(cast)
    make_papers(cast)
    make_surveys(cast)
    make_ideas(cast)
    make_talking(cast)
    settle_news()
    count_figures(cast)


def make_people(password: str) -> tuple[Cast, User]:
    """Everybody with rights and offices, and the clerk of the office that waits."""
    communes = Commune.objects.with_parents().in_bulk([HOME, OTHER, NEIGHBOUR], field_name="code")
    hashed = make_password(password)
    people = {part.username: make_person(part, hashed, home=communes[HOME]) for part in PARTS}
    admin = people["demo-admin"]
    admin.is_staff = admin.is_superuser = True
    admin.save(update_fields=["is_staff", "is_superuser"])
    people["demo-moderator"].groups.add(Group.objects.get_or_create(name=MODERATORS)[0])
    clerk, neighbour, manager = (people[f"demo-{name}"] for name in ("clerk", "neighbour", "manager"))
    ngo = make_ngo(people["demo-editor"], manager)
    cast = Cast(
        learner=people["demo-learner"],
        minor=people["demo-minor"],
        admin=admin,
        clerk=clerk,
        office=verify_organisation(make_office(clerk, communes[HOME]), by=admin),
        neighbour=neighbour,
        neighbour_office=verify_organisation(make_office(neighbour, communes[NEIGHBOUR]), by=admin),
        manager=manager,
        editor=people["demo-editor"],
        ngo=verify_organisation(ngo, by=admin),  # which opens its section of the courses
        moderator=people["demo-moderator"],
        crowd=make_crowd(hashed, homes=[communes[HOME], communes[NEIGHBOUR]]),
    )
    let_help(cast.minor, by=clerk)
    return cast, people["demo-new-clerk"]
