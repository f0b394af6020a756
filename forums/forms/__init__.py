from forums.forms.fields import OnceForm, WritingField, make_pace_error
from forums.forms.ideas import MoveForm, VerdictForm
from forums.forms.kinds import IdeaForm, find_edit_form, find_form
from forums.forms.moderating import HideForm, ReportForm
from forums.forms.polls import BallotForm, PollForm
from forums.forms.questions import PromiseForm, RatingForm
from forums.forms.writing import DeleteForm, EditForm, ReplyForm, TopicForm

__all__ = [
    "BallotForm",
    "DeleteForm",
    "EditForm",
    "HideForm",
    "IdeaForm",
    "MoveForm",
    "OnceForm",
    "PollForm",
    "PromiseForm",
    "RatingForm",
    "ReplyForm",
    "ReportForm",
    "TopicForm",
    "VerdictForm",
    "WritingField",
    "find_edit_form",
    "find_form",
    "make_pace_error",
]
