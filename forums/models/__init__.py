from forums.models.board import Board
from forums.models.moderation import ModerationAction
from forums.models.post import Post, TopicEvent
from forums.models.reaction import Reaction
from forums.models.report import Report
from forums.models.topic import ReadMarker, Topic

__all__ = ["Board", "ModerationAction", "Post", "Reaction", "ReadMarker", "Report", "Topic", "TopicEvent"]
