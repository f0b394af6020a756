"""Documents for machines, at the root and without a language."""

from django.urls import URLPattern, path

from volunteers.views import record_verify

urlpatterns: list[URLPattern] = [
    path("service/<str:code>/badge.json", record_verify.show_badge, name="record-badge"),
    path("service/<str:code>/badge.jwt", record_verify.show_signed_badge, name="record-badge-signed"),
    path("issuers/<uuid:issuer>/service-status/<int:number>/", record_verify.show_status_list, name="record-status"),
]
