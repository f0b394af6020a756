"""What is told of questions to an office."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.rules import is_programme_staff
from forums.services.notices import declare
from forums.services.notices.ideas import OFFICE
from notifications.services import Category

PROGRAMME = Category(
    "forums_programme",
    _("Questions that no office answers"),
    _("After two reminders the programme hears of it, and can ask the commune."),
    concerns=lambda user: bool(is_programme_staff(user)),
)

ANSWERED = declare(
    "question_answered",
    _("The commune answers my question"),
    _("%(commune)s has answered: %(question)s"),
    _("Read it, and say whether it helps you. If not, you can open the question again."),
)

# To the office
ASKED = declare(
    "question_asked",
    _("A resident asks our office"),
    _("A question for your office: %(question)s"),
    _("People see within how many days you answer: please by %(due_at)s."),
    category=OFFICE,
    many=ngettext_lazy("%(count)s new question for your office", "%(count)s new questions for your office", "count"),
)
REOPENED = declare(
    "question_reopened",
    _("A question is opened again"),
    _("Opened again: %(question)s"),
    _("The answer did not help. Please answer once more by %(due_at)s."),
    category=OFFICE,
)
WAITS = declare(
    "question_waits",
    _("A question waits for our office"),
    _("A resident still waits: %(question)s"),
    _("Please answer by %(due_at)s. A short word also helps: when you will know more."),
    category=OFFICE,
)
WAITS_LONG = declare(
    "question_waits_long",
    _("A question waits for a week"),
    _("A resident has waited for a week: %(question)s"),
    _("Please answer now. Soon the programme is told that nobody answers."),
    category=OFFICE,
)

# To the programme
UNANSWERED = declare(
    "question_unanswered",
    _("An office does not answer a question"),
    _("%(commune)s does not answer: %(question)s"),
    _("It was reminded twice. Please call the commune."),
    category=PROGRAMME,
)
