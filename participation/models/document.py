"""Papers of a commune: its investment programme, budget, minutes. Everybody reads them; the office brings them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation
from courses.models.progress import PhoneEvent
from participation.enums import DocumentKind
from participation.models.meeting import TITLE_LENGTH
from participation.models.texts import Titled
from participation.querysets import DocumentQuerySet
from places.models import Commune
from ui.files.kinds import FileKind
from ui.files.stored import private_storage

NOTE_LENGTH = 300


def name_file(row: "DocumentVersion", name: str) -> str:
    """A folder for each paper, a number for each version."""
    return f"documents/{row.document.public_id}/{row.number}.{name.rsplit('.', 1)[-1]}"


class CommuneDocument(Titled, models.Model):
    """One paper with all its versions; `file_kind`, `size` and `version` are those of the latest.

    Taken off (`withdrawn_at`, with a reason) nobody but its office reads it any more.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="documents")
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=8, choices=DocumentKind)
    year = models.PositiveSmallIntegerField()
    title_km = models.CharField(max_length=TITLE_LENGTH)
    title_en = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    file_kind = models.CharField(max_length=8, choices=FileKind)
    size = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.CharField(max_length=NOTE_LENGTH, blank=True, default="")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdraw_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason=""),
                name="participation_document_withdrawn_has_reason",
            ),
        )
        indexes = (
            models.Index(fields=("commune", "-changed_at", "-id"), name="participation_document_of"),
            models.Index(fields=("commune", "kind", "-changed_at", "-id"), name="participation_document_kind"),
            models.Index(fields=("commune", "year", "-changed_at", "-id"), name="participation_document_year"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def file_label(self) -> str:
        return str(FileKind(self.file_kind).label)

    @property
    def file_url(self) -> str:
        """The latest version."""
        return reverse("document-file", args=[self.public_id, self.version])

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.public_id])


class DocumentVersion(PhoneEvent):
    """One file of a paper, known by its content. Versions are only added; `note` says what changed."""

    document = models.ForeignKey(CommuneDocument, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(storage=private_storage, upload_to=name_file)
    file_kind = models.CharField(max_length=8, choices=FileKind)
    size = models.PositiveIntegerField()
    note = models.CharField(max_length=NOTE_LENGTH, blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("document", "-number")
        constraints = (
            models.UniqueConstraint(fields=("document", "number"), name="participation_version_numbered"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(note=""), name="participation_version_says_what_changed"),
        )

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"

    @property
    def file_label(self) -> str:
        return str(FileKind(self.file_kind).label)

    @property
    def url(self) -> str:
        return reverse("document-file", args=[self.document.public_id, self.number])
