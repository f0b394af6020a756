"""What search engines and browsers ask for at the root: `robots.txt`, `sitemap.xml`, `favicon.ico`."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from courses.models import QuestionBankPage

CLOSED = ("/admin/", "/accounts/", "/search/")


class PagesSitemap(Sitemap[Page]):
    """Every public page, in each of its languages."""

    def items(self) -> QuerySet[Page]:
        pages: QuerySet[Page] = Page.objects.live().public().not_type(QuestionBankPage).filter(depth__gt=1)
        return pages.order_by("path")

    def location(self, item: Page) -> str:
        return str(item.get_url() or "/")

    def lastmod(self, item: Page) -> Any:
        return item.last_published_at


class ListsSitemap(Sitemap[tuple[str, str]]):
    """The lists that the programs draw."""

    def items(self) -> list[tuple[str, str]]:
        names = ("forum", "requests")
        return [(language, name) for language, _ in settings.LANGUAGES for name in names]

    def location(self, item: tuple[str, str]) -> str:
        language, name = item
        with translation.override(language):
            return reverse(name)


SITEMAPS = {"pages": PagesSitemap, "lists": ListsSitemap}


@require_safe
@cache_control(max_age=24 * 3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing below the closed addresses, in any language."""
    starts = ["", *(f"/{language}" for language, _ in settings.LANGUAGES)]
    closed = [f"Disallow: {start}{address}" for address in CLOSED for start in starts]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=24 * 3600)
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look without being told."""
    return redirect(static("favicon.svg"), permanent=True)
