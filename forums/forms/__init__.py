from forums.forms.fields import OnceForm, WritingField, make_pace_error
from forums.forms.moderating import HideForm, ReportForm
from forums.forms.writing import DeleteForm, EditForm, ReplyForm, TopicForm

__all__ = [
    "DeleteForm",
    "EditForm",
    "HideForm",
    "OnceForm",
    "ReplyForm",
    "ReportForm",
    "TopicForm",
    "WritingField",
    "make_pace_error",
]
