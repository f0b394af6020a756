"""What a map or a list of the programme can be coloured and ordered by."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ui.charts import Steps
from ui.words import to_digits, to_number
from volunteers.services.figures.counts import Figures


class Measure(models.TextChoices):
    """Each names a figure of `Figures`."""

    APPLIED = "applied", gettext_lazy("Applications")
    REQUESTS = "requests", gettext_lazy("Requests opened")
    FILL = "fill", gettext_lazy("Places filled, per cent")
    DECISION = "decision", gettext_lazy("Days to the first decision (median)")
    ACCEPTANCE = "acceptance", gettext_lazy("Offers accepted, per cent")
    SERVICE = "service", gettext_lazy("Served at least 80 per cent of the agreed time, per cent")
    IDLE = "idle", gettext_lazy("Volunteers without work for 14 days")

    @property
    def is_share(self) -> bool:
        return self in (Measure.FILL, Measure.ACCEPTANCE, Measure.SERVICE)

    @property
    def is_about_people(self) -> bool:
        """Hidden where few applied."""
        return self in (Measure.APPLIED, Measure.IDLE)

    def read(self, figures: Figures) -> int | None:
        """The figure; None where there is none, or it stays hidden."""
        if self.is_about_people and figures.is_hidden:
            return None
        found: int | None = getattr(figures, self.value)
        return found

    def show(self, figure: int | None) -> str:
        """With its unit, as a person reads it."""
        if figure is None:
            return _("no figure")
        if self.is_share:
            return f"{to_digits(figure)}%"
        if self == Measure.DECISION:
            return to_digits(ngettext("%(n)s day", "%(n)s days", figure) % {"n": figure})
        return to_number(figure)

    def make_steps(self, figures: list[int | None]) -> Steps:
        return Steps.of_shares() if self.is_share else Steps.of_counts(each for each in figures if each is not None)
