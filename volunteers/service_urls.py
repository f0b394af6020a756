"""Below `/service/`, in the reader's language: the short address that a service record's code and QR lead to."""

from django.urls import URLPattern, path

from volunteers.views import record_verify

urlpatterns: list[URLPattern] = [path("<str:code>/", record_verify.verify, name="record-verify")]
