from courses.services.adoption import adopt_progress
from courses.services.banks import recount_quizzes
from courses.services.boards import open_board
from courses.services.certificates import (
    CertificateProgress,
    issue_when_due,
    read_certificate_progress,
    show_certificate_progress,
)
from courses.services.checks import answer_check, find_checks
from courses.services.gain import Gain, learning_gain
from courses.services.index import ensure_course_indexes
from courses.services.learning import (
    LessonLine,
    Progress,
    course_progress,
    find_course,
    find_courses,
    find_lesson,
)
from courses.services.own_data import collect_learning, forget_learning
from courses.services.practice import practise
from courses.services.progress import check_finished, complete_lesson, enrol
from courses.services.publishers import set_up_publisher, sync_editors
from courses.services.quiz import answer_question, find_attempt
from courses.services.starter import load_skills, load_starter_courses
from courses.services.upkeep import plan_review

__all__ = [
    "CertificateProgress",
    "Gain",
    "LessonLine",
    "Progress",
    "adopt_progress",
    "answer_check",
    "answer_question",
    "check_finished",
    "collect_learning",
    "complete_lesson",
    "course_progress",
    "enrol",
    "ensure_course_indexes",
    "find_attempt",
    "find_checks",
    "find_course",
    "find_courses",
    "find_lesson",
    "forget_learning",
    "issue_when_due",
    "learning_gain",
    "load_skills",
    "load_starter_courses",
    "open_board",
    "plan_review",
    "practise",
    "read_certificate_progress",
    "recount_quizzes",
    "set_up_publisher",
    "show_certificate_progress",
    "sync_editors",
]
