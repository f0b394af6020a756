"""Service records: one's own, and whether a code is real."""

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
from courses.enums import CertificateState, RevocationReason, SkillLevel
from courses.services.badge_keys import find_signing_key
from courses.services.badges import site_address
from courses.services.papers import read_code
from ui.pagination import KeysetPagination
from volunteers.enums import RecordReason, Sharing
from volunteers.models import ServiceRecord
from volunteers.services.after.badge import has_badge


class RecordPagination(KeysetPagination):
    ordering = "-issued_at"


class RecordWordsSerializer(serializers.Serializer[dict[str, str]]):
    """The same in Khmer and in English; "" or missing where one is not known."""

    km = serializers.CharField(required=False)
    en = serializers.CharField(required=False)


class SkillAtWorkSerializer(serializers.Serializer[dict[str, str]]):
    """A skill by its code, and how the office saw it used."""

    code = serializers.CharField()
    level = serializers.ChoiceField(choices=SkillLevel.choices)


class CheckedRecordSerializer(serializers.Serializer[ServiceRecord]):
    """What everybody may know of a service record. Of a minor, or of unknown age, `name` is the given name. `name` is
    empty where the owner switched it off or has left; where they show nothing (`sharing` is `hidden`), so is the rest.
    """

    code = serializers.CharField(source="shown_code")
    state = serializers.ChoiceField(choices=CertificateState.choices)
    sharing = serializers.ChoiceField(choices=Sharing.choices)
    name = serializers.SerializerMethodField()
    work = serializers.SerializerMethodField()
    commune = serializers.SerializerMethodField()
    issuer = RecordWordsSerializer(source="facts.issuer")
    start_date = serializers.SerializerMethodField()
    end_date = serializers.SerializerMethodField()
    minutes = serializers.SerializerMethodField()
    days = serializers.SerializerMethodField()
    skills = serializers.SerializerMethodField()
    issued_at = serializers.DateTimeField()
    replaced_by = serializers.SerializerMethodField()
    replaced_because = serializers.ChoiceField(source="reissue_reason", choices=RecordReason.choices, allow_blank=True)
    withdrawn_at = serializers.DateTimeField(source="revoked_at", allow_null=True)
    withdrawn_because = serializers.ChoiceField(
        source="revocation_reason", choices=RevocationReason.choices, allow_blank=True
    )
    page = serializers.SerializerMethodField()
    badge = serializers.SerializerMethodField()

    def is_shown(self, record: ServiceRecord) -> bool:
        return record.is_public and record.state in (CertificateState.VALID, CertificateState.ERASED)

    def _tell(self, record: ServiceRecord, name: str) -> Any:
        return record.facts[name] if self.is_shown(record) else None

    @extend_schema_field(RecordWordsSerializer)
    def get_name(self, record: ServiceRecord) -> dict[str, str]:
        return record.public_names if self.is_shown(record) else {}

    @extend_schema_field(RecordWordsSerializer(allow_null=True))
    def get_work(self, record: ServiceRecord) -> Any:
        return self._tell(record, "work")

    @extend_schema_field(RecordWordsSerializer(allow_null=True))
    def get_commune(self, record: ServiceRecord) -> Any:
        return self._tell(record, "commune")

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_start_date(self, record: ServiceRecord) -> Any:
        return self._tell(record, "start_date")

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_end_date(self, record: ServiceRecord) -> Any:
        return self._tell(record, "end_date")

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_minutes(self, record: ServiceRecord) -> Any:
        return self._tell(record, "minutes")

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_days(self, record: ServiceRecord) -> Any:
        return self._tell(record, "days")

    @extend_schema_field(SkillAtWorkSerializer(many=True))
    def get_skills(self, record: ServiceRecord) -> list[dict[str, str]]:
        skills = self._tell(record, "skills") or []
        return [{"code": skill["code"], "level": skill["level"]} for skill in skills]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_replaced_by(self, record: ServiceRecord) -> str | None:
        newer = record.superseded_by
        return newer.shown_code if newer else None

    @extend_schema_field(serializers.URLField())
    def get_page(self, record: ServiceRecord) -> str:
        return f"{site_address()}/service/{record.code}/"

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_badge(self, record: ServiceRecord) -> str | None:
        is_there = has_badge(record) and find_signing_key()
        return f"{site_address()}/service/{record.code}/badge.jwt" if is_there else None


class OwnRecordSerializer(CheckedRecordSerializer):
    """One's own, with everything on it."""

    def is_shown(self, record: ServiceRecord) -> bool:
        return True

    @extend_schema_field(RecordWordsSerializer)
    def get_name(self, record: ServiceRecord) -> dict[str, str]:
        names: dict[str, str] = record.facts["name"]
        return names


class OwnRecordViewSet(GenericViewSet[Any]):
    """The signed-in person's service records, the latest first; replaced ones are left out."""

    serializer_class = OwnRecordSerializer
    pagination_class = RecordPagination
    permission_classes = (IsAuthenticated,)
    queryset = ServiceRecord.objects.none()

    @extend_schema(responses=OwnRecordSerializer(many=True))
    def list(self, request: Request) -> Response:
        mine = ServiceRecord.objects.of(cast(User, request.user)).current().with_owner()
        found = self.paginate_queryset(mine) or []
        return self.get_paginated_response(OwnRecordSerializer(cast(Any, found), many=True).data)


class RecordThrottle(AnonRateThrottle):
    """Per address, signed in or not: codes are not to be guessed."""

    scope = "verify"
    rate = "60/min"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return str(self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)})


CODE = OpenApiParameter("code", str, OpenApiParameter.PATH, description="As on the record; dash and case are free.")


class CheckedRecordViewSet(GenericViewSet[Any]):
    """Whether a service record is real and still holds. No account needed; 60 questions a minute and address."""

    serializer_class = CheckedRecordSerializer
    permission_classes = (AllowAny,)
    throttle_classes = (RecordThrottle,)
    queryset = ServiceRecord.objects.none()
    lookup_field = "code"
    lookup_value_regex = "[^/.]+"

    @extend_schema(
        parameters=[CODE],
        responses={200: CheckedRecordSerializer, 404: OpenApiResponse(description="No record has this code.")},
    )
    def retrieve(self, request: Request, code: str) -> Response:
        found = ServiceRecord.objects.with_owner().filter(code=read_code(code) or "-").first()
        if found is None:
            raise Http404
        return Response(CheckedRecordSerializer(found).data, headers={"X-Robots-Tag": "noindex"})
