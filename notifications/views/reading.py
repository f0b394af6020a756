"""The list behind the bell."""

import uuid
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.services.asking import know
from notifications.models import Notification
from notifications.services.kinds import Sentences, put_into_words
from notifications.services.reading import mark_read, mark_seen
from ui.keyset import paginate_by_key


@dataclass(frozen=True)
class Line:
    """One row of the list, in words."""

    row: Notification
    sentences: Sentences


@never_cache
@login_required
def show_list(request: HttpRequest) -> HttpResponse:
    user = know(request)
    rows = Notification.objects.visible_to(user).leads().with_group()
    page = paginate_by_key(rows, request, by="-created_at")
    lines = [
        Line(row, put_into_words(row.kind, row.data, 1 + row.followers_count))  # type: ignore[attr-defined]
        for row in page
    ]
    mark_seen(page.items)
    return render(request, "notifications/list.html", {"tab": "me", "page_of_lines": page, "lines": lines})


@login_required
def follow(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """To what it is about; whoever goes there has read it."""
    row = get_object_or_404(Notification.objects.visible_to(request.user), public_id=public_id)
    mark_read(row.recipient, public_id=public_id)
    return redirect(f"/{get_language()}{row.url}")


@login_required
@require_POST
def read_one(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    row = get_object_or_404(Notification.objects.visible_to(request.user), public_id=public_id)
    mark_read(row.recipient, public_id=public_id)
    return redirect("notifications")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    user = know(request)
    mark_read(user)
    return redirect("notifications")
