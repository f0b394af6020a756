"""Papers of a commune: published, replaced by a newer version, taken off. Files are checked by their content."""

import uuid
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Organisation, User
from participation import rules
from participation.enums import DocumentKind
from participation.errors import RefusedError
from participation.models import CommuneDocument, DocumentVersion
from participation.services.notices import documents as notices
from participation.services.planning import tell_followers
from ui.files.checking import CheckedFile, FileRefusedError, check_file


@dataclass(frozen=True)
class Paper:
    """What the office says of a paper."""

    kind: DocumentKind
    year: int
    title_km: str
    title_en: str = ""


@dataclass(frozen=True)
class Upload:
    """A checked file; `client_id` makes a repeated sending one. `note` says what changed since the version before."""

    file: CheckedFile
    client_id: uuid.UUID
    note: str = ""


def check_paper(upload: UploadedFile[Any]) -> CheckedFile:
    """A PDF, an office file or a photo, drawn anew. Raises `RefusedError` with the sentence for the person."""
    try:
        return check_file(upload)
    except FileRefusedError as refusal:
        raise RefusedError(str(refusal)) from refusal


@transaction.atomic
def publish(office: Organisation, paper: Paper, upload: Upload, *, by: User) -> CommuneDocument:
    """Everybody reads it from now on, and followers of the commune are told. The same sending again is the same paper.

    Raises `PermissionDenied` for whoever does not speak for a verified office.
    """
    _check(by, office)
    User.objects.select_for_update().filter(pk=by.pk).values("pk").get()  # a double tap waits here
    known = _find_known(upload.client_id, office)
    if known is not None:
        return known
    row = CommuneDocument(office=office, commune=office.commune, **vars(paper))
    row.file_kind, row.size = upload.file.kind, len(upload.file.content)
    row.published_at = row.changed_at = timezone.now()
    row.save()
    _keep(row, upload, by)
    transaction.on_commit(partial(tell_of_document_task.enqueue, row.pk))
    return row


@transaction.atomic
def replace(document: CommuneDocument, upload: Upload, *, by: User) -> CommuneDocument:
    """A newer version, of which followers are told; the older ones stay to be read.

    Raises `RefusedError` without a note or once taken off.
    """
    _check(by, document.office)
    row = CommuneDocument.objects.select_for_update().get(pk=document.pk)
    if _find_known(upload.client_id, document.office) is not None:
        return row
    if row.is_withdrawn:
        raise RefusedError(_("This paper was taken off. Publish it as a new one."))
    if not upload.note.strip():
        raise RefusedError(_("Say in a sentence what changed."))
    row.version += 1
    row.file_kind, row.size, row.changed_at = upload.file.kind, len(upload.file.content), timezone.now()
    row.save()
    _keep(row, upload, by)
    transaction.on_commit(partial(tell_of_newer_version_task.enqueue, row.pk, row.version))
    return row


@transaction.atomic
def take_off(document: CommuneDocument, *, reason: str, by: User) -> CommuneDocument:
    """Nobody but the office reads it any more: a mistake, or somebody's data in it. Twice is the same as once."""
    _check(by, document.office)
    row = CommuneDocument.objects.select_for_update().get(pk=document.pk)
    if not row.is_withdrawn:
        row.withdrawn_at, row.withdraw_reason = timezone.now(), reason
        row.save(update_fields=["withdrawn_at", "withdraw_reason"])
    return row


def _check(user: User, office: Organisation) -> None:
    if not rules.can_publish_papers(user, office):
        raise PermissionDenied


def _find_known(client_id: uuid.UUID, office: Organisation) -> CommuneDocument | None:
    """The paper this sending made before, if it did."""
    return CommuneDocument.objects.filter(versions__client_id=client_id, office=office).first()


def _keep(row: CommuneDocument, upload: Upload, by: User) -> None:
    client_id = upload.client_id
    if DocumentVersion.objects.filter(client_id=client_id).exists():  # an id that another office's phone made up
        client_id = uuid.uuid4()
    version = DocumentVersion(
        document=row, number=row.version, file_kind=row.file_kind, size=row.size, note=upload.note.strip(),
        client_id=client_id, happened_at=row.changed_at, created_by=by,
    )  # fmt: skip
    version.file.save(f"paper{upload.file.kind.suffix}", ContentFile(upload.file.content), save=False)
    version.save()


def tell_of_document(row: CommuneDocument) -> int:
    """Tell the followers of the commune; answers how many."""
    return tell_followers(
        row.commune,
        kind=notices.PAPER_PUBLISHED,
        dedupe_key=f"paper:{row.pk}",
        data={"title": {"km": row.title_km, "en": row.title_en}, "kind": row.kind, "year": row.year},
        url=row.get_absolute_url(),
    )


@task()
def tell_of_document_task(pk: int) -> None:
    row = CommuneDocument.objects.select_related("commune").filter(pk=pk, withdrawn_at=None).first()
    if row is not None:
        tell_of_document(row)


@task()
def tell_of_newer_version_task(pk: int, number: int) -> None:
    """What changed, while that version is the latest."""
    rows = DocumentVersion.objects.select_related("document__commune").filter(document__withdrawn_at=None)
    version = rows.filter(document=pk, number=number, document__version=number).first()
    if version is None:
        return
    row = version.document
    tell_followers(
        row.commune,
        kind=notices.PAPER_REPLACED,
        dedupe_key=f"paper:{pk}:{number}",
        data={"title": {"km": row.title_km, "en": row.title_en}, "note": version.note},
        url=row.get_absolute_url(),
    )
