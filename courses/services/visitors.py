"""Who is learning in this request. Reading never writes; the first POST gives a visitor their uuid."""

import uuid

from django.http import HttpRequest

from accounts.models import User
from courses.querysets import Learner
from courses.services.adoption import SESSION_KEY


def get_learner(request: HttpRequest) -> Learner:
    """The signed-in person, the visitor known already, or nobody."""
    if isinstance(request.user, User):
        return Learner(user=request.user)
    visitor = request.session.get(SESSION_KEY)
    return Learner(visitor=uuid.UUID(visitor)) if visitor else Learner()


def know_learner(request: HttpRequest) -> Learner:
    """As `get_learner`, but nobody becomes a visitor: only for a POST that keeps something."""
    learner = get_learner(request)
    if learner.is_known:
        return learner
    visitor = uuid.uuid4()
    request.session[SESSION_KEY] = str(visitor)
    return Learner(visitor=visitor)
