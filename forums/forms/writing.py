"""Writing topics and posts: clean input with friendly words; who may do it is the services' question."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums import rendering
from forums.enums import TopicKind
from forums.forms.fields import OnceForm, WritingField, check_text, keep_draft_of
from forums.forms.polls import PollPart
from forums.models import Board, Draft, Post, PostFile
from forums.models.topic import TITLE_LENGTH
from ui.files.fields import FilesField
from ui.words import to_bytes

EXAMPLES = {
    TopicKind.QUESTION: _(
        "Others find it by this sentence. For example: When does the office take birth certificates?"
    ),
    TopicKind.DISCUSSION: _("What you want to talk about. For example: How do we keep the canal clean?"),
    TopicKind.ANNOUNCEMENT: _("What others should know. For example: The ferry does not run on Sunday."),
}


class PostFilesField(FilesField):
    """What may stand under a post."""

    def __init__(self) -> None:
        hint = _("Up to four. Readers see the size before they open one. A photo loses where it was taken.")
        super().__init__(label=_("Photos or files"), help_text=hint, required=False)


class ReplyForm(OnceForm):
    source = WritingField(
        label=_("Your reply"),
        help_text=_("Do not post phone or ID numbers."),
        error_messages={"required": _("Write a few words first.")},
    )
    attached = PostFilesField()
    as_answer = forms.BooleanField(label=_("This is our official answer"), required=False)
    seen_answer = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, draft: str, may_answer: bool, saving: int = 0, begun: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        keep_draft_of(self.fields["source"], draft, saving=saving, begun=begun)
        if not may_answer:
            del self.fields["as_answer"], self.fields["seen_answer"]

    def tell_answered(self, number: int) -> None:
        """A colleague came first: the words stay in the box, and what is sent next takes the other answer's place."""
        sent: Any = self.data
        sent = sent.copy()
        sent["seen_answer"] = str(number)
        self.data = sent
        self.add_error("as_answer", _("A colleague has answered meanwhile: read it above. Is yours still needed?"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return {**cleaned, "client_id": self.name_post(cleaned.get("source", ""))}


def clean_title(text: str) -> str:
    """On one line, with letters in it."""
    title = " ".join(rendering.clean(text).split())
    if not rendering.has_letters(title):
        raise forms.ValidationError(_("Say it in one sentence."), code="required")
    check_text(title, TITLE_LENGTH)
    return title


class TopicForm(OnceForm):
    """Fields that every kind has; the kind is chosen on the page before."""

    kind = forms.TypedChoiceField(choices=TopicKind.choices, coerce=TopicKind, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("In one sentence"),
        max_length=TITLE_LENGTH,
        error_messages={"required": _("Say it in one sentence.")},
    )
    source = WritingField(
        label=_("More about it"),
        help_text=_("Where, since when, what you have tried. Do not post phone or ID numbers."),
        error_messages={"required": _("Write a few words first.")},
    )

    attached = PostFilesField()

    def __init__(self, *args: Any, draft: str, board: Board, kind: TopicKind, saving: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_draft_of(self.fields["source"], draft, saving=saving)
        self.fields["title"].help_text = EXAMPLES.get(kind, "")
        self.poll = PollPart(self.data if self.is_bound else None, draft=draft)

    def clean_title(self) -> str:
        return clean_title(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        poll = self.poll.read()
        text = "\n".join([cleaned.get("title", ""), cleaned.get("source", ""), *([poll.text] if poll else [])])
        return {**cleaned, "poll": poll, "client_id": self.name_post(text)}

    def is_valid(self) -> bool:
        return super().is_valid() and self.poll.is_valid()


class DroppedFilesField(forms.MultipleChoiceField):
    """Which files of the post go. What is gone already is no mistake."""

    def __init__(self) -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(label=_("Take out"), widget=widget, required=False)

    def offer(self, files: list[PostFile]) -> None:
        """Each by the name its author gave it."""
        self.choices = [(str(file.public_id), f"{file.name} · {to_bytes(file.size)}") for file in files]

    def clean(self, value: Any) -> set[uuid.UUID]:
        there = {str(name) for name, _label in self.choices}  # type: ignore[union-attr, misc]
        return {uuid.UUID(name) for name in value or [] if name in there}


class EditForm(forms.Form):
    """The first post of a topic comes with its title."""

    title = forms.CharField(
        label=_("In one sentence"),
        max_length=TITLE_LENGTH,
        error_messages={"required": _("Say it in one sentence.")},
    )
    source = WritingField(label=_("Your post"), error_messages={"required": _("Write a few words first.")})
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    dropped = DroppedFilesField()
    attached = PostFilesField()

    def __init__(
        self, data: Any = None, files: Any = None, *, post: Post, draft: Draft | None = None, unsent: str = ""
    ) -> None:
        initial = {"title": post.topic.title, "source": post.source, "version": post.version}
        if draft is not None:
            initial |= {"source": draft.source, "version": draft.base or post.version}
        if unsent:
            initial["source"] = unsent
        super().__init__(data, files, initial=initial)
        keep_draft_of(self.fields["source"], f"edit-{post.pk}", saving=draft.version if draft else 0)
        self.offer_files(post)
        if post.number > 1:
            del self.fields["title"]
        elif data is not None and "title" not in data:  # from a page that asked for none: it stays
            self.fields["title"].required = False

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        return clean_title(title) if title or self.fields["title"].required else ""

    def offer_files(self, post: Post) -> None:
        dropped: Any = self.fields["dropped"]
        dropped.offer(list(post.files.all()) if post.file_count else [])

    def tell_clash(self, post: Post) -> None:
        """Another edition came first: the person's words stay in the box, and what they send next replaces it."""
        sent: Any = self.data
        sent = sent.copy()
        sent["version"] = str(post.version)
        self.data = sent
        self.offer_files(post)
        self.add_error("source", _("You changed this post in another window meanwhile. Both texts stand here."))


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
