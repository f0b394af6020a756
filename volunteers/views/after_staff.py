"""What volunteers say of offices, in the editors' admin, for programme staff."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ui.keyset import paginate_by_key
from volunteers.rules import is_staff
from volunteers.services.after.words import POOR, list_words

PAGE_SIZE = 50


def list_feedback(request: HttpRequest) -> HttpResponse:
    """The latest first."""
    if not is_staff(request.user):
        raise PermissionDenied
    page = paginate_by_key(list_words(), request, by="-given_at", size=PAGE_SIZE)
    return render(request, "volunteers/admin/feedback.html", {"page": page, "poor": POOR})
