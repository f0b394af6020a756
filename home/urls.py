"""Addresses of the home app; importing the page screens registers them."""

from django.urls import URLPattern, path, re_path

from home.views import pages  # noqa: F401 (its decorators register the screens of our Wagtail pages)
from home.views.communes import commune, communes
from home.views.dashboard import me
from home.views.search import search

urlpatterns: list[URLPattern] = [
    path("me/", me, name="me"),
    path("communes/", communes, name="communes"),
    re_path(r"^communes/(?P<code>\d{6})/$", commune, name="commune"),
    path("search/", search, name="search"),
]
