"""A clerk writes, previews, publishes and ends a request."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Organisation, User
from accounts.services import find_office_of
from volunteers.forms import RequestForm
from volunteers.forms.shifts import InductionForm
from volunteers.models import RequestTemplate, VolunteerRequest
from volunteers.services import requests as posting
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.views.keeping import LONGEST_CHOICE, find_typed, forget_typed, send_to_sign_in


def get_office(request: HttpRequest) -> Organisation:
    """The clerk's own office; whoever has none, or a refused one, finds nothing here."""
    office = find_office_of(request.user) if isinstance(request.user, User) else None
    if office is None or office.is_refused:
        raise Http404
    return office


@login_required
def choose_template(request: HttpRequest) -> HttpResponse:
    context = {"tab": "desk", "office": get_office(request), "templates": RequestTemplate.objects.all()}
    return render(request, "volunteers/choose.html", context)


def write_request(request: HttpRequest) -> HttpResponse:
    """A new request, filled from `?template=<code>`."""
    code = request.GET.get("template", "")
    if not isinstance(request.user, User):
        return send_to_sign_in(request, f"new:{code[:LONGEST_CHOICE]}")
    template = RequestTemplate.objects.filter(code=code).first()
    office = get_office(request)
    item = posting.draft_from_template(template, office=office, by=request.user)
    initial: dict[str, Any] = {}
    if template is not None:
        initial["skills"] = list(template.skills.values_list("pk", flat=True))
    initial |= (typed := find_typed(request, f"new:{code[:LONGEST_CHOICE]}"))
    return handle_form(request, item, initial, typed.get("courses", posting.find_course_keys(template)))


def edit_request(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    if not isinstance(request.user, User):
        return send_to_sign_in(request, str(public_id))
    rows = VolunteerRequest.objects.of_offices_of(request.user).select_related("office__commune", "template")
    item = get_object_or_404(rows, public_id=public_id)
    if not posting.is_editable(item):
        messages.warning(request, _("An open request is not rewritten: people read and answer it."))
        return redirect(item)
    typed = find_typed(request, str(public_id))
    initial = {"skills": [row.skill_id for row in item.skill_rows.all()], **typed}
    course_keys = typed.get("courses", [row.course_key for row in item.course_rows.all()])
    return handle_form(request, item, initial, course_keys)


def handle_form(
    request: HttpRequest, item: VolunteerRequest, initial: dict[str, Any], course_keys: list[Any]
) -> HttpResponse:
    """Draft, preview or publish by the button pressed; the form comes back with its errors and all that was typed."""
    assert isinstance(request.user, User)  # noqa: S101 said by login_required
    data = request.POST if request.method == "POST" else None
    form = RequestForm(data, instance=item, initial=initial, by=request.user, course_keys=course_keys)
    induction = InductionForm(data, request=item)
    if form.is_valid() and induction.is_valid():
        chosen = {"skills": list(form.cleaned_data["skills"]), "course_keys": form.cleaned_data["courses"]}
        saved = posting.save_request(form.save(commit=False), by=request.user, is_final=form.is_final, **chosen)
        induction.save(saved)
        forget_typed(request)
        messages.success(request, say_saved(saved))
        return redirect(saved if request.POST.get("do") == "preview" else "desk")
    returned = item.transitions.filter(verb="send_back").last() if item.pk else None
    context = {"tab": "desk", "form": form, "induction": induction, "item": item, "returned": returned}
    return render(request, "volunteers/write.html", context)


def say_saved(request: VolunteerRequest) -> str:
    """What happened with it, in one sentence."""
    return {
        "open": _("The request is open. Learners can see it now."),
        "submitted": _("The programme looks at the request first, because the office is not verified yet."),
    }.get(request.status, _("The draft is saved."))


@login_required
@require_POST
def change_request(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Publish, stop, resume, renew, close or cancel in one tap."""
    item = get_object_or_404(VolunteerRequest.objects.of_offices_of(request.user), public_id=public_id)
    assert isinstance(request.user, User)  # noqa: S101 said by login_required
    verb = request.POST.get("verb", "")
    try:
        changed = posting.change_request(item, verb, by=request.user)
    except (NotReadyError, WrongStateError) as refusal:
        messages.error(request, str(refusal))
        return redirect("request-edit" if posting.is_editable(item) else "request-shortlist", item.public_id)
    messages.success(
        request, _("Done. The request is now: %(status)s.") % {"status": changed.get_status_display().lower()}
    )
    return redirect("request-edit" if posting.is_editable(changed) else "request-shortlist", item.public_id)
