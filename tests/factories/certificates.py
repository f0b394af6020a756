"""Certificates as they are issued, with fixed facts for what is drawn."""

import uuid
from datetime import UTC, datetime
from typing import Any

from accounts.models import Organisation, User
from courses.models import Certificate, Submission
from courses.services.certificates import given_name_of, name_of

MOMENT = datetime(2026, 11, 18, 3, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "name": {"km": "សុខ ដារ៉ា", "en": "SOK Dara"},
    "given_name": {"km": "ដារ៉ា", "en": "Dara"},
    "course": {"km": "តារាង Excel សម្រាប់ការងារឃុំ", "en": "Excel for commune work"},
    "minutes": 80,
    "lessons": 6,
    "quizzes": 6,
    "tasks": 1,
    "skills": [
        {"code": "lists", "km": "បញ្ជីក្នុង Excel", "en": "Lists in Excel"},
        {"code": "sums", "km": "បូកថវិកា", "en": "Budget sums"},
        {"code": "print", "km": "បោះពុម្ព A4", "en": "A4 printing"},
    ],
    "issuer": {"km": "អង្គការ ANSA កម្ពុជា", "en": "ANSA Cambodia"},
    "confirmer": {"km": "សាលាឃុំអង្គតាសោម", "en": "Angk Ta Saom commune office"},
    "signer": {"km": "ចាន់ សុភា", "en": "CHAN Sophea"},
    "signer_title": {"km": "នាយិកាប្រតិបត្តិ", "en": "Executive Director"},
}
WORK = {
    "id": "00000000-0000-0000-0000-000000000001",
    "km": "តារាងគម្រោង CIP របស់ភូមិ",
    "en": "The CIP table of a village",
    "accepted_at": MOMENT.isoformat(),
}


def draw_up(**fields: Any) -> Certificate:
    """A certificate that is not kept, the same each time; `facts` are laid over FACTS."""
    facts = {**FACTS, **fields.pop("facts", {})}
    return Certificate(
        **{
            "code": "K7M42Q9PXT",
            "course_key": uuid.UUID(int=4),
            "facts": facts,
            "evidence": [WORK],
            "issued_at": MOMENT,
            **fields,
        }
    )


def make_certificate(user: User, organisation: Organisation | None = None, **fields: Any) -> Certificate:
    """A kept one with this person's names."""
    facts = {"name": name_of(user), "given_name": given_name_of(user), **fields.pop("facts", {})}
    certificate = draw_up(user=user, organisation=organisation, facts=facts, **{"evidence": [], **fields})
    certificate.course_key = fields.get("course_key", uuid.uuid4())
    if "code" not in fields:
        certificate.code = Certificate._meta.get_field("code").get_default()
    certificate.save()
    return certificate


def make_accepted(user: User, *, course_key: uuid.UUID, lesson_key: uuid.UUID, title: str = "លិខិត") -> Submission:
    """Work of a task that was accepted."""
    task = {
        "id": "t",
        "kind": "letter",
        "confirm": "facilitator",
        "title": {"km": title},
        "instructions": {},
        "rubric": [],
    }
    keys = {"course_key": course_key, "lesson_key": lesson_key, "number": 1, "addressee": "facilitator"}
    return Submission.objects.create(
        user=user, task={**task, "rubric": []}, status="accepted", happened_at=MOMENT, decided_at=MOMENT, **keys
    )
