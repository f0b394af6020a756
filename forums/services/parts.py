"""What of a topic's page changes live beside its posts: how each part looks to everybody.

A part stands in the page as `<… id="part-<name>">`. Its fragment depends on no reader. Where it would, the function
answers None: then each page fetches its own from the address in the part's `data-url`.
"""

from collections.abc import Iterable

from django.template.loader import render_to_string

from forums.enums import Part
from forums.models import Topic
from forums.realtime import Fragment
from forums.services.polls.reading import is_for_everybody, read_poll


def show_head(topic: Topic) -> str:
    """What kind it is and how it stands."""
    return render_to_string("forums/head.html", {"topic": topic}).strip()


def show_idea(topic: Topic) -> str:
    """What the idea is, how far it has come, and every step with its words."""
    idea = getattr(topic, "idea", None)
    return render_to_string("forums/idea.html", {"topic": topic, "idea": idea}).strip() if idea else ""


def show_poll(topic: Topic) -> str | None:
    """The numbers, where all readers see the same; None where it depends on their own vote; "" once it is gone."""
    poll = getattr(topic, "poll", None)
    if poll is None:
        return ""
    if not is_for_everybody(poll):
        return None
    return render_to_string("forums/poll.html", {"topic": topic, "shown": read_poll(poll)}).strip()


PARTS: dict[Part, Fragment] = {Part.HEAD: show_head, Part.IDEA: show_idea, Part.POLL: show_poll}


def find_parts(names: Iterable[str]) -> dict[str, Fragment]:
    """By name, in the order of `Part`."""
    wanted = set(names)
    return {part.value: PARTS[part] for part in Part if part.value in wanted}
