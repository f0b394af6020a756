"""Rows that lead to a person, as they stand, for the copy of their data."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from accounts.models import User

Tie = tuple[type[Model], str, tuple[str, ...]]


def describe_rows(user: User, ties: Mapping[str, Tie]) -> dict[str, list[dict[str, Any]]]:
    """By name: a model, its field that leads to the person, and what of the row comes along. JSON-ready, without what
    is empty.
    """
    found = {
        name: list(model._default_manager.filter(**{field: user}).order_by("pk").values(*shown))
        for name, (model, field, shown) in ties.items()
    }
    ready: dict[str, list[dict[str, Any]]] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    return {name: rows for name, rows in ready.items() if rows}
