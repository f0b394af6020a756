"""Bad input at the real addresses: a kind sentence, the words kept, nothing stored; tricks taken out of the rest."""

import pytest
from django.test import Client

from accounts.models import User
from forums.models import Post, Topic
from forums.rendering import LONGEST

pytestmark = pytest.mark.django_db

MARKS, LONG, NOTHING = "សញ្ញាជាន់គ្នាច្រើនពេក", "វែងហួស", "សូមសរសេរពីរបីពាក្យសិន"
REFUSED = {
    "a tower of marks": ("H" + "\u0300\u0334\u0489" * 30, MARKS),
    "a tower with invisible floors": ("H" + "\u0300\u200d" * 30, MARKS),
    "100 kB": ("ក" * (100 * 1024 // 3), LONG),
    "100 kB without a space": ("x" * 100 * 1024, LONG),
    "only zero widths": ("\u200b" * 5000, NOTHING),
    "only fillers": ("\u3164 \u2060\ufeff \u00ad" * 50, NOTHING),
    "only tags that nobody sees": ("\U000e0041\U000e0042" * 100, NOTHING),
    "only turns of direction": ("\u202e\u2066\u2069" * 100, NOTHING),
}
CLEANED = {
    "a name that reads backwards": ("\u202egnp.exe\u202c", "gnp.exe"),
    "a word in zero widths": ("v" + "\u200b\u200b\u2060" * 40 + "ote", "v\u200bote"),
    "hidden tags": ("ok\U000e0068\U000e0069", "ok"),
    "control characters": ("a\x1b[31mb\x7f", "a[31mb"),
    "a page of empty lines": ("a" + "\n" * 150 + "b", "a\n\n\nb"),
    "letters in pieces": ("e\u0301", "\u00e9"),
}


@pytest.fixture
def writer(client: Client, question: Topic, learner: User) -> Client:
    """The author of the question, signed in."""
    client.force_login(learner)
    return client


def addresses(topic: Topic) -> dict[str, dict[str, str]]:
    """Everywhere a text is written, with what else the form needs."""
    at = f"/km/forum/topics/{topic.public_id}/"
    return {
        f"{at}reply/": {},
        f"{at}posts/1/edit/": {},
        f"/km/forum/boards/{topic.board.slug}/new/": {"kind": "question", "title": "ផ្លូវ"},
    }


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused_with_a_sentence_and_kept(writer: Client, question: Topic, kind: str) -> None:
    text, said = REFUSED[kind]
    for address, rest in addresses(question).items():
        response = writer.post(address, {**rest, "source": text})
        html = response.content.decode()
        assert (response.status_code, "note bad" in html) == (422, True), address
        assert text.strip() in html, address
        assert said in html, address
    assert Post.objects.count() == 1


@pytest.mark.parametrize("kind", CLEANED)
def test_the_trick_is_taken_out_of_what_is_posted(writer: Client, question: Topic, kind: str) -> None:
    typed, kept = CLEANED[kind]
    for address, rest in addresses(question).items():
        assert writer.post(address, {**rest, "source": typed, **({"title": typed} if rest else {})}).status_code == 302
    assert {post.source for post in Post.objects.all()} == {kept}
    assert Topic.objects.exclude(pk=question.pk).get().title == " ".join(kept.split())


def test_the_longest_post_is_posted_and_one_letter_more_is_not(writer: Client, question: Topic) -> None:
    at = f"/km/forum/topics/{question.public_id}/reply/"
    text = " ".join(str(number) for number in range(LONGEST))  # one letter over and over is refused at any length
    assert writer.post(at, {"source": text[: LONGEST + 1]}).status_code == 422
    assert writer.post(at, {"source": text[:LONGEST]}).status_code == 302
