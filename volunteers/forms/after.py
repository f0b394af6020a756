"""What both sides say of an ended place, and what its owner lets the public page of a record show."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.enums import RevocationReason, SkillLevel
from courses.models import Skill
from volunteers.enums import Sharing
from volunteers.models import Feedback, ReturnWish, VolunteerRequest
from volunteers.models.after import SCORES
from volunteers.services.after.feedback import Answers

CHOICES = [(number, str(number)) for number in range(SCORES[0], SCORES[1] + 1)]
LONGEST = 600


def make_score(label: Any) -> forms.TypedChoiceField:
    missing = {"required": _("Choose a number from 1 to 5.")}
    return forms.TypedChoiceField(
        label=label, choices=CHOICES, coerce=int, widget=forms.RadioSelect, error_messages=missing
    )


class FeedbackForm(forms.Form):
    """Three questions and words. `low` and `high` say what 1 and 5 mean."""

    first = make_score("")
    second = make_score("")
    third = make_score("")
    words = forms.CharField(
        label=_("In your own words"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    QUESTIONS: tuple[Any, Any, Any] = ("", "", "")
    HINT: Any = ""

    def __init__(self, *args: Any, given: Feedback | None = None, **kwargs: Any) -> None:
        if given is not None:
            kwargs["initial"] = {name: getattr(given, name) for name in ("first", "second", "third", "words")}
        super().__init__(*args, **kwargs)
        for name, question in zip(("first", "second", "third"), self.QUESTIONS, strict=True):
            self.fields[name].label = question
        self.fields["words"].help_text = self.HINT

    @property
    def scores(self) -> list[forms.BoundField]:
        return [self[name] for name in ("first", "second", "third")]

    def read_answers(self) -> Answers:
        """Of a valid form."""
        data = self.cleaned_data
        return Answers((data["first"], data["second"], data["third"]), data["words"])


class VolunteerFeedbackForm(FeedbackForm):
    QUESTIONS = (
        _("Was the work what the request had said?"),
        _("Did somebody show you the work and help you?"),
        _("Were you treated with respect?"),
    )
    HINT = _("Only the programme's staff read this. Do not write names.")


class OfficeFeedbackForm(FeedbackForm):
    """With one question for each skill; a skill without an answer was not rated."""

    QUESTIONS = (
        _("Did the volunteer come as agreed?"),
        _("Was the work done with care?"),
        _("Did the volunteer ask, and take advice?"),
    )
    HINT = _("The volunteer reads this, once both sides have answered or after 30 days.")

    def __init__(self, *args: Any, skills: Iterable[Skill], levels: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(skills)
        for skill in self.asked:
            self.fields[f"skill_{skill.pk}"] = forms.ChoiceField(
                label=skill.name,
                choices=SkillLevel.choices,
                required=False,
                widget=forms.RadioSelect,
                initial=levels.get(skill.pk),
            )

    @property
    def skills(self) -> list[forms.BoundField]:
        return [self[f"skill_{skill.pk}"] for skill in self.asked]

    def read_levels(self) -> dict[Skill, SkillLevel]:
        """Of a valid form: what was rated."""
        said = {skill: self.cleaned_data[f"skill_{skill.pk}"] for skill in self.asked}
        return {skill: SkillLevel(level) for skill, level in said.items() if level}


class SharingForm(forms.Form):
    sharing = forms.ChoiceField(
        label=_("What does the public page show?"), choices=Sharing.choices, widget=forms.RadioSelect
    )


class RevokeRecordForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why? Everybody who checks the code reads this."), choices=RevocationReason, widget=forms.RadioSelect
    )


class InviteForm(forms.Form):
    """To one of the office's open requests."""

    request = forms.ModelChoiceField(
        label=_("To which request?"),
        queryset=VolunteerRequest.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        error_messages={"required": _("Choose a request."), "invalid_choice": _("Choose a request.")},
    )

    def __init__(self, *args: Any, wish: ReturnWish, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["request"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 declared above
        field.queryset = VolunteerRequest.objects.open().filter(office=wish.office_id)
