"""What people type to apply."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from volunteers.models import VolunteerRequest
from volunteers.models.texts import MOST_QUESTIONS
from volunteers.services.writing.answers import find_giveaway

LONGEST = 600  # characters of one answer
ANSWERS = tuple(f"answer_{number}" for number in range(1, MOST_QUESTIONS + 1))


class AnswerField(forms.CharField):
    """The answer to one question of a request."""

    widget = forms.Textarea(attrs={"rows": 3})
    default_error_messages = {"required": gettext_lazy("Two or three short sentences are enough.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)


class ApplyForm(forms.Form):
    """A short answer to each question and the free times. Nothing that tells who the person is may be in them."""

    times = forms.MultipleChoiceField(
        label=gettext_lazy("When can you come?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agrees = forms.BooleanField(
        label=gettext_lazy("I keep people's papers and names private, and I tell the office when I cannot come."),
        error_messages={"required": gettext_lazy("Please tick this: the office must be able to rely on it.")},
    )

    def __init__(self, *args: Any, request: VolunteerRequest, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "apply_%s", **kwargs})
        self.user = user
        for name, question in zip(ANSWERS, request.questions, strict=False):
            self.fields[name] = AnswerField(label=question)
        if ANSWERS[0] in self.fields:
            self.fields[ANSWERS[0]].help_text = _("Two or three sentences. No name, phone or village, please.")
        if request.times:
            self.fields["times"].choices = [(time.value, time.label) for time in request.times]  # type: ignore[attr-defined]
            self.fields["times"].required = True
            self.fields["times"].error_messages["required"] = _("Tick at least one time at which you can come.")
        else:
            del self.fields["times"]

    @property
    def answer_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ANSWERS if name in self.fields]

    @property
    def answers(self) -> list[str]:
        """As typed and found good, in the order of the questions."""
        return [self.cleaned_data[field.name] for field in self.answer_fields]

    def clean(self) -> dict[str, Any]:
        for field in self.answer_fields:
            person = self.user if isinstance(self.user, User) else None
            if problem := find_giveaway(self.cleaned_data.get(field.name, ""), person):
                self.add_error(field.name, problem)
        return self.cleaned_data
