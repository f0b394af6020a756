"""The buttons of the door: one for each sex and age."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from participation.enums import AgeBand, Sex
from participation.services.attendance.counting import Cell


@dataclass(frozen=True)
class Button:
    """One cell: what the form sends, what is read, and how many were counted."""

    value: str
    label: str
    people: int


@dataclass(frozen=True)
class Line:
    """One age with its buttons by sex."""

    label: str
    buttons: list[Button]


def make_grid(cells: Mapping[Cell, int]) -> list[Line]:
    """Youngest first; the last line is for whoever says no age, its last button for whoever says nothing."""
    sexes = {**dict(Sex.choices), "": _("Not said")}
    ages = {**dict(AgeBand.choices), "": _("Age not said")}
    return [
        Line(
            str(age_label),
            [Button(f"{sex}_{age}", str(label), cells.get((sex, age), 0)) for sex, label in sexes.items()],
        )
        for age, age_label in ages.items()
    ]
