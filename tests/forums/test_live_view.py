"""Whatever happens in whatever order, a page that stays open ends up as a page freshly loaded: no gap, no duplicate.

`Page` is line.js and live.js in Python, rule for rule. Hypothesis writes, edits, deletes, marks, loses messages
and lines.
"""

import json
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import MembershipRole
from forums import realtime
from forums.enums import HideReason, Part, PollShows, PollWay, ReactionKind
from forums.models import Post, Topic
from forums.services import delete, edit, get_board_of, hide, mark_answer, read_after, read_thread, reply, restore
from forums.services.parts import find_parts
from forums.services.polls.making import PollFacts, add_poll
from forums.services.polls.voting import vote
from forums.services.reactions import react
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.forums import make_topic

pytestmark = pytest.mark.django_db(transaction=True)


class Page:
    """An open page on a phone: what it shows, the number it is at, and what its line still holds."""

    def __init__(self, topic: Topic) -> None:
        self.topic = topic
        thread = read_thread(topic, user=AnonymousUser())
        self.shown = view_of(topic)
        self.parts = parts_of(topic)
        self.seq = thread.seq
        self.held: list[dict[str, Any]] = []
        self.is_connected = True

    def receive(self, message: dict[str, Any]) -> None:
        if self.is_connected:
            self.held.append(message)

    def read_line(self, count: int) -> None:
        """Take some of the waiting messages, as line.js's `take` does."""
        for message in self.held[:count]:
            if message["seq"] <= self.seq:
                continue
            if message["first"] <= self.seq + 1:
                self.apply(message["patches"], message["seq"])
            else:
                self.fill()
        del self.held[:count]

    def lose_line(self) -> None:
        self.is_connected = False
        self.held.clear()

    def come_back(self) -> None:
        self.is_connected = True
        self.fill()

    def fill(self) -> None:
        while True:
            answer = json.loads(json.dumps(read_after(fresh(self.topic), seq=self.seq)))
            self.apply(answer["patches"], answer["seq"])
            if not answer["more"]:
                return

    def apply(self, patches: list[dict[str, Any]], reached: int) -> None:
        for patch in patches:
            if "part" in patch:
                self.parts[patch["part"]] = patch["html"]
                continue
            self.shown = {number: kept for number, kept in self.shown.items() if number != patch["number"]}
            if patch["place"] == "answer":
                self.shown = {number: kept for number, kept in self.shown.items() if kept[0] != "answer"}
            self.shown[patch["number"]] = (patch["place"], patch["html"])
        self.seq = max(self.seq, reached)


def fresh(topic: Topic) -> Topic:
    return Topic.objects.select_related("board__commune", "answer").get(pk=topic.pk)


def view_of(topic: Topic) -> dict[int, tuple[str, str]]:
    """The truth: what a fresh load shows."""
    topic = fresh(topic)
    posts = list(topic.posts.select_related("author"))
    for post in posts:
        post.topic = topic
    return {patch["number"]: (patch["place"], patch["html"]) for patch in realtime.make_patches(topic, posts)}


def parts_of(topic: Topic) -> dict[str, str | None]:
    """The truth beside the posts: the parts that this topic has."""
    topic, found = fresh(topic), {}
    for name, show in find_parts(Part).items():
        with suppress(ObjectDoesNotExist):
            found[name] = show(topic)
    return found


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["reply", "reply", "answer", "mark", "edit", "delete", "hide", "restore", "react", "vote"]
            + ["read", "read", "lose", "come back", "drop one", "twice", "swap"]
        ),
        st.integers(0, 7),
    ),
    min_size=1,
    max_size=14,
)


POLL = PollFacts("ណាមុន?", ["ផ្លូវ", "អណ្ដូង"], way=PollWay.SINGLE, days=7, shows=PollShows.ALWAYS)


