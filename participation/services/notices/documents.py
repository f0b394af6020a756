"""What is told of a commune's papers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from participation.enums import DocumentKind
from participation.services.notices import declare


def read_paper(data: Mapping[str, Any]) -> dict[str, str]:
    """The kind in the reader's words."""
    kind = data.get("kind", "")
    return {"kind": str(DocumentKind(kind).label)} if kind in DocumentKind.values else {}


PAPER_REPLACED = declare(
    "paper_replaced",
    _("A paper of a commune I follow changes"),
    _("%(commune)s has a newer version of: %(title)s"),
    _("What changed: %(note)s"),
)
PAPER_PUBLISHED = declare(
    "paper_published",
    _("A commune I follow publishes a paper"),
    _("%(commune)s has published: %(title)s"),
    _("%(kind)s, %(year)s. Anyone may read it."),
    words=read_paper,
)
