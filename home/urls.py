"""Addresses of the home app; importing the page screens registers them."""

from django.urls import URLPattern, path

from home.views import pages  # noqa: F401 (its decorators register the screens of our Wagtail pages)
from home.views.search import search

urlpatterns: list[URLPattern] = [
    path("search/", search, name="search"),
]
