"""The look of an organisation's certificates."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Organisation
from courses.certificate_forms import IssuerForm
from courses.rules import may_manage_certificates
from courses.services.issuers import PICTURES, TEXTS, BadPictureError, find_issuer, save_issuer


@require_http_methods(["GET", "POST"])
@login_required
def edit_issuer(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Logo, signature and signer; for the organisation's publishers and managers and programme staff."""
    organisation = get_object_or_404(Organisation.objects.ngos(), public_id=public_id)
    if not may_manage_certificates(request.user, organisation):
        raise PermissionDenied
    issuer = find_issuer(organisation)
    form = IssuerForm(request.POST or None, request.FILES or None, instance=issuer)
    if request.method == "POST" and form.is_valid() and keep(organisation, form):
        messages.success(
            request, _("Saved. Certificates from now on look like this; those issued before stay as they are.")
        )
        return redirect("issuer-edit", public_id)
    context = {"tab": "me", "organisation": organisation, "issuer": find_issuer(organisation), "form": form}
    return render(request, "courses/issuer.html", context, status=422 if form.errors else 200)


def keep(organisation: Organisation, form: IssuerForm) -> bool:
    """Save; False, with a sentence at the form, for a file that is no picture."""
    data = form.cleaned_data
    try:
        save_issuer(
            organisation,
            texts={name: data[name] for name in TEXTS},
            pictures={name: data[name] for name in PICTURES},
            without=frozenset(name for name in PICTURES if data[f"without_{name}"]),
        )
    except BadPictureError as error:
        too_big = str(error) == "size"
        form.add_error(
            None,
            _("The picture is too large: at most 2 MB and 20 million points.")
            if too_big
            else _("This file is no PNG, JPEG or WebP picture."),
        )
        return False
    return True
