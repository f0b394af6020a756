"""What the demo people have done already, so that no screen is empty. Through the same services as everybody's."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, User
from forums.enums import Rating, TopicKind
from forums.services.boards import get_board_of
from forums.services.questions.answering import rate
from forums.services.writing import reply, start_topic
from places.models import Commune
from volunteers.enums import SpokenLanguage, TimeOfDay
from volunteers.models import Application, RequestTemplate, VolunteerProfile, VolunteerRequest
from volunteers.services.applications import send_application
from volunteers.services.finding.saved import save_search
from volunteers.services.profile import list_taught_skills, save_profile
from volunteers.services.requests import draft_from_template, find_course_keys, publish, save_request

ANSWERED = (
    "យុវជនអាចស្នើគម្រោងក្នុង CIP ដោយខ្លួនឯងបានទេ?",
    "ខ្ញុំអាយុ ២១ ឆ្នាំ។ ខ្ញុំ និងមិត្តភក្តិចង់ស្នើថ្នាក់កុំព្យូទ័រមួយ។ តើយើងត្រូវសរសេរអ្វី ហើយផ្ញើទៅនរណា?\n\n(សារគំរូ)",
    "បាទ បាន។ សូមសរសេរមួយទំព័រ៖ បញ្ហាអ្វី នរណាទទួលផល និងត្រូវការប្រហែលប៉ុន្មាន។ សូមប្រគល់ឱ្យមេភូមិ ឬយកមកសាលាឃុំផ្ទាល់ មុនប្រជុំភូមិ។\n\n(ចម្លើយគំរូ)",
)
OPEN = (
    "តើប្រជុំភូមិលើកក្រោយ ថ្ងៃណា?",
    "បងប្អូនខ្ញុំធ្វើការនៅភ្នំពេញ ចង់ដឹងមុន ដើម្បីសុំច្បាប់មកចូលរួម។\n\n(សារគំរូ)",
)

ANSWERS = (
    "ខ្ញុំធ្លាប់ធ្វើតារាងចំណាយក្នុងសាលា ហើយចេះវាយអក្សរយូនីកូដ។ (គំរូ)",
    "ខ្ញុំសួរស្មៀន ហើយពិនិត្យម្ដងទៀត។ (គំរូ)",
    "ខ្ញុំចង់រៀនការងាររបស់ឃុំ ហើយមានពេលទំនេរទៀងទាត់។ (គំរូ)",
    "ខ្ញុំធ្លាប់ជួយរៀបចំប្រជុំភូមិ និងកត់ឈ្មោះអ្នកចូលរួម។ (គំរូ)",
)


def make_talk(*, learner: User, clerk: User, commune: Commune) -> None:
    """Two questions on the commune's board: one answered by its office, one that waits."""
    board = get_board_of(commune)
    title, question, answer = ANSWERED
    topic = start_topic(board, by=learner, kind=TopicKind.QUESTION, title=title, source=question)
    reply(topic, by=clerk, source=answer, as_answer=True)
    rate(topic, by=learner, rating=Rating.HELPED, words="ច្បាស់ណាស់។ (គំរូ)")
    title, question = OPEN
    start_topic(board, by=learner, kind=TopicKind.QUESTION, title=title, source=question)


def make_wishes(*, learner: User) -> None:
    """A volunteer profile and a saved search, so that the list of work can say why."""
    profile = VolunteerProfile(user=learner, weekly_hours=4, languages=[SpokenLanguage.KHMER, SpokenLanguage.ENGLISH])
    slots = [(0, TimeOfDay.MORNING), (2, TimeOfDay.MORNING), (5, TimeOfDay.MORNING), (5, TimeOfDay.AFTERNOON)]
    save_profile(profile, slots=slots, communes=[], skills=list(list_taught_skills()[:2]))
    save_search(learner, query="days=weekend", labels=["សៅរ៍ និងអាទិត្យ (គំរូ)"])


def make_requests(office: Organisation, *, clerk: User, templates: tuple[str, ...]) -> None:
    """A request from each of these templates; a verified office's are open at once, others wait for staff."""
    for template in RequestTemplate.objects.filter(code__in=templates):
        publish(make_draft(template, office=office, clerk=clerk), by=clerk)


def make_draft(
    template: RequestTemplate, *, office: Organisation, clerk: User, asks_courses: bool = True, **columns: Any
) -> VolunteerRequest:
    """A draft that says in its title that it is a demo; `columns` say what differs from the usual."""
    request = draft_from_template(template, office=office, by=clerk)
    request.title_km, request.title_en = f"{request.title_km} (គំរូ)", f"{request.title_en} (demo)"
    request.supervisor = office.memberships.active().get(user=clerk)
    request.seats = 2
    request.covers_transport, request.stipend_riel = True, 5000
    request.guide_trained_date, request.guide_declared_by, request.guide_declared_at = (
        timezone.localdate(),
        clerk,
        timezone.now(),
    )
    request.open_days = 60
    request.end_date = max(request.end_date or timezone.localdate(), timezone.localdate() + timedelta(days=75))
    for name, value in columns.items():
        setattr(request, name, value)
    keys = find_course_keys(template) if asks_courses else []
    return save_request(request, by=clerk, skills=list(template.skills.all()), course_keys=keys)


def open_request(code: str, *, office: Organisation, clerk: User, **columns: Any) -> VolunteerRequest:
    """Open at once, and for whoever has not finished a course yet."""
    template = RequestTemplate.objects.get(code=code)
    return publish(make_draft(template, office=office, clerk=clerk, asks_courses=False, **columns), by=clerk)


def apply(request: VolunteerRequest, person: User, *, words: int = 0) -> Application:
    """Sent with answers that say they are a demo."""
    answers = [ANSWERS[(words + number) % len(ANSWERS)] for number in range(len(request.questions))]
    return send_application(request, by=person, answers=answers, times=[TimeOfDay.MORNING])
