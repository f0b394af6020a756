"""What addresses of the API need, by name."""

from typing import Any


def values_of_talk(topic: Any, poll: Any, idea: Any) -> dict[str, dict[str, object]]:
    """A topic, one with a poll, and an idea."""
    of_topic, of_poll, of_idea = ({"public_id": row.public_id} for row in (topic, poll, idea))
    return {
        **dict.fromkeys(("topic-detail", "topic-posts", "api-topic-rating", "api-topic-again"), of_topic),
        **dict.fromkeys(("api-topic-poll", "api-topic-vote"), of_poll),
        "api-topic-react": of_topic | {"number": 1, "kind": "thanks"},
        **dict.fromkeys(("api-idea-detail", "api-idea-support"), of_idea),
    }


def values_of_meetings(meeting: Any) -> dict[str, dict[str, object]]:
    """A meeting of a commune."""
    of_meeting: dict[str, object] = {"public_id": meeting.public_id}
    return {
        **dict.fromkeys(("api-meeting-detail", "api-meeting-answer"), of_meeting),
        "api-plan-of": {"code": meeting.commune.code},
    }
