"""Documents for machines, at the root and without a language."""

from django.urls import URLPattern, path

from courses.views import badges

urlpatterns: list[URLPattern] = [
    path("verify/<str:code>/badge.json", badges.show_badge, name="badge"),
    path("verify/<str:code>/badge.jwt", badges.show_signed_badge, name="badge-signed"),
    path(".well-known/did.json", badges.show_did, name="did"),
    path("issuers/programme/profile.json", badges.show_profile, name="issuer-profile"),
    path("issuers/programme/status/<int:number>/", badges.show_status_list, name="badge-status"),
    path("issuers/<uuid:issuer>/did.json", badges.show_did, name="did-of-ngo"),
    path("issuers/<uuid:issuer>/profile.json", badges.show_profile, name="issuer-profile-of-ngo"),
    path("issuers/<uuid:issuer>/status/<int:number>/", badges.show_status_list, name="badge-status-of-ngo"),
]
