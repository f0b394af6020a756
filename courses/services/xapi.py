"""What was learnt as xAPI 1.0.3 statements, for whoever evaluates a course elsewhere.

No names, numbers or addresses go out: an actor is an account whose name is a uuid made with the server's secret for one
organisation. It is the same in each export of that organisation, and tells another organisation nothing. What people
typed stays here. Statement ids are made of the row, so that a record store that gets one twice keeps it once.
"""

import datetime
import hashlib
import hmac
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from accounts.models import Organisation, User
from accounts.rules import is_programme_staff
from courses.enums import AttemptPurpose, AttemptStatus, EventKind, QuestionKind
from courses.models import (
    Answer,
    Attempt,
    CoursePage,
    Enrolment,
    LessonCompletion,
    LessonPage,
    ProgressEvent,
    PublisherPage,
)
from courses.rules import may_see_reports

NAMESPACE = uuid.UUID("5b0a3f0e-52d6-5d2c-9e63-0f4a7f4f5c11")
VERBS = "http://adlnet.gov/expapi/verbs/"
TYPES = "http://adlnet.gov/expapi/activities/"
INTERACTIONS = {
    QuestionKind.SINGLE: "choice",
    QuestionKind.SEVERAL: "choice",
    QuestionKind.ORDER: "sequencing",
    QuestionKind.NUMBER: "numeric",
    QuestionKind.SHORT: "fill-in",
    QuestionKind.MATCH: "matching",
}
CHOSEN = {QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.ORDER}
CHUNK = 500
PROGRAMME = "programme"
Statement = dict[str, Any]
Titles = dict[uuid.UUID, dict[str, str]]


@dataclass(frozen=True)
class Period:
    """Whole days by the calendar of Cambodia, both included."""

    since: datetime.date
    until: datetime.date

    @property
    def moments(self) -> tuple[datetime.datetime, datetime.datetime]:
        begin, end = self.since, self.until + datetime.timedelta(days=1)
        start, stop = (datetime.datetime.combine(day, datetime.time()) for day in (begin, end))
        return timezone.make_aware(start), timezone.make_aware(stop)

    def within(self, field: str) -> dict[str, Any]:
        start, stop = self.moments
        return {f"{field}__gte": start, f"{field}__lt": stop}


def may_export(user: User) -> bool:
    """Programme staff, and whoever reads the reports of an organisation."""
    return bool(is_programme_staff(user) or _organisations_of(user))


def find_audiences(user: User) -> dict[uuid.UUID, str]:
    """The courses whose records this person may take along, published or not: course key to the one they are for."""
    return read_audiences(None if is_programme_staff(user) else _organisations_of(user))


def read_audiences(organisations: Iterable[Organisation] | None) -> dict[uuid.UUID, str]:
    """The courses in the sections of these organisations; None: all courses, the programme's own included."""
    sections = PublisherPage.objects.select_related("organisation")
    if organisations is not None:
        sections = sections.filter(organisation__in=list(organisations))
    owners = {page.path: str(page.organisation.public_id) for page in sections}
    courses = CoursePage.objects.values_list("translation_key", "path")
    found = {}
    for key, path in courses:
        owner = owners.get(path[: -Page.steplen])
        if owner or organisations is None:
            found[key] = owner or PROGRAMME
    return found


def stream_statements(audiences: Mapping[uuid.UUID, str], period: Period) -> Iterator[str]:
    """A JSON array, piece by piece."""
    yield "["
    comma = "\n"
    for statement in list_statements(audiences, period):
        yield comma + json.dumps(statement, ensure_ascii=False)
        comma = ",\n"
    yield "\n]\n"


def list_statements(audiences: Mapping[uuid.UUID, str], period: Period) -> Iterator[Statement]:
    """Statement by statement; as many queries for a thousand rows as for ten."""
    maker = Maker(audiences, _read_titles(list(audiences)))
    courses = {"course_key__in": list(audiences)}
    begun = Enrolment.objects.filter(**courses, **period.within("started_at")).order_by("pk")
    yield from (maker.began(row) for row in begun.iterator(CHUNK))
    studied = ProgressEvent.objects.filter(kind=EventKind.STUDIED, **courses, **period.within("happened_at"))
    yield from (maker.studied(row) for row in studied.order_by("pk").iterator(CHUNK))
    read = LessonCompletion.objects.filter(**courses, **period.within("happened_at")).order_by("pk")
    yield from (maker.finished_lesson(row) for row in read.iterator(CHUNK))
    counted = Answer.objects.filter(counts=True, attempt__course_key__in=list(audiences))
    counted = counted.exclude(attempt__purpose=AttemptPurpose.PRACTICE).filter(**period.within("happened_at"))
    answers = counted.select_related("attempt__version").order_by("pk")
    yield from (maker.answered(row) for row in answers.iterator(CHUNK))
    attempts = Attempt.objects.filter(status=AttemptStatus.FINISHED, **courses, **period.within("finished_at"))
    attempts = attempts.exclude(purpose=AttemptPurpose.PRACTICE).order_by("pk")
    yield from (maker.finished_quiz(row) for row in attempts.iterator(CHUNK))
    done = Enrolment.objects.filter(**courses, **period.within("finished_at")).order_by("pk")
    yield from (maker.finished_course(row) for row in done.iterator(CHUNK))


