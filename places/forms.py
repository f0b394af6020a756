"""Choosing a place in any form: by a name, or step by step, without JavaScript and better with it.

The field posts several values under its own name: `<name>` (the chosen code), `<name>_q` (the typed name) and, step by
step, `<name>_province`, `_district`, `_commune`, `_village`. Its buttons send `<name>_do`; a form with `PickingMixin`
then comes back as it was typed, without errors, and with the next answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from places.models import Commune, Place, Village
from places.services import find_current, find_place, find_places, places_of

STEPS = ("province", "district", "commune", "village")
BY_NAME, BY_LIST = "name", "list"


@dataclass(frozen=True)
class Picked:
    """What the person has typed and chosen so far in one picker."""

    code: str = ""
    query: str = ""
    mode: str = BY_NAME
    village: str = ""
    asks_village: bool = False
    steps: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.code)


@dataclass(frozen=True)
class HomePlace:
    """A commune and, where it was told, the village in it."""

    commune: Commune
    village: Village | None = None


@dataclass(frozen=True)
class Step:
    """One select of the way step by step."""

    name: str
    label: str
    chosen: str
    places: list[Place]


class PlacePicker(forms.Widget):
    """Draws the two ways. The answers are looked up while drawing: at most five, or one list per step."""

    template_name = "places/picker.html"
    use_fieldset = True

    def __init__(self, *, with_village: bool = False, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.with_village = with_village

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Picked:
        action = data.get(f"{name}_do", "")
        mode = action if action in (BY_NAME, BY_LIST) else data.get(f"{name}_mode", BY_NAME)
        if mode == BY_LIST:
            steps = read_steps(data, name)
            return Picked(steps.get("commune", ""), mode=BY_LIST, village=steps.get("village", ""), steps=steps)
        code = data.get(name, "")
        village = data.get(f"{name}_village", "")
        return Picked(
            code,
            data.get(f"{name}_q", "").strip()[:80],
            village=village if village.startswith(code) else "",
            asks_village=action == "village" or bool(village),
        )

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key == name or key.startswith(f"{name}_") for key in data)

    def format_value(self, value: Any) -> Picked:
        return to_picked(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        picked = to_picked(value)
        context["widget"] |= {"picked": picked, "with_village": self.with_village}
        if picked.mode == BY_LIST:
            context["widget"]["steps"] = list_steps(picked.steps, with_village=self.with_village)
        else:
            context["widget"] |= self.list_answers(picked)
        return context

    def list_answers(self, picked: Picked) -> dict[str, Any]:
        """The radio answers: those found by the query, and always the one already chosen."""
        answers = find_places(picked.query) if picked.query else []
        if picked.code and picked.code not in [place.code for place in answers]:
            chosen = find_place(picked.code)
            answers = [chosen, *answers][:5] if isinstance(chosen, Commune) else answers
        villages: list[Place] = []
        if self.with_village and picked.asks_village and picked.code:
            villages = list(places_of("village").filter(commune__code=picked.code))
        return {"answers": answers, "villages": villages}


def to_picked(value: Any) -> Picked:
    """A picker's state from a posted one, a stored place, or nothing."""
    if isinstance(value, Picked):
        return value
    if isinstance(value, HomePlace):
        village = value.village.code if value.village else ""
        return Picked(value.commune.code, village=village, asks_village=bool(village))
    return Picked(value.code) if isinstance(value, Commune) else Picked()


def read_steps(data: Mapping[str, Any], name: str) -> dict[str, str]:
    """The chosen code of each step; a choice that no longer lies in its parent is dropped."""
    steps: dict[str, str] = {}
    above = ""
    for step in STEPS:
        code = data.get(f"{name}_{step}", "")
        if not code or not code.startswith(above):
            break
        steps[step] = above = code
    return steps


def list_steps(chosen: Mapping[str, str], *, with_village: bool) -> list[Step]:
    """The selects to show: each answered one and the next. One query each."""
    labels = {
        "province": _("Province or capital"),
        "district": _("District, municipality or khan"),
        "commune": _("Commune or sangkat"),
        "village": _("Village (if you like)"),
    }
    steps: list[Step] = []
    above = ""
    for name in STEPS if with_village else STEPS[:-1]:
        places = list(places_of(name).filter(code__startswith=above))
        steps.append(Step(name, str(labels[name]), chosen.get(name, ""), places))
        above = chosen.get(name, "")
        if not above:
            break
    return steps


class CommuneField(forms.Field):
    """Cleans to a `Commune` with its district and province, or None when it may be left out."""

    widget = PlacePicker
    default_error_messages = {
        "required": _("Choose your commune."),
        "choose": _("Choose one of the communes found, or search again."),
        "unfound": _("We found no commune of that name. Try another spelling, or choose by province."),
        "unknown": _("This commune is not in our list. Please search again."),
    }

    def clean(self, value: Any) -> Any:
        picked = to_picked(value)
        if not picked.code:
            self.refuse_empty(picked)
            return None
        commune = find_place(picked.code)
        if not isinstance(commune, Commune):
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return find_current(commune)

    def refuse_empty(self, picked: Picked) -> None:
        """Say what is missing: a choice among those found, another spelling, or the whole answer."""
        if picked.query:
            code = "choose" if find_places(picked.query) else "unfound"
            raise ValidationError(self.error_messages[code], code=code)
        if self.required or picked.steps:
            raise ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return to_picked(initial) != to_picked(data)


class HomePlaceField(CommuneField):
    """Cleans to a `HomePlace`: the commune, and the village where the person tells it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=PlacePicker(with_village=True), **kwargs)

    def clean(self, value: Any) -> HomePlace | None:
        commune = super().clean(value)
        if commune is None:
            return None
        code = to_picked(value).village
        village = commune.villages.filter(code=code).first() if code else None
        if code and village is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return HomePlace(commune, village)


class PickingMixin(forms.BaseForm):
    """For a form with a picker: pressing one of its buttons is no attempt to send the form."""

    @property
    def is_picking(self) -> bool:
        """Whether a picker's own button sent the form: it is to be shown again, not saved."""
        return any(
            f"{self.add_prefix(name)}_do" in self.data
            for name, field_ in self.fields.items()
            if isinstance(field_.widget, PlacePicker)
        )

    def full_clean(self) -> None:
        if self.is_bound and self.is_picking:
            self._errors = ErrorDict()
            self.cleaned_data = {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        return not self.is_picking and super().is_valid()
