"""The dates of a planning year as typed by an office or the programme's staff."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.enums import StepKind
from participation.models.year import SOURCE_LENGTH, TITLE_LENGTH, PlanningYear
from participation.services.planning import PlannedStep
from participation.services.timeline import list_usual_steps
from participation.services.usual import ABOUT, USUAL
from ui.time_fields import day_field

OWN_STEPS = 3


class PlanningYearForm(forms.Form):
    """From and until for each usual step, a few steps of one's own, and where the dates come from.

    A step without dates is left out of the plan. `steps` is there once the form is valid.
    """

    steps: list[PlannedStep]

    source = forms.CharField(
        label=gettext_lazy("Where do these dates come from?"),
        help_text=gettext_lazy("For example the number and day of a circular. Readers see it under the dates."),
        max_length=SOURCE_LENGTH,
        required=False,
    )

    def __init__(self, data: Any = None, *, year: int, found: PlanningYear | None) -> None:
        self.year = year
        super().__init__(data, initial=self._read(found))
        for name in self._list_names():
            self.fields[f"start_{name}"] = day_field(gettext_lazy("From"), required=False)
            self.fields[f"end_{name}"] = day_field(gettext_lazy("Until"), required=False)
        for number in range(1, OWN_STEPS + 1):
            self.fields[f"title_km_{number}"] = self._title_field(gettext_lazy("Name in Khmer"))
            self.fields[f"title_en_{number}"] = self._title_field(gettext_lazy("Name in English"))

    @staticmethod
    def _title_field(label: Any) -> forms.CharField:
        return forms.CharField(label=label, max_length=TITLE_LENGTH, required=False)

    @staticmethod
    def _list_names() -> list[str]:
        return [*USUAL, *(str(number) for number in range(1, OWN_STEPS + 1))]

    def _read(self, found: PlanningYear | None) -> dict[str, Any]:
        """What stands in the fields first: the set as it is, or the usual dates."""
        initial: dict[str, Any] = {"source": found.source if found else ""}
        own = 0
        for step in found.steps.all() if found else list_usual_steps(self.year):
            name = step.kind
            if step.kind == StepKind.OWN:
                own += 1
                name = str(own)
                initial |= {f"title_km_{name}": step.title_km, f"title_en_{name}": step.title_en}
            initial |= {f"start_{name}": step.start_date, f"end_{name}": step.end_date}
        return initial

    def rows(self) -> Iterator[tuple[str, str, list[BoundField]]]:
        """Legend, explanation and fields of each step, for the template."""
        for kind in USUAL:
            yield str(kind.label), str(ABOUT[kind]), [self[f"start_{kind}"], self[f"end_{kind}"]]
        for number in range(1, OWN_STEPS + 1):
            names = ("title_km", "title_en", "start", "end")
            yield str(StepKind.OWN.label), "", [self[f"{name}_{number}"] for name in names]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        found = [self._clean_step(name, data) for name in self._list_names()]
        self.steps = [step for step in found if step is not None]
        if not self.steps and not self.errors:
            self.add_error(None, _("Give the dates of one step at least."))
        return data

    def _clean_step(self, name: str, data: dict[str, Any]) -> PlannedStep | None:
        start, end = data.get(f"start_{name}"), data.get(f"end_{name}")
        titles = {field: data.get(f"{field}_{name}", "") for field in ("title_km", "title_en")}
        if start is None and end is None and not any(titles.values()):
            return None
        for field, day in (("start", start), ("end", end)):
            problem = self._find_problem(day, start, is_end=field == "end")
            if problem and f"{field}_{name}" not in self.errors:
                self.add_error(f"{field}_{name}", problem)
        if name not in USUAL and not titles["title_km"]:
            self.add_error(f"title_km_{name}", _("Give the step a name in Khmer."))
        if any(key.endswith(f"_{name}") for key in self.errors) or start is None or end is None:
            return None
        kind = StepKind(name) if name in USUAL else StepKind.OWN
        return PlannedStep(kind, start, end, **titles)

    def _find_problem(self, day: date | None, start: date | None, *, is_end: bool) -> str:
        if day is None:
            return _("Give both days, or leave both empty.")
        if not date(self.year - 1, 1, 1) <= day <= date(self.year, 12, 31):
            return _("A step of this plan lies in %(before)s or %(year)s.") % {
                "before": self.year - 1,
                "year": self.year,
            }
        if is_end and start is not None and day < start:
            return _("The last day comes before the first.")
        return ""
