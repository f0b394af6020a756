"""What a learner sends. Marking happens in the services; here the parcel is opened and its shape checked."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.enums import CommuneWork, CourseLength, CourseSize, QuestionKind
from courses.services.catalogue import Wish, list_taught_skills
from courses.services.coursefile.reading import MOST_PACKED
from courses.services.marking import TYPED, BadAnswerError, check_answer
from courses.services.question_tables import MOST_BYTES as MOST_TABLE
from courses.services.report_groups import Scope
from places.models import Province
from ui.kept import Clock

Question = Mapping[str, Any]


class AnswerForm(forms.Form):
    """One question. `cleaned_data`: `choices`, ids as `Answer.choices` keeps them, and `text`, what was typed.

    Fields: `choice` (single, several), `place-<choice id>` (order: the number given to each), `pair-<choice id>`
    (match: the id of the right side put beside it), `text` (number, short). `unknown`: "I do not know yet", an answer
    where `may_be_blank`; `cleaned_data["is_blank"]` tells.
    """

    attempt = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.UUIDField(widget=forms.HiddenInput)
    question = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(required=False)

    def __init__(self, question: Question, *args: Any, may_be_blank: bool = False, **kwargs: Any) -> None:
        self.asked, self.may_be_blank = question, may_be_blank
        super().__init__(*args, **kwargs)

    @property
    def chosen(self) -> list[str]:
        """The ticked choice ids as they were sent, right or wrong."""
        return self.data.getlist("choice") if hasattr(self.data, "getlist") else []

    @property
    def typed(self) -> str:
        """The text as it was sent."""
        return str(self.data.get("text", ""))

    @property
    def places(self) -> dict[str, str]:
        """What was chosen beside each choice of an `order` or `match` question, as it was sent."""
        prefix = "pair" if self.asked["kind"] == QuestionKind.MATCH else "place"
        return {choice["id"]: str(self.data.get(f"{prefix}-{choice['id']}", "")) for choice in self.asked["choices"]}

    def clean(self) -> dict[str, Any]:
        """Adds `choices`, or says in one sentence what is missing."""
        cleaned = super().clean() or {}
        kind = self.asked["kind"]
        cleaned["is_blank"] = self.may_be_blank and "unknown" in self.data
        if cleaned["is_blank"]:
            return cleaned | {"choices": [], "text": ""}
        cleaned["text"] = cleaned.get("text", "") if kind in TYPED else ""
        cleaned["choices"] = self._clean_choices(kind)
        if kind in TYPED:
            self._check_typed(kind, cleaned["text"])
        elif not cleaned["choices"]:
            raise forms.ValidationError(_("Choose an answer first."))
        return cleaned

    def _clean_choices(self, kind: str) -> list[str]:
        if kind in TYPED:
            return []
        if kind == QuestionKind.ORDER:
            return self._clean_order()
        return self._clean_match() if kind == QuestionKind.MATCH else self.chosen

    def _clean_order(self) -> list[str]:
        places = self.places
        numbers = [str(number) for number in range(1, len(places) + 1)]
        if sorted(places.values()) != sorted(numbers):
            raise forms.ValidationError(_("Give each step a number of its own."))
        return sorted(places, key=lambda choice: int(places[choice]))

    def _clean_match(self) -> list[str]:
        chosen = list(self.places.values())
        if not all(chosen):
            raise forms.ValidationError(_("Choose something for each line."))
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("Each answer belongs to one line only. Look for the two that are the same."))
        return chosen

    def _check_typed(self, kind: str, text: str) -> None:
        if not text:
            raise forms.ValidationError(_("Write your answer first."))
        try:
            check_answer(self.asked, [], text)
        except BadAnswerError:
            if kind == QuestionKind.NUMBER:
                raise forms.ValidationError(_("Write a number in digits, for example: 1 500")) from None
            raise forms.ValidationError(_("Write a shorter answer.")) from None


class PracticeForm(AnswerForm):
    """An answer that is kept nowhere, so it names no attempt."""

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(question, *args, **kwargs)
        del self.fields["attempt"], self.fields["answer"]


class AskForm(forms.Form):
    """A question about a lesson. `client_id` comes with the page, so that the same words sent twice are one topic."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=gettext_lazy("Your question in one sentence"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say it in one sentence.")},
    )
    source = forms.CharField(
        label=gettext_lazy("More about it"),
        help_text=gettext_lazy("What you tried, what you see. Do not post phone or ID numbers."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write a few words first.")},
    )

    def __init__(self, lesson_key: uuid.UUID, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].widget.attrs["data-draft"] = f"lesson-{lesson_key}"

    def clean(self) -> dict[str, Any]:
        """The id also depends on the words, so that other words are not lost."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        sent = f"{cleaned.get('title', '')}\n{cleaned.get('source', '')}"
        return {**cleaned, "client_id": uuid.uuid5(cleaned.get("client_id") or uuid.uuid4(), sent)}

    def read_words(self) -> dict[str, str]:
        """What was typed, within the limits, whether or not it can be sent."""
        return {name: str(self.data.get(name, ""))[: self.fields[name].max_length] for name in ("title", "source")}  # type: ignore[attr-defined]


class WhenForm(forms.Form):
    """What a phone adds to a form that it kept while it had no network: its clock then, and as it sends."""

    happened_at = forms.DateTimeField(required=False)
    sent_at = forms.DateTimeField(required=False)

    def read_moment(self) -> datetime | None:
        """When it happened by our clock; None for a form sent at once, or for nonsense."""
        if not self.is_valid() or not self.cleaned_data["happened_at"]:
            return None
        return Clock(timezone.now(), self.cleaned_data["sent_at"]).correct(self.cleaned_data["happened_at"])


class DoneForm(forms.Form):
    """The "done" button of a lesson; its id makes a second press harmless."""

    client_id = forms.UUIDField(required=False)

    def read_id(self) -> uuid.UUID | None:
        """The phone's id for this event, None where it sent none or nonsense."""
        return self.cleaned_data.get("client_id") if self.is_valid() else None


class ScopeForm(forms.Form):
    """Whose learning a report counts. What does not fit is said, and the rest still counts."""

    since = forms.DateField(label=gettext_lazy("Began from"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=gettext_lazy("Began until"), required=False, widget=forms.DateInput({"type": "date"}))
    province = forms.ModelChoiceField(
        Province.objects.order_by("code"),
        label=gettext_lazy("Province"),
        required=False,
        empty_label=gettext_lazy("All provinces"),
    )

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("province") and (found.get("since") or found.get("until")):
            found["since"] = found["until"] = None
            self.add_error(None, _("Choose days or a province, not both: together they would tell on a few people."))
        elif found.get("since") and found.get("until") and found["since"] > found["until"]:
            self.add_error("until", _("The last day is before the first."))
        return found

    def read_scope(self) -> Scope:
        """The scope of what is valid."""
        self.is_valid()
        found = self.cleaned_data
        return Scope(found.get("since"), found.get("until"), found.get("province"))

    @property
    def query(self) -> str:
        """What was chosen, for links to the same figures elsewhere."""
        return urlencode({name: value for name, value in self.data.items() if name in self.fields and value})


class CourseFileForm(forms.Form):
    """A course file somebody brings."""

    file = forms.FileField(
        label=gettext_lazy("Course file"),
        help_text=gettext_lazy("A .zip file that was exported here or on another server of this kind."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_PACKED:
            raise forms.ValidationError(_("The file is too large for a course."))
        return file


class SectionForm(forms.Form):
    """Into which of one's sections."""

    section = forms.ChoiceField(label=gettext_lazy("Into the section"))

    def __init__(self, sections: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections
        names = [next(iter(pages.values())).organisation.name for pages in sections]
        self.fields["section"].choices = list(enumerate(names))  # type: ignore[attr-defined]
        self.fields["section"].initial = 0

    @property
    def chosen(self) -> dict[str, Any]:
        """The section's pages by language."""
        return self.sections[int(self.cleaned_data["section"])]


class CatalogueForm(forms.Form):
    """What a person looks for in the catalogue, all kept in the address. A value that no list has is ignored."""

    q = forms.CharField(label=gettext_lazy("Search the courses"), required=False, max_length=200)
    work = forms.ChoiceField(label=gettext_lazy("Commune work"), required=False)
    skill = forms.ChoiceField(label=gettext_lazy("Skill"), required=False)
    time = forms.ChoiceField(label=gettext_lazy("How long it takes"), required=False, widget=forms.RadioSelect)
    size = forms.ChoiceField(label=gettext_lazy("Size"), required=False, widget=forms.RadioSelect)
    lang = forms.ChoiceField(label=gettext_lazy("Language"), required=False, widget=forms.RadioSelect)

    LISTS = ("work", "skill", "time", "size", "lang")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="f_%s")
        choices: dict[str, Any] = {
            "work": CommuneWork.choices,
            "skill": [(skill.code, skill.name) for skill in list_taught_skills()],
            "time": CourseLength.choices,
            "size": CourseSize.choices,
            "lang": settings.LANGUAGES,
        }
        for name in self.LISTS:
            self.fields[name].choices = [("", _("All")), *choices[name]]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def wish(self) -> Wish:
        """The valid parts."""
        chosen = self.cleaned_data
        return Wish(
            text=chosen.get("q", ""),
            skill=chosen.get("skill", ""),
            work=chosen.get("work", ""),
            length=chosen.get("time", ""),
            size=chosen.get("size", ""),
            language=chosen.get("lang", ""),
        )

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What is looked for, each with the address that takes it away."""
        chips = [(f"“{self.wish.text}”", self._without("q"))] if self.wish.text else []
        for name in self.LISTS:
            value = self.cleaned_data.get(name)
            if value:
                chips.append((str(dict(self.fields[name].choices)[value]), self._without(name)))  # type: ignore[attr-defined]
        return chips

    @property
    def others(self) -> list[tuple[str, str]]:
        """Names and values of the lists, for the search box that keeps them."""
        return [(name, value) for name in self.LISTS if (value := self.cleaned_data.get(name))]

    @property
    def groups(self) -> list[Any]:
        """The lists that are shown as buttons."""
        return [self[name] for name in ("time", "size", "lang")]

    def _without(self, name: str) -> str:
        kept = {key: value for key, value in [("q", self.wish.text), *self.others] if value and key != name}
        return f"?{urlencode(kept)}"


class QuestionsForm(forms.Form):
    """Questions somebody brings: a file, or text."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        required=False,
        help_text=gettext_lazy("XLSX or CSV."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    words = forms.CharField(
        label=gettext_lazy("Or the questions as text"),
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned.get("file")) == bool((cleaned.get("words") or "").strip()):
            raise forms.ValidationError(_("Bring a file or paste text, one of the two."))
        if cleaned.get("file") and cleaned["file"].size > MOST_TABLE:
            self.add_error("file", _("This file is too large."))
        return cleaned


class PeriodForm(forms.Form):
    """Two days, both included."""

    since = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput({"type": "date"}))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and cleaned["until"] < cleaned["since"]:
            self.add_error("until", _("The last day is before the first."))
        return cleaned
