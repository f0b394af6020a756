"""What the programme types about a round: the calendar, bands and kept seats, the number of the draw, reasons."""

from itertools import pairwise
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places.models import Commune, District, Province
from ui.words import to_digits
from volunteers.enums import ByHandReason, OverrideKind, ReserveFlag, RoundStatus
from volunteers.models import Round, RoundRequest
from volunteers.services.rounds.planning import PLANNED_ONLY
from volunteers.services.rounds.tuning import MOST_BANDS, Tuning

MOMENT = "%Y-%m-%dT%H:%M"
DATES = ("opens_at", "choices_close_at", "scoring_closes_at", "draw_at", "confirm_by", "second_closes_at")
HEX = set("0123456789abcdef")
DISTRICT_DIGITS, MOST_NAMED = 4, 6


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]
    """Names, place, days and where the number of the draw will come from. Once the round is open, what people choose
    by is no longer in the form.
    """

    place_code = forms.ChoiceField(label=gettext_lazy("Requests of which place?"), required=False)
    commune = forms.CharField(
        label=gettext_lazy("Only one commune of it?"),
        help_text=gettext_lazy("Its name or its code of 6 digits. Leave it empty for all."),
        max_length=120,
        required=False,
    )

    class Meta:
        model = Round
        fields = (
            "name_km", "name_en", "place_code", *DATES, "second_mode",
            "seed_source_km", "seed_source_en", "seed_commitment",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place_code"].choices = list_places()  # type: ignore[attr-defined]
        if len(code := self.instance.place_code) > DISTRICT_DIGITS:
            self.initial = {**self.initial, "place_code": code[:DISTRICT_DIGITS], "commune": code}
        for name in DATES:
            self.fields[name] = forms.DateTimeField(
                label=self.fields[name].label,
                input_formats=[MOMENT, "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
                widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"}),
            )
        self.fields["draw_at"].help_text = _("From then on nothing that people are placed by can change.")
        self.fields["seed_source_km"].help_text = _(
            "A public number that nobody can know now, such as the first prize of the state lottery of a coming day."
        )
        self.fields["seed_commitment"].help_text = _(
            "Only if the programme draws the number itself: publish its SHA-256 now, the number after the moment above."
            " The programme then knows the number, so bands and kept seats are fixed from the opening on."
        )
        if self.is_open:
            for name in (*PLANNED_ONLY, "commune"):
                del self.fields[name]

    @property
    def is_open(self) -> bool:
        return self.instance.pk is not None and self.instance.status != RoundStatus.PLANNED

    def clean_seed_commitment(self) -> str:
        text: str = self.cleaned_data["seed_commitment"].strip().lower()
        if text and (len(text) != 64 or not set(text) <= HEX):
            raise forms.ValidationError(_("A SHA-256 has 64 digits from 0 to 9 and a to f."))
        return text

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("commune"):
            self._read_commune(data)
        for name in DATES:
            old = self.initial.get(name)
            if old and data.get(name) == old.replace(second=0, microsecond=0):
                data[name] = old  # the field shows minutes, and who leaves it as it is moves nothing
        days = [(name, data.get(name, getattr(self.instance, name, None))) for name in DATES]
        for (early, before), (late, after) in pairwise(days):
            if before and after and after <= before:
                text = _("This day comes after the one above it.")
                self.add_error(late if late in self.fields else early, text)
        return data

    def _read_commune(self, data: dict[str, Any]) -> None:
        """The one commune that is meant, or an error that names those that could be."""
        found = find_communes(data["commune"], data.get("place_code", ""))
        if len(found) == 1:
            data["place_code"] = found[0].code
            return
        named = "; ".join(f"{place.full_name} ({place.code})" for place in found)
        text = _("Several communes are called so. Type the code: %(named)s") % {"named": named}
        self.add_error("commune", text if found else _("No commune there has this name or code."))


def find_communes(text: str, inside: str) -> list[Commune]:
    """Those called just so or with this code; without any, those that are alike. A few at most."""
    alike = list(Commune.objects.inside(inside).matching(text).with_parents()[:MOST_NAMED])
    return [place for place in alike if getattr(place, "match_rank", 1) == 0] or alike


def list_places() -> list[Any]:
    """Everywhere, and each province with its districts."""
    groups: list[Any] = [("", _("The whole country"))]
    districts: dict[str, list[tuple[str, str]]] = {}
    for district in District.objects.all():
        districts.setdefault(district.code[:2], []).append((district.code, district.name))
    return groups + [
        (province.name, [(province.code, province.name), *districts.get(province.code, [])])
        for province in Province.objects.all()
    ]


class TuningForm(forms.Form):
    """Least points of each band, and the share of seats kept for each group with its place in the order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for band in range(1, MOST_BANDS + 1):
            self.fields[f"floor_{band}"] = forms.DecimalField(
                label=to_digits(_("Band %(band)s from") % {"band": band}),
                min_value=1,
                max_value=5,
                decimal_places=2,
                required=band == 1,
                widget=forms.NumberInput(attrs={"class": "short", "step": "0.05", "inputmode": "decimal"}),
            )
        for place, flag in enumerate(ReserveFlag, 1):
            self.fields[f"share_{flag.value}"] = forms.IntegerField(
                label=flag.label,
                min_value=0,
                max_value=100,
                required=False,
                widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
            )
            self.fields[f"order_{flag.value}"] = forms.IntegerField(
                label=_("Place in the order"),
                min_value=1,
                max_value=len(ReserveFlag),
                required=False,
                initial=place,
                widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
            )

    @staticmethod
    def spread(tuning: Tuning) -> dict[str, Any]:
        """The values of the fields."""
        found: dict[str, Any] = {f"floor_{band}": floor / 100 for band, floor in enumerate(tuning.floors, 1)}
        for place, (flag, share) in enumerate(tuning.reserves, 1):
            found |= {f"share_{flag}": share, f"order_{flag}": place}
        return found

    @property
    def bands(self) -> list[forms.BoundField]:
        return [self[f"floor_{band}"] for band in range(1, MOST_BANDS + 1)]

    @property
    def reserves(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"share_{flag.value}"], self[f"order_{flag.value}"]) for flag in ReserveFlag]

    @property
    def tuning(self) -> Tuning:
        """Of a valid form."""
        data = self.cleaned_data
        floors = [data.get(f"floor_{band}") for band in range(1, MOST_BANDS + 1)]
        kept = [
            (data.get(f"order_{flag.value}") or len(ReserveFlag), place, flag.value, data[f"share_{flag.value}"])
            for place, flag in enumerate(ReserveFlag)
            if data.get(f"share_{flag.value}")
        ]
        return Tuning(
            tuple(round(floor * 100) for floor in floors if floor is not None),
            tuple((flag, share) for _order, _place, flag, share in sorted(kept)),
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.tuning.is_sound:
            raise forms.ValidationError(
                _("Points go down from band to band, and the kept seats are together at most 100%.")
            )
        return data


class SeatsForm(forms.Form):
    """The seats of one request in the round."""

    seats = forms.IntegerField(
        label=gettext_lazy("Places in the round"),
        min_value=1,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    own = forms.BooleanField(label=gettext_lazy("Other kept seats than the round's share"), required=False)

    def __init__(self, data: QueryDict | None = None, *, place: RoundRequest) -> None:
        kept = place.own_reserves
        initial = {"seats": place.seats, "own": kept is not None, **(kept or {})}
        super().__init__(data, initial=initial, prefix=str(place.public_id))
        for flag in ReserveFlag:
            self.fields[flag.value] = forms.IntegerField(
                label=flag.label,
                min_value=0,
                required=False,
                widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
            )

    @property
    def flags(self) -> list[forms.BoundField]:
        return [self[flag.value] for flag in ReserveFlag]

    @property
    def kept(self) -> dict[str, int] | None:
        """Of a valid form."""
        if not self.cleaned_data["own"]:
            return None
        return {flag.value: count for flag in ReserveFlag if (count := self.cleaned_data.get(flag.value))}


class OverrideForm(forms.Form):
    """One decision by hand, by the code name and the request as the office knows them."""

    place = forms.ModelChoiceField(label=gettext_lazy("Request"), queryset=RoundRequest.objects.none())
    code = forms.IntegerField(
        label=gettext_lazy("Number of the code name"),
        help_text=gettext_lazy("For A-07 type 7."),
        min_value=1,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What to do"), choices=OverrideKind.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=ByHandReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("In one or two sentences"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, row: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = row.requests.active().with_place()  # type: ignore[attr-defined]
        self.fields["place"].label_from_instance = (  # type: ignore[attr-defined]
            lambda place: f"{place.request.title} · {place.request.office.name}"
        )
