"""What the planning year tells people: kinds with their sentences, one module for each part beside this one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.enums import Importance
from notifications.services import Category, Kind, register

COMMUNE = Category(
    "participation",
    _("Planning in communes I follow"),
    _("Meetings, dates and decisions of a commune. Whoever knows early can come, or send a word."),
)
URGENT: dict[str, Any] = {"importance": Importance.URGENT}


def declare(code: str, label: Any, title: Any, body: Any = "", *, category: Category = COMMUNE, **more: Any) -> Kind:
    kind = Kind(f"participation.{code}", category, label, title, body, **more)
    register(kind)
    return kind
