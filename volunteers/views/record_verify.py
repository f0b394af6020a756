"""Is this service record real? For people and for programs that check badges; no account needed."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_safe

from accounts.models import Organisation
from courses.services.badge_keys import find_signing_key
from courses.services.papers import read_code
from ui.papers import checked
from volunteers.models import ServiceRecord
from volunteers.rules import is_staff
from volunteers.services.after.badge import describe_badge, has_badge, sign_badge, sign_void_records
from volunteers.views.records import say_facts

MOST_LISTS = 10_000  # status lists; far beyond anything there will be


@require_GET
@checked
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Who served, where, how long, and whether it holds; as much of it as the owner shows."""
    record = ServiceRecord.objects.with_owner().filter(code=read_code(code) or "-").first()
    if record is None:
        return redirect("verify", code[:40])  # the page that takes every code says that there is none
    if code != record.code:
        return redirect("record-verify", record.code)
    context = {
        "tab": "volunteer",
        "record": record,
        **say_facts(record),
        "has_badge": has_badge(record) and find_signing_key() is not None,
        "may_revoke": record.revoked_at is None and is_staff(request.user),
    }
    return render(request, "volunteers/record_verify.html", context)


@require_safe
@checked
def show_badge(request: HttpRequest, code: str) -> HttpResponse:
    """The credential to read; the signed one stands beside it as `badge.jwt`."""
    badge = describe_badge(find_badged(code))
    return open_to_all(JsonResponse(badge, json_dumps_params={"ensure_ascii": False}))


@require_safe
@checked
def show_signed_badge(request: HttpRequest, code: str) -> HttpResponse:
    """The signed credential, compact."""
    return signed(sign_badge(find_badged(code)))


@require_safe
@cache_control(max_age=300)
def show_status_list(request: HttpRequest, issuer: uuid.UUID, number: int) -> HttpResponse:
    """Which records of an office do not hold any more, signed."""
    if number >= MOST_LISTS:
        raise Http404
    return signed(sign_void_records(get_object_or_404(Organisation, public_id=issuer), number))


def find_badged(code: str) -> ServiceRecord:
    """404 for an unknown code, for a record that does not hold, and for one whose owner shows no name."""
    rows = ServiceRecord.objects.with_owner().select_related("placement__application__request")
    record = get_object_or_404(rows, code=code)
    if not has_badge(record):
        raise Http404
    return record


def signed(token: str | None) -> HttpResponse:
    if token is None:
        raise Http404  # this server has no key
    return open_to_all(HttpResponse(token, content_type="application/vc+jwt"))


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Wallets and checkers of other sites may read it."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
