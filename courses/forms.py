"""What a learner sends. Marking happens in the services; here the parcel is opened and its shape checked."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from courses.enums import QuestionKind

Question = Mapping[str, Any]


class AnswerForm(forms.Form):
    """One question. `cleaned_data["choices"]`: ids of choices, for `order` in the learner's order.

    Fields: `choice` (single, several) or `place-<choice id>` (order: the number given to each).
    """

    attempt = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.UUIDField(widget=forms.HiddenInput)
    question = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        self.asked = question
        super().__init__(*args, **kwargs)

    @property
    def chosen(self) -> list[str]:
        """The ticked choice ids as they were sent, right or wrong."""
        return self.data.getlist("choice") if hasattr(self.data, "getlist") else []

    @property
    def places(self) -> dict[str, str]:
        """The number given to each choice of an `order` question, as it was sent."""
        return {choice["id"]: str(self.data.get(f"place-{choice['id']}", "")) for choice in self.asked["choices"]}

    def clean(self) -> dict[str, Any]:
        """Adds `choices`, or says in one sentence what is missing."""
        cleaned = super().clean() or {}
        kind = self.asked["kind"]
        cleaned["choices"] = self._clean_order() if kind == QuestionKind.ORDER else self.chosen
        if not cleaned["choices"]:
            raise forms.ValidationError(_("Choose an answer first."))
        return cleaned

    def _clean_order(self) -> list[str]:
        places = self.places
        numbers = [str(number) for number in range(1, len(places) + 1)]
        if sorted(places.values()) != sorted(numbers):
            raise forms.ValidationError(_("Give each step a number of its own."))
        return sorted(places, key=lambda choice: int(places[choice]))


class DoneForm(forms.Form):
    """The "done" button of a lesson; its id makes a second press harmless."""

    client_id = forms.UUIDField(required=False)

    def read_id(self) -> uuid.UUID | None:
        """The phone's id for this event, None where it sent none or nonsense."""
        return self.cleaned_data.get("client_id") if self.is_valid() else None
