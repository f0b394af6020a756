"""What a field needs to be drawn: label, hint, errors and control, tied together for those who cannot see the page."""

from dataclasses import dataclass
from typing import Any

from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    HiddenInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.forms.widgets import ChoiceWidget
from django.utils.safestring import SafeString

GENERAL = {"required", "invalid", "invalid_choice", "max_length", "min_length", "max_value", "min_value"}
HINT, ERROR = "_helptext", "_error"  # Django's own endings for aria-describedby


@dataclass(frozen=True)
class DrawnField:
    """One bound field, ready for `ui/field_parts.html`. `kind` is input, answers, group, tick or hidden."""

    bound: BoundField
    kind: str
    control: SafeString
    is_optional: bool

    @property
    def hint_id(self) -> str:
        return f"{self.bound.auto_id}{HINT}"

    @property
    def error_id(self) -> str:
        return f"{self.bound.auto_id}{ERROR}"


def draw(bound: BoundField, **attributes: Any) -> DrawnField:
    """Choose the shape by the widget and render the control with our class and the person's typed value."""
    kind = find_kind(bound)
    extra = {name.replace("_", "-"): value for name, value in attributes.items() if value not in (None, "")}
    if kind == "input" and not isinstance(bound.field.widget, Select | Textarea):
        extra["class"] = " ".join(filter(None, ["in", bound.field.widget.attrs.get("class"), extra.get("class")]))
    control = SafeString("") if kind == "answers" else bound.as_widget(attrs=extra)
    return DrawnField(bound, kind, control, _is_optional(bound, kind))


def find_kind(bound: BoundField) -> str:
    """The shape of a field by its widget."""
    widget = bound.field.widget
    if widget.is_hidden or isinstance(widget, HiddenInput):
        return "hidden"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "answers"
    if widget.use_fieldset:
        return "group"
    return "tick" if isinstance(widget, CheckboxInput) else "input"


def _is_optional(bound: BoundField, kind: str) -> bool:
    """Optional fields say so, but only beside required ones: in a filter form the word would be noise. A form's
    `sometimes` names fields that another answer makes necessary.
    """
    if bound.field.required or kind in ("tick", "hidden") or bound.name in getattr(bound.form, "sometimes", ()):
        return False
    return any(field.required for field in bound.form.fields.values())


def find_target(bound: BoundField) -> str:
    """The id an error summary jumps to: the control, or the first answer of a group."""
    if isinstance(bound.field.widget, ChoiceWidget) and bound.field.widget.use_fieldset:
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def list_errors(form: BaseForm) -> list[tuple[str, str]]:
    """Every error of a form as (target id or "", sentence), the form's own first. Django's general sentences, such as
    "This field is required", get the field's name in front: alone in a list they say nothing.
    """
    errors = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else find_target(bound)
        for error in bound.errors.as_data():
            prefix = f"{bound.label}: " if error.code in GENERAL else ""
            errors += [(target, prefix + sentence) for sentence in error.messages]
    return errors