class Story:
    """One topic, its people, and a page that is open on it."""

    def __init__(self, sent: list[dict[str, Any]]) -> None:
        office = OfficeFactory.create()
        self.clerk = MembershipFactory.create(organisation=office, role=MembershipRole.CLERK).user
        self.judge = UserFactory.create(is_superuser=True)
        assert office.commune is not None
        self.topic = make_topic(get_board_of(office.commune), by=self.clerk)
        add_poll(self.topic, POLL, by=self.clerk)
        self.topic.refresh_from_db()
        self.sent, self.seen = sent, len(sent)
        self.page = Page(self.topic)

    def step(self, act: str, choice: int) -> None:
        posts = list(self.topic.posts.filter(number__gt=1).order_by("number"))
        post = posts[choice % len(posts)] if posts else None
        if act in {"reply", "answer"}:
            reply(self.topic, by=self.clerk, source=f"{act} {choice}", as_answer=act == "answer")
        elif act in {"read", "lose", "come back", "drop one", "twice", "swap"}:
            self.meddle(act, choice)
        elif act == "vote":
            vote(fresh(self.topic), [1 + choice % 2] if choice < 6 else [], by=self.judge)
        elif post is not None:
            self.change(act, choice, post)
        self.carry()

    def change(self, act: str, choice: int, post: Post) -> None:
        if act == "mark" and post.is_visible:
            mark_answer(post, by=self.clerk)
        elif act == "edit" and post.is_visible:
            edit(post, by=self.clerk, source=f"edited {choice}")
        elif act == "delete" and post.is_visible:
            delete(post, by=self.clerk, reason="x")
        elif act == "react" and post.is_visible:
            react(post, by=self.judge, kind=list(ReactionKind)[choice % len(ReactionKind)], is_on=choice < 5)
        elif act == "hide":
            hide(post, by=self.judge, reason=HideReason.SPAM)
        elif act == "restore":
            restore(post, by=self.judge)

    def meddle(self, act: str, choice: int) -> None:
        page = self.page
        if act == "read":
            page.read_line(choice)
        elif act == "lose":
            page.lose_line()
        elif act == "come back":
            page.come_back()
        elif act == "drop one" and page.held:
            page.held.pop(choice % len(page.held))
        elif act == "twice" and page.held:
            page.held.append(page.held[choice % len(page.held)])
        elif act == "swap" and len(page.held) > 1:
            page.held.insert(0, page.held.pop(choice % len(page.held)))

    def carry(self) -> None:
        """What was published since goes down the line."""
        for message in self.sent[self.seen :]:
            self.page.receive(message)
        self.seen = len(self.sent)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_story_ends_in_the_same_view(steps: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []

    def keep(room: str, text: str, *, closing: bool = False) -> None:
        message = json.loads(text)
        if room.endswith(":km") and message["type"] == "patch":
            sent.append(message)

    monkeypatch.setattr("forums.realtime.transport.publish", keep)
    story = Story(sent)
    for act, choice in steps:
        story.step(act, choice)
    assert [message["first"] for message in sent] == [
        1 + previous for previous in [0, *(message["seq"] for message in sent[:-1])]
    ]
    story.page.read_line(len(story.page.held))
    story.page.come_back()
    assert story.page.shown == view_of(story.topic)
    assert story.page.parts == parts_of(story.topic)
    assert story.page.seq == fresh(story.topic).last_seq


def test_reading_the_line_alone_needs_no_fill(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing lost, messages alone keep the page right."""
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(
        "forums.realtime.transport.publish",
        lambda room, text, **_: sent.append(json.loads(text)) if room.endswith(":km") else None,
    )
    story = Story(sent)
    monkeypatch.setattr(Page, "fill", lambda page: pytest.fail(f"nothing was lost: {page.seq}"))
    for act, choice in [
        ("reply", 0),
        ("answer", 1),
        ("reply", 2),
        ("answer", 3),
        ("edit", 0),
        ("delete", 1),
        ("hide", 0),
    ]:
        story.step(act, choice)
    story.page.read_line(99)
    assert story.page.shown == view_of(story.topic)
    assert story.page.parts == parts_of(story.topic)


def test_news_are_shown_as_they_are_when_they_are_read() -> None:
    """The topic was read a moment before somebody marked an answer, its events a moment after."""
    story = Story([])
    reply(story.topic, by=story.clerk, source="answer")
    before = fresh(story.topic)
    mark_answer(story.topic.posts.get(number=2), by=story.clerk)
    news = read_after(before, seq=before.last_seq)
    places = {patch["number"]: patch["place"] for patch in news["patches"] if "number" in patch}
    assert (news["seq"], places) == (fresh(story.topic).last_seq, {2: "answer"})
    assert [patch["html"] for patch in news["patches"] if patch.get("part") == Part.HEAD] == [
        parts_of(story.topic)[Part.HEAD]
    ]
