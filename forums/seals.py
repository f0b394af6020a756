"""The cryptography of protected posts. Both secrets come from a key of the environment, never from the database.

A *tag* says that two posts of one topic are by one person, and lets that person's own session recognise them; it says
nothing to whoever has only the database, and differs in every topic. A *seal* holds the person encrypted (AES-256-GCM,
bound to its topic and tag), all of one length, without a time in it.
"""

import base64
import hashlib
import hmac
import os
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12  # bytes, as AES-GCM wants them


class SealError(Exception):
    """No key of this installation opens the seal."""


def is_available() -> bool:
    return bool(settings.SEAL_KEYS)


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose alone."""
    return hmac.new(key, f"chuoykhum:{purpose}".encode(), hashlib.sha256).digest()


def make_tag(person: uuid.UUID, topic: uuid.UUID) -> str:
    """By the last key of the list: a new key put before it seals, and the tags stay."""
    return hmac.new(derive(settings.SEAL_KEYS[-1], "tag"), person.bytes + topic.bytes, hashlib.sha256).hexdigest()


def seal(person: uuid.UUID, *, topic: uuid.UUID, tag: str) -> str:
    """By the first key."""
    nonce = os.urandom(NONCE)
    sealed = AESGCM(derive(settings.SEAL_KEYS[0], "seal")).encrypt(nonce, person.bytes, topic.bytes + tag.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(text: str, *, topic: uuid.UUID, tag: str) -> uuid.UUID:
    """Whoever it was. Raises `SealError`."""
    raw = base64.urlsafe_b64decode(text or "")
    for key in settings.SEAL_KEYS:
        try:
            person = AESGCM(derive(key, "seal")).decrypt(raw[:NONCE], raw[NONCE:], topic.bytes + tag.encode())
        except (InvalidTag, ValueError):
            continue
        return uuid.UUID(bytes=person)
    raise SealError


def make_box_key(person: uuid.UUID, password: str) -> str:
    """What locks words on the person's own phones (box.js), in base64. `password` is the stored hash of it: with a new
    password nothing locked before opens any more.
    """
    material = person.bytes + password.encode()
    return base64.b64encode(hmac.new(derive(settings.SEAL_KEYS[-1], "box"), material, hashlib.sha256).digest()).decode()


def make_label(name: str) -> str:
    """A name that only whoever has the key can tell from another."""
    return hmac.new(derive(settings.SEAL_KEYS[-1], "label"), name.encode(), hashlib.sha256).hexdigest()[:32]


def lock_words(text: str) -> str:
    """For words that wait where others can read the rows."""
    nonce = os.urandom(NONCE)
    return base64.b64encode(
        nonce + AESGCM(derive(settings.SEAL_KEYS[0], "words")).encrypt(nonce, text.encode(), None)
    ).decode()


def unlock_words(text: str) -> str:
    """ "" for what no key of this installation opens."""
    raw = base64.b64decode(text)
    for key in settings.SEAL_KEYS:
        try:
            return AESGCM(derive(key, "words")).decrypt(raw[:NONCE], raw[NONCE:], None).decode()
        except (InvalidTag, ValueError):
            continue
    return ""
