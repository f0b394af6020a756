"""Reactions: once each, not on one's own, counted where everybody reads them."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.services.leaving import collect_export, delete_account
from forums.enums import EventKind, HideReason, ReactionKind
from forums.errors import NotAllowedError
from forums.models import Post, Reaction, Topic
from forums.services import delete, hide, react, read_after
from tests.factories.accounts import UserFactory
from tests.factories.forums import make_reply

THANKS, SAD = ReactionKind.THANKS, ReactionKind.SAD


@pytest.fixture
def post(question: Topic) -> Post:
    return make_reply(question)


def test_a_reaction_counts_once_and_is_told_live(question: Topic, post: Post, learner: User, stranger: User) -> None:
    for person in (learner, learner, stranger):
        react(post, by=person, kind=THANKS)
    react(post, by=learner, kind=SAD)
    question.refresh_from_db()
    post.refresh_from_db()
    assert post.tallies == {"thanks": 2, "sad": 1}
    kinds = list(question.events.order_by("seq").values_list("kind", flat=True))
    assert kinds == [EventKind.POSTED] * 2 + [EventKind.CHANGED] * 3
    assert (question.last_seq, question.last_number) == (5, 2)
    [patch] = read_after(question, seq=4)["patches"]
    assert patch["html"].count('form="react"') == 2
    assert "aria-pressed" not in patch["html"]


def test_taking_back_twice_is_once(question: Topic, post: Post, learner: User) -> None:
    react(post, by=learner, kind=THANKS)
    for _ in range(2):
        react(post, by=learner, kind=THANKS, is_on=False)
    post.refresh_from_db()
    question.refresh_from_db()
    assert (post.tallies, question.last_seq) == ({}, 4)


def test_who_may_react(question: Topic, post: Post, learner: User, judge: User) -> None:
    author = post.author
    assert author is not None
    for person in (author, UserFactory.create(birth_year=2015)):
        with pytest.raises(NotAllowedError):
            react(post, by=person, kind=THANKS)
    delete(post, by=author)
    with pytest.raises(NotAllowedError):
        react(post, by=learner, kind=THANKS)
    hide(question.posts.get(number=1), by=judge, reason=HideReason.SPAM)
    with pytest.raises(NotAllowedError):
        react(question.posts.get(number=1), by=judge, kind=THANKS)
    assert not Reaction.objects.exists()


def test_the_page_shows_ones_own_and_works_without_scripts(
    client: Client, question: Topic, post: Post, stranger: User
) -> None:
    at = f"/km/forum/topics/{question.public_id}/"
    assert client.post(f"{at}react/", {"thanks": "2"})["Location"].startswith("/km/accounts/login/?next=")
    client.force_login(stranger)
    for _ in range(2):
        assert client.post(f"{at}react/", {"thanks": "2"})["Location"] == f"{at}?post=2#p-2"
    html = client.get(at).content.decode()
    assert '<button form="react" name="thanks" value="-2" aria-pressed="true">' in html
    assert 'name="sad"' not in html
    assert 'name="sad" value="2"' in client.get(f"{at}posts/2/").content.decode()
    assert client.post(f"{at}react/", {"thanks": "-2"}, headers={"Accept": "application/json"}).status_code == 204
    post.refresh_from_db()
    assert post.tallies == {}
    for data in ({}, {"thanks": "x"}, {"dislike": "2"}, {"thanks": ""}):
        assert client.post(f"{at}react/", data)["Location"] == at
    assert client.post(f"{at}react/", {"thanks": "99"}).status_code == 404
    assert Reaction.objects.count() == 0


def test_one_is_told_that_the_post_is_ones_own(client: Client, question: Topic, learner: User) -> None:
    client.force_login(learner)
    at = f"/km/forum/topics/{question.public_id}/"
    assert client.post(f"{at}react/", {"thanks": "1"}).status_code == 302
    assert client.post(f"{at}react/", {"thanks": "1"}, headers={"Accept": "application/json"}).status_code == 409
    assert Reaction.objects.count() == 0


def test_a_person_takes_them_along_and_they_go_with_the_account(post: Post, stranger: User, learner: User) -> None:
    for person in (stranger, learner):
        react(post, by=person, kind=THANKS)
    own = collect_export(stranger)["parts"]["forum_reactions"]
    assert [(row["number"], row["kind"]) for row in own] == [(2, "thanks")]
    delete_account(stranger)
    post.refresh_from_db()
    assert post.tallies == {"thanks": 1}


def test_everything_one_may_do_stands_on_one_page(
    client: Client, question: Topic, post: Post, learner: User, clerk: User, judge: User
) -> None:
    official = make_reply(question, by=clerk)
    seen = {}
    names = ("edit", "delete", "hide", "report", "answer")
    for name, person in (("visitor", None), ("author", post.author), ("clerk", clerk), ("judge", judge)):
        client.logout()
        if person:
            client.force_login(person)
        for row in (post, official):
            html = client.get(f"/km/forum/topics/{question.public_id}/posts/{row.number}/").content.decode()
            seen[name, row.number] = [act for act in names if f"/posts/{row.number}/{act}/" in html]
    assert seen == {
        ("visitor", 2): [],
        ("visitor", 3): [],
        ("author", 2): ["edit", "delete"],
        ("author", 3): ["report"],
        ("clerk", 2): ["report"],
        ("clerk", 3): ["edit", "delete", "answer"],
        ("judge", 2): ["hide", "report"],
        ("judge", 3): ["hide", "report"],
    }
