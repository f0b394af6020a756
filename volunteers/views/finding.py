"""The list of requests, one request, and why it stands where it stands."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.models import User
from volunteers.enums import CancelReason
from volunteers.forms import ApplyForm
from volunteers.forms.finding import FilterForm
from volunteers.models import VolunteerRequest
from volunteers.rules import is_of_office, is_third_party
from volunteers.services.amending import is_amendable, list_public_changes
from volunteers.services.clocks import expire_if_overdue
from volunteers.services.conditions import CHOOSING
from volunteers.services.eligibility import find_obstacles
from volunteers.services.finding.alternatives import find_alternatives
from volunteers.services.finding.exposure import note_seen
from volunteers.services.finding.records import say_record_in_full
from volunteers.services.finding.saved import keep_last_query
from volunteers.services.finding.search import find_page
from volunteers.services.finding.seeker import read_seeker
from volunteers.services.finding.why import explain_place
from volunteers.services.fit import explain
from volunteers.services.learning import link_courses
from volunteers.services.profile import suggest_times
from volunteers.services.readiness import add_readiness, read_readiness
from volunteers.services.requests import is_editable, list_verbs
from volunteers.services.rounds.lists import find_list_place
from volunteers.services.skills import list_needed
from volunteers.services.terms import say_costs, say_remote

DRAFTS = "application_drafts"  # of the session: request's uuid to what was typed


def list_requests(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET, request.user)
    filters, seeker = form.filters, read_seeker(request.user)
    found = find_page(filters, seeker, request)
    nearest = None if found.listings else find_alternatives(filters, seeker)
    listings = nearest.listings if nearest else found.listings
    note_seen(listings)
    add_readiness([listing.request for listing in listings], request.user)
    if isinstance(request.user, User):
        keep_last_query(request.user, seeker.profile, form.query)
    context = {
        "tab": "volunteer",
        "form": form,
        "found": found,
        "nearest": nearest,
        "matches": explain([listing.request for listing in listings], seeker, times=filters.times),
        "last_query": seeker.profile.last_query if seeker.profile and not form.query else "",
    }
    return render(request, "volunteers/list.html", context)


def show_request(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rows = VolunteerRequest.objects.visible_to(request.user).for_page()
    item = expire_if_overdue(get_object_or_404(rows, public_id=public_id))
    draft = request.session.get(DRAFTS, {}).get(str(public_id))
    form = ApplyForm(request=item, user=request.user, initial=draft)
    return render(request, "volunteers/request.html", describe_request(request, item, form))


def show_why(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rows = VolunteerRequest.objects.visible_to(request.user).filter(listing__isnull=False).for_page()
    item = get_object_or_404(rows, public_id=public_id)
    why = explain_place(item, item.listing, read_seeker(request.user))
    return render(request, "volunteers/why.html", {"tab": "volunteer", "item": item, "why": why})


def describe_request(request: HttpRequest, item: VolunteerRequest, form: ApplyForm) -> dict[str, Any]:
    """What the page of one request shows, to whoever may see it."""
    user = request.user
    seeker = read_seeker(user)
    is_mine = is_of_office(user, item)
    courses = link_courses([row.course_key for row in item.course_rows.all()])
    applied = item.applications.of(user).order_by("-pk").first() if user.is_authenticated and not is_mine else None
    suggest_times(form, seeker.times)
    return {
        "tab": "volunteer",
        "item": item,
        "partners": item.partners.shown(),
        "match": explain([item], seeker)[0],
        "record": say_record_in_full(getattr(item.office, "response_record", None)),
        "courses": list(courses.values()),
        "obstacles": [] if applied and applied.is_shown_live else find_obstacles(item, user),
        "application": applied if applied and applied.is_shown_live else None,
        "form": form,
        "list_place": find_list_place(item, user) if item.is_open else None,
        "is_mine": is_mine,
        "may_appoint": item.status in CHOOSING and is_third_party(user, item),
        "is_editable": is_mine and is_editable(item),
        "is_amendable": is_mine and is_amendable(item),
        "costs": say_costs(item),
        "remote": say_remote(item),
        "changes": (changes := list_public_changes(item)),
        "has_changed": bool(applied and applied.sent_at and any(row.at > applied.sent_at for row in changes)),
        "readiness": read_readiness([item], user).get(item.pk) if not is_mine else None,
        "needed": list_needed(item, user) if isinstance(user, User) and not is_mine else [],
        "cancel_reasons": CancelReason.choices,
        "verbs": list_verbs(item, user) if is_mine and user.is_authenticated else [],
    }
