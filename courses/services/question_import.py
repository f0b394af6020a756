"""Questions somebody brings: checked as the editor's form checks them, shown, then appended to a lesson's draft."""

import decimal
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from accounts.models import User
from courses.models import LessonPage
from courses.services.starter_quiz import to_question
from ui.starter import StarterError

MOST = 100
LANGUAGES = ("km", "en")


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a line or row."""

    where: str
    what: str


@dataclass(frozen=True)
class Draft:
    """A question in the shape of the starter files, and the line or row it begins at."""

    where: str
    question: dict[str, Any]


@dataclass
class Found:
    drafts: list[Draft] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def complain(self, where: str, what: str) -> None:
        self.troubles.append(Trouble(where, what))


def check_found(found: Found, lesson: LessonPage) -> Found:
    """Adds what the editor's form would say of each question, in each language it has words in."""
    if not found.drafts and not found.troubles:
        found.troubles.append(Trouble("", _("There is no question in it.")))
    if len(found.drafts) > MOST:
        found.troubles.append(Trouble("", _("There are too many questions: %s at most at a time.") % MOST))
        return found
    own = lesson.locale.language_code
    for draft in found.drafts:
        for language in languages_of(draft.question, own):
            found.troubles += [Trouble(f"{draft.where} ({language})", text) for text in check(draft.question, language)]
    return found


def languages_of(question: dict[str, Any], own: str) -> list[str]:
    """The page's language always, the other where the question itself has words in it."""
    return [code for code in LANGUAGES if code == own or question["text"].get(code)]


def check(question: dict[str, Any], language: str) -> Iterator[str]:
    """What the block of this kind says of the question in one language."""
    block = LessonPage._meta.get_field("questions").stream_block
    try:
        raw = to_question(question, language, "check")
        child = block.to_python([raw])[0]
        child.block.clean(child.value)
    except (StarterError, decimal.InvalidOperation, KeyError, TypeError):
        yield _("A part of it is missing or does not fit its kind.")
    except ValidationError as error:
        yield from dict.fromkeys(_words_of(error, child.block))


def _words_of(error: Any, block: Any, where: str = "") -> Iterator[str]:
    """The sentences of a block's errors, however deep they lie, each with the name of the part it is about."""
    inner = getattr(error, "block_errors", None) or {}
    for name, each in inner.items() if isinstance(inner, dict) else enumerate(inner):
        child = getattr(block, "child_blocks", {}).get(name) or getattr(block, "child_block", None)
        label = where if isinstance(name, int) else str(getattr(child, "label", ""))
        yield from _words_of(each, child, label)
    if getattr(error, "non_block_errors", None) is not None:
        yield from _words_of(error.non_block_errors, block, where)
    if isinstance(error, ValidationError) and not hasattr(error, "block_errors"):
        yield from (f"{where}: {text}" if where else text for text in error.messages)
    elif error is not None and not isinstance(error, ValidationError):
        for each in getattr(error, "as_data", list)():
            yield from _words_of(each, block, where)


def find_twins(lesson: LessonPage, user: Any) -> list[LessonPage]:
    """The lesson in other languages where this person may write, and where no translation screen keeps it in step."""
    twins = LessonPage.objects.filter(translation_key=lesson.translation_key).exclude(pk=lesson.pk)
    return [twin for twin in twins.select_related("locale") if may_take(twin, user) and not is_kept_in_step(twin)]


def may_take(lesson: LessonPage, user: Any) -> bool:
    """May change the lesson now: it is theirs, and no review or lock holds it."""
    rights = lesson.permissions_for_user(user)
    return bool(rights.can_edit() and not rights.page_locked())


def is_kept_in_step(lesson: LessonPage) -> bool:
    """Whether wagtail-localize would write over what is added here: it belongs into the source then."""
    return Translation.objects.filter(
        source__object_id=lesson.translation_key, target_locale=lesson.locale_id, enabled=True
    ).exists()


@transaction.atomic
def append_questions(lesson: LessonPage, questions: list[dict[str, Any]], *, by: User, batch: str) -> list[LessonPage]:
    """To the draft of the lesson, and with the same ids to its twin where all of them have words in its language.

    `batch` names what was looked at: ids are made of it, and a second press finds them there and adds nothing.
    Returns the pages that have them. Nothing is published: what learners answer stays as it is.
    """
    key = f"import/{batch}"
    pages = [lesson]
    pages += [twin for twin in find_twins(lesson, by) if has_words(questions, twin.locale.language_code)]
    for page in pages:
        locked = LessonPage.objects.select_for_update().get(pk=page.pk)
        draft = locked.get_latest_revision_as_object()
        new = [to_question(each, page.locale.language_code, f"{key}/{n}") for n, each in enumerate(questions)]
        if {each["id"] for each in new} & {each.get("id") for each in draft.questions.raw_data}:
            continue
        draft.questions = [*draft.questions.get_prep_value(), *new]
        draft.save_revision(user=by, log_action=True)
    return pages


def has_words(questions: list[dict[str, Any]], language: str) -> bool:
    """Whether every question is written in this language."""
    return all(question["text"].get(language) for question in questions)
