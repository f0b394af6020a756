"""A paper as an office brings it."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.enums import DocumentKind
from participation.errors import RefusedError
from participation.models.document import NOTE_LENGTH
from participation.models.meeting import TITLE_LENGTH
from participation.services.documents import Paper, Upload, check_paper
from ui.words import to_digits, to_western

ACCEPTED = ".pdf,.docx,.xlsx,.odt,.ods,image/*"
FIRST_YEAR = 2001  # the year of the law on communes


class PaperFileForm(forms.Form):
    """What every sending has. `upload` is there once the form is valid."""

    upload: Upload

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, Word, Excel, LibreOffice or a photo, up to 10 MB. Cover names and numbers of private people first."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"client_id": uuid.uuid4(), "year": timezone.localdate().year} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("file") and data.get("client_id"):
            try:
                self.upload = Upload(check_paper(data["file"]), data["client_id"], data.get("note", ""))
            except RefusedError as refusal:
                self.add_error("file", str(refusal))
        return data


class PaperForm(PaperFileForm):
    """A new paper. `paper` is there once the form is valid."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=DocumentKind.choices, widget=forms.RadioSelect)
    title_km = forms.CharField(label=gettext_lazy("Title in Khmer"), max_length=TITLE_LENGTH)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=TITLE_LENGTH, required=False)
    year = forms.CharField(
        label=gettext_lazy("Year it is about"), max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )  # fmt: skip

    field_order = ("client_id", "kind", "title_km", "year", "file", "title_en")

    def clean_year(self) -> int:
        text, last = to_western(self.cleaned_data["year"]), timezone.localdate().year + 10
        if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= last):
            raise forms.ValidationError(
                to_digits(_("Write a year from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": last})
            )
        return int(text)

    @property
    def paper(self) -> Paper:
        data = self.cleaned_data
        return Paper(DocumentKind(data["kind"]), data["year"], data["title_km"], data["title_en"])


class VersionForm(PaperFileForm):
    note = forms.CharField(
        label=gettext_lazy("What changed?"), max_length=NOTE_LENGTH,
        help_text=gettext_lazy("Readers see it in the history, beside the older versions."),
    )  # fmt: skip


class TakeOffForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is it taken off?"), max_length=NOTE_LENGTH,
        help_text=gettext_lazy("Your office keeps it and reads the reason; nobody else can open it any more."),
    )  # fmt: skip


class FilterForm(forms.Form):
    """The list's filters; what cannot be read is as if it were not there."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=[("", gettext_lazy("All papers")), *DocumentKind.choices],
        required=False,
    )  # fmt: skip
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, empty_value=None, required=False)

    def __init__(self, data: Any, *, years: list[int]) -> None:
        super().__init__(data)
        choices = [("", _("All years")), *((str(year), to_digits(year)) for year in years)]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]
