"""Clean input with friendly words; who may do it is the services' question."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums import rendering
from forums.enums import HideReason, TopicKind
from forums.models import Post
from forums.models.topic import TITLE_LENGTH
from ui.dates import to_clock, to_local_date, to_short_day
from ui.words import to_number

KIND_WORDS = {
    TopicKind.QUESTION: _("A question: I need an answer"),
    TopicKind.DISCUSSION: _("A discussion: I want to hear what others think"),
    TopicKind.IDEA: _("An idea: something that should be done"),
    TopicKind.ANNOUNCEMENT: _("An announcement: others should know this"),
}


class WritingField(forms.CharField):
    """Long text in simple Markdown. Gives back the cleaned text."""

    def __init__(self, *, draft: str = "", rows: int = 6, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "data-draft": draft} if draft else {"rows": rows})
        super().__init__(widget=widget, strip=False, **kwargs)

    def clean(self, value: Any) -> str:
        text = rendering.clean(str(super().clean(value)))
        if self.required and not rendering.has_letters(text):
            raise forms.ValidationError(_("Write a few words first."), code="required")
        check_text(text, rendering.LONGEST)
        return text


def check_text(text: str, longest: int) -> None:
    """Raise with what to do when a text is too long or piled high with marks."""
    if len(text) > longest:
        over = to_number(len(text) - longest)
        raise forms.ValidationError(
            _("This is %(over)s characters too long. Shorten it, or send it in two parts."),
            code="max_length",
            params={"over": over},
        )
    if rendering.is_overloaded(text):
        raise forms.ValidationError(
            _("Some letters carry too many marks to be readable. Type them again without the extra marks."),
            code="overloaded",
        )


def make_pace_error(end: datetime) -> forms.ValidationError:
    """What to tell someone who must wait until `end`; the minute is rounded up, the day said when it is another."""
    end += timedelta(minutes=1)
    params = {"time": to_clock(end), "day": to_short_day(end)}
    if to_local_date(end) == timezone.localdate():
        text = _("You wrote many posts in a short time. Your words stay here; send them again after %(time)s.")
    else:
        text = _("You wrote many posts today. Your words stay here; send them again on %(day)s after %(time)s.")
    return forms.ValidationError(text, code="pace", params=params)


class OnceForm(forms.Form):
    """A form that a phone may send twice. `client_id` comes with the page; together with the text it names the post,
    so the same words sent again are the same post and other words are not lost.
    """

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def name_post(self, text: str) -> uuid.UUID:
        """The post's own id."""
        return uuid.uuid5(self.cleaned_data.get("client_id") or uuid.uuid4(), text)


class ReplyForm(OnceForm):
    source = WritingField(
        label=_("Your reply"),
        help_text=_("Do not post phone or ID numbers."),
        error_messages={"required": _("Write a few words first.")},
    )
    as_answer = forms.BooleanField(label=_("This is our official answer"), required=False)

    def __init__(self, *args: Any, draft: str, may_answer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].widget.attrs["data-draft"] = draft
        if not may_answer:
            del self.fields["as_answer"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return {**cleaned, "client_id": self.name_post(cleaned.get("source", ""))}


class TopicForm(OnceForm):
    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect, initial=TopicKind.QUESTION)
    title = forms.CharField(
        label=_("In one sentence"),
        help_text=_("Others find it by this sentence. For example: When does the office take birth certificates?"),
        max_length=TITLE_LENGTH,
        error_messages={"required": _("Say it in one sentence.")},
    )
    source = WritingField(
        label=_("More about it"),
        help_text=_("Where, since when, what you have tried. Do not post phone or ID numbers."),
        error_messages={"required": _("Write a few words first.")},
    )

    def __init__(self, *args: Any, draft: str, may_announce: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].widget.attrs["data-draft"] = draft
        kinds = [kind for kind in TopicKind if may_announce or kind != TopicKind.ANNOUNCEMENT]
        self.fields["kind"].choices = [(kind.value, KIND_WORDS[kind]) for kind in kinds]  # type: ignore[attr-defined]

    def clean_kind(self) -> TopicKind:
        return TopicKind(self.cleaned_data["kind"])

    def clean_title(self) -> str:
        title = " ".join(rendering.clean(self.cleaned_data["title"]).split())
        if not rendering.has_letters(title):
            raise forms.ValidationError(_("Say it in one sentence."), code="required")
        check_text(title, TITLE_LENGTH)
        return title

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        text = f"{cleaned.get('title', '')}\n{cleaned.get('source', '')}"
        return {**cleaned, "client_id": self.name_post(text)}


class EditForm(forms.Form):
    source = WritingField(label=_("Your post"), error_messages={"required": _("Write a few words first.")})

    def __init__(self, data: Any = None, *, post: Post) -> None:
        super().__init__(data, initial={"source": post.source})


class DeleteForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("One sentence that others will read in place of the post. For example: I found the answer."),
        max_length=300,
        required=False,
    )

    def clean_reason(self) -> str:
        reason = rendering.clean(self.cleaned_data["reason"])
        check_text(reason, 300)
        return reason


class HideForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why is it hidden?"),
        choices=HideReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason: its author will read it.")},
    )
    note = forms.CharField(
        label=_("Note for the other moderators"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_note(self) -> str:
        return rendering.clean(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reason") == HideReason.OTHER and not cleaned.get("note", "").strip():
            self.add_error("note", _("Another reason needs a few words."))
        return cleaned


class ReportForm(HideForm):
    """A member's word to the moderators, from the list they decide by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason, note = self.fields["reason"], self.fields["note"]
        reason.label, note.label = _("What is wrong with it?"), _("Note for the moderators")
        reason.error_messages["required"] = _("Choose what is wrong with it.")
