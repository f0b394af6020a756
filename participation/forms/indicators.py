"""What the page of indicators compares: a plan, a province, a step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from participation.enums import FunnelStep
from places.models import Province
from ui.words import to_digits


class IndicatorForm(forms.Form):
    """`year` and `step` are there also when nothing, or nothing readable, was chosen."""

    year = forms.TypedChoiceField(label=gettext_lazy("Plan"), coerce=int, required=False, empty_value=None)
    province = forms.ModelChoiceField(
        label=gettext_lazy("Province"), queryset=Province.objects.none(), to_field_name="code", required=False,
        empty_label=gettext_lazy("All provinces"),
    )  # fmt: skip
    step = forms.ChoiceField(label=gettext_lazy("Compare by"), choices=FunnelStep.choices, required=False)

    def __init__(self, data: Any, *, years: list[int], first: int, with_places: bool) -> None:
        super().__init__(data, initial={"step": FunnelStep.JOINED, "year": first})
        self.first = first
        self.fields["year"].choices = [(year, to_digits(year)) for year in years]  # type: ignore[attr-defined]
        if with_places:
            self.fields["province"].queryset = Province.objects.order_by("code")  # type: ignore[attr-defined]
        else:
            del self.fields["province"]
        for field in self.fields.values():
            field.widget.attrs["class"] = "auto"

    def _chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_bound and (self.is_valid() or self.cleaned_data) else None

    @property
    def chosen_year(self) -> int:
        return self._chosen("year") or self.first

    @property
    def chosen_province(self) -> Province | None:
        found: Province | None = self._chosen("province")
        return found

    @property
    def chosen_step(self) -> FunnelStep:
        return FunnelStep(self._chosen("step") or FunnelStep.JOINED)
