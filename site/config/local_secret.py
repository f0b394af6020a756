"""The secrets of a single machine: made once, kept beside its data, readable by their owner only."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def make_badge_key() -> str:
    """A key for signing badges, as `env.read_keys` reads it."""
    return f"secret:{secrets.token_urlsafe(32)}"


def make_seal_key() -> str:
    """A key for the seals of protected posts, as `env.read_seal_keys` reads it."""
    return secrets.token_urlsafe(32)


def read_or_make_secret(path: Path, make: Callable[[], str] = get_random_secret_key) -> str:
    """The text of `path`; made with mode 0600 when absent. Raises `ImproperlyConfigured` in a read-only folder."""
    if path.exists():
        return path.read_text().strip()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cannot write in {path.parent} ({error.strerror}). Make it writable, or set VAR_DIR to another folder."
        ) from None
    secret = make()
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
    return secret
