"""On which terms a person helps: what the commune pays, and who looks after them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from volunteers.enums import Cost, StipendPer

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ADULT = 18
TRAINING_HOLDS = timedelta(days=2 * 365)
MOST_RIEL = 2_000_000  # of one stipend: more is a wage, or one zero too many
COSTS_HOLD = (
    models.CheckConstraint(
        condition=Q(covers_nothing=False)
        | Q(covers_transport=False, covers_meals=False, covers_phone=False, stipend_riel=0),
        name="volunteers_request_nothing_means_nothing",
    ),
    models.CheckConstraint(condition=Q(stipend_riel__lte=MOST_RIEL), name="volunteers_request_stipend_sane"),
)
SAFEGUARDS_HOLD = (
    models.CheckConstraint(
        condition=Q(touches_records=False) | Q(minimum_age__gte=ADULT, remote_share=0),
        name="volunteers_request_records_for_adults_at_the_office",
    ),
    models.CheckConstraint(
        condition=Q(guide_trained_date=None, guide_declared_at=None)
        | Q(guide_trained_date__isnull=False, guide_declared_at__isnull=False),
        name="volunteers_request_declaration_is_whole",
    ),
)


def oldest_training() -> date:
    """Who read the safeguarding guide before that day reads it again before they guide minors."""
    return timezone.localdate() - TRAINING_HOLDS


class Costs(models.Model):
    """What the commune pays, as columns that a list can be filtered by, and in its own words.

    `covers_nothing` is said, never guessed: without it and without any cost nobody has said anything yet.
    """

    covers_transport = models.BooleanField(Cost.TRANSPORT.label, default=False)
    covers_meals = models.BooleanField(Cost.MEALS.label, default=False)
    covers_phone = models.BooleanField(Cost.PHONE.label, default=False)
    covers_nothing = models.BooleanField(Cost.NOTHING.label, default=False)
    stipend_riel = models.PositiveIntegerField(_("stipend in riel"), default=0)
    stipend_per = models.CharField(max_length=5, choices=StipendPer, default=StipendPer.DAY)
    costs_km = models.CharField(_("travel and other costs"), max_length=160, blank=True, default="")
    costs_en = models.CharField(_("travel and other costs, in English"), max_length=160, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def costs(self) -> str:
        """The commune's own words about it."""
        return (self.costs_en or self.costs_km) if get_language() == "en" else (self.costs_km or self.costs_en)

    @property
    def costs_covered(self) -> list[Cost]:
        """As ticked, "nothing" included."""
        return [cost for cost in Cost if getattr(self, f"covers_{cost.value}")]

    @property
    def cost_labels(self) -> list["StrOrPromise"]:
        return [cost.label for cost in self.costs_covered]

    @property
    def has_said_costs(self) -> bool:
        return bool(self.costs_covered or self.stipend_riel or self.costs_km or self.costs_en)


class Safeguards(models.Model):
    """Who guides the volunteer and knows how to keep people safe, and whether papers of residents are touched.

    Somebody of the office declares on which day the guide finished the safeguarding guide; a guide with an account may
    have confirmed it themself (`GuideTraining`).
    """

    touches_records = models.BooleanField(_("touches civil registry, ID Poor or voter data"), default=False)
    is_guide_present = models.BooleanField(_("the guide is always present"), default=False)
    guide_trained_date = models.DateField(_("day of the guide's training"), null=True, blank=True)
    guide_declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    guide_declared_at = models.DateTimeField(null=True, blank=True, editable=False)
    minimum_age = models.PositiveSmallIntegerField(_("youngest age"), default=ADULT)

    class Meta:
        abstract = True

    @property
    def takes_minors(self) -> bool:
        return self.minimum_age < ADULT

    @property
    def trained_date(self) -> date | None:
        """Since when the guide counts as trained, by their own word or by the office's, the later of the two.

        None if nobody said so, or if it is so long ago that the guide has to read it again.
        """
        own = getattr(getattr(getattr(self, "supervisor", None), "user", None), "guide_training", None)
        days = [day for day in (own and own.finished_at.date(), self.guide_trained_date) if day]
        return max(days) if days and max(days) >= oldest_training() else None


class GuideTraining(models.Model):
    """This person read the safeguarding guide to its end and promised to keep to it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="guide_training")
    finished_at = models.DateTimeField(pgettext_lazy("training", "finished at"))

    def __str__(self) -> str:
        return str(self.user_id)

    @property
    def holds(self) -> bool:
        """Not so long ago that it has to be read again."""
        return self.finished_at.date() >= oldest_training()
