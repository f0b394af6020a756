"""Quotes: true to the quoted post, and gone when it is gone."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.services.leaving import delete_account
from forums.enums import HideReason
from forums.models import Board, Post, Quote, Topic
from forums.services import delete, edit, hide, make_quote, remove_version, restore
from forums.services.quotes import check_quotes
from tests.factories.accounts import UserFactory
from tests.factories.forums import make_reply, make_topic

SAID = "ផ្លូវ **ខូច** តាំងពីខែមុន។\nគ្មានអ្នកណាជួសជុល។"


@pytest.fixture
def post(question: Topic) -> Post:
    return make_reply(question, source=SAID)


def head(post: Post) -> str:
    return make_quote(post).split("\n")[0]


def test_a_quote_leads_to_its_post(client: Client, question: Topic, post: Post) -> None:
    answer = make_reply(question, source=f"{make_quote(post)}យល់ស្រប")
    assert answer.html.startswith(f'<blockquote>\n<p><a href="/forum/posts/{post.pk}/"')
    assert Quote.objects.get().quoted == post
    response = client.get(f"/km/forum/posts/{post.pk}/")
    assert response["Location"] == f"/km/forum/topics/{question.public_id}/?post=2#p-2"


def test_a_passage_is_quoted_when_it_was_said(post: Post) -> None:
    assert make_quote(post, "ខូច តាំង").endswith("/)\n> ខូច តាំង\n\n")
    assert "> ខ្ញុំកុហក" not in make_quote(post, "ខ្ញុំកុហក")


@pytest.mark.parametrize(
    ("body", "is_kept"),
    [
        ("> ផ្លូវ ខូច", True),
        ("> ផ្លូវខូច … ជួសជុល។", True),
        ("> ផ្លូវ **ខូច** តាំងពីខែមុន។\n> គ្មានអ្នកណាជួសជុល។", True),
        ("> ផ្លូវល្អណាស់", False),
        ("> ផ្លូវ ខូច ហើយឃុំមិនខ្វល់", False),
        ("", False),
    ],
)
def test_nobody_has_words_put_into_their_mouth(post: Post, body: str, is_kept: bool) -> None:
    source = check_quotes(f"{head(post)}\n{body}\n\nyes", post.topic)
    assert (head(post) in source) == is_kept
    assert body in source


@pytest.mark.parametrize("indent", ["", " ", "   "])
def test_a_quote_stands_under_the_name_of_whoever_wrote_it(post: Post, indent: str) -> None:
    false = f"{indent}> [Somebody else #7](/forum/posts/{post.pk}/)"
    assert check_quotes(f"{false}\n{indent}> ផ្លូវ ខូច", post.topic).split("\n")[0] == head(post)
    assert false not in check_quotes(f"{false}\n{indent}> ផ្លូវល្អណាស់", post.topic)


def test_a_hidden_post_leaves_the_texts_that_quote_it(
    board: Board, question: Topic, post: Post, judge: User, django_capture_on_commit_callbacks: Any
) -> None:
    near = make_reply(question, source=f"{make_quote(post)}យល់ស្រប")
    far = make_reply(make_topic(board), source=f"{make_quote(post)}មើលនេះ")
    edit(near, by=near.author, source=f"{make_quote(post)}យល់ស្របណាស់")  # type: ignore[arg-type]
    texts = {row.pk: (row.source, row.html) for row in Post.objects.filter(pk__in=(near.pk, far.pk))}
    with django_capture_on_commit_callbacks(execute=True):
        hide(post, by=judge, reason=HideReason.PERSONAL_DATA)
    for row in (near, far):
        row.refresh_from_db()
        assert "ខូច" not in row.source + row.html
        assert f"/forum/posts/{post.pk}/" in row.html
    assert "ខូច" not in near.versions.get().source
    with django_capture_on_commit_callbacks(execute=True):
        restore(post, by=judge)
    for row in (near, far):
        row.refresh_from_db()
        assert (row.source, row.html) == texts[row.pk]


def test_a_deleted_post_is_quoted_no_longer(question: Topic, post: Post) -> None:
    answer = make_reply(question, source=make_quote(post))
    delete(post, by=post.author)  # type: ignore[arg-type]
    answer.refresh_from_db()
    assert "ខូច" not in answer.source + answer.html


def test_an_old_quote_stays_when_the_quoted_words_change(question: Topic, post: Post) -> None:
    answer = make_reply(question, source=f"{make_quote(post)}មួយ")
    edit(post, by=post.author, source="ផ្សេង")  # type: ignore[arg-type]
    changed = edit(answer, by=answer.author, source=answer.source.replace("មួយ", "ពីរ"))  # type: ignore[arg-type]
    assert f"(/forum/posts/{post.pk}/)" in changed.source
    fresh = make_reply(question, source=answer.source)
    assert f"(/forum/posts/{post.pk}/)" not in fresh.source


def test_what_not_everybody_may_read_is_quoted_where_it_stands_alone(question: Topic, board: Board) -> None:
    topic = make_topic(board, source="សម្ងាត់")
    source = make_quote(topic.posts.get())
    assert "/forum/posts/" in check_quotes(source, question)
    Topic.objects.filter(pk=topic.pk).update(is_private=True)
    assert "/forum/posts/" not in check_quotes(source, question)
    assert "/forum/posts/" in check_quotes(source, topic)


def test_the_reply_box_begins_with_the_quote_or_the_name(client: Client, question: Topic, post: Post) -> None:
    at = f"/km/forum/topics/{question.public_id}/"
    assert "<textarea" not in client.get(f"{at}?quote=2").content.decode()
    client.force_login(UserFactory.create())
    box = client.get(f"{at}?post=2&quote=2").content.decode().split("<textarea")[1].split("</textarea>")[0]
    assert "&gt; ផ្លូវ **ខូច** តាំងពីខែមុន។\n&gt; គ្មានអ្នកណាជួសជុល។" in box
    box = client.get(f"{at}?to=2").content.decode().split("<textarea")[1].split("</textarea>")[0]
    assert f"@{post.author.public_name} " in box  # type: ignore[union-attr]
    text = client.get(f"{at}posts/2/quote/?text=ខូច").content.decode()
    assert text.endswith("\n> ខូច\n\n")
    assert client.get(f"{at}posts/9/quote/").status_code == 404


def test_a_moderator_takes_a_former_edition_out(
    client: Client, question: Topic, post: Post, judge: User, stranger: User
) -> None:
    edit(post, by=post.author, source="មួយ")  # type: ignore[arg-type]
    edit(post, by=post.author, source="ពីរ")  # type: ignore[arg-type]
    at = f"/km/forum/topics/{question.public_id}/posts/2/history/"
    html = client.get(at).content.decode()
    assert ("ខូច" in html, "<ins>" in html, "<del>" in html) == (True, True, True)
    client.force_login(stranger)
    assert client.post(f"{at}1/").status_code == 403
    client.force_login(judge)
    assert client.post(f"{at}1/").status_code == 302
    html = client.get(at).content.decode()
    assert ("ខូច" in html, post.versions.get(number=1).source) == (False, "")
    remove_version(post, number=1, by=judge)
    hide(post, by=judge, reason=HideReason.SPAM)
    assert client.get(at).status_code == 200
    client.logout()
    assert client.get(at).status_code == 404


def test_whoever_left_is_quoted_as_nobody(
    client: Client, board: Board, question: Topic, post: Post, stranger: User
) -> None:
    name, topic = post.author.public_name, make_topic(board)  # type: ignore[union-attr]
    answer = make_reply(topic, by=stranger, source=f"{make_quote(post)}មួយ")
    edit(answer, by=stranger, source=f"{make_quote(post)}ពីរ")
    edit(answer, by=stranger, source="បី")
    other = make_reply(question, source=make_quote(post))
    assert name in other.html
    delete_account(post.author)  # type: ignore[arg-type]
    for row in (answer, other):
        row.refresh_from_db()
        assert name not in "".join([row.source, row.html, *row.versions.values_list("source", flat=True)])
    assert "ខូច" in other.source
    for language, word in (("km", "អតីតសមាជិក"), ("en", "A former member")):
        page = client.get(f"/{language}/forum/topics/{question.public_id}/").content.decode()
        assert f">{word} #2</a>" in page
        assert page.count(word) == 2, "over the quote and over the post"
    assert head(Post.objects.get(pk=post.pk)) == f"> [– #2](/forum/posts/{post.pk}/)"


def test_an_official_is_quoted_by_the_office_for_good(question: Topic, clerk: User) -> None:
    post = make_reply(question, by=clerk, source=SAID)
    answer = make_reply(question, source=make_quote(post))
    before = answer.source
    delete_account(clerk)
    answer.refresh_from_db()
    assert answer.source == before


def test_words_taken_out_of_the_history_leave_the_quotes(
    question: Topic, board: Board, post: Post, judge: User, django_capture_on_commit_callbacks: Any
) -> None:
    near = make_reply(question, source=f"{make_quote(post, 'ខូច')}មួយ")
    far = make_reply(make_topic(board), source=f"{make_quote(post, 'ខូច')}ពីរ")
    still = make_reply(question, source=f"{make_quote(post, 'គ្មានអ្នកណាជួសជុល។')}បី")
    edit(near, by=near.author, source="បួន")  # type: ignore[arg-type]
    edit(post, by=post.author, source="គ្មានអ្នកណាជួសជុល។")  # type: ignore[arg-type]
    with django_capture_on_commit_callbacks(execute=True):
        remove_version(post, number=1, by=judge)
    for row in (near, far, still):
        row.refresh_from_db()
    assert "ខូច" not in far.source + far.html + near.versions.get().source
    assert (f"/forum/posts/{post.pk}/" in far.html, "គ្មានអ្នកណា" in still.html) == (True, True)
    hide(post, by=judge, reason=HideReason.SPAM)
    restore(post, by=judge)
    far.refresh_from_db()
    assert "ខូច" not in far.source


def test_words_taken_out_while_the_post_is_hidden_do_not_come_back(question: Topic, post: Post, judge: User) -> None:
    answer = make_reply(question, source=f"{make_quote(post, 'ខូច')}មួយ")
    edit(post, by=post.author, source="គ្មាន")  # type: ignore[arg-type]
    hide(post, by=judge, reason=HideReason.SPAM)
    remove_version(post, number=1, by=judge)
    restore(post, by=judge)
    answer.refresh_from_db()
    assert "ខូច" not in answer.source


def test_a_quote_that_an_edit_took_out_is_withheld_from_the_history(question: Topic, post: Post, judge: User) -> None:
    answer = make_reply(question, source=make_quote(post) + "មួយ")
    edit(answer, by=answer.author, source="ពីរ")  # type: ignore[arg-type]
    hide(post, by=judge, reason=HideReason.SPAM)
    assert "ខូច" not in answer.versions.get().source
