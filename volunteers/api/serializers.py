"""What the API says of requests. Nothing about applicants: they are nobody else's business."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from volunteers.models import VolunteerRequest
from volunteers.services.finding.why import describe_points
from volunteers.services.readiness import Readiness


class RequestSerializer(serializers.ModelSerializer[VolunteerRequest]):
    """`ranking` and `reasons` are for whoever asks, as on the page. Texts are in the languages the office wrote."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    commune = serializers.CharField(source="office.commune.code", read_only=True)
    skills = serializers.SerializerMethodField()
    courses = serializers.SerializerMethodField()
    times = serializers.ListField(child=serializers.CharField(), read_only=True)
    supervisor = serializers.CharField(source="supervisor_shown", read_only=True)
    eligibility = serializers.SerializerMethodField()
    is_remote = serializers.BooleanField(read_only=True)
    costs_covered = serializers.ListField(child=serializers.CharField(), read_only=True)
    fit = serializers.SerializerMethodField()
    ranking = serializers.SerializerMethodField()
    reasons = serializers.SerializerMethodField()
    response = serializers.SerializerMethodField()
    rating = serializers.SerializerMethodField()

    class Meta:
        model = VolunteerRequest
        fields = (
            "id", "status", "commune", "title_km", "title_en", "summary_km", "summary_en", "tasks_km", "tasks_en",
            "skills", "courses", "seats", "seats_filled", "start_date", "end_date", "weekly_hours", "times",
            "is_remote", "remote_share", "place_km", "place_en", "costs_covered", "stipend_riel", "stipend_per",
            "costs_km", "costs_en", "supervisor", "minimum_age", "questions_km", "questions_en",
            "opened_at", "expires_at", "fit", "ranking", "reasons", "response", "rating", "eligibility",
        )  # fmt: skip

    def get_eligibility(self, request: VolunteerRequest) -> dict[str, Any] | None:
        """Of whoever asks: courses done of those asked for, and what is missing, in their language."""
        readiness: Readiness | None = getattr(request, "readiness", None)
        if readiness is None:
            return None
        return {
            "courses_done": readiness.done,
            "courses_total": readiness.total,
            "is_ready": readiness.is_ready,
            "text": readiness.text,
            "next_url": readiness.url,
        }

    def get_skills(self, request: VolunteerRequest) -> list[str]:
        return [row.skill.code for row in request.skill_rows.all()]

    def get_courses(self, request: VolunteerRequest) -> list[UUID]:
        return [row.course_key for row in request.course_rows.all()]

    def get_fit(self, request: VolunteerRequest) -> int:
        """The sum of `ranking`: what the best order sorts by."""
        total: int = self.get_ranking(request)["total"]
        return total

    def get_ranking(self, request: VolunteerRequest) -> dict[str, Any]:
        """Points by part, and whether a place of the first page is kept for it."""
        needed = frozenset(row.skill_id for row in request.skill_rows.all())
        return describe_points(request.listing, self.context["seeker"], needed)

    def get_reasons(self, request: VolunteerRequest) -> list[str]:
        """As the row of the page says them, in the language of the answer."""
        return [reason.text for reason in self.context["matches"][request.pk].reasons]

    def get_response(self, request: VolunteerRequest) -> dict[str, int | None] | None:
        """How the office answered in half a year; null for one that is new here."""
        record = getattr(request.office, "response_record", None)
        if record is None:
            return None
        return {"counted": record.counted, "in_time": record.in_time, "median_days": record.median_days}

    def get_rating(self, request: VolunteerRequest) -> dict[str, float] | None:
        """What volunteers who served at this office say of it, from 1 to 5; null for fewer than ten answers."""
        figures = getattr(request.office, "volunteer_figures", None)
        if figures is None or not figures.public_count:
            return None
        return {"average": figures.public_average, "count": figures.public_count}
