"""A clerk writes, previews, publishes and ends a request."""

import uuid
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Organisation, User
from accounts.services import find_office_of
from accounts.services.asking import know
from volunteers.forms.requests import AmendForm, RequestForm
from volunteers.forms.shifts import InductionForm
from volunteers.models import RequestTemplate, VolunteerRequest
from volunteers.querysets import RequestQuerySet
from volunteers.services import requests as posting
from volunteers.services.amending import AMENDABLE, amend_request, is_amendable
from volunteers.services.approving import advise_on, find_last_return
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.views.keeping import find_typed, forget_typed, send_to_sign_in

LONGEST_KEY = 44  # "new:" and a template's code or a uuid


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
    """A new request, filled from `?template=<code>` or from a former one, `?copy=<uuid>`."""
    key = f"new:{request.GET.get('template') or request.GET.get('copy') or ''}"[:LONGEST_KEY]
    if not isinstance(request.user, User):
        return send_to_sign_in(request, key)
    office = get_office(request)
    if sent := find_sent(request):
        return edit_found(request, sent)
    if former := find_former(request):
        item, skills, course_keys = posting.copy_of(former, by=request.user)
    else:
        template = RequestTemplate.objects.filter(code=request.GET.get("template", "")).first()
        item = posting.draft_from_template(template, office=office, by=request.user)
        skills = list(template.skills.all()) if template else []
        course_keys = posting.find_course_keys(template)
    initial: dict[str, Any] = {"skills": [skill.pk for skill in skills]}
    initial |= (typed := find_typed(request, key))
    return handle_form(request, item, initial, typed.get("courses", course_keys), key=key)


def find_sent(request: HttpRequest) -> VolunteerRequest | None:
    """What this very form has already made: the button was pressed twice, or the browser went back."""
    try:
        form_id = uuid.UUID(request.POST.get("form_id", ""))
    except ValueError:
        return None
    return own_requests(request).filter(public_id=form_id).first()


def find_former(request: HttpRequest) -> VolunteerRequest | None:
    """The own request to copy, of any state; somebody else's is not found."""
    try:
        former = uuid.UUID(request.GET.get("copy", ""))
    except ValueError:
        return None
    return get_object_or_404(own_requests(request), public_id=former)


def own_requests(request: HttpRequest) -> RequestQuerySet:
    rows = VolunteerRequest.objects.of_offices_of(request.user)
    return rows.select_related("office__commune", "template", "supervisor__user__guide_training")


def edit_request(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    if not isinstance(request.user, User):
        return send_to_sign_in(request, str(public_id))
    return edit_found(request, get_object_or_404(own_requests(request), public_id=public_id))


def edit_found(request: HttpRequest, item: VolunteerRequest) -> HttpResponse:
    """A draft in full, an open request in its terms; the rest is not rewritten."""
    if not posting.is_editable(item) and not is_amendable(item):
        messages.warning(request, _("This request is no longer written. Copy it into a new one."))
        return redirect(item)
    typed = find_typed(request, str(item.public_id))
    skills, keys = posting.find_skills_and_courses(item)
    initial = {"skills": [skill.pk for skill in skills], **typed}
    return handle_form(request, item, initial, typed.get("courses", keys), key=str(item.public_id))


def handle_form(
    request: HttpRequest, item: VolunteerRequest, initial: dict[str, Any], course_keys: list[Any], *, key: str
) -> HttpResponse:
    """Draft, preview or publish by the button pressed; the form comes back with its errors and all that was typed."""
    user = know(request)
    data = request.POST if request.method == "POST" else None
    kind = RequestForm if posting.is_editable(item) else AmendForm
    form = kind(data, instance=item, initial=initial, by=user, course_keys=course_keys)
    induction = None if kind is AmendForm else InductionForm(data, request=item)
    is_valid = form.is_valid() and (induction is None or induction.is_valid())
    if is_valid and (saved := keep_form(request, form)):
        if induction is not None:
            induction.save(saved, by=user)
        forget_typed(request)
        messages.success(request, say_saved(saved), extra_tags=f"draft:request-{key}")
        return redirect(find_next(request, saved))
    returned = find_last_return(item)
    context = {"tab": "desk", "form": form, "induction": induction, "item": item, "returned": returned}
    context |= {"advice": advise_on(returned), "key": key, "is_amending": induction is None}
    return render(request, "volunteers/write.html", context)


def keep_form(request: HttpRequest, form: RequestForm) -> VolunteerRequest | None:
    """Saved, published or amended; None where the form must come back, with the reason on it."""
    by, chosen = cast(User, request.user), form.chosen
    try:
        if isinstance(form, AmendForm):
            amend_request(form.save(commit=False), by=by, **chosen)
            return form.instance
        return posting.save_request(form.save(commit=False), by=by, is_final=form.is_final, **chosen)
    except posting.ChangedMeanwhileError as conflict:
        form.show_conflict(conflict)
    except (NotReadyError, WrongStateError) as refusal:
        form.add_error(None, str(refusal))
    return None


def find_next(request: HttpRequest, saved: VolunteerRequest) -> Any:
    """By the button: the preview, the same form with hints on its words, or the desk."""
    if request.POST.get("do") == "check":
        return redirect("request-edit", saved.public_id)["Location"]
    return saved if request.POST.get("do") in ("preview", "amend") else "desk"


def say_saved(request: VolunteerRequest) -> str:
    """What happened with it, in one sentence."""
    if request.version > 1 and request.status in AMENDABLE:
        return _("Saved. Everybody who applied is told what changed.")
    return {
        "open": _("The request is open. Learners can see it now."),
        "submitted": _("The programme looks at the request first, because the office is not verified yet."),
    }.get(request.status, _("The draft is saved."))


@login_required
@require_POST
def change_request(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Publish, stop, resume, renew, close or cancel in one tap."""
    item = get_object_or_404(VolunteerRequest.objects.of_offices_of(request.user), public_id=public_id)
    user = know(request)
    words = {"reason": request.POST.get("reason", ""), "note": request.POST.get("note", "").strip()[:600]}
    try:
        changed = posting.change_request(item, request.POST.get("verb", ""), by=user, **words)
    except (NotReadyError, WrongStateError) as refusal:
        messages.error(request, str(refusal))
        return redirect("request-edit" if posting.is_editable(item) else "request-shortlist", item.public_id)
    messages.success(
        request, _("Done. The request is now: %(status)s.") % {"status": changed.get_status_display().lower()}
    )
    return redirect("request-edit" if posting.is_editable(changed) else "request-shortlist", item.public_id)
