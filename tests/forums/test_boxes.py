"""Protected words before they are sent: locked wherever they wait, and nothing tells that they do."""

import base64
import uuid
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User
from forums import seals
from forums.models import Board, HeldPost, Topic

WORDS = "គេសុំលុយពីខ្ញុំ ពេលខ្ញុំយកសំបុត្រកំណើត"


def read_box(client: Client, address: str) -> str:
    return client.get(address).content.decode().split('data-box="')[1].split('"')[0]


def test_the_key_is_the_persons_own_and_changes_with_the_password(
    client: Client, question: Topic, board: Board, stranger: User, learner: User
) -> None:
    places = [f"/en/forum/topics/{question.public_id}/protected/", f"/en/forum/boards/{board.slug}/protected/"]
    keys = []
    for user in (stranger, learner):
        client.force_login(user)
        keys.append({read_box(client, place) for place in places})
    stranger.set_password("another one, quite long")
    stranger.save()
    client.force_login(stranger)
    keys.append({read_box(client, places[0])})
    assert ([len(found) for found in keys], len(set.union(*keys))) == ([1, 1, 1], 3)
    assert len(base64.b64decode(keys[0].pop())) == 32


def test_words_of_an_ended_session_come_back_and_no_row_tells_what_they_are(
    client: Client, question: Topic, board: Board, stranger: User
) -> None:
    """Protected and not: the rows look alike."""
    at = f"/en/forum/topics/{question.public_id}/"
    answer = client.post(f"{at}protected/", {"source": WORDS, "understood": "on"})
    assert answer["Location"] == f"/en/accounts/login/?next={at}protected/"
    client.post(f"{at}reply/", {"source": f"{WORDS} ក"})
    client.post(f"/en/forum/boards/{board.slug}/protected/", {"source": WORDS, "title": "ថ្លៃសេវា"})
    rows = Session.objects.get().get_decoded()
    assert ([len(name) for name in rows], WORDS in str(rows), "protected" in str(rows)) == ([39] * 4, False, False)
    client.force_login(stranger)
    first, second = client.get(f"{at}protected/").content.decode(), client.get(f"{at}protected/").content.decode()
    assert (WORDS in first, WORDS in second) == (True, False)
    begun = client.get(f"/en/forum/boards/{board.slug}/protected/").content.decode()
    assert (WORDS in begun, "ថ្លៃសេវា" in begun) == (True, True)
    assert f"{WORDS} ក" in client.get(at).content.decode()


def test_without_a_key_ordinary_words_still_come_back(
    client: Client, question: Topic, stranger: User, settings: Any
) -> None:
    settings.SEAL_KEYS = []
    at = f"/en/forum/topics/{question.public_id}/"
    client.post(f"{at}reply/", {"source": WORDS})
    client.force_login(stranger)
    assert WORDS in client.get(at).content.decode()


def test_what_another_key_locked_is_lost_and_breaks_nothing(settings: Any) -> None:
    locked = seals.lock_words(WORDS)
    assert (seals.unlock_words(locked), WORDS in locked) == (WORDS, False)
    settings.SEAL_KEYS = [b"another key of thirty two bytes!"]
    assert seals.unlock_words(locked) == ""


@pytest.mark.parametrize(("cell", "told"), [("2", "2"), ("7", None), ("", None), ("<b>", None)])
def test_the_server_says_that_the_words_arrived(
    client: Client, question: Topic, stranger: User, settings: Any, cell: str, told: str | None
) -> None:
    settings.FIRST_POSTS_HELD = 1
    client.force_login(stranger)
    at = f"/en/forum/topics/{question.public_id}/protected/"
    sent = {"source": WORDS, "client_id": str(uuid.uuid4()), "cell": cell}
    assert "box" not in client.post(at, sent).cookies  # not read yet, so not sent
    cookies = client.post(at, {**sent, "understood": "on"}).cookies
    assert (cookies["box"].value if "box" in cookies else None) == told
    assert HeldPost.objects.count() == 1


def test_what_the_phone_locks_opens_with_the_key_of_the_page(stranger: User) -> None:
    """The script's way of locking, by the same key: AES-GCM with the nonce before it."""
    key = base64.b64decode(seals.make_box_key(stranger.public_id, stranger.password))
    locked = AESGCM(key).encrypt(b"n" * 12, WORDS.encode(), None)
    assert AESGCM(key).decrypt(b"n" * 12, locked, None).decode() == WORDS
