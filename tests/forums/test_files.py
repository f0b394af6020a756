"""Pictures and files under posts."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client

from accounts.models import User
from accounts.services.leaving import collect_export, delete_account
from forums.enums import HideReason
from forums.models import Board, Post, PostFile, Topic
from forums.services import delete, edit, hide, read_after, reply, restore
from tests.factories.forums import make_reply
from tests.factories.tasks import make_docx, make_photo, upload
from ui.files.checking import CheckedFile
from ui.files.kinds import FileKind

pytestmark = pytest.mark.django_db
PDF = CheckedFile("លិខិត.pdf", FileKind.PDF, b"%PDF-1.7 %%EOF")


def stored() -> set[str]:
    """Names in the private store, of posts; other tests leave theirs."""
    try:
        return set(storages["private"].listdir("posts")[1])
    except FileNotFoundError:
        return set()


def test_a_reply_brings_a_photo_and_a_paper(client: Client, question: Topic, clerk: User) -> None:
    client.force_login(clerk)
    at = f"/km/forum/topics/{question.public_id}/"
    files = [upload("IMG 1.jpg", make_photo()), upload("a.docx", make_docx())]
    sent = {"source": "មើល", "attached": files, "client_id": "6d1d2c0e-2b0a-4e0c-9d5e-1c6f2a4b7e90"}
    assert client.post(f"{at}reply/", sent).status_code == 302
    photo, paper = PostFile.objects.all()
    assert (photo.name, photo.kind, paper.name, Post.objects.get(number=2).file_count) == (
        "IMG 1.webp",
        "picture",
        "a.docx",
        2,
    )
    html = client.get(at).content.decode()
    assert f'<img src="/km/forum/files/{photo.public_id}/"' in html
    assert 'loading="lazy"' in html
    [patch] = read_after(question, seq=1)["patches"]
    assert str(paper.public_id) in patch["html"]
    client.logout()
    shown, kept = (client.get(f"/km/forum/files/{row.public_id}/") for row in (photo, paper))
    assert (shown["Content-Type"], shown["Content-Disposition"][:6]) == ("image/webp", "inline")
    assert (kept["Content-Disposition"][:10], "sandbox" in kept["Content-Security-Policy"]) == ("attachment", True)
    assert b"".join(shown.streaming_content)[:4] == b"RIFF"  # type: ignore[attr-defined]


def test_a_bad_file_is_refused_and_the_words_stay(client: Client, question: Topic, stranger: User) -> None:
    before = stored()
    client.force_login(stranger)
    at = f"/km/forum/topics/{question.public_id}/"
    refused = client.post(f"{at}reply/", {"source": "ពាក្យ", "attached": [upload("x.jpg", b"MZ program")]})
    assert (refused.status_code, "ពាក្យ</textarea>" in refused.content.decode()) == (422, True)
    assert (question.posts.count(), stored()) == (1, before)


def test_newcomers_begin_with_words(client: Client, question: Topic, stranger: User, settings: Any) -> None:
    client.force_login(stranger)
    at = f"/km/forum/topics/{question.public_id}/reply/"
    photos = [upload(f"{n}.jpg", make_photo((32, 32))) for n in range(4)]
    two = client.post(at, {"source": "ពីររូប", "attached": photos[:2]})
    assert (two.status_code, question.posts.count()) == (422, 1)
    assert client.post(at, {"source": "មួយរូប", "attached": photos[2:3]}).status_code == 302
    settings.FIRST_POSTS_HELD = 5
    held = client.post(at, {"source": "ត្រូវរង់ចាំ", "attached": photos[3:]})
    assert (held.status_code, PostFile.objects.count()) == (422, 1)


def test_a_double_click_keeps_one_set(question: Topic, stranger: User) -> None:
    client_id, before = "6d1d2c0e-2b0a-4e0c-9d5e-1c6f2a4b7e90", stored()
    for _ in range(2):
        reply(question, by=stranger, source="x", client_id=client_id, attached=[PDF])  # type: ignore[arg-type]
    assert (PostFile.objects.count(), len(stored() - before)) == (1, 1)


def test_a_post_that_fails_leaves_nothing_behind(question: Topic, stranger: User, monkeypatch: Any) -> None:
    before = stored()

    def fail(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("forums.services.ledger.Ledger.note", fail)
    with pytest.raises(RuntimeError):
        reply(question, by=stranger, source="x", attached=[PDF])
    assert (PostFile.objects.count(), stored()) == (0, before)


def test_files_follow_what_becomes_of_the_post(
    client: Client, question: Topic, stranger: User, judge: User, django_capture_on_commit_callbacks: Any
) -> None:
    before = stored()
    post = reply(question, by=stranger, source="x", attached=[PDF])
    address = f"/km/forum/files/{PostFile.objects.get().public_id}/"
    hide(post, by=judge, reason=HideReason.SPAM)
    assert client.get(address).status_code == 404
    restore(post, by=judge)
    assert client.get(address).status_code == 200
    Topic.objects.update(is_private=True)
    assert client.get(address).status_code == 404
    Topic.objects.update(is_private=False)
    post.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        delete(post, by=stranger)
    assert (client.get(address).status_code, stored()) == (404, before)


def test_they_go_with_the_account(
    question: Topic, stranger: User, board: Board, django_capture_on_commit_callbacks: Any
) -> None:
    before = stored()
    post = reply(question, by=stranger, source="x", attached=[PDF])
    other = reply(question, by=make_reply(question).author, source="y", attached=[PDF])  # type: ignore[arg-type]
    assert [row["files"] for row in collect_export(stranger)["parts"]["forums"]] == [["លិខិត.pdf"]]
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(stranger)
    post.refresh_from_db()
    assert (post.file_count, post.source, len(stored() - before)) == (0, "x", 1)
    assert PostFile.objects.get().post == other


def change(client: Client, post: Post, **sent: Any) -> Any:
    at = f"/km/forum/topics/{post.topic.public_id}/posts/{post.number}/edit/"
    return client.post(at, {"source": post.source, "version": post.version, **sent})


def test_an_edit_adds_a_photo_and_takes_a_paper_out(
    client: Client, question: Topic, clerk: User, django_capture_on_commit_callbacks: Any
) -> None:
    before = stored()
    post = reply(question, by=clerk, source="មើល", attached=[PDF])
    [paper] = post.files.all()
    client.force_login(clerk)
    form = client.get(f"/km/forum/topics/{question.public_id}/posts/2/edit/").content.decode()
    assert (str(paper.public_id) in form, "លិខិត.pdf · 14 B" in form) == (True, True)
    sent = {"attached": [upload("a.jpg", make_photo())], "dropped": [str(paper.public_id)]}
    with django_capture_on_commit_callbacks(execute=True):
        assert change(client, post, **sent).status_code == 302
    post.refresh_from_db()
    assert ([row.name for row in post.files.all()], post.file_count, post.version) == (["a.webp"], 1, 2)
    assert len(stored() - before) == 1
    seq = Topic.objects.get(pk=question.pk).last_seq
    [patch] = read_after(question, seq=seq - 1)["patches"]
    assert (str(post.files.get().public_id) in patch["html"], "history/" in patch["html"]) == (True, True)
    history = client.get(f"/en/forum/topics/{question.public_id}/posts/2/history/").content.decode()
    assert ("1 photo or file came with it" in history, "1 photo or file was taken out" in history) == (True, True)


def test_an_edit_of_files_sent_twice_changes_once(client: Client, question: Topic, stranger: User) -> None:
    post = reply(question, by=stranger, source="x", attached=[PDF])
    client.force_login(stranger)
    dropped = [str(post.files.get().public_id)]
    for _ in range(2):
        sent = {"attached": [upload("a.jpg", make_photo((32, 32)))], "dropped": dropped}
        assert change(client, post, **sent).status_code == 302
    assert (PostFile.objects.get().name, Post.objects.get(pk=post.pk).version) == ("a.webp", 2)


def test_files_of_an_edit_keep_to_the_limits(
    client: Client, question: Topic, stranger: User, clerk: User, settings: Any
) -> None:
    full = reply(question, by=clerk, source="x", attached=[replace(PDF, content=bytes([n])) for n in range(3)])
    client.force_login(clerk)
    photos = [upload(f"{n}.jpg", make_photo((32 + n, 32))) for n in range(4)]
    refused = change(client, full, source="ពាក្យថ្មី", attached=photos[:2])
    assert (refused.status_code, "ពាក្យថ្មី</textarea>" in refused.content.decode()) == (422, True)
    one = reply(question, by=stranger, source="y", attached=[PDF])
    client.force_login(stranger)
    assert change(client, one, attached=photos[2:3]).status_code == 422
    settings.FIRST_POSTS_HELD = 5
    one.files.all().delete()
    Post.objects.filter(pk=one.pk).update(file_count=0)
    assert change(client, one, attached=photos[3:]).status_code == 422
    assert (full.files.count(), one.files.count()) == (3, 0)


def test_a_clash_changes_no_file(client: Client, question: Topic, stranger: User) -> None:
    before = stored()
    post = reply(question, by=stranger, source="x")
    edit(post, by=stranger, source="y")
    client.force_login(stranger)
    clash = change(client, post, source="z", attached=[upload("a.jpg", make_photo((32, 32)))])
    assert (clash.status_code, "ជ្រើសរូបថត និងឯកសារម្ដងទៀត" in clash.content.decode()) == (409, True)
    assert (PostFile.objects.count(), stored()) == (0, before)


def test_nobody_takes_files_from_another_post(client: Client, question: Topic, stranger: User, clerk: User) -> None:
    theirs = reply(question, by=clerk, source="x", attached=[PDF])
    mine = reply(question, by=stranger, source="y", attached=[replace(PDF, content=b"z")])
    client.force_login(stranger)
    change(client, mine, source="yy", dropped=[str(theirs.files.get().public_id), "x"])
    assert PostFile.objects.count() == 2
