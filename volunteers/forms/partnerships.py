"""Proposing a partnership, and letting the partner take part in a request."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership, Organisation
from places.forms import CommuneField, PickingMixin
from volunteers.models import Partnership
from volunteers.models.partnership import LONGEST_YEARS
from volunteers.services.partnerships import SCOPE

YEAR = timedelta(days=365)


class ProposalForm(PickingMixin, forms.Form):
    """An office asks an NGO, or an NGO the office of a commune: `own` is the side that writes."""

    purpose = forms.CharField(
        label=gettext_lazy("What will you do together, and for whom?"),
        help_text=gettext_lazy("The other side reads this first. Two or three sentences."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    scope = forms.MultipleChoiceField(
        label=gettext_lazy("What do you agree on?"),
        choices=[(name, Partnership._meta.get_field(name).verbose_name) for name in SCOPE],  # type: ignore[union-attr]
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one thing.")},
    )
    start_date = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    end_date = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, own: Organisation, **kwargs: Any) -> None:
        today = timezone.localdate()
        days = {"start_date": today.isoformat(), "end_date": (today + YEAR).isoformat()}
        super().__init__(*args, **{"initial": days, **kwargs})
        self.own = own
        other: forms.Field
        if own.commune_id is None:
            other = CommuneField(label=_("With the office of which commune?"))
        else:
            ngos = Organisation.objects.ngos().verified().order_by("name_km", "pk")
            other = forms.ModelChoiceField(ngos, label=_("With which NGO?"), to_field_name="public_id")
        self.fields = {"other": other, **self.fields}

    def clean_other(self) -> Organisation:
        """The NGO, or the commune's verified office."""
        chosen = self.cleaned_data["other"]
        if isinstance(chosen, Organisation):
            return chosen
        office = Organisation.objects.commune_offices().verified().filter(commune=chosen).first()
        if office is None:
            raise ValidationError(_("This commune's office is not here yet, or not verified. Ask it to register."))
        return office

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        start, end = data.get("start_date"), data.get("end_date")
        if isinstance(start, date) and isinstance(end, date):
            if end < start:
                self.add_error("end_date", _("The last day is before the first."))
            elif end < timezone.localdate():
                self.add_error("end_date", _("The last day is past."))
            elif end > start + LONGEST_YEARS * YEAR:
                self.add_error("end_date", _("Agree on at most three years, then look again."))
        return data

    @property
    def ngo(self) -> Organisation:
        other: Organisation = self.cleaned_data["other"]
        return self.own if self.own.commune_id is None else other

    @property
    def office(self) -> Organisation:
        other: Organisation = self.cleaned_data["other"]
        return other if self.own.commune_id is None else self.own


class TakePartForm(forms.Form):
    """Which partner takes part in a request, and how; offers only what the two agreed on."""

    partnership = forms.ModelChoiceField(Partnership.objects.none(), label=gettext_lazy("Partner"))
    supervisor = forms.ModelChoiceField(
        Membership.objects.none(), label=gettext_lazy("Who guides beside you"), required=False
    )
    pays_costs = forms.BooleanField(label=gettext_lazy("The NGO pays the costs named in the request"), required=False)

    def __init__(self, *args: Any, office: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Partnership.objects.in_force().with_sides().filter(office=office)
        choice = self.fields["partnership"]
        choice.queryset = partners  # type: ignore[attr-defined]
        choice.label_from_instance = lambda row: row.ngo.name  # type: ignore[attr-defined]
        guides = Membership.objects.active().filter(organisation__in=partners.filter(may_supervise=True).values("ngo"))
        guide = self.fields["supervisor"]
        guide.queryset = guides.select_related("user", "organisation")  # type: ignore[attr-defined]
        guide.label_from_instance = lambda row: f"{row.user.public_name}, {row.organisation.name}"  # type: ignore[attr-defined]
