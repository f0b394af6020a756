"""Guides of one language, in the order an editor gave them."""

from wagtail.models import Page

from home.models import GuidePage


def list_guides(index: Page) -> list[GuidePage]:
    """The live guides below this index page: one query."""
    return list(GuidePage.objects.child_of(index).live().order_by("path").defer("body", "sources"))
