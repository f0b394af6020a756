"""Mentions: who is meant, told once, and only whoever may read."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.services.leaving import delete_account
from forums.enums import HideReason
from forums.models import Mention, Post, Topic
from forums.services import edit, hide
from forums.services.following import follow
from forums.services.mentions import MOST, tell_mentioned_task
from forums.services.quotes import make_quote
from notifications.models import Notification
from notifications.services.kinds import put_into_words
from tests.factories.accounts import UserFactory
from tests.factories.forums import make_reply


def person(name: str, latin: str = "", **kwargs: object) -> User:
    family, given = name.split(" ")
    return UserFactory.create(
        family_name_km=family, given_name_km=given, family_name_latin=latin, given_name_latin=latin, **kwargs
    )


@pytest.fixture
def dara(question: Topic) -> User:
    dara = person("កែវ ដារ៉ា", "Keo")
    make_reply(question, by=dara)
    return dara


def named(post: Post) -> list[tuple[str, int]]:
    return [(row.text, row.user_id) for row in post.mentions.order_by("pk")]


def test_a_name_of_somebody_here_is_a_mention(
    question: Topic, dara: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post = make_reply(question, source="សួស្ដី @កែវ ដារ៉ា, យល់ព្រមទេ?")
    target = question.posts.get(number=2)
    assert named(post) == [("@កែវ ដារ៉ា", dara.pk)]
    assert f'<a href="/forum/posts/{target.pk}/" rel="ugc nofollow noopener">@កែវ ដារ៉ា</a>, យល់' in post.html
    [told] = Notification.objects.filter(kind="forums.mentioned")
    assert (told.recipient, told.url) == (dara, f"/forum/topics/{question.public_id}/?post=3#p-3")
    with django_capture_on_commit_callbacks(execute=True):
        edit(post, by=post.author, source="ឈប់")  # type: ignore[arg-type]
        edit(post, by=post.author, source="ម្ដងទៀត @KEO KEO!")  # type: ignore[arg-type]
    assert named(post) == [("@KEO KEO", dara.pk)]
    assert Notification.objects.filter(kind="forums.mentioned").count() == 1


@pytest.mark.parametrize(
    "text", ["@កែវ ដារ៉ាសិទ្ធិ", "me@keo keo", "@កែវ ដារ៉ុ", "> @កែវ ដារ៉ា", "@សុខ សាន្ត", "`@កែវ ដារ៉ា` x@", "@@កែវ ដារ៉ា"]
)
def test_other_words_are_no_mention(question: Topic, dara: User, text: str) -> None:
    post = make_reply(question, source=text)
    if text.startswith("`"):
        assert "<a" not in post.html
    else:
        assert named(post) == []


def test_two_people_of_one_name_are_told_apart_by_a_number(question: Topic, dara: User) -> None:
    other = person("កែវ ដារ៉ា", "Keo")
    make_reply(question, by=other)
    assert named(make_reply(question, source="@កែវ ដារ៉ា")) == []
    assert named(make_reply(question, source="@កែវ ដារ៉ា#3 @កែវ ដារ៉ា#9")) == [("@កែវ ដារ៉ា#3", other.pk)]


def test_the_page_suggests_whom_to_name(client: Client, question: Topic, dara: User, stranger: User) -> None:
    make_reply(question, by=person("កែវ ដារ៉ា", "Keo"))
    make_reply(question, by=person("ចាន់ ធី", "Chan"))
    make_reply(question, by=stranger)
    address = f"/km/forum/topics/{question.public_id}/people/"
    assert client.get(address).status_code == 302
    client.force_login(stranger)
    found = client.get(address).json()["people"]
    assert [one["text"] for one in found][:3] == ["@ចាន់ ធី", "@កែវ ដារ៉ា#3", "@កែវ ដារ៉ា#2"]
    assert len(found) == 4


def test_a_minor_is_named_by_the_given_name_alone(question: Topic) -> None:
    minor = person("ឡុង សុភា", birth_year=2010)
    make_reply(question, by=minor)
    assert named(make_reply(question, source="@ឡុង សុភា")) == []
    assert named(make_reply(question, source="@សុភា")) == [("@សុភា", minor.pk)]


def test_nobody_names_oneself_nor_a_crowd(question: Topic, dara: User) -> None:
    assert named(make_reply(question, by=dara, source="@កែវ ដារ៉ា")) == []
    names = [f"ចាន់ {letter}" for letter in "កខគឃងចឆ"]
    for name in names:
        make_reply(question, by=person(name))
    assert len(named(make_reply(question, source=" ".join(f"@{name}" for name in names)))) == MOST


def test_whoever_cannot_read_it_is_not_told(question: Topic, dara: User, judge: User) -> None:
    post = make_reply(question, source="@កែវ ដារ៉ា")
    hide(question.posts.get(number=1), by=judge, reason=HideReason.SPAM)
    tell_mentioned_task.call(post.pk)
    assert Notification.objects.count() == 0


def test_whoever_leaves_is_named_no_longer(question: Topic, dara: User) -> None:
    post = make_reply(question, source="@កែវ ដារ៉ា ឆ្លើយ")
    edit(post, by=post.author, source="@កែវ ដារ៉ា ឆ្លើយផង")  # type: ignore[arg-type]
    delete_account(dara)
    post.refresh_from_db()
    assert (post.source, post.named, post.html) == ("@… ឆ្លើយផង", {}, "<p>@… ឆ្លើយផង</p>")
    assert post.versions.get().source == "@… ឆ្លើយ"
    assert not Mention.objects.exists()


def test_who_leaves_takes_no_piece_of_another_name(question: Topic, dara: User) -> None:
    make_reply(question, by=UserFactory.create(family_name_km="កែវ", given_name_km="ដារ៉ា វុធ"))
    post = make_reply(question, source="@កែវ ដារ៉ា វុធ និង @កែវ ដារ៉ា ផង")
    quoting = make_reply(question, source=f"{make_quote(post)}យល់ព្រម")
    assert "@កែវ ដារ៉ា ផង" in quoting.source
    delete_account(dara)
    for one in (post, quoting):
        one.refresh_from_db()
        assert "@កែវ ដារ៉ា វុធ និង @… ផង" in one.source
        assert "ដារ៉ា ផង" not in one.html


def test_who_leaves_is_named_in_nothing_that_others_were_told(
    question: Topic, dara: User, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    follow(question, by=learner, level="watch")
    with django_capture_on_commit_callbacks(execute=True):
        make_reply(question, by=dara, source=f"@{learner.public_name} សួស្ដី")
        make_reply(question, by=dara, source="ហើយមួយទៀត")
    rows = Notification.objects.filter(recipient=learner)
    assert {row.kind for row in rows} == {"forums.mentioned", "forums.replied"}
    assert all("ដារ៉ា" in put_into_words(row.kind, row.data).title for row in rows)
    delete_account(dara)
    for row in rows.all():
        assert "អតីតសមាជិក" in put_into_words(row.kind, row.data).title
