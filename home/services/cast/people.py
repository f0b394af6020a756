"""Who plays what. Every name says គំរូ or Demo."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from accounts.enums import ConsentChannel, MembershipRole, OrganisationKind
from accounts.models import Organisation, User
from accounts.services.consent import record_consent
from accounts.services.inclusion import save_inclusion
from accounts.services.organisations import apply_for_office, join
from places.models import Commune
from volunteers.enums import SpokenLanguage, TimeOfDay
from volunteers.models import VolunteerProfile
from volunteers.services.profile import save_profile

HOME, OTHER, NEIGHBOUR = "210901", "210902", "210903"  # Angk Ta Saom, Cheang Tong and Kus in Tram Kak, Takeo
NGO_NAME = "Demo NGO"


@dataclass(frozen=True)
class Part:
    """Who plays what: `role` is printed beside the user name. `flags` are the answers that were given freely."""

    username: str
    role: str
    given_km: str
    given_latin: str
    age: int
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cast:
    """The people and organisations of the stories. `crowd` are young people without a part of their own."""

    learner: User
    minor: User
    admin: User
    clerk: User
    office: Organisation
    neighbour: User
    neighbour_office: Organisation
    manager: User
    editor: User
    ngo: Organisation
    moderator: User
    crowd: list[User] = field(default_factory=list)


PARTS = (
    Part("demo-learner", "a young person of Angk Ta Saom", "ដារ៉ា", "Dara", 21),
    Part("demo-minor", "a young person of 16 whose guardian agreed", "កញ្ញា", "Kanha", 16),
    Part("demo-clerk", "clerk of the verified office of Angk Ta Saom", "សុខា", "Sokha", 38),
    Part("demo-neighbour", "clerk of the verified office of Kus", "ភារុណ", "Phearun", 36),
    Part("demo-new-clerk", "clerk of Cheang Tong, an office that waits for checking", "រិទ្ធី", "Rithy", 34),
    Part("demo-editor", "editor of the Demo NGO", "ស្រីមុំ", "Srey Mom", 29),
    Part("demo-manager", "manager of the Demo NGO", "មុន្នី", "Mony", 43),
    Part("demo-moderator", "moderator", "វណ្ណា", "Vanna", 41),
    Part("demo-admin", "administrator", "ចិន្តា", "Chenda", 45),
)
WOMAN = frozenset({"is_female"})
CROWD = tuple(
    Part(f"demo-{latin.lower()}", "a young person", khmer, latin, age, flags)
    for khmer, latin, age, flags in (
        ("បុប្ផា", "Bopha", 22, WOMAN),
        ("ពិសិដ្ឋ", "Piseth", 24, frozenset()),
        ("រដ្ឋា", "Ratha", 19, frozenset({"has_id_poor"})),
        ("សុភា", "Sophea", 26, WOMAN | {"has_migrant_household"}),
        ("គន្ធា", "Kunthea", 20, WOMAN),
        ("វិជ្ជា", "Vichea", 29, frozenset()),
        ("មករា", "Makara", 23, frozenset({"has_disability"})),
        ("លក្ខិណា", "Leakhena", 21, WOMAN | {"has_id_poor"}),
        ("សំណាង", "Samnang", 27, frozenset()),
        ("ចាន់ធី", "Chanthy", 25, WOMAN),
    )
)
WEEKS = (
    ((0, TimeOfDay.MORNING), (2, TimeOfDay.MORNING), (5, TimeOfDay.AFTERNOON)),
    ((1, TimeOfDay.AFTERNOON), (3, TimeOfDay.AFTERNOON), (5, TimeOfDay.MORNING), (6, TimeOfDay.MORNING)),
    ((1, TimeOfDay.MORNING), (3, TimeOfDay.MORNING)),
)


def make_person(part: Part, hashed: str, *, home: Commune) -> User:
    names: dict[str, Any] = {
        "family_name_km": "គំរូ",
        "given_name_km": part.given_km,
        "family_name_latin": "Demo",
        "given_name_latin": part.given_latin,
    }
    # One more year: an age by birth year counts as the lower of the two it may be.
    year = timezone.localdate().year - part.age - 1
    person = User.objects.create(username=part.username, password=hashed, birth_year=year, home_commune=home, **names)
    if part.flags:
        save_inclusion(person, **dict.fromkeys(sorted(part.flags), True))
    return person


def make_crowd(hashed: str, *, homes: list[Commune]) -> list[User]:
    """They live by turns in these communes, and said when they are free."""
    crowd = []
    for number, part in enumerate(CROWD):
        person = make_person(part, hashed, home=homes[number % len(homes)])
        profile = VolunteerProfile(user=person, weekly_hours=4, languages=[SpokenLanguage.KHMER])
        save_profile(profile, slots=WEEKS[number % len(WEEKS)], communes=[], skills=[])
        crowd.append(person)
    return crowd


def let_help(minor: User, *, by: User) -> None:
    """Whoever is under 18 needs the word of a parent or guardian."""
    record_consent(minor, by=by, guardian_name="គំរូ ម្ដាយ", channel=ConsentChannel.IN_PERSON)


def make_office(clerk: User, commune: Commune) -> Organisation:
    """An office that says in its name that it is a demo."""
    office = apply_for_office(
        clerk, commune=commune, role=MembershipRole.CLERK, title_km="ស្មៀនឃុំ", title_en="Commune clerk"
    )
    office.name_km, office.name_en = f"{office.name_km} (គំរូ)", f"{office.name_en} (demo)"
    office.save(update_fields=["name_km", "name_en"])
    return office


def make_ngo(editor: User, manager: User) -> Organisation:
    ngo = Organisation.objects.create(kind=OrganisationKind.NGO, name_km="អង្គការគំរូ", name_en=NGO_NAME)
    join(editor, organisation=ngo, role=MembershipRole.AUTHOR)
    join(manager, organisation=ngo, role=MembershipRole.MANAGER, title_km="អ្នកគ្រប់គ្រង", title_en="Manager")
    return ngo
