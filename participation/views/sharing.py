"""Addresses that leave the site: on paper, as a code, in a message."""

from django.http import HttpRequest

from notifications.services import strip_language


def find_link(request: HttpRequest, path: str) -> str:
    """The whole link without a language: whoever follows it reads their own, Khmer at first."""
    return request.build_absolute_uri(strip_language(path))
