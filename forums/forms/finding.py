"""What is searched for, and where."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forums.enums import IdeaStatus, TopicKind

EVERYTHING = ("", pgettext_lazy("kind of topic", "Everything"))
ANY_STATE = ("", pgettext_lazy("how far an idea is", "Wherever it stands"))
ANY_TIME = ("", pgettext_lazy("since when", "Any time"))
SPANS = [("7", _("The last 7 days")), ("30", _("The last month")), ("365", _("The last year"))]


class FindForm(forms.Form):
    """All of it is optional: an address that somebody typed shows what it can (`read`)."""

    q = forms.CharField(label=_("Search the forum"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=_("What"), required=False, choices=[EVERYTHING, *TopicKind.choices])
    status = forms.ChoiceField(label=_("How far the idea is"), required=False, choices=[ANY_STATE, *IdeaStatus.choices])
    days = forms.ChoiceField(label=_("Since when"), required=False, choices=[ANY_TIME, *SPANS])
    waits = forms.BooleanField(label=_("Only questions without an answer"), required=False)

    def read(self) -> dict[str, Any]:
        """What can be used of what was sent, as fields of `Query`."""
        self.is_valid()
        sent = {name: self.cleaned_data.get(name, "") for name in self.fields}
        days, kind = sent["days"], sent["kind"]
        return {
            "text": str(self.data.get("q", "")),
            "kind": kind,
            "status": sent["status"] if kind in ("", TopicKind.IDEA) else "",
            "waits": bool(sent["waits"]),
            "since": timezone.now() - timedelta(days=int(days)) if days else None,
        }
