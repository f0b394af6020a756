"""What a change of a question bank means for the lessons that draw from it."""

from functools import partial

from django.db import transaction
from wagtail.models import ReferenceIndex

from courses.models import LessonPage, QuestionBankPage


def recount_quizzes(bank: QuestionBankPage) -> None:
    """Once the bank's change is kept, count anew what the quizzes that draw from it ask."""
    twins = QuestionBankPage.objects.filter(translation_key=bank.translation_key)
    lessons = {
        int(reference.object_id)
        for twin in twins
        for reference in ReferenceIndex.get_references_to(twin)
        if reference.base_content_type.model == "page"
    }
    transaction.on_commit(partial(_recount, lessons))


def _recount(pks: set[int]) -> None:
    for lesson in LessonPage.objects.filter(pk__in=pks):
        count = lesson.count_questions()
        if count != lesson.question_count:
            LessonPage.objects.filter(pk=lesson.pk).update(question_count=count)
