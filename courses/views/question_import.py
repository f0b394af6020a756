"""Editors' admin: questions into a lesson's quiz, from a spreadsheet or pasted text, after a preview."""

import uuid
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.forms import QuestionsForm
from courses.models import LessonPage
from courses.services.question_import import (
    Found,
    append_questions,
    check_found,
    find_twins,
    is_kept_in_step,
    may_take,
)
from courses.services.question_tables import COLUMNS, EXAMPLES, read_table
from courses.services.question_words import read_words
from ui.exports import write_csv, write_xlsx
from ui.words import to_digits

SALT = "courses.question_import"
WRITERS = {"csv": write_csv, "xlsx": write_xlsx}
CHECK_SECONDS = 60 * 60 * 12


def import_questions(request: HttpRequest, page_id: int) -> HttpResponse:
    """The form; then what was understood, with what is wrong by line, row or cell; then it is appended to the draft."""
    lesson = get_lesson(request, page_id)
    if "confirm" in request.POST:
        return confirm(request, lesson)
    form = QuestionsForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"lesson": lesson, "form": form, "heading": _("Import questions"), "under": lesson.title}
    context |= {"sign": "list-ol", "template": "question-template", "kept": is_kept_in_step(lesson)}
    if request.method == "POST" and form.is_valid():
        found = check_found(read(form, lesson), lesson)
        context |= {"found": found, "twins": find_twins(lesson, request.user)}
        if not found.troubles:
            questions = [draft.question for draft in found.drafts]
            context["confirm"] = signing.dumps([lesson.pk, str(uuid.uuid4()), questions], salt=SALT, compress=True)
    return render(request, "courses/admin/questions.html", context)


def read(form: QuestionsForm, lesson: LessonPage) -> Found:
    file = form.cleaned_data["file"]
    if file:
        return read_table(file.read(), file.name)
    return read_words(form.cleaned_data["words"], lesson.locale.language_code)


def confirm(request: HttpRequest, lesson: LessonPage) -> HttpResponse:
    """What was shown, as it was shown: it comes back signed."""
    try:
        pk, batch, questions = signing.loads(request.POST["confirm"], salt=SALT, max_age=CHECK_SECONDS)
    except signing.BadSignature:
        pk, batch, questions = None, "", []
    if pk != lesson.pk:
        messages.error(request, _("This preview is too old. Please bring the questions once more."))
        return redirect("question-import", lesson.pk)
    pages = append_questions(lesson, questions, by=request.user, batch=batch)  # type: ignore[arg-type]
    text = ngettext("%(n)s question is added to the draft.", "%(n)s questions are added to the draft.", len(questions))
    languages = ", ".join(page.locale.get_display_name() for page in pages)
    messages.success(request, to_digits(text % {"n": len(questions)}) + f" ({languages})")
    return redirect("wagtailadmin_pages:edit", lesson.pk)


def get_lesson(request: HttpRequest, page_id: int) -> LessonPage:
    """Raises PermissionDenied where this person may not change the lesson now."""
    lesson: LessonPage = get_object_or_404(LessonPage.objects.select_related("locale"), pk=page_id)
    if not may_take(lesson, request.user):
        raise PermissionDenied
    return lesson


def download_template(request: HttpRequest, extension: str) -> Any:
    """The columns with an example of each kind."""
    if extension not in WRITERS:
        raise Http404
    rows = [[example.get(name, "") for name in COLUMNS] for example in EXAMPLES]
    return WRITERS[extension]("questions", COLUMNS, rows)
