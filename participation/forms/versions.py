"""A form that knows which saving its page showed, so that two colleagues do not write over each other unseen."""

from django import forms


class VersionForm(forms.Form):
    """`changed_at`: the version on the page, put there as `initial`."""

    changed_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def renew(self, version: str) -> None:
        """What was typed stays; sent once more it replaces what the person was told of."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["changed_at"] = version
        self.data = data
