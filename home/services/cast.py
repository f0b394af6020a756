"""A demo cast for trying the site: every name says គំរូ or Demo. Made once, never changed afterwards."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts.enums import MembershipRole, OrganisationKind
from accounts.models import Organisation, User
from accounts.rules import MODERATORS
from accounts.services.organisations import apply_for_office, join, verify_organisation
from home.services.cast_deeds import make_requests, make_talk, make_wishes
from home.services.cast_service import make_service
from places.models import Commune

HOME, OTHER = "210901", "210902"  # Angk Ta Saom and Cheang Tong in Tram Kak, Takeo
NGO_NAME = "Demo NGO"
OPEN_REQUESTS, WAITING_REQUESTS = ("cip-table", "letters"), ("poster-news",)


@dataclass(frozen=True)
class Part:
    """Who plays what: `role` is printed beside the user name."""

    username: str
    role: str
    given_km: str
    given_latin: str
    age: int


PARTS = (
    Part("demo-learner", "a young person of Angk Ta Saom", "ដារ៉ា", "Dara", 21),
    Part("demo-clerk", "clerk of the verified office of Angk Ta Saom", "សុខា", "Sokha", 38),
    Part("demo-new-clerk", "clerk of Cheang Tong, an office that waits for checking", "រិទ្ធី", "Rithy", 34),
    Part("demo-editor", "editor of the Demo NGO", "ស្រីមុំ", "Srey Mom", 29),
    Part("demo-moderator", "moderator", "វណ្ណា", "Vanna", 41),
    Part("demo-admin", "administrator", "ចិន្តា", "Chenda", 45),
)


@transaction.atomic
def make_cast(password: str) -> None:
    """The people of `PARTS` with one password, two commune offices and an NGO; after communes and home pages."""
    if User.objects.filter(username=PARTS[0].username).exists():
        return
    communes = Commune.objects.with_parents().in_bulk([HOME, OTHER], field_name="code")
    hashed = make_password(password)
    people = {part.username: make_person(part, hashed, home=communes[HOME]) for part in PARTS}
    admin = people["demo-admin"]
    admin.is_staff = admin.is_superuser = True
    admin.save(update_fields=["is_staff", "is_superuser"])
    people["demo-moderator"].groups.add(Group.objects.get_or_create(name=MODERATORS)[0])
    clerk, new_clerk = people["demo-clerk"], people["demo-new-clerk"]
    waiting = make_office(new_clerk, communes[OTHER])
    verified = verify_organisation(make_office(clerk, communes[HOME]), by=admin)
    make_requests(verified, clerk=clerk, templates=OPEN_REQUESTS)
    make_service(verified, clerk=clerk, learner=people["demo-learner"])
    make_requests(waiting, clerk=new_clerk, templates=WAITING_REQUESTS)
    verify_organisation(make_ngo(people["demo-editor"]), by=admin)  # which opens its section of the courses
    make_wishes(learner=people["demo-learner"])
    make_talk(learner=people["demo-learner"], clerk=clerk, commune=communes[HOME])


def make_person(part: Part, hashed: str, *, home: Commune) -> User:
    names: dict[str, Any] = {
        "family_name_km": "គំរូ",
        "given_name_km": part.given_km,
        "family_name_latin": "Demo",
        "given_name_latin": part.given_latin,
    }
    # One more year: an age by birth year counts as the lower of the two it may be.
    year = timezone.localdate().year - part.age - 1
    return User.objects.create(username=part.username, password=hashed, birth_year=year, home_commune=home, **names)


def make_office(clerk: User, commune: Commune) -> Organisation:
    """An office that says in its name that it is a demo."""
    office = apply_for_office(
        clerk, commune=commune, role=MembershipRole.CLERK, title_km="ស្មៀនឃុំ", title_en="Commune clerk"
    )
    office.name_km, office.name_en = f"{office.name_km} (គំរូ)", f"{office.name_en} (demo)"
    office.save(update_fields=["name_km", "name_en"])
    return office


def make_ngo(editor: User) -> Organisation:
    ngo = Organisation.objects.create(kind=OrganisationKind.NGO, name_km="អង្គការគំរូ", name_en=NGO_NAME)
    join(editor, organisation=ngo, role=MembershipRole.AUTHOR)
    return ngo
