"""A line of the ledger of invitations; where nobody was told."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.enums import Channel, UntoldReason
from participation.models import Meeting, Untold
from participation.models.invitation import REPORT_LENGTH
from participation.services.inviting.ledger import Told
from participation.services.inviting.untold import Where
from places.models import Village
from ui.time_fields import day_field

MOST_TOLD = 20_000
# The channels as whoever invites sees them.
WAYS = [
    (Channel.CHIEF, gettext_lazy("By the village chief")),
    (Channel.VOLUNTEER, gettext_lazy("By a volunteer")),
    (Channel.TELEGRAM, gettext_lazy("On Telegram or Facebook")),
    (Channel.POSTER, gettext_lazy("By posters")),
]


def make_village_field(meeting: Meeting, empty: Any) -> "forms.ModelChoiceField[Village]":
    """The villages of the meeting's commune."""
    rows = Village.objects.filter(commune=meeting.commune_id)
    field = forms.ModelChoiceField(rows, label=gettext_lazy("Village"), required=False, empty_label=empty)
    field.label_from_instance = lambda obj: str(obj.title)  # type: ignore[method-assign]
    return field


def number_field(label: Any, *, least: int = 0, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=MOST_TOLD, widget=widget, **more)


class InvitationForm(forms.Form):
    """`told` is there once the form is valid."""

    told: Told

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=gettext_lazy("How were they told?"), choices=WAYS)
    people = number_field(gettext_lazy("How many people?"), least=1)
    women = number_field(gettext_lazy("Women among them"), required=False)
    youth = number_field(gettext_lazy("Youth among them, 18 to 35"), required=False)
    day = day_field(gettext_lazy("Day"))

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, initial={"client_id": uuid.uuid4(), "day": timezone.localdate()})
        self.fields["village"] = make_village_field(meeting, gettext_lazy("The whole commune, or elsewhere"))
        self.order_fields(["client_id", "channel", "village", "people", "women", "youth", "day"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("women", "youth"):
            if (data.get(name) or 0) > data.get("people", MOST_TOLD):
                self.add_error(name, _("These are more than all of them."))
        if data.get("day") and data["day"] > timezone.localdate():
            self.add_error("day", _("This day is still to come. Write it down when they were told."))
        if not self.errors:
            self.told = Told(
                channel=Channel(data["channel"]),
                people=data["people"],
                day=data["day"],
                village=data["village"],
                women=data["women"],
                youth=data["youth"],
                client_id=data["client_id"],
            )
        return data


class UntoldForm(forms.Form):
    """All of it is free."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why, do you think?"), required=False, widget=forms.RadioSelect,
        choices=[("", gettext_lazy("I would rather not say")), *UntoldReason.choices],
    )  # fmt: skip
    report = forms.CharField(
        label=gettext_lazy("Do you want to say more?"), max_length=REPORT_LENGTH, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Reasons and this text go to the programme officer, never to the commune."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, row: Untold) -> None:
        super().__init__(data, initial={"village": row.village_id, "reason": row.reason, "report": row.report})
        self.fields["village"] = make_village_field(row.meeting, gettext_lazy("Elsewhere, or I would rather not say"))
        self.order_fields(["village", "reason", "report"])

    def read_where(self) -> Where:
        data = self.cleaned_data
        return Where(data["village"], data["reason"], data["report"])
