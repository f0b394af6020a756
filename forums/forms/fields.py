"""Fields and small checks that every form of the forum shares."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums import rendering
from ui.dates import to_clock, to_local_date, to_short_day
from ui.words import to_number


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


def keep_draft_of(field: forms.Field, key: str, *, saving: int = 0, begun: str = "") -> None:
    """Let draft.js keep the box: on the phone, and on the server as the draft `key`, whose last saving the page shows.
    `begun`: what the page itself put at the end.
    """
    field.widget.attrs |= {"data-draft": key, "data-save": reverse("draft-save"), "data-saving": saving}
    if begun:
        field.widget.attrs["data-begun"] = begun


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
