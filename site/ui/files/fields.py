"""The form field for one or several files."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from ui.files.checking import MOST_BYTES, CheckedFile, FileRefusedError, check_file, count_files

ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.pdf,.docx,.xlsx,.odt,.ods"


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to four files. Cleans to `CheckedFile`s; each one refused says why, by name."""

    widget = SeveralFiles

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": ACCEPTED, "data-most": MOST_BYTES}

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:
        uploads: list[UploadedFile[Any]] = [each for each in (data or []) if each]
        if not uploads:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="missing")
            return []
        problem = count_files(uploads)
        if problem:
            raise ValidationError(problem, code="many")
        checked, refusals = [], []
        for upload in uploads:
            try:
                checked.append(check_file(upload))
            except FileRefusedError as error:
                refusals.append(ValidationError(str(error), code=error.code))
        if refusals:
            raise ValidationError(refusals)
        return checked
