from forums.models.asked import AnswerRating, Asked, Promise
from forums.models.board import Board, Seat
from forums.models.case import Case, CaseNote, ReplyTemplate
from forums.models.draft import Draft
from forums.models.file import PostFile
from forums.models.found import PostText
from forums.models.held import HeldPost
from forums.models.idea import Idea, IdeaStep, Support, Verdict
from forums.models.mask import Mask, MaskRefusal, SealOpening
from forums.models.moderation import ModerationAction
from forums.models.poll import Ballot, Poll, PollOption
from forums.models.post import Post, TopicEvent
from forums.models.quieted import Quieted
from forums.models.reaction import Reaction
from forums.models.reading import BoardMarker, Bookmark, ReaderSettings, Subscription
from forums.models.reference import Mention, Quote
from forums.models.report import Report
from forums.models.topic import ReadMarker, Topic
from forums.models.version import PostVersion
from forums.models.watching import QuietPeriod, WatchedWord

__all__ = [
    "AnswerRating",
    "Asked",
    "Ballot",
    "Board",
    "BoardMarker",
    "Bookmark",
    "Case",
    "CaseNote",
    "Draft",
    "HeldPost",
    "Idea",
    "IdeaStep",
    "Mask",
    "MaskRefusal",
    "Mention",
    "ModerationAction",
    "Poll",
    "PollOption",
    "Post",
    "PostFile",
    "PostText",
    "PostVersion",
    "Promise",
    "QuietPeriod",
    "Quieted",
    "Quote",
    "Reaction",
    "ReadMarker",
    "ReaderSettings",
    "ReplyTemplate",
    "Report",
    "SealOpening",
    "Seat",
    "Subscription",
    "Support",
    "Topic",
    "TopicEvent",
    "Verdict",
    "WatchedWord",
]
