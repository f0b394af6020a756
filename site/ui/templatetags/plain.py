"""`{% load plain %}`: authors' plain text as safe HTML."""

from django import template
from django.utils.safestring import SafeString

from ui import plain

register = template.Library()


@register.filter
def line(text: object) -> SafeString:
    """`{{ value|line }}`: one line, `**…**` bold."""
    return plain.to_line(str(text))


@register.filter
def paragraphs(text: object) -> SafeString:
    """`{{ value|paragraphs }}`: a blank line begins a paragraph, `**…**` bold."""
    return plain.to_paragraphs(str(text))
