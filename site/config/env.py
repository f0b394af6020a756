"""Typed readers of environment variables. Each raises `ImproperlyConfigured` with a sentence that says what to do."""

import base64
import binascii
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def read_text(name: str, default: str | None = None) -> str:
    """The variable's text; without a default an absent or empty one is an error."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return default


def read_flag(name: str, *, default: bool = False) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off, whatever the case."""
    value = os.environ.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} is {value!r}; use yes or no.")
    return word in TRUE


def read_number(name: str, default: int) -> int:
    """A whole number."""
    value = read_text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; use a whole number.") from None


def read_hour(name: str, default: int) -> int:
    """An hour of the day, 0 to 23."""
    hour = read_number(name, default)
    if not 0 <= hour <= 23:
        raise ImproperlyConfigured(f"{name} is {hour}; use an hour from 0 to 23.")
    return hour


def read_list(name: str, default: str = "") -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [part.strip() for part in read_text(name, default).split(",") if part.strip()]


def read_keys(name: str, default: str = "") -> list[tuple[str, bytes]]:
    """Ed25519 keys, `secret:…` or `public:…` with 32 bytes in base64url, separated by commas: pairs of kind and bytes.

    The first secret one signs; all are published, so that what an older one signed is still believed.
    """
    keys = [_read_key(name, part) for part in read_list(name, default)]
    if keys and not any(kind == "secret" for kind, _raw in keys):
        raise ImproperlyConfigured(f"{name} has no secret key; make one with: manage.py make_badge_key")
    return keys


def read_seal_keys(name: str, default: str = "") -> list[bytes]:
    """32 bytes each in base64url, separated by commas. The first seals; every one opens; the last makes the tags."""
    keys = []
    for part in read_list(name, default):
        try:
            raw = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if len(raw) != 32:
            raise ImproperlyConfigured(
                f"{name} has a key that cannot be read (the text is not shown): 32 bytes, base64url."
            )
        keys.append(raw)
    return keys


def _read_key(name: str, text: str) -> tuple[str, bytes]:
    kind, _, encoded = text.partition(":")
    try:
        raw = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if kind not in {"secret", "public"} or len(raw) != 32:
        raise ImproperlyConfigured(
            f"{name} has a key that cannot be read (the text is not shown); make one with: manage.py make_badge_key"
        )
    return kind, raw


def read_folder(name: str, default: Path) -> Path:
    """A folder's absolute path; it need not exist."""
    return Path(read_text(name, str(default))).expanduser().resolve()


def sqlite_database(path: Path) -> dict[str, Any]:
    """SQLite for one little server: readers never wait (WAL), writers queue at BEGIN instead of failing at COMMIT."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA busy_timeout=20000; PRAGMA cache_size=-16000;"
            ),
        },
    }


def postgresql_database(url: str) -> dict[str, Any]:
    """PostgreSQL through the driver's own pool with a hard maximum: persistent connections leak under ASGI."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    pool = {"min_size": 1, "max_size": read_number("DATABASE_POOL", 8), "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**options, "pool": pool},
    }


def read_database(name: str, default: Path) -> dict[str, Any]:
    """`postgresql://user:password@host:5432/name`, `sqlite:///file`, or nothing: SQLite at `default`."""
    url = os.environ.get(name, "").strip()
    if not url:
        return sqlite_database(default)
    scheme = urlsplit(url).scheme
    if scheme in {"postgres", "postgresql"}:
        return postgresql_database(url)
    if scheme == "sqlite":
        return sqlite_database(Path(urlsplit(url).path.removeprefix("/") or default))
    raise ImproperlyConfigured(f"{name} starts with {scheme!r}; use postgresql:// or sqlite:///.")


def read_mail(url: str) -> dict[str, Any]:
    """`smtp://user:password@host:587` (STARTTLS) or `smtps://…:465` as Django's mail settings."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL looks wrong; use smtp://user:password@host:587.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
    }