def hide_person(audience: str, user: uuid.UUID | int | None, visitor: uuid.UUID | None) -> str:
    """A uuid that stands for one person towards one organisation."""
    who = f"{audience}/{'user' if user is not None else 'visitor'}/{user if user is not None else visitor}"
    digest = hmac.new(settings.SECRET_KEY.encode(), f"xapi/{who}".encode(), hashlib.sha256).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))


class Maker:
    """Statements of rows."""

    def __init__(self, audiences: Mapping[uuid.UUID, str], titles: Titles) -> None:
        self.audiences = audiences
        self.titles = titles

    def began(self, row: Enrolment) -> Statement:
        return self._make("experienced", row, ("began", row.pk), self._course(row.course_key), row.started_at)

    def studied(self, row: ProgressEvent) -> Statement:
        lesson = self._lesson(row.lesson_key)
        made = self._make("experienced", row, ("studied", row.client_id), lesson, row.happened_at)
        return {**made, "result": {"duration": f"PT{row.seconds}S"}}

    def finished_lesson(self, row: LessonCompletion) -> Statement:
        lesson = self._lesson(row.lesson_key)
        made = self._make("completed", row, ("lesson", row.client_id), lesson, row.happened_at)
        return {**made, "result": {"completion": True}}

    def finished_course(self, row: Enrolment) -> Statement:
        made = self._make("completed", row, ("course", row.pk), self._course(row.course_key), row.finished_at)
        return {**made, "result": {"completion": True}}

    def finished_quiz(self, row: Attempt) -> Statement:
        """A quiz is passed or failed; a check before or after the course only tells how it went."""
        is_quiz = row.purpose == AttemptPurpose.QUIZ
        verb = ("passed" if row.is_passed else "failed") if is_quiz else "completed"
        made = self._make(verb, row, ("attempt", row.client_id), self._quiz(row), row.finished_at)
        score = {"raw": row.score, "min": 0, "max": row.total, "scaled": round(row.score / max(row.total, 1), 4)}
        result = {"score": score, "completion": True, **({"success": row.is_passed} if is_quiz else {})}
        made["context"]["registration"] = str(row.client_id)
        return {**made, "result": result}

    def answered(self, row: Answer) -> Statement:
        attempt = row.attempt
        question = attempt.find_question(str(row.question_id)) or {}
        kind = question.get("kind", "")
        definition = {"type": f"{TYPES}cmi.interaction", "interactionType": INTERACTIONS.get(kind, "other")}
        definition |= {"description": question["text"]} if question.get("text") else {}
        activity = {"objectType": "Activity", "id": f"urn:uuid:{row.question_id}", "definition": definition}
        made = self._make("answered", attempt, ("answer", row.client_id), activity, row.happened_at)
        made["context"]["registration"] = str(attempt.client_id)
        made["context"]["contextActivities"]["grouping"] = [self._quiz(attempt)]
        response = {"response": "[,]".join(map(str, row.choices))} if kind in CHOSEN else {}
        return {**made, "result": {"success": row.is_right, **response}}

    def _make(self, verb: str, row: Any, source: tuple[str, Any], activity: Statement, moment: Any) -> Statement:
        audience = self.audiences[row.course_key]
        account = {
            "homePage": settings.WAGTAILADMIN_BASE_URL,
            "name": hide_person(audience, row.user_id, row.visitor),
        }
        context = {
            "platform": "Chuoy Khum",
            "contextActivities": {"parent": [{"objectType": "Activity", "id": f"urn:uuid:{row.course_key}"}]},
        }
        return {
            "id": str(uuid.uuid5(NAMESPACE, "/".join(map(str, source)))),
            "version": "1.0.3",
            "actor": {"objectType": "Agent", "account": account},
            "verb": {"id": f"{VERBS}{verb}", "display": {"en": verb}},
            "object": activity,
            "context": context,
            "timestamp": moment.isoformat(),
        }

    def _course(self, key: uuid.UUID) -> Statement:
        return self._activity(f"urn:uuid:{key}", "course", self.titles.get(key))

    def _lesson(self, key: uuid.UUID | None) -> Statement:
        return self._activity(f"urn:uuid:{key}", "lesson", self.titles.get(key) if key else None)

    def _quiz(self, row: Attempt) -> Statement:
        part = "quiz" if row.purpose == AttemptPurpose.QUIZ else f"check-{row.purpose}"
        return self._activity(f"urn:uuid:{row.lesson_key}#{part}", "assessment", self.titles.get(row.lesson_key))

    def _activity(self, key: str, kind: str, names: dict[str, str] | None) -> Statement:
        definition: Statement = {"type": f"{TYPES}{kind}", **({"name": names} if names else {})}
        return {"objectType": "Activity", "id": key, "definition": definition}


def _organisations_of(user: User) -> list[Organisation]:
    own = (membership.organisation for membership in user.active_memberships)
    return [organisation for organisation in own if may_see_reports(user, organisation)]


def _read_titles(courses: list[uuid.UUID]) -> Titles:
    """Names of the courses and their lessons by language."""
    titles: Titles = {}
    found = CoursePage.objects.filter(translation_key__in=courses)
    pages = list(found.values_list("translation_key", "locale__language_code", "title", "path"))
    parents = {path for _key, _language, _title, path in pages}
    lessons = LessonPage.objects.values_list("translation_key", "locale__language_code", "title", "path")
    pages += [each for each in lessons if each[3][: -Page.steplen] in parents]
    for key, language, title, _path in pages:
        titles.setdefault(key, {})[language] = title
    return titles
