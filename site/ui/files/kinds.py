"""Kinds of files that people may bring along."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """What people may bring along. Pictures of every kind are kept as WebP."""

    PICTURE = "picture", _("Photo")
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    ODT = "odt", "LibreOffice Writer"
    ODS = "ods", "LibreOffice Calc"

    @property
    def suffix(self) -> str:
        return ".webp" if self is FileKind.PICTURE else f".{self.value}"

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.value]


CONTENT_TYPES = {
    "picture": "image/webp",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
