"""Planning years, followers and meetings."""

from datetime import date, datetime, timedelta

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from participation.enums import DocumentKind, MeetingStatus, StepKind
from participation.models import CommuneDocument, DocumentVersion, Follow, Meeting, PlanningStep, PlanningYear
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.places import CommuneFactory
from ui.files.kinds import FileKind

PDF = b"%PDF-1.4\n1 0 obj\n%%EOF\n"


class PlanningYearFactory(DjangoModelFactory[PlanningYear]):
    class Meta:
        model = PlanningYear

    year = 2027


class PlanningStepFactory(DjangoModelFactory[PlanningStep]):
    class Meta:
        model = PlanningStep

    planning_year = factory.SubFactory(PlanningYearFactory)
    kind = StepKind.VILLAGE
    start_date = date(2026, 7, 6)
    end_date = date(2026, 7, 31)


class FollowFactory(DjangoModelFactory[Follow]):
    class Meta:
        model = Follow

    user = factory.SubFactory(UserFactory)
    commune = factory.SubFactory(CommuneFactory)


def at_eight(days: int) -> datetime:
    """In the morning, so many days from today."""
    return timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=days)


class MeetingFactory(DjangoModelFactory[Meeting]):
    """Announced, on a morning in ten days, for three hours."""

    class Meta:
        model = Meeting

    class Params:
        draft = factory.Trait(status=MeetingStatus.DRAFT, announced_at=None)
        over = factory.Trait(starts_at=factory.LazyFunction(lambda: at_eight(-3)))

    office = factory.SubFactory(OfficeFactory)
    commune = factory.LazyAttribute(lambda meeting: meeting.office.commune)
    step = StepKind.VILLAGE
    title_km = "ប្រជុំជ្រើសអាទិភាព"
    title_en = "Choose the priorities"
    about_km = "យើងសម្រេចថា គម្រោងណាមុនគេ។"
    place_km = "សាលាឃុំ"
    place_en = "Commune office"
    starts_at = factory.LazyFunction(lambda: at_eight(10))
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + timedelta(hours=3))
    input_until_at = factory.LazyAttribute(lambda meeting: meeting.starts_at - timedelta(days=1))
    status = MeetingStatus.ANNOUNCED
    announced_at = factory.LazyFunction(timezone.now)


class PaperFactory(DjangoModelFactory[CommuneDocument]):
    """A PDF with one version."""

    class Meta:
        model = CommuneDocument
        skip_postgeneration_save = True

    office = factory.SubFactory(OfficeFactory)
    commune = factory.LazyAttribute(lambda paper: paper.office.commune)
    kind = DocumentKind.BUDGET
    year = 2026
    title_km = "ថវិកាឃុំ"
    title_en = "Commune budget"
    file_kind = FileKind.PDF
    size = len(PDF)

    @factory.post_generation
    def versions(self: CommuneDocument, create: bool, _extracted: object, **_: object) -> None:  # type: ignore[misc]
        row = DocumentVersion(
            document=self, number=1, file_kind=self.file_kind, size=self.size, happened_at=timezone.now()
        )
        row.file.save("paper.pdf", ContentFile(PDF), save=False)
        row.save()
