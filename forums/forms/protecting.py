"""Writing protected, and asking who did."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums import rendering
from forums.enums import SealReason, TopicKind
from forums.forms.fields import OnceForm, WritingField
from forums.models.topic import TITLE_LENGTH


class ProtectedReplyForm(OnceForm):
    """Without a draft: nothing of it is kept before it is sent."""

    source = WritingField(
        label=_("Your words"),
        help_text=_("Leave out what only you can know: names, your house, your work, how you always write."),
        error_messages={"required": _("Write a few words first.")},
    )
    understood = forms.BooleanField(
        label=_("I have read who sees what"), error_messages={"required": _("Read it first, then tick this.")}
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return {**cleaned, "client_id": self.name_post(f"{cleaned.get('title', '')}\n{cleaned.get('source', '')}")}


class ProtectedTopicForm(ProtectedReplyForm):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(kind.value, kind.label) for kind in (TopicKind.QUESTION, TopicKind.DISCUSSION)],
        initial=TopicKind.QUESTION,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("In one sentence"), max_length=TITLE_LENGTH, error_messages={"required": _("Say it in one sentence.")}
    )
    field_order = ("kind", "title", "source", "understood")

    def clean_kind(self) -> TopicKind:
        return TopicKind(self.cleaned_data["kind"])

    def clean_title(self) -> str:
        title = " ".join(rendering.clean(self.cleaned_data["title"]).split())
        if not rendering.has_letters(title):
            raise forms.ValidationError(_("Say it in one sentence."), code="required")
        return title


class AskSealForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Which danger?"),
        help_text=_("The day, this kind and the answer will stand in the public list."),
        choices=SealReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which danger it is.")},
    )
    reason = forms.CharField(
        label=_("Why must somebody know who wrote this?"),
        help_text=_("Only for a danger to a person that cannot be met otherwise. Its author will read these words."),
        min_length=20,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_kind(self) -> SealReason:
        return SealReason(self.cleaned_data["kind"])
