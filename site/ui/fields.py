"""A StreamField whose blocks stay out of migrations: rewording a label is no schema change."""

from typing import Any

from wagtail.fields import StreamField


class LeanStreamField(StreamField):
    """Migrations record it empty; the blocks live in code alone."""

    def __init__(self, block_types: Any, **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, "ui.fields.LeanStreamField", [[]], kwargs
