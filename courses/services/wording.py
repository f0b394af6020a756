"""What a certificate says in words, in either language: on the page, the paper, the verify page and in the badge."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from courses.models import Certificate
from ui.words import to_digits


def list_criteria(certificate: Certificate) -> list[str]:
    """One sentence for each thing that was asked for and proved, in the reader's language."""
    facts = certificate.facts
    lessons, quizzes, tasks = facts["lessons"], facts["quizzes"], facts["tasks"]
    lines = [ngettext("Read %(count)s lesson.", "Read all %(count)s required lessons.", lessons) % {"count": lessons}]
    if quizzes:
        passed = ngettext("Passed its quiz.", "Passed %(count)s quizzes.", quizzes)
        lines.append(passed % {"count": quizzes})
    if tasks:
        handed = ngettext(
            "Handed in %(count)s practical task, which was accepted.",
            "Handed in %(count)s practical tasks, which were accepted.",
            tasks,
        )
        lines.append(handed % {"count": tasks})
    if certificate.say("confirmer"):
        lines.append(_("Confirmed by %(office)s.") % {"office": certificate.say("confirmer")})
    return [to_digits(line) for line in lines]


def say_criteria(certificate: Certificate, language: str) -> str:
    """The sentences as one paragraph in this language."""
    with override(language):
        return " ".join(list_criteria(certificate))


def say_works() -> str:
    """What a practical task is, for readers of a badge, in both languages."""
    said = []
    for language in ("en", "km"):
        with override(language):
            said.append(_("Practical commune work, handed in and accepted against a list of criteria."))
    return " ".join(said)
