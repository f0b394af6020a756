"""Documents for machines that check badges. No language, no session, readable from everywhere."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from courses.models import Certificate
from courses.services.badges import describe_badge, describe_did, describe_profile, sign_badge, sign_status_list
from ui.papers import checked

MOST_LISTS = 10_000  # status lists; far beyond anything there will be


@require_safe
@checked
def show_badge(request: HttpRequest, code: str) -> HttpResponse:
    """The credential to read; the signed one stands beside it as `badge.jwt`."""
    return open_to_all(JsonResponse(describe_badge(find_named(code)), json_dumps_params={"ensure_ascii": False}))


@require_safe
@checked
def show_signed_badge(request: HttpRequest, code: str) -> HttpResponse:
    """The signed credential, compact."""
    return signed(sign_badge(find_named(code)))


@require_safe
@cache_control(max_age=300)
def show_status_list(request: HttpRequest, number: int, issuer: uuid.UUID | None = None) -> HttpResponse:
    """Which badges of an issuer do not hold any more, signed."""
    if number >= MOST_LISTS:
        raise Http404
    return signed(sign_status_list(find_issuing(issuer), number))


@require_safe
@cache_control(max_age=300)
def show_did(request: HttpRequest, issuer: uuid.UUID | None = None) -> HttpResponse:
    """The issuer's keys."""
    return open_to_all(JsonResponse(describe_did(find_issuing(issuer)), content_type="application/did+json"))


@require_safe
@cache_control(max_age=300)
def show_profile(request: HttpRequest, issuer: uuid.UUID | None = None) -> HttpResponse:
    """The issuer's names and logo."""
    profile = describe_profile(find_issuing(issuer))
    return open_to_all(JsonResponse(profile, json_dumps_params={"ensure_ascii": False}))


def find_named(code: str) -> Certificate:
    """404 for an unknown code and for a certificate that does not hold any more: the verify page says why."""
    found = get_object_or_404(Certificate.objects.select_related("user", "organisation"), code=code)
    if not found.is_valid:
        raise Http404
    return found


def find_issuing(public_id: uuid.UUID | None) -> Organisation | None:
    """An organisation that issues, or has issued; None for the programme itself. An NGO gives certificates; what a
    commune office stands for is in the papers of the apps above, with the same keys.
    """
    if public_id is None:
        return None
    return get_object_or_404(Organisation.objects.select_related("issuer"), public_id=public_id)


def signed(token: str | None) -> HttpResponse:
    if token is None:
        raise Http404  # this server has no key
    return open_to_all(HttpResponse(token, content_type="application/vc+jwt"))


def open_to_all(response: Any) -> HttpResponse:
    """Wallets and checkers of other sites may read it."""
    response["Access-Control-Allow-Origin"] = "*"
    checked_response: HttpResponse = response
    return checked_response
