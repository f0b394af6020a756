"""What the API says of courses, lessons, skills and one's own progress. Right answers never leave the server."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from courses.api.quiz import describe_question
from courses.models import CoursePage, LessonPage, Skill
from courses.services import Progress
from courses.services.freezing import read_questions


class SkillSerializer(serializers.ModelSerializer[Skill]):
    class Meta:
        model = Skill
        fields = ("code", "name_km", "name_en", "description_km", "description_en")


class LessonLineSerializer(serializers.ModelSerializer[LessonPage]):
    """A lesson in a course's list; `byte_size` is what opening it costs, pictures included."""

    key = serializers.UUIDField(source="translation_key", read_only=True)
    language = serializers.CharField(source="locale.language_code", read_only=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = LessonPage
        fields: tuple[str, ...] = (
            "key", "language", "title", "summary", "minutes", "byte_size", "question_count", "url",
        )  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_url(self, lesson: LessonPage) -> str | None:
        address: str | None = lesson.get_url(self.context.get("request"))
        return address


class LessonSerializer(LessonLineSerializer):
    """`body`: a list of `{type, value, id}` as the editors wrote it, text plain with `**bold**`. The value of a
    `practice` block is its question as the lesson's `quiz/` tells one: what is right stays here.
    """

    body = serializers.SerializerMethodField()

    class Meta(LessonLineSerializer.Meta):
        fields = (*LessonLineSerializer.Meta.fields, "pass_mark", "body")

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_body(self, lesson: LessonPage) -> list[dict[str, Any]]:
        language = lesson.locale.language_code
        body: list[dict[str, Any]] = []
        for block, plain in zip(lesson.body, lesson.body.get_prep_value(), strict=True):
            if block.block_type != "practice":
                body.append(plain)
                continue
            asked = read_questions(language, {language: block.value["question"]})
            body.extend({**plain, "value": describe_question(question)} for question in asked)
        return body


class CourseSerializer(serializers.ModelSerializer[CoursePage]):
    """`skills`: codes of the skills that finishing grants."""

    key = serializers.UUIDField(source="translation_key", read_only=True)
    language = serializers.CharField(source="locale.language_code", read_only=True)
    skills = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = CoursePage
        fields: tuple[str, ...] = ("key", "language", "title", "summary", "intro", "icon", "minutes", "skills", "url")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_skills(self, course: CoursePage) -> list[str]:
        return [link.skill.code for link in course.skill_links.all()]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_url(self, course: CoursePage) -> str | None:
        address: str | None = course.get_url(self.context.get("request"))
        return address


class CourseDetailSerializer(CourseSerializer):
    lessons = serializers.SerializerMethodField()

    class Meta(CourseSerializer.Meta):
        fields = (*CourseSerializer.Meta.fields, "lessons")

    @extend_schema_field(LessonLineSerializer(many=True))
    def get_lessons(self, course: CoursePage) -> list[dict[str, Any]]:
        pages = [line.page for line in self.context["progress"].lines]
        return list(LessonLineSerializer(pages, many=True, context=self.context).data)


class ProgressSerializer(serializers.Serializer[dict[str, Any]]):
    """One course that the person has begun; `next_lesson` is null when it is finished."""

    course = serializers.UUIDField()
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    lessons_done = serializers.SerializerMethodField()
    lessons_total = serializers.SerializerMethodField()
    next_lesson = serializers.SerializerMethodField()

    def get_lessons_done(self, row: dict[str, Any]) -> int:
        return self._progress(row).done

    def get_lessons_total(self, row: dict[str, Any]) -> int:
        return self._progress(row).total

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_next_lesson(self, row: dict[str, Any]) -> str | None:
        following = self._progress(row).next
        return str(following.page.translation_key) if following else None

    @staticmethod
    def _progress(row: dict[str, Any]) -> Progress:
        progress: Progress = row["progress"]
        return progress
