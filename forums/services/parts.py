"""What of a topic's page changes live beside its posts: how each part looks to everybody.

A part stands in the page as `<… id="part-<name>">`. Its fragment depends on no reader. Where it would, the function
answers None: then each page fetches its own from the address in the part's `data-url`.
"""

from collections.abc import Iterable

from django.template.loader import render_to_string

from forums.enums import Part
from forums.models import Topic
from forums.realtime import Fragment


def show_head(topic: Topic) -> str:
    """What kind it is and how it stands."""
    return render_to_string("forums/head.html", {"topic": topic}).strip()


def show_idea(topic: Topic) -> str:
    """What the idea is, how far it has come, and every step with its words."""
    return render_to_string("forums/idea.html", {"topic": topic, "idea": topic.idea}).strip()


PARTS: dict[Part, Fragment] = {Part.HEAD: show_head, Part.IDEA: show_idea}


def find_parts(names: Iterable[str]) -> dict[str, Fragment]:
    """By name, in the order of `Part`."""
    wanted = set(names)
    return {part.value: PARTS[part] for part in Part if part.value in wanted}
