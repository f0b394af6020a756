"""Named refusals of the services."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied

from forums.querysets import Reader


class NotAllowedError(PermissionDenied):
    """This person may not do this to that; pages answer 403."""


class WrongStateError(ValueError):
    """Somebody changed it meanwhile: look at it again."""


class NotReadyError(ValueError):
    """Words, or a reason, are missing."""


class NotAQuestionError(ValueError):
    """Only a question has an official answer."""


class ClashError(Exception):
    """Somebody (mostly the same person in another window) changed the post meanwhile; `post` is as it stands now."""

    def __init__(self, post: Any) -> None:
        self.post = post
        super().__init__(str(post))


class AnsweredError(ValueError):
    """A colleague has answered meanwhile."""


class CaseError(ValueError):
    """Something about a case came first; the text says what, in the person's language."""


class NoPlaceError(CaseError):
    """What waits can be written nowhere any more: the topic was closed, or its author may not write."""


class WatchedWordError(ValueError):
    """It cannot be said here; the text says why, in the person's language."""


class TooManyFilesError(ValueError):
    """More than one post may carry; the text says how many, in the person's language."""


class DraftClashError(Exception):
    """The draft was saved or sent elsewhere meanwhile; `draft` is as it stands now, None when it is gone."""

    def __init__(self, draft: Any) -> None:
        self.draft = draft
        super().__init__(str(draft))


class CannotRearrangeError(ValueError):
    """These topics cannot be joined, or these posts cannot stand alone; the text, where there is one, says why in the
    person's language.
    """


def check(rule: Callable[[Reader, Any], bool], user: Reader, thing: object) -> None:
    """Raise `NotAllowedError` unless the rule lets the person."""
    if not rule(user, thing):
        raise NotAllowedError(rule.__name__)
