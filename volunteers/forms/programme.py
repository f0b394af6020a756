"""Filters of the programme's figures, and what staff say about an alert."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from places.models import Province
from volunteers.services.figures.measures import Measure
from volunteers.services.figures.scope import Quarter, Scope, list_quarters


class FiguresForm(forms.Form):
    """What a report counts. What does not fit is said, and the rest still counts."""

    province = forms.ModelChoiceField(
        Province.objects.order_by("code"),
        label=_("Province"),
        required=False,
        empty_label=_("All provinces"),
        to_field_name="code",
    )
    quarter = forms.ChoiceField(label=_("Quarter"), required=False)
    measure = forms.ChoiceField(label=_("On the map"), required=False, choices=Measure.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quarters = [(each.code, each.label) for each in list_quarters()]
        self.fields["quarter"].choices = [("", _("Since the beginning")), *quarters]  # type: ignore[attr-defined]

    def read(self) -> tuple[Scope, Measure]:
        """What is valid of it."""
        self.is_valid()
        found = self.cleaned_data
        scope = Scope(found.get("province"), Quarter.find(found.get("quarter") or ""))
        return scope, Measure(found.get("measure") or Measure.APPLIED)

    def make_query(self, **changes: str) -> str:
        """What was chosen, with these changes, as the end of an address."""
        chosen = {name: value for name, value in self.data.items() if name in self.fields}
        return urlencode({name: value for name, value in (chosen | changes).items() if value})

    @property
    def query(self) -> str:
        return self.make_query()


class PlaceForm(forms.Form):
    """Whose chains of the ledger."""

    province = forms.ModelChoiceField(
        Province.objects.order_by("code"),
        label=_("Province"),
        required=False,
        empty_label=_("All provinces"),
        to_field_name="code",
    )

    def read(self) -> str:
        """The code of the province, "" for all."""
        self.is_valid()
        province = self.cleaned_data.get("province")
        return province.code if province else ""
