"""What people send around a certificate: a code, an office, a decision, a reason, the look of the paper."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from courses.enums import RefusalReason, ReissueReason, RevocationReason
from courses.models import Issuer
from courses.services.evidence import title_of
from courses.services.papers import read_code
from places.forms import CommuneField, PickingMixin
from places.models import Commune


class CodeForm(forms.Form):
    """The verify page's one field."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        help_text=_("Ten letters and digits, such as K7M42-Q9PXT."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(_("A code has ten letters and digits. Look at the certificate again."))
        return code


class OfficeAskForm(PickingMixin, forms.Form):
    """Which commune office is asked to confirm."""

    commune = CommuneField(label=_("Office of which commune?"))

    def clean_commune(self) -> Commune:
        commune: Commune = self.cleaned_data["commune"]
        self.office = Organisation.objects.commune_offices().filter(commune=commune).first()
        if self.office is None or not self.office.is_verified:
            raise ValidationError(_("This commune has no verified office here yet. Choose another one that knows you."))
        return commune


class DecisionForm(forms.Form):
    """A clerk's answer: yes, or no with a reason."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    reason = forms.ChoiceField(label=_("Why not? The learner reads this."), choices=RefusalReason, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "no" and not cleaned.get("reason"):
            self.add_error("reason", _("Choose a reason."))
        return cleaned


class ReissueForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why is the name another one?"), choices=ReissueReason, widget=forms.RadioSelect)


class RevokeForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why? Everybody who checks the code reads this."), choices=RevocationReason, widget=forms.RadioSelect
    )


class EvidenceForm(forms.Form):
    """Which accepted works the certificate names. None is an answer, too."""

    works = forms.MultipleChoiceField(
        label=_("Name these works on the certificate"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, works: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["works"].choices = [(work["id"], title_of(work)) for work in works]  # type: ignore[attr-defined]


class IssuerForm(forms.ModelForm[Issuer]):
    """Logo, signature, signer of an organisation's certificates. The files are checked where they are redrawn."""

    logo = forms.FileField(
        label=_("New logo"), required=False, help_text=_("PNG, JPEG or WebP, at most 2 MB."), allow_empty_file=True
    )
    signature = forms.FileField(
        label=_("New picture of the signature"),
        required=False,
        help_text=_("PNG, JPEG or WebP, at most 2 MB. Best in dark ink on white or on nothing."),
        allow_empty_file=True,
    )
    without_logo = forms.BooleanField(label=_("Use no logo from now on"), required=False)
    without_signature = forms.BooleanField(label=_("Use no signature from now on"), required=False)

    class Meta:
        model = Issuer
        fields = ("signer_name_km", "signer_name_en", "signer_title_km", "signer_title_en")
