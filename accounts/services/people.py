"""Making an account, and finding the people a typed name or number may mean."""

import re

from django.db import transaction

from accounts.models import User
from accounts.phones import find_phone
from accounts.usernames import clean_username, make_username
from places.models import Commune, Village

# A family often has one phone. More than this many accounts on one number sign in by username.
MOST_PER_PHONE = 3
KHMER = re.compile(r"[\u1780-\u17ff]")


@transaction.atomic
def register(
    user: User,
    *,
    password: str,
    username: str = "",
    phone: str = "",
    given_name: str = "",
    birth_year: int | None = None,
    home_commune: Commune | None = None,
    home_village: Village | None = None,
    current_commune: Commune | None = None,
    language: str = "km",
) -> User:
    """Fill and save a new account. Without a username it gets one that tells nothing.

    A phone that others use already is accepted: telling would reveal that they have an account.
    """
    user.username = clean_username(username) if username else make_free_username()
    user.phone = phone
    user.birth_year = birth_year
    if KHMER.search(given_name):
        user.given_name_km = given_name
    else:
        user.given_name_latin = given_name
    user.home_commune, user.home_village = home_commune, home_village
    user.current_commune = current_commune if current_commune != home_commune else None
    user.language = language
    user.set_password(password)
    user.save()
    return user


def make_free_username() -> str:
    """A made-up username that nobody has."""
    name = make_username()
    while User.objects.filter(username=name).exists():
        name = make_username()
    return name


def find_people_by_login(typed: str) -> tuple[list[User], bool]:
    """The people a sign-in name may mean, and whether it was read as a phone number. One query either way."""
    phone = find_phone(typed)
    if phone:
        return list(User.objects.filter(phone=phone, is_active=True).order_by("pk")[:MOST_PER_PHONE]), True
    name = clean_username(typed)
    return list(User.objects.filter(username__iexact=name, is_active=True)[:1]), False


def find_login_key(typed: str) -> str:
    """One key for all ways of writing a name or number, for rate limits."""
    return find_phone(typed) or clean_username(typed)
