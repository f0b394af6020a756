"""Requests and applications in any state, made by their columns; the services' own tests walk the real way."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.accounts import OfficeFactory, UserFactory
from volunteers.enums import ApplicationStatus, Distance, RequestStatus
from volunteers.models import Application, RequestCourse, RequestSkill, RequestTemplate, VolunteerRequest
from volunteers.services.finding.listing import list_request


class TemplateFactory(DjangoModelFactory[RequestTemplate]):
    class Meta:
        model = RequestTemplate

    code = factory.Sequence(lambda n: f"template-{n}")
    title_km = "បញ្ចូលសំណើពីភូមិ"
    title_en = "Enter village proposals"
    summary_km = "ជួយស្មៀនបញ្ចូលសំណើក្នុងតារាង។"
    summary_en = "Help the clerk put proposals into a table."
    tasks_km = factory.LazyFunction(lambda: ["បញ្ចូលសំណើ។", "ពិនិត្យលេខ។"])
    tasks_en = factory.LazyFunction(lambda: ["Enter the proposals.", "Check the figures."])
    questions_km = factory.LazyFunction(lambda: ["តើអ្នកធ្លាប់ធ្វើតារាងអ្វីខ្លះ?", "បើលេខខុស តើអ្នកធ្វើដូចម្ដេច?"])
    questions_en = factory.LazyFunction(
        lambda: ["Which tables have you made before?", "If a figure is wrong, what do you do?"]
    )
    safeguards_km = "ធ្វើតែពេលថ្ងៃ។"
    safeguards_en = "Daytime only."
    weekly_hours = 4
    weeks = 6
    minimum_age = 15


class RequestFactory(DjangoModelFactory[VolunteerRequest]):
    """Open and complete; traits for the other states."""

    class Meta:
        model = VolunteerRequest
        skip_postgeneration_save = True

    class Params:
        is_remote = False
        draft = factory.Trait(status=RequestStatus.DRAFT, opened_at=None, expires_at=None)
        submitted = factory.Trait(status=RequestStatus.SUBMITTED, opened_at=None, expires_at=None)
        overdue = factory.Trait(expires_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1)))

    office = factory.SubFactory(OfficeFactory)
    status = RequestStatus.OPEN
    title_km = factory.Sequence(lambda n: f"បញ្ចូលសំណើពីភូមិ {n}")
    title_en = factory.Sequence(lambda n: f"Enter village proposals {n}")
    summary_km = TemplateFactory.summary_km
    summary_en = TemplateFactory.summary_en
    tasks_km = factory.LazyFunction(lambda: ["បញ្ចូលសំណើ។", "ពិនិត្យលេខ។"])
    tasks_en = factory.LazyFunction(lambda: ["Enter the proposals.", "Check the figures."])
    questions_km = TemplateFactory.questions_km
    questions_en = TemplateFactory.questions_en
    seats = 2
    start_date = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    end_date = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=55))
    is_morning = True
    place_km = "សាលាឃុំ"
    place_en = "Commune office"
    supervisor_name = "មាស សុវណ្ណ"
    supervisor_title = "ស្មៀនឃុំ"
    remote_share = factory.LazyAttribute(lambda made: 75 if made.is_remote else 0)
    covers_transport = True
    minimum_age = 15
    guide_trained_date = factory.LazyFunction(timezone.localdate)
    guide_declared_at = factory.LazyFunction(timezone.now)
    opened_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))

    @factory.post_generation
    def skills_needed(self, create: bool, skills: Any, **_: Any) -> None:
        for skill in skills or []:
            RequestSkill.objects.create(request=self, skill=skill)

    @factory.post_generation
    def courses_needed(self, create: bool, keys: Any, **_: Any) -> None:
        for key in keys or []:
            RequestCourse.objects.create(request=self, course_key=key)

    @factory.post_generation
    def listing(self, create: bool, _listed: Any, **_: Any) -> None:
        """As the machine and the form do it; after a change by columns, call `list_request` again."""
        list_request(self)  # type: ignore[arg-type]


class ApplicationFactory(DjangoModelFactory[Application]):
    class Meta:
        model = Application

    class Params:
        offered = factory.Trait(
            status=ApplicationStatus.OFFERED,
            offer_expires_at=factory.LazyFunction(lambda: timezone.now() + timedelta(hours=72)),
        )

    request = factory.SubFactory(RequestFactory)
    applicant = factory.SubFactory(UserFactory)
    code_number = factory.Sequence(lambda n: n + 1)
    status = ApplicationStatus.SUBMITTED
    answers = factory.LazyFunction(lambda: ["បញ្ជីឈ្មោះក្នុងសាលា។", "សួរស្មៀន។"])
    is_morning = True
    distance = Distance.COMMUNE
    sent_at = factory.LazyFunction(timezone.now)
