"""Addresses of the planning year."""

from django.urls import URLPattern, path, re_path

from participation.views import year

urlpatterns: list[URLPattern] = [
    path("planning/", year.show_year, name="planning"),
    path("planning/dates/", year.edit_year, name="planning-dates"),
    re_path(r"^planning/(?P<code>\d{4}|\d{6})/$", year.show_year, name="planning-year"),
    re_path(r"^planning/(?P<code>\d{4}|\d{6})/dates/$", year.edit_year, name="planning-year-dates"),
    re_path(r"^planning/(?P<code>\d{4}|\d{6})/dates/drop/$", year.drop_year, name="planning-year-drop"),
    re_path(r"^communes/(?P<code>\d{6})/follow/$", year.change_follow, name="follow"),
]
