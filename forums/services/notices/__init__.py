"""What the forum tells people: kinds with their sentences, one module for each part beside this one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.services import Category, Kind, register

FORUM = Category("forums", _("What I write in the forum"), _("Answers, and what was decided about posts."))


def declare(code: str, label: Any, title: Any, body: Any = "", *, category: Category = FORUM, **more: Any) -> Kind:
    kind = Kind(f"forums.{code}", category, label, title, body, **more)
    register(kind)
    return kind
