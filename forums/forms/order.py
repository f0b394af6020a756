"""Keeping order among topics. Every act asks for its reason."""

import re
import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forums import rendering, rules
from forums.enums import PinScope
from forums.models import Board, Topic
from forums.models.topic import TITLE_LENGTH
from forums.querysets import Reader
from forums.services.order import LONGEST_REASON
from ui.words import to_digits

DAYS = (1, 3, 7, 14, 30, 90)
PUBLIC_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
RANGE = re.compile(r"(\d{1,6})(?:\s*[-\u2013]\s*(\d{1,6}))?$")
MOST = 5000  # posts that one act may move


class ReasonForm(forms.Form):
    """`act` says which of the page's forms was sent."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_REASON,
        help_text=_("It is kept in the log of moderation."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, topic: Topic, user: Reader, **kwargs: Any) -> None:
        self.topic, self.user = topic, user
        super().__init__(*args, **kwargs)

    def clean_reason(self) -> str:
        return rendering.clean(self.cleaned_data["reason"])

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return dict(self.cleaned_data)


class LockForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("It stands under the topic and in the log of moderation.")


def list_days() -> list[tuple[int, str]]:
    """How long, in the reader's digits."""
    said = [(days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days}) for days in DAYS]
    return [(days, to_digits(text)) for days, text in said]


class PinForm(ReasonForm):
    scope = forms.ChoiceField(label=_("Where?"), choices=PinScope.choices, initial=PinScope.BOARD)
    days = forms.TypedChoiceField(
        label=_("For how long?"),
        coerce=int,
        initial=7,
        choices=list_days,
    )
    field_order = ("scope", "days", "reason")

    @property
    def values(self) -> dict[str, Any]:
        until = timezone.now() + timedelta(days=self.cleaned_data["days"])
        return {"scope": PinScope(self.cleaned_data["scope"]), "until": until, "reason": self.cleaned_data["reason"]}


class MoveForm(ReasonForm):
    board = forms.CharField(
        label=_("To which board?"), max_length=300, help_text=_("Its address, or the last part of it.")
    )
    field_order = ("board", "reason")

    def clean_board(self) -> Board:
        slug = self.cleaned_data["board"].split("?")[0].strip().strip("/").split("/")[-1]
        board = Board.objects.visible_to(self.user).select_related("commune").filter(slug=slug).first()
        if board is None:
            raise forms.ValidationError(_("No board has this address."))
        if not rules.can_moderate_on(self.user, board):
            raise forms.ValidationError(_("You belong to this office: another moderator moves topics to its board."))
        return board


class MergeForm(ReasonForm):
    into = forms.CharField(
        label=_("With which topic?"), max_length=300, help_text=_("Its address. Its posts stay first.")
    )
    field_order = ("into", "reason")

    def clean_into(self) -> Topic:
        found = PUBLIC_ID.search(self.cleaned_data["into"].lower())
        topics = Topic.objects.visible_to(self.user).select_related("board")
        topic = topics.filter(public_id=uuid.UUID(found.group())).first() if found else None
        if topic is None or topic.pk == self.topic.pk:
            raise forms.ValidationError(_("No other topic has this address."))
        return topic


class SplitForm(ReasonForm):
    numbers = forms.CharField(
        label=_("Which posts?"), max_length=300, help_text=_("Their numbers, as 5, 8-12. The first post stays.")
    )
    title = forms.CharField(label=_("Title of the new topic"), max_length=TITLE_LENGTH)
    field_order = ("numbers", "title", "reason")

    def clean_numbers(self) -> list[int]:
        numbers: set[int] = set()
        for part in re.split(r"[,\s\u17d4]+(?![-\u2013])", self.cleaned_data["numbers"].strip(", ")):
            found = RANGE.match(part)
            if not found:
                raise forms.ValidationError(_("Write numbers of posts with commas between them, as 5, 8-12."))
            first, last = int(found[1]), int(found[2] or found[1])
            if first < 2 or not first <= last <= self.topic.last_number or last - first > MOST:
                raise forms.ValidationError(_("This topic has no such posts, or the first is among them."))
            numbers.update(range(first, last + 1))
        return sorted(numbers)
