"""Addresses of the home app; importing the page screens registers them."""

from django.urls import URLPattern

from home.views import pages  # noqa: F401 (its decorators register the screens of our Wagtail pages)

urlpatterns: list[URLPattern] = []
