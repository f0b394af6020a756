"""A photo beside words: drawn anew as it arrives, so that the place it was taken at does not come along."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ui.files.photos import PhotoError, Picture, redraw
from ui.uploads import MEGABYTE
from ui.words import to_bytes

MOST = 10 * MEGABYTE
ACCEPTED = "image/*"


class PhotoField(forms.FileField):
    """Optional. Gives back a `ui.files.photos.Picture`, or None."""

    def __init__(self, **kwargs: Any) -> None:
        hint = gettext_lazy("Up to 10 MB. It is made small; where it was taken does not come along.")
        super().__init__(**{"required": False, "help_text": hint, **kwargs})
        self.widget.attrs["accept"] = ACCEPTED

    def clean(self, data: Any, initial: Any = None) -> Picture | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        if (upload.size or 0) > MOST:
            raise forms.ValidationError(_("The photo is larger than %(most)s."), params={"most": to_bytes(MOST)})
        try:
            return redraw(upload.read())
        except PhotoError as error:
            raise forms.ValidationError(_("This is not a photo we can open. Take or choose another one.")) from error
