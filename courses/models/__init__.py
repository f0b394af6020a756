from courses.models.attempts import Answer, Attempt, QuizVersion
from courses.models.bank import QuestionBankPage
from courses.models.certificates import Certificate, Confirmation, Issuer
from courses.models.cohorts import Attendance, Cohort, CohortMember, CohortSession, Nudge
from courses.models.events import ProgressEvent
from courses.models.lesson_topics import LessonTopic
from courses.models.pages import CourseIndexPage, CoursePage, CourseSkill, LessonPage, PublisherPage
from courses.models.prerequisites import CoursePrerequisite
from courses.models.progress import Enrolment, LessonCompletion
from courses.models.publishing import CourseUpload, ReviewTask
from courses.models.skills import Skill, SkillGrant, SkillRating
from courses.models.submissions import Review, Submission, SubmissionFile

__all__ = [
    "Answer",
    "Attempt",
    "Attendance",
    "Certificate",
    "Cohort",
    "CohortMember",
    "CohortSession",
    "Confirmation",
    "CourseIndexPage",
    "CoursePage",
    "CoursePrerequisite",
    "CourseSkill",
    "CourseUpload",
    "Enrolment",
    "Issuer",
    "LessonCompletion",
    "LessonPage",
    "LessonTopic",
    "Nudge",
    "ProgressEvent",
    "PublisherPage",
    "QuestionBankPage",
    "QuizVersion",
    "Review",
    "ReviewTask",
    "Skill",
    "SkillGrant",
    "SkillRating",
    "Submission",
    "SubmissionFile",
]
