"""What of a page is its content, found from the models: a field that somebody adds comes along by itself.

Left out on purpose are what Wagtail keeps about a page (place in the tree, dates, who, state), what a page works out
from its content when it is saved (fields that nobody edits), and `LEFT_OUT`.
"""

import datetime
import decimal
import json
import uuid
from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from courses.models import Skill

OF_PAGE = ("title", "slug", "seo_title", "search_description", "show_in_menus")
LEFT_OUT = frozenset({"review_by"})  # belongs to this publication: a copy is looked through by whoever publishes it
PLAIN = (
    models.CharField,
    models.TextField,
    models.BooleanField,
    models.IntegerField,
    models.DecimalField,
    models.DateField,
    models.UUIDField,
)
Field = models.Field[Any, Any]


def list_fields(model: type[models.Model]) -> list[Field]:
    """The fields of a page, or of a row that hangs on it, that are content."""
    base = {field.name for field in Page._meta.get_fields()} if issubclass(model, Page) else set()
    return [
        field
        for field in model._meta.concrete_fields
        if field.name in OF_PAGE
        or (field.name not in base | LEFT_OUT and field.editable and not field.primary_key and not _is_parent(field))
    ]


def list_relations(model: type[models.Model]) -> list[tuple[str, type[models.Model]]]:
    """(name, model) of the rows that hang on a page and are content: Wagtail's own comments are not."""
    return sorted(
        (relation.get_accessor_name(), relation.related_model)
        for relation in get_all_child_relations(model)
        if not relation.related_model.__module__.startswith("wagtail.")
    )


def find_kind(field: Field) -> str:
    """stream, image, document, skill or plain. Raises TypeError for a field a course file cannot carry."""
    if isinstance(field, StreamField):
        return "stream"
    target = field.related_model if isinstance(field, models.ForeignKey) else None
    for kind, model in (("image", get_image_model()), ("document", get_document_model()), ("skill", Skill)):
        if target is model:
            return kind
    if target is None and isinstance(field, PLAIN):
        return "plain"
    raise TypeError(f"A course file does not know how to carry {field}")


def to_plain(value: Any) -> Any:
    """A field's value as JSON has it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, decimal.Decimal | uuid.UUID) else value


def iterate(page_or_row: Any) -> Iterator[tuple[Field, str, Any]]:
    """(field, kind, value as stored) of each content field; a stream's value is its raw data."""
    for field in list_fields(type(page_or_row)):
        kind = find_kind(field)
        value = getattr(page_or_row, field.attname)
        yield field, kind, json.loads(field.value_to_string(page_or_row)) if kind == "stream" else value


def _is_parent(field: Field) -> bool:
    return isinstance(field, ParentalKey)
