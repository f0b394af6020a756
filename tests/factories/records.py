"""Service records with fixed facts for what is drawn, and kept ones of a person."""

from datetime import UTC, datetime
from typing import Any

from accounts.models import Organisation, User
from courses.services.certificates import given_name_of, name_of, names_of
from tests.factories.serving import PlacementFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import ServiceRecord

MOMENT = datetime(2026, 11, 18, 3, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "name": {"km": "សុខ ដារ៉ា", "en": "SOK Dara"},
    "given_name": {"km": "ដារ៉ា", "en": "Dara"},
    "issuer": {"km": "សាលាឃុំអង្គតាសោម", "en": "Angk Ta Saom commune office"},
    "commune": {"km": "ឃុំអង្គតាសោម ស្រុកត្រាំកក់ ខេត្តតាកែវ", "en": "Angk Ta Saom, Tram Kak, Takeo"},
    "work": {"km": "បញ្ចូលសំណើពីភូមិក្នុងតារាង", "en": "Enter village proposals into a table"},
    "start_date": "2026-10-05",
    "end_date": "2026-11-14",
    "minutes": 46 * 60 + 30,
    "days": 12,
    "skills": [
        {"code": "lists", "km": "បញ្ជីក្នុង Excel", "en": "Lists in Excel", "level": "alone"},
        {"code": "print", "km": "បោះពុម្ព A4", "en": "A4 printing", "level": "with_help"},
    ],
}


def draw_up(**fields: Any) -> ServiceRecord:
    """A record that is not kept, the same each time; `facts` are laid over FACTS."""
    facts = {**FACTS, **fields.pop("facts", {})}
    return ServiceRecord(
        **{"code": "M4H79QTXKB", "facts": facts, "minutes": facts["minutes"], "issued_at": MOMENT, **fields}
    )


def make_record(user: User, office: Organisation, **fields: Any) -> ServiceRecord:
    """A kept one with this person's names, of a completed place at this office."""
    application = ApplicationFactory.create(
        applicant=user, request=RequestFactory.create(office=office), status="accepted"
    )
    placement = PlacementFactory.create(application=application, completed=True)
    facts = {"name": name_of(user), "given_name": given_name_of(user), "issuer": names_of(office)}
    record = draw_up(
        placement=placement, user=user, organisation=office, facts={**facts, **fields.pop("facts", {})}, **fields
    )
    record.code = ServiceRecord._meta.get_field("code").get_default()
    record.save()
    return record
