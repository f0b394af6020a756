"""Who is learning in this request. Reading never writes; the first POST gives a visitor their uuid.

It stands in a signed cookie of its own: a page for a visitor reads no session, and nobody's visit makes one.
"""

import uuid

from django.http import HttpRequest, HttpResponseBase

from accounts.models import User
from courses.querysets import Learner

COOKIE = "visitor"  # also the key in the sessions of those who began before there was a cookie
YEAR = 60 * 60 * 24 * 365
_TOLD = "_courses_visitor"  # on the request: what the cookie is to say from now on, None for no longer anything


def get_learner(request: HttpRequest) -> Learner:
    """The signed-in person, the visitor known already, or nobody."""
    if isinstance(request.user, User):
        return Learner(user=request.user)
    return Learner(visitor=_find_visitor(request))


def know_learner(request: HttpRequest) -> Learner:
    """As `get_learner`, but nobody becomes a visitor: only for a POST that keeps something."""
    learner = get_learner(request)
    if learner.user is not None:
        return learner
    visitor = learner.visitor or uuid.uuid4()
    setattr(_unwrap(request), _TOLD, visitor)
    return Learner(visitor=visitor)


def take_visitor(request: HttpRequest) -> uuid.UUID | None:
    """The visitor that this person was until now; from here on they are nobody else's."""
    visitor = _find_visitor(request)
    if visitor is not None:
        request.session.pop(COOKIE, None)
        setattr(_unwrap(request), _TOLD, None)
    return visitor


def tell_visitor(request: HttpRequest, response: HttpResponseBase) -> None:
    """Set the cookie anew where something was kept, take it back where the visitor is a person now."""
    if not hasattr(request, _TOLD):
        return
    visitor = getattr(request, _TOLD)
    if visitor is None:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    kind = {"samesite": "Lax", "secure": request.is_secure(), "httponly": True}
    response.set_signed_cookie(COOKIE, str(visitor), salt=COOKIE, max_age=YEAR, **kind)


def _find_visitor(request: HttpRequest) -> uuid.UUID | None:
    told: uuid.UUID | None = getattr(_unwrap(request), _TOLD, None)
    if told is not None:
        return told
    text = request.get_signed_cookie(COOKIE, default="", salt=COOKIE) or request.session.get(COOKIE)
    return uuid.UUID(text) if text else None


def _unwrap(request: HttpRequest) -> HttpRequest:
    """Django's own request, where the API has wrapped it."""
    own: HttpRequest = getattr(request, "_request", request)
    return own
