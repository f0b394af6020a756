"""What each kind of topic asks beside its words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums import rendering
from forums.enums import CostBand, IdeaCategory, TopicKind
from forums.forms.writing import EditForm, TopicForm
from forums.models import Board, Post
from forums.models.asked import ADDRESSEES
from forums.models.idea import PLACE_LENGTH
from forums.services.ideas.facts import IdeaFacts
from places.models import Village


class IdeaFields(forms.Form):
    """Category, place and about what it costs."""

    category = forms.ChoiceField(
        label=_("What is it about?"),
        choices=IdeaCategory.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    village = forms.ModelChoiceField(
        label=_("Village"), queryset=Village.objects.none(), required=False, empty_label="—"
    )
    place = forms.CharField(
        label=_("Where in the commune"),
        help_text=_("For example: beside the market."),
        max_length=PLACE_LENGTH,
        required=False,
    )
    cost = forms.ChoiceField(
        label=_("About what does it cost?"), choices=[("", _("I do not know")), *CostBand.choices], required=False
    )

    def offer_villages(self, board: Board) -> None:
        """Those of the board's commune."""
        if board.commune_id:
            villages = Village.objects.filter(commune=board.commune_id).order_by("code")
            self.fields["village"].queryset = villages  # type: ignore[attr-defined]
        if not board.commune_id or not self.fields["village"].queryset:  # type: ignore[attr-defined]
            del self.fields["village"]

    def clean_place(self) -> str:
        return rendering.clean(self.cleaned_data["place"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        category, cost = cleaned.pop("category", ""), cleaned.pop("cost", "")
        cleaned["idea"] = IdeaFacts(
            category=IdeaCategory(category) if category else None,
            village=cleaned.pop("village", None),
            place=cleaned.pop("place", ""),
            cost=CostBand(cost) if cost else None,
        )
        return cleaned


class IdeaForm(IdeaFields, TopicForm):
    """The title says what should be done."""

    field_order = ("kind", "client_id", "title", "source", "category", "village", "place", "cost")

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, board=board, **kwargs)
        self.fields["title"].help_text = _("What should be done. For example: Lamps on the road to the market.")
        self.fields["source"].help_text = _("Why, and for whom. Do not post phone or ID numbers.")
        self.offer_villages(board)


class IdeaEditForm(IdeaFields, EditForm):
    """The first post of an idea that no office has begun with."""

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, post=post, **kwargs)
        idea = post.topic.idea
        for name in ("category", "place", "cost"):
            self.initial[name] = getattr(idea, name)
        self.initial["village"] = idea.village_id
        self.offer_villages(post.topic.board)


class QuestionForm(TopicForm):
    """On a commune's board also to whom it goes."""

    role = forms.ChoiceField(label=_("To whom?"), choices=[("", _("The commune office")), *ADDRESSEES], required=False)

    field_order = ("kind", "client_id", "title", "source", "role")

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, board=board, **kwargs)
        if not board.commune_id:
            del self.fields["role"]


FORMS: dict[TopicKind, type[TopicForm]] = {TopicKind.IDEA: IdeaForm, TopicKind.QUESTION: QuestionForm}


def find_edit_form(post: Post, data: Mapping[str, Any] | None) -> type[EditForm]:
    """The form for this post; what came from a page that asked for words alone is read as such."""
    topic = post.topic
    has_facts = post.number == 1 and topic.is_idea and topic.idea.step_count == 1
    return IdeaEditForm if has_facts and (data is None or "place" in data) else EditForm


def find_form(kind: TopicKind) -> type[TopicForm]:
    """The form of this kind."""
    return FORMS.get(kind, TopicForm)
