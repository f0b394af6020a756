"""What the forum tells people: kinds with their sentences, one module for each part beside this one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.rules import is_moderator, is_programme_staff
from notifications.services import Category, Kind, register

FORUM = Category("forums", _("What I write in the forum"), _("Answers, and what was decided about posts."))
DECIDING = Category(
    "forums_deciding",
    _("Posts that I decide about"),
    _("Reports and appeals. Whoever wrote them waits for an answer."),
    concerns=lambda user: bool(is_moderator(user) or is_programme_staff(user)),
)


def declare(code: str, label: Any, title: Any, body: Any = "", *, category: Category = FORUM, **more: Any) -> Kind:
    kind = Kind(f"forums.{code}", category, label, title, body, **more)
    register(kind)
    return kind
