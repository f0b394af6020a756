"""Certificates below `/learn/`, in the reader's language."""

from django.urls import URLPattern, path

from courses.views import certificates, confirmations, issuers, verify

urlpatterns: list[URLPattern] = [
    path("certificates/", certificates.list_certificates, name="certificates"),
    path("certificates/of/<uuid:course_key>/", certificates.get_certificate, name="certificate-get"),
    path("certificates/<str:code>/", certificates.show_certificate, name="certificate"),
    path("certificates/<str:code>/pdf/", certificates.download_certificate, name="certificate-pdf"),
    path("certificates/<str:code>/works/", certificates.choose_evidence, name="certificate-works"),
    path("certificates/<str:code>/name/", certificates.correct_name, name="certificate-name"),
    path("certificates/<str:code>/withdraw/", verify.revoke_certificate, name="certificate-revoke"),
    path("course-confirmations/", confirmations.show_queue, name="course-confirmations"),
    path("course-confirmations/<int:pk>/", confirmations.decide, name="course-confirm"),
    path("course-confirmations/of/<uuid:course_key>/", confirmations.ask, name="course-confirm-ask"),
    path("issuers/<uuid:public_id>/", issuers.edit_issuer, name="issuer-edit"),
]
