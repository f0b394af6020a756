"""Handing work in, and deciding about it."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind
from accounts.models import Organisation, User
from courses.enums import Confirmer, SubmissionStatus
from courses.models import Submission
from courses.services.tasks import list_confirmers
from places.forms import CommuneField, PickingMixin
from places.models import Commune
from ui.files.fields import FilesField

YES, NO = "yes", "no"
ANSWERS = ((YES, _("Yes")), (NO, _("No")))
ACCEPT, RETURN = SubmissionStatus.ACCEPTED.value, SubmissionStatus.RETURNED.value


class HandInForm(PickingMixin, forms.Form):
    """`cleaned_data["office"]` is the verified office asked to confirm, None for the course's facilitators."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("Who should look at your work?"), widget=forms.RadioSelect)
    commune = CommuneField(label=_("Which commune office?"), required=False)
    work = FilesField(
        label=_("Your work"),
        help_text=_("One to four photos or files: PDF, Word, Excel or LibreOffice, each up to 10 MB."),
        error_messages={"required": _("Choose a photo or a file first.")},
    )
    note = forms.CharField(
        label=_("Anything to say about it?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    sometimes = ("commune",)

    def __init__(self, *args: Any, task: Mapping[str, Any], lesson_key: uuid.UUID, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"client_id": uuid.uuid4(), "commune": find_home_office(user)}
        super().__init__(*args, **kwargs)
        confirmers = list_confirmers(dict(task))
        self.fields["note"].widget.attrs["data-draft"] = f"task-{lesson_key}"
        if Confirmer.CLERK not in confirmers:
            del self.fields["commune"]
        if len(confirmers) == 1:
            del self.fields["to"]
        else:
            self.fields["to"].choices = [(each.value, each.label) for each in confirmers]  # type: ignore[attr-defined]
            self.fields["to"].initial = Confirmer.FACILITATOR.value
        self.only = confirmers[0] if len(confirmers) == 1 else None

    def clean(self) -> dict[str, Any]:
        """Adds `office`."""
        cleaned: dict[str, Any] = super().clean() or {}
        to = self.only or cleaned.get("to")
        cleaned["office"] = None
        if to == Confirmer.CLERK and "commune" not in self.errors:
            cleaned["office"] = self._find_office(cleaned.get("commune"))
        return cleaned

    def _find_office(self, commune: Commune | None) -> Organisation | None:
        if commune is None:
            self.add_error("commune", _("Choose the commune whose office should look at it."))
            return None
        office = Organisation.objects.verified().filter(commune=commune).first()
        if office is None:
            self.add_error("commune", _("The office of this commune is not with us yet. Choose another one."))
        return office

    def refuse(self, sentence: str) -> None:
        """Come back as typed, with this one sentence."""
        self.full_clean()
        self.errors.pop("work", None)
        self.add_error(None, sentence)


def find_home_office(user: User) -> Commune | None:
    """The person's home commune where its office is with us."""
    if user.home_commune_id is None:
        return None
    offices = Organisation.objects.verified().filter(kind=OrganisationKind.COMMUNE_OFFICE)
    return user.home_commune if offices.filter(commune=user.home_commune_id).exists() else None


class ReviewForm(forms.Form):
    """A yes or no and a comment for each criterion, a word to the learner, and a decision by one of two buttons."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        choices=((ACCEPT, ""), (RETURN, "")), error_messages={"required": _("Accept or return?")}
    )
    comment = forms.CharField(
        label=_("What do you say to the learner?"),
        help_text=_("What is good, what to change, and how. Kind and clear."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, submission: Submission, *args: Any, **kwargs: Any) -> None:
        self.rubric = submission.criteria
        kwargs["initial"] = {"client_id": uuid.uuid4()}
        super().__init__(*args, **kwargs)
        self.fields["comment"].widget.attrs["data-draft"] = f"review-{submission.public_id}"
        for each in self.rubric:
            self.fields[f"met-{each['id']}"] = forms.ChoiceField(
                label=each["text"],
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={"required": _("Yes or no?")},
            )
            self.fields[f"why-{each['id']}"] = forms.CharField(
                label=_("Comment on this"), required=False, max_length=500
            )

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """For the template: the criterion with its two bound fields."""
        return [{**each, "met": self[f"met-{each['id']}"], "why": self[f"why-{each['id']}"]} for each in self.rubric]

    def clean(self) -> dict[str, Any]:
        """Adds `results`; accepting needs what is needed, returning needs a reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["results"] = [
            {
                "id": each["id"],
                "is_met": cleaned.get(f"met-{each['id']}") == YES,
                "comment": cleaned.get(f"why-{each['id']}", ""),
            }
            for each in self.rubric
        ]
        if cleaned.get("decision") == ACCEPT:
            self._check_needed(cleaned)
        elif not cleaned.get("comment") and not any(each["comment"] for each in cleaned["results"]):
            self.add_error("comment", _("Say what to change, so that the next try succeeds."))
        return cleaned

    def _check_needed(self, cleaned: Mapping[str, Any]) -> None:
        for each in self.rubric:
            if each["required"] and cleaned.get(f"met-{each['id']}") == NO:
                self.add_error(f"met-{each['id']}", _("This is needed. Return the work and say what is missing."))
