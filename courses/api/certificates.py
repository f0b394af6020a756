"""Certificates: one's own, and whether a code is real."""

from typing import Any, cast

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.viewsets import GenericViewSet

from accounts.models import User
from courses.enums import CertificateState, ReissueReason, RevocationReason
from courses.models import Certificate
from courses.services.badge_keys import find_signing_key
from courses.services.badges import site_address
from courses.services.papers import read_code
from ui.pagination import KeysetPagination


class CertificatePagination(KeysetPagination):
    ordering = "-issued_at"


class WordsSerializer(serializers.Serializer[dict[str, str]]):
    """The same in Khmer and in English; "" or missing where one is not known."""

    km = serializers.CharField(required=False)
    en = serializers.CharField(required=False)


class VerifiedSerializer(serializers.Serializer[Certificate]):
    """What everybody may know of a certificate. Of a minor, or of unknown age, `name` is the given name; it is empty
    for a certificate that does not hold and for one whose owner has left.
    """

    code = serializers.CharField(source="shown_code")
    state = serializers.ChoiceField(choices=CertificateState.choices)
    name = serializers.SerializerMethodField()
    course = serializers.UUIDField(source="course_key")
    title = WordsSerializer(source="facts.course")
    issuer = WordsSerializer(source="facts.issuer")
    confirmed_by = WordsSerializer(source="facts.confirmer")
    minutes = serializers.IntegerField(source="facts.minutes")
    skills = serializers.SerializerMethodField()
    issued_at = serializers.DateTimeField()
    replaced_by = serializers.SerializerMethodField()
    replaced_because = serializers.ChoiceField(source="reissue_reason", choices=ReissueReason.choices, allow_blank=True)
    withdrawn_at = serializers.DateTimeField(source="revoked_at", allow_null=True)
    withdrawn_because = serializers.ChoiceField(
        source="revocation_reason", choices=RevocationReason.choices, allow_blank=True
    )
    page = serializers.SerializerMethodField()
    badge = serializers.SerializerMethodField()

    @extend_schema_field(WordsSerializer)
    def get_name(self, certificate: Certificate) -> dict[str, str]:
        return certificate.public_names if certificate.is_valid else {}

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_skills(self, certificate: Certificate) -> list[str]:
        return [skill["code"] for skill in certificate.facts["skills"]]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_replaced_by(self, certificate: Certificate) -> str | None:
        newer = certificate.superseded_by
        return newer.shown_code if newer else None

    @extend_schema_field(serializers.URLField())
    def get_page(self, certificate: Certificate) -> str:
        return f"{site_address()}/verify/{certificate.code}/"

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_badge(self, certificate: Certificate) -> str | None:
        return (
            f"{site_address()}/verify/{certificate.code}/badge.jwt"
            if certificate.is_valid and find_signing_key()
            else None
        )


class CertificateSerializer(VerifiedSerializer):
    """One's own, with the whole name and the works attached."""

    works = serializers.ListField(source="evidence", child=serializers.DictField())

    @extend_schema_field(WordsSerializer)
    def get_name(self, certificate: Certificate) -> dict[str, str]:
        names: dict[str, str] = certificate.facts["name"]
        return names


class CertificateViewSet(GenericViewSet[Any]):
    """The signed-in person's certificates, the latest first; replaced ones are left out."""

    serializer_class = CertificateSerializer
    pagination_class = CertificatePagination
    permission_classes = (IsAuthenticated,)
    queryset = Certificate.objects.none()

    @extend_schema(responses=CertificateSerializer(many=True))
    def list(self, request: Request) -> Response:
        mine = Certificate.objects.of(cast(User, request.user)).current().select_related("user", "superseded_by")
        found = self.paginate_queryset(mine) or []
        return self.get_paginated_response(CertificateSerializer(cast(Any, found), many=True).data)


class VerifyThrottle(AnonRateThrottle):
    """Per address, signed in or not: codes are not to be guessed."""

    scope = "verify"
    rate = "60/min"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return str(self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)})


CODE = OpenApiParameter(
    "code", str, OpenApiParameter.PATH, description="As on the certificate; dash and case are free."
)


class VerifyViewSet(GenericViewSet[Any]):
    """Whether a certificate is real and still holds. No account needed; 60 questions a minute and address."""

    serializer_class = VerifiedSerializer
    permission_classes = (AllowAny,)
    throttle_classes = (VerifyThrottle,)
    queryset = Certificate.objects.none()
    lookup_field = "code"
    lookup_value_regex = "[^/.]+"

    @extend_schema(
        parameters=[CODE],
        responses={200: VerifiedSerializer, 404: OpenApiResponse(description="No certificate has this code.")},
    )
    def retrieve(self, request: Request, code: str) -> Response:
        related = ("user", "superseded_by")
        found = Certificate.objects.select_related(*related).filter(code=read_code(code) or "-").first()
        if found is None:
            raise Http404
        return Response(VerifiedSerializer(found).data, headers={"X-Robots-Tag": "noindex"})
