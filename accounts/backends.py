"""Who signs in: by username or by phone, in one field, at the same pace whether or not there is such a person."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.models import User
from accounts.services.people import MOST_PER_PHONE, find_people_by_login


class LoginBackend(ModelBackend):
    """`username` is whatever the person typed.

    Several people may share a phone, so each of them is tried with the password; a failure always costs the same number
    of password checks, so that the time tells nothing about who has an account.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        if not username or not password:
            return None
        people, by_phone = find_people_by_login(username)
        for person in people:
            if person.check_password(password) and self.user_can_authenticate(person):
                return person
        for _missing in range(len(people), MOST_PER_PHONE if by_phone else 1):
            User().set_password(password)
        return None
