"""Papers of a commune: read by everybody, brought by its office."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Organisation, User
from accounts.services import offices_of
from accounts.services.asking import know
from participation import rules
from participation.errors import RefusedError
from participation.forms.documents import FilterForm, PaperForm, TakeOffForm, VersionForm
from participation.models import CommuneDocument, DocumentVersion
from participation.services import documents as papers
from participation.services.paper_reading import list_papers, list_years
from places.models import Commune
from ui.files.kinds import FileKind
from ui.keyset import paginate_by_key
from ui.sandbox import confine

PAGE_SIZE = 20


def find_own_office(request: HttpRequest, commune: Commune) -> Organisation | None:
    """The verified office the reader speaks for there."""
    if not isinstance(request.user, User):
        return None
    offices = [office for office in offices_of(request.user) if office.commune_id == commune.pk]
    return next((office for office in offices if rules.can_publish_papers(request.user, office)), None)


@require_safe
def list_documents(request: HttpRequest, code: str) -> HttpResponse:
    """All papers of a commune, the latest first, of one year or kind where asked."""
    commune = get_object_or_404(Commune.objects.with_parents(), code=code)
    form = FilterForm(request.GET or None, years=list_years(commune, user=request.user))
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = list_papers(commune, user=request.user, kind=chosen.get("kind", ""), year=chosen.get("year"))
    context = {
        "tab": "forum",
        "commune": commune,
        "form": form,
        "is_filtered": any(chosen.values()),
        "page": paginate_by_key(rows, request, by="-changed_at", size=PAGE_SIZE),
        "may_write": find_own_office(request, commune) is not None,
    }
    return render(request, "participation/documents.html", context)


@login_required
def publish_document(request: HttpRequest, code: str) -> HttpResponse:
    """A new paper of the reader's own office."""
    commune = get_object_or_404(Commune.objects.with_parents(), code=code)
    office = find_own_office(request, commune)
    if office is None:
        raise PermissionDenied
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if form.is_valid():
        row = papers.publish(office, form.paper, form.upload, by=know(request))
        messages.success(request, _("Published. Everybody can read it, and followers are told."))
        return redirect(row)
    return render(request, "participation/document_new.html", {"tab": "desk", "commune": commune, "form": form})


def get_document(request: HttpRequest, public_id: uuid.UUID) -> CommuneDocument:
    rows = CommuneDocument.objects.visible_to(request.user).select_related("office", "commune__district__province")
    return get_object_or_404(rows, public_id=public_id)


def get_own_document(request: HttpRequest, public_id: uuid.UUID) -> CommuneDocument:
    document = get_document(request, public_id)
    if not rules.can_publish_papers(request.user, document.office):
        raise PermissionDenied
    return document


@require_safe
def show_document(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One paper with its history."""
    return show_page(request, get_document(request, public_id))


def show_page(
    request: HttpRequest, document: CommuneDocument, *, form: VersionForm | None = None, off: TakeOffForm | None = None
) -> HttpResponse:
    context = {
        "tab": "forum",
        "document": document,
        "versions": list(document.versions.select_related("document")),
        "may_write": rules.can_publish_papers(request.user, document.office),
        "form": form or VersionForm(),
        "off": off or TakeOffForm(),
    }
    return render(request, "participation/document.html", context)


@login_required
@require_POST
def replace_document(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A newer version."""
    document = get_own_document(request, public_id)
    form = VersionForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            papers.replace(document, form.upload, by=know(request))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The newer version is there. The older ones stay in the history."))
            return redirect(document)
    return show_page(request, document, form=form)


@login_required
@require_POST
def take_document_off(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """With a reason."""
    document = get_own_document(request, public_id)
    off = TakeOffForm(request.POST)
    if not off.is_valid():
        return show_page(request, document, off=off)
    papers.take_off(document, reason=off.cleaned_data["reason"], by=know(request))
    messages.success(request, _("Taken off. Only your office still sees it."))
    return redirect(document)


@require_safe
def read_document(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponseBase:
    """One version as a download; photos are shown. Nothing in it may run."""
    document = get_document(request, public_id)
    row = get_object_or_404(DocumentVersion, document=document, number=number)
    try:
        opened = row.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    kind = FileKind(row.file_kind)
    name = f"{document.title}{kind.suffix}"
    is_shown = kind is FileKind.PICTURE
    return confine(FileResponse(opened, as_attachment=not is_shown, filename=name, content_type=kind.content_type))
