"""The screens of the site's own Wagtail pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from home.models import GuideIndexPage, GuidePage, HomePage, StandardPage
from home.services.front import read_front
from home.services.guides import list_guides
from ui.media_blocks import let_players_in
from ui.pictures import prefetch_pictures


@HomePage.shown_by()
def show_home(request: HttpRequest, page: HomePage) -> HttpResponse:
    return render(request, "home/home_page.html", {"page": page, "front": read_front(page)})


@GuideIndexPage.shown_by()
def show_guides(request: HttpRequest, page: GuideIndexPage) -> HttpResponse:
    return render(request, "home/guide_index_page.html", {"page": page, "guides": list_guides(page)})


@GuidePage.shown_by()
def show_guide(request: HttpRequest, page: GuidePage) -> HttpResponse:
    prefetch_pictures(page.body)
    more = [guide for guide in list_guides(page.get_parent()) if guide.pk != page.pk]
    response = render(request, "home/guide_page.html", {"page": page, "more": more})
    return let_players_in(response, page.body)


@StandardPage.shown_by()
def show_standard_page(request: HttpRequest, page: StandardPage) -> HttpResponse:
    prefetch_pictures(page.body)
    return let_players_in(render(request, "home/standard_page.html", {"page": page}), page.body)
