"""Who asks, where a sign-in stands before the view."""

from django.http import HttpRequest

from accounts.models import User


def know(request: HttpRequest) -> User:
    """Behind `login_required`."""
    assert isinstance(request.user, User)  # noqa: S101 said by login_required
    return request.user
