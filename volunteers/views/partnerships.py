"""Partnerships of an office or an NGO: the list, proposing, one page each, taking part in requests, cohorts."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Organisation, User
from accounts.rules import may_manage, speaks_for
from accounts.services import find_ngo_of, find_office_of
from accounts.services.asking import know
from courses.models import Cohort
from ui.keyset import paginate_by_key
from volunteers.enums import PartReason
from volunteers.forms.partnerships import ProposalForm, TakePartForm
from volunteers.models import Partnership, VolunteerRequest
from volunteers.rules import is_partner_ngo, is_partner_office, is_staff
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.partner_cohorts import list_of
from volunteers.services.partner_figures import read_partner_figures
from volunteers.services.partnerships import (
    change_partnership,
    end_if_over,
    let_take_part,
    list_partnership_verbs,
    offer_cohort,
    propose,
    take_out,
)


def find_own(user: User) -> Organisation | None:
    """The side that this person may propose for: a verified office, or an NGO they manage."""
    office, ngo = find_office_of(user), find_ngo_of(user)
    if speaks_for(user, office):
        return office
    return ngo if may_manage(user, ngo) else None


@login_required
def list_partnerships(request: HttpRequest) -> HttpResponse:
    user = know(request)
    own = find_own(user)
    if own is None and find_ngo_of(user) is None and not is_staff(user):
        raise Http404
    page = paginate_by_key(Partnership.objects.visible_to(user).with_sides(), request)
    for row in page:
        end_if_over(row)
    return render(request, "volunteers/partnerships.html", {"tab": "desk", "page": page, "own": own})


@login_required
def propose_partnership(request: HttpRequest) -> HttpResponse:
    user = know(request)
    own = find_own(user)
    if own is None:
        raise Http404
    form = ProposalForm(request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("purpose", "scope", "start_date", "end_date")}
        try:
            row = propose(ngo=form.ngo, office=form.office, by=user, **given)
        except NotReadyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Proposed. The other side reads it now; its answer comes here."))
            return redirect(row)
    return render(request, "volunteers/partnership_propose.html", {"tab": "desk", "form": form, "own": own})


@login_required
def show_partnership(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Both sides read the same page; what each may do stands below."""
    row = end_if_over(find_partnership(request, public_id))
    user = know(request)
    context = {
        "tab": "desk",
        "item": row,
        "verbs": list_partnership_verbs(row, user),
        "reasons": PartReason.choices,
        "history": row.transitions.select_related("by"),
        "requests": row.requests.taking_part().select_related("request", "supervisor__user"),
        "cohorts": list_of(row, is_office=is_partner_office(user, row)),
        "figures": read_partner_figures(row.office) if may_read_figures(user, row) else None,
        "is_office": is_partner_office(user, row),
        "offered": list_cohorts_to_offer(user, row),
        "guided": set(row.requests.guided_by(user).values_list("pk", flat=True)),
    }
    return render(request, "volunteers/partnership.html", context)


def may_read_figures(user: User, row: Partnership) -> bool:
    """The office its own, and staff; the NGO where it was agreed on, while in force."""
    return bool(is_partner_office(user, row) or is_staff(user) or (row.is_in_force and row.reads_figures))


def list_cohorts_to_offer(user: User, row: Partnership) -> list[Cohort]:
    if not (row.is_in_force and row.leads_cohorts and is_partner_ngo(user, row)):
        return []
    cohorts = Cohort.objects.filter(organisation=row.ngo).archived(is_archived=False)
    told = set(row.cohorts.values_list("cohort_id", flat=True))
    return [cohort for cohort in cohorts.order_by("-start_date") if cohort.is_inviting and cohort.pk not in told]


@login_required
@require_POST
def answer_partnership(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    row = find_partnership(request, public_id)
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "")
    return attempt(request, lambda by: change_partnership(row, verb, by=by, reason=reason), row.get_absolute_url())


@login_required
@require_POST
def offer_partner_cohort(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    row = find_partnership(request, public_id)
    cohort = get_object_or_404(Cohort.objects.filter(organisation=row.ngo), public_id=read_id(request, "cohort"))
    return attempt(request, lambda by: offer_cohort(row, cohort, by=by), row.get_absolute_url())


@login_required
def choose_partner(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The office says which partner takes part in this request."""
    item = get_object_or_404(VolunteerRequest.objects.of_offices_of(request.user).with_place(), public_id=public_id)
    form = TakePartForm(request.POST or None, office=item.office)
    if request.method == "POST" and form.is_valid():
        user = know(request)
        try:
            let_take_part(item, by=user, **form.cleaned_data)
        except NotReadyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. Whoever reads the request sees it."))
            return redirect("request-partner", item.public_id)
    context = {"tab": "desk", "item": item, "form": form, "partners": item.partners.shown()}
    return render(request, "volunteers/partner_choose.html", context)


@login_required
@require_POST
def remove_partner(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    item = get_object_or_404(VolunteerRequest, public_id=public_id)
    row = find_partnership(request, read_id(request, "partnership"))
    back = request.POST.get("back", "")
    url = row.get_absolute_url() if back == "partnership" else redirect("request-partner", public_id).url
    return attempt(request, lambda by: take_out(item, row, by=by), url)


def find_partnership(request: HttpRequest, public_id: uuid.UUID) -> Partnership:
    return get_object_or_404(Partnership.objects.visible_to(request.user).with_sides(), public_id=public_id)


def read_id(request: HttpRequest, name: str) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None


def attempt(request: HttpRequest, change: Callable[[User], object], url: str) -> HttpResponse:
    """Do it and say so, or say why not; back to the page either way."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    try:
        change(request.user)
    except (NotReadyError, WrongStateError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done. The other side sees it."))
    return redirect(url)
