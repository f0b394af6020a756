"""What people type to find work: the filters of the list, the name of a search, the profile."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from courses.models import Skill
from places.forms import CommuneField, PickingMixin
from places.models import Commune, District
from ui.dates import to_short_day
from volunteers.enums import SpokenLanguage, TimeOfDay
from volunteers.models import VolunteerProfile
from volunteers.models.finding import LONGEST_QUERY
from volunteers.models.profile import DAYS, MOST_COMMUNES, PARTS, SLOTS
from volunteers.models.request import MOST_WEEKLY_HOURS
from volunteers.services.finding.choices import list_provinces, list_skills
from volunteers.services.finding.filters import LONGEST_TEXT, Band, Days, Filters, Order
from volunteers.services.finding.queries import read_filters
from volunteers.services.profile import list_communes, list_taught_skills

DATES = {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), "required": False}
FOR_MEMBERS = ("near", "skills", "weeks")
LEVELS = ("commune", "district", "province")


class FilterForm(forms.Form):
    """All that the list can be asked, kept in the address. What is no answer is ignored: an address is not an error."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=LONGEST_TEXT)
    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False)
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False)
    commune = forms.ChoiceField(label=gettext_lazy("Commune or sangkat"), required=False)
    near = forms.ChoiceField(
        label=gettext_lazy("Near me"), required=False, choices=[("", gettext_lazy("Anywhere")), *Band.choices]
    )
    time = forms.MultipleChoiceField(
        label=gettext_lazy("When you are free"),
        choices=[choice for choice in TimeOfDay.choices if choice[0] != TimeOfDay.WEEKEND],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.ChoiceField(
        label=gettext_lazy("Which days"), required=False, choices=[("", gettext_lazy("Any day")), *Days.choices]
    )
    remote = forms.BooleanField(label=gettext_lazy("Can be done from home"), required=False)
    costs = forms.BooleanField(label=gettext_lazy("Costs are paid"), required=False)
    stipend = forms.BooleanField(label=gettext_lazy("A stipend is paid"), required=False)
    minors = forms.BooleanField(label=gettext_lazy("Also for ages 15 to 17"), required=False)
    skills = forms.BooleanField(label=gettext_lazy("Fits my skills"), required=False)
    weeks = forms.BooleanField(label=gettext_lazy("Fits my free weeks"), required=False)
    starts_from = forms.DateField(label=gettext_lazy("Begins on this day or later"), **DATES)  # type: ignore[arg-type]
    starts_until = forms.DateField(label=gettext_lazy("Begins on this day or before"), **DATES)  # type: ignore[arg-type]
    skill = forms.MultipleChoiceField(
        label=gettext_lazy("Work that asks for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    order = forms.ChoiceField(choices=Order.choices, required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, user: User | AnonymousUser) -> None:
        super().__init__(_tidy(data), auto_id="f_%s")
        everywhere = ("", _("All"))
        self._fill("province", [everywhere, *list_provinces()])
        province = self._chosen("province")
        districts = District.objects.filter(province__code=province) if province else []
        self._fill("district", [everywhere, *((place.code, place.name) for place in districts)])
        district = self._chosen("district")
        communes = Commune.objects.standing().filter(district__code=district) if district else []
        self._fill("commune", [everywhere, *((place.code, place.name) for place in communes)])
        self.fields["skill"].choices = [(code, name) for _pk, code, name in list_skills()]  # type: ignore[attr-defined]
        self.is_known = isinstance(user, User)
        if not self.is_known:
            for name in FOR_MEMBERS:
                del self.fields[name]
        self.is_valid()

    @property
    def filters(self) -> Filters:
        """The valid choices; a place that does not lie in the one above it is left out, as is a page's position."""
        return read_filters(QueryDict(self.address))

    @property
    def address(self) -> str:
        """The valid choices as an address has them."""
        query = QueryDict(mutable=True)
        for name in self.fields:
            if value := self.cleaned_data.get(name):
                query.setlist(name, [_to_text(each) for each in (value if isinstance(value, list) else [value])])
        return query.urlencode()

    @property
    def query(self) -> str:
        """The same without the order: what is saved. "" for no filter, or for more than can be kept."""
        query = QueryDict(self.address, mutable=True)
        query.pop("order", None)
        text = query.urlencode()
        return text if len(text) <= LONGEST_QUERY else ""

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What is filtered, each with the address that takes it away."""
        chips: list[tuple[str, str]] = []
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if not value or name == "order":
                continue
            if name in LEVELS:
                label, away = self._label(name, value), self._without(*LEVELS[: LEVELS.index(name) + 1])
                chips.append((label, away))
            elif isinstance(value, list):
                chips += [(self._label(name, each), self._without(**{name: each})) for each in value]
            else:
                chips.append((self._label(name, value), self._without(name)))
        return chips

    @property
    def is_wide(self) -> bool:
        """Whether one of the filters behind "More filters" is set."""
        return any(
            self.cleaned_data.get(name)
            for name in ("skill", "starts_from", "starts_until", "minors", "costs", "stipend")
        )

    @property
    def orders(self) -> list[tuple[str, str]]:
        """The other orders, each with its address."""
        now = self.cleaned_data.get("order") or ""
        return [(self._say(order), self._address(order=order.value)) for order in Order if order.value != now]

    @property
    def title(self) -> str:
        """What the list is headed by: the order it has."""
        return self._say(Order(self.cleaned_data.get("order") or ""))

    def _say(self, order: Order) -> str:
        """Nothing is known of a visitor, so nothing is best for them."""
        is_guess = order == Order.BEST and not self.is_known
        return _("New, at offices that answer soon") if is_guess else str(order.label)

    def _label(self, name: str, value: Any) -> str:
        field = self.fields[name]
        choices = dict(getattr(field, "choices", ()))
        if name == "q":
            return f"“{value}”"
        if name in ("starts_from", "starts_until"):
            return f"{field.label}: {to_short_day(value)}"
        return str(choices.get(value) or field.label)

    def _fill(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields[name].widget = forms.HiddenInput()

    def _chosen(self, name: str) -> str:
        code = self.data.get(name, "")
        return code if code in dict(self.fields[name].choices) else ""  # type: ignore[attr-defined]

    def _address(self, **changes: str) -> str:
        query: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        query.pop("cursor", None)
        for name, value in changes.items():
            query[name] = value
            if not value:
                del query[name]
        return f"{reverse('requests')}?{query.urlencode()}"

    def _without(self, *names: str, **values: str) -> str:
        query: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        for name in (*names, "cursor"):
            query.pop(name, None)
        for name, value in values.items():
            query.setlist(name, [other for other in query.getlist(name) if other != value])
        return f"{reverse('requests')}?{query.urlencode()}"


class SearchNameForm(forms.Form):
    """A saved search: its name, and whether we tell of new work."""

    name = forms.CharField(label=gettext_lazy("Name of the search"), max_length=80)
    is_told = forms.BooleanField(
        label=gettext_lazy("Tell me of new work"),
        help_text=gettext_lazy("At most once a day, all searches together."),
        required=False,
    )


def _tidy(data: QueryDict) -> QueryDict:
    """Old addresses named the weekend among the times of day; the API names a place by one code of any level."""
    place = data.get("place", "")
    if place and not any(data.get(level) for level in LEVELS):
        data = data.copy()
        for level, length in {"province": 2, "district": 4, "commune": 6}.items():
            if len(place) >= length:
                data[level] = place[:length]
    if TimeOfDay.WEEKEND in data.getlist("time"):
        data = data.copy()
        data.setlist("time", [time for time in data.getlist("time") if time != TimeOfDay.WEEKEND])
        data.setdefault("days", Days.WEEKEND)
    return data


def _to_text(value: Any) -> str:
    return "on" if value is True else str(value)


class ProfileForm(PickingMixin, forms.ModelForm[VolunteerProfile]):
    """When, where, in which languages one can help, and what one wants to learn. Every answer is free."""

    slots = forms.MultipleChoiceField(
        label=gettext_lazy("When are you free in a usual week?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    weekly_hours = forms.IntegerField(
        label=gettext_lazy("Hours a week"), required=False, min_value=1, max_value=MOST_WEEKLY_HOURS
    )
    free_from = forms.DateField(label=gettext_lazy("Free from"), **DATES)  # type: ignore[arg-type]
    free_until = forms.DateField(label=gettext_lazy("Free until"), **DATES)  # type: ignore[arg-type]
    kept = forms.MultipleChoiceField(
        label=gettext_lazy("Communes you can get to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = CommuneField(label=gettext_lazy("Add a commune"), required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you speak"),
        choices=SpokenLanguage.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    skills = forms.ModelMultipleChoiceField(
        label=gettext_lazy("What you want to learn"),
        queryset=Skill.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = VolunteerProfile
        fields = ("weekly_hours", "free_from", "free_until", "languages", "own_words")
        labels = {"own_words": gettext_lazy("In your own words")}
        help_texts = {
            "own_words": gettext_lazy("The commune reads this once you accepted its offer. No phone number is needed.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profile: VolunteerProfile = self.instance
        self.communes = list_communes(profile)
        self.fields["slots"].choices = [(_name(slot), _say(slot)) for slot in SLOTS]  # type: ignore[attr-defined]
        self.fields["kept"].choices = [(place.code, place.full_name) for place in self.communes]  # type: ignore[attr-defined]
        self.fields["skills"].queryset = list_taught_skills()  # type: ignore[attr-defined]
        self.fields["weekly_hours"].widget.attrs["class"] = "short"
        self.fields["own_words"].widget.attrs["rows"] = 4
        self.initial["slots"] = [_name(slot) for slot in profile.slots]
        self.initial["kept"] = profile.communes
        if profile.pk is not None:
            self.initial["skills"] = list(profile.growth_skills.values_list("pk", flat=True))

    @property
    def days(self) -> list[tuple[str, list[Any]]]:
        """The grid: each day with its three boxes."""
        boxes = list(self["slots"])
        return [(str(DAYS[day]), boxes[day * len(PARTS) : (day + 1) * len(PARTS)]) for day in range(len(DAYS))]

    @property
    def parts(self) -> list[str]:
        return [str(part.label) for part in PARTS]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = data.get("free_from"), data.get("free_until")
        if start and end and end < start:
            self.add_error("free_until", _("The last day comes after the first."))
        if len({*data.get("kept", ()), *filter(None, [data.get("more")])}) > MOST_COMMUNES:
            self.add_error("more", _("Ten communes are the most. Untick one first."))
        return data

    def _post_clean(self) -> None:
        if not self.is_picking:
            super()._post_clean()  # type: ignore[misc]

    @property
    def chosen_slots(self) -> list[tuple[int, TimeOfDay]]:
        chosen = set(self.cleaned_data["slots"])
        return [slot for slot in SLOTS if _name(slot) in chosen]

    @property
    def chosen_communes(self) -> list[Commune]:
        kept = [place for place in self.communes if place.code in self.cleaned_data["kept"]]
        more = self.cleaned_data.get("more")
        return [*kept, more] if more else kept


def _name(slot: tuple[int, TimeOfDay]) -> str:
    day, part = slot
    return f"{day}-{part.value}"


def _say(slot: tuple[int, TimeOfDay]) -> str:
    day, part = slot
    return f"{DAYS[day]}: {part.label}"
