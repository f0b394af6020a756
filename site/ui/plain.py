"""Plain text as authors type it: a blank line begins a paragraph, `**words**` are bold, nothing else is markup."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
BLANK = re.compile(r"\n\s*\n")


def to_line(text: str) -> SafeString:
    """One line as safe HTML: escaped, then `**…**` becomes `<strong>`, a line break `<br>`."""
    html = BOLD.sub(r"<strong>\1</strong>", escape(text.strip()))
    return mark_safe(html.replace("\n", "<br>"))  # noqa: S308 escaped above


def to_paragraphs(text: str) -> SafeString:
    """Many paragraphs as safe HTML."""
    parts = [part for part in BLANK.split(text.replace("\r\n", "\n")) if part.strip()]
    return mark_safe("".join(f"<p>{to_line(part)}</p>" for part in parts))  # noqa: S308 built of escaped lines
