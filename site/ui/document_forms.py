"""The editors' form for a file: its content is checked, its size has an end."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from ui.uploads import limit_of, looks_like
from ui.words import to_bytes


class CheckedDocumentForm(BaseDocumentForm):
    """Refuses a program with the name of a video, and a film of 300 MB."""

    def clean_file(self) -> Any:
        """The file as it came. Raises a sentence that names the trouble."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        extension = file.name.rpartition(".")[2].lower()
        if file.size > limit_of(extension):
            sizes = {"size": to_bytes(file.size), "limit": to_bytes(limit_of(extension))}
            raise ValidationError(_("This file has %(size)s; at most %(limit)s are possible.") % sizes)
        if not looks_like(file, extension):
            raise ValidationError(
                _("This file is not what its name says: inside it is no .%(kind)s.") % {"kind": extension}
            )
        return file
