"""Service records: one's own pages, and the public one where anybody checks a code."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from courses.enums import RevocationReason
from courses.services.badge_keys import find_signing_key
from courses.services.qr import draw_qr
from courses.services.sheet import weigh_sheet
from ui.keyset import paginate_by_key
from ui.papers import answer_pdf
from volunteers.enums import Sharing
from volunteers.forms.after import RevokeRecordForm, SharingForm
from volunteers.models import ServiceRecord
from volunteers.rules import is_staff
from volunteers.services.after.badge import has_badge
from volunteers.services.after.record_pdf import draw_record
from volunteers.services.after.records import correct_name, is_renamed, issue_when_due, revoke_record, share
from volunteers.services.after.wording import list_skills, say_hours, say_span

PAGE_SIZE = 20


@require_GET
@login_required
def list_records(request: HttpRequest) -> HttpResponse:
    """All of one's own that are current."""
    rows = ServiceRecord.objects.of(cast(User, request.user)).current()
    page = paginate_by_key(rows, request, by="-issued_at", size=PAGE_SIZE)
    return render(request, "volunteers/records.html", {"tab": "volunteer", "page": page})


@require_GET
@never_cache
@login_required
def show_record(request: HttpRequest, code: str) -> HttpResponse:
    """The record as it looks, the PDF, what the public page shows. What was confirmed since makes a new version."""
    record = find_own(request, code)
    newest = issue_when_due(record.placement) if record.is_valid else record
    if newest is not None and newest != record:
        return redirect("record", newest.code)
    address = verify_address(request, record)
    context = {
        "tab": "volunteer",
        "record": record,
        **say_facts(record),
        "address": address,
        "qr": draw_qr(address),
        "size": weigh_sheet(record),
        "has_badge": has_badge(record) and find_signing_key() is not None,
        "sharing_form": SharingForm(initial={"sharing": record.sharing}),
        "is_renamed": record.is_valid and is_renamed(record),
    }
    return render(request, "volunteers/record.html", context)


@require_GET
@never_cache
@login_required
def download_record(request: HttpRequest, code: str) -> HttpResponse:
    """The PDF in the language of the page; of one that does not hold any more there is no new paper."""
    record = find_own(request, code)
    if not record.is_valid:
        return redirect("record", record.code)
    pdf = draw_record(record, address=verify_address(request, record))
    return answer_pdf(pdf, f"service-record-{record.shown_code}.pdf")


@require_POST
@login_required
def change_record(request: HttpRequest, code: str) -> HttpResponse:
    """The owner says what the public page shows, or has the name corrected."""
    record = find_own(request, code)
    if "name" in request.POST:
        record = correct_name(record)
        messages.success(request, _("Here is the record with your name as it is now."))
        return redirect("record", record.code)
    form = SharingForm(request.POST)
    if form.is_valid():
        share(record, Sharing(form.cleaned_data["sharing"]))
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose what the public page shows."))
    return redirect("record", record.code)


@login_required
def withdraw_record(request: HttpRequest, code: str) -> HttpResponse:
    """Programme staff withdraw it with a reason."""
    if not is_staff(request.user):
        raise PermissionDenied
    record = get_object_or_404(ServiceRecord.objects.with_owner(), code=code)
    form = RevokeRecordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revoke_record(record, by=cast(User, request.user), reason=RevocationReason(form.cleaned_data["reason"]))
        return redirect("record-verify", record.code)
    context = {"tab": "volunteer", "record": record, "form": form}
    return render(request, "volunteers/record_revoke.html", context, status=422 if form.errors else 200)


def say_facts(record: ServiceRecord) -> dict[str, object]:
    """What pages and paper say of a record."""
    return {"span": say_span(record), "hours": say_hours(record), "skills": list_skills(record)}


def find_own(request: HttpRequest, code: str) -> ServiceRecord:
    """404 for everybody but its owner."""
    mine = ServiceRecord.objects.of(cast(User, request.user)).with_owner().select_related("placement")
    return get_object_or_404(mine, code=code)


def verify_address(request: HttpRequest, record: ServiceRecord) -> str:
    """Short, and without a language: whoever opens it reads in their own."""
    address = reverse("record-verify", args=[record.code])
    return request.build_absolute_uri(address[address.index("/service/") :])
