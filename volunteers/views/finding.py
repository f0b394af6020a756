"""The list of requests and one request."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.models import User
from ui.keyset import paginate_by_key
from volunteers.forms import ApplyForm, FilterForm
from volunteers.models import VolunteerRequest
from volunteers.rules import is_of_office
from volunteers.services.amending import is_amendable, list_public_changes
from volunteers.services.clocks import expire_if_overdue
from volunteers.services.eligibility import find_obstacles
from volunteers.services.finding import find_alternatives, search_requests
from volunteers.services.fit import explain
from volunteers.services.learning import link_courses
from volunteers.services.readiness import add_readiness, read_readiness
from volunteers.services.requests import is_editable, list_verbs
from volunteers.services.skills import list_needed
from volunteers.services.terms import say_costs, say_remote

PAGE_SIZE = 10
DRAFTS = "application_drafts"  # of the session: request's uuid to what was typed


def list_requests(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET, request.user)
    filters = form.filters
    found = search_requests(filters, request.user)
    page = paginate_by_key(found, request, by=filters.order, size=PAGE_SIZE)
    nearest = [] if page.items else find_alternatives(filters, request.user)
    add_readiness(page.items or nearest, request.user)
    context = {
        "tab": "volunteer",
        "form": form,
        "page": page,
        "total": found.count() if page.items else 0,
        "matches": explain(page.items or nearest, request.user, times=filters.times),
        "by_closing": filters.by_closing,
    }
    return render(request, "volunteers/list.html", context)


def show_request(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rows = VolunteerRequest.objects.visible_to(request.user).for_page()
    item = expire_if_overdue(get_object_or_404(rows, public_id=public_id))
    draft = request.session.get(DRAFTS, {}).get(str(public_id))
    form = ApplyForm(request=item, user=request.user, initial=draft)
    return render(request, "volunteers/request.html", describe_request(request, item, form))


def describe_request(request: HttpRequest, item: VolunteerRequest, form: ApplyForm) -> dict[str, Any]:
    """What the page of one request shows, to whoever may see it."""
    user = request.user
    is_mine = is_of_office(user, item)
    courses = link_courses([row.course_key for row in item.course_rows.all()])
    applied = item.applications.of(user).order_by("-pk").first() if user.is_authenticated and not is_mine else None
    return {
        "tab": "volunteer",
        "item": item,
        "match": explain([item], user)[0],
        "courses": list(courses.values()),
        "obstacles": [] if applied and applied.is_live else find_obstacles(item, user),
        "application": applied if applied and applied.is_live else None,
        "form": form,
        "is_mine": is_mine,
        "is_editable": is_mine and is_editable(item),
        "is_amendable": is_mine and is_amendable(item),
        "costs": say_costs(item),
        "remote": say_remote(item),
        "changes": (changes := list_public_changes(item)),
        "has_changed": bool(applied and applied.sent_at and any(row.at > applied.sent_at for row in changes)),
        "readiness": read_readiness([item], user).get(item.pk) if not is_mine else None,
        "needed": list_needed(item, user) if isinstance(user, User) and not is_mine else [],
        "verbs": list_verbs(item, user) if is_mine and user.is_authenticated else [],
    }
