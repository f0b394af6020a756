"""The keys that sign badges. The first secret one signs; the public half of each is published."""

import base64
import hashlib
import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


@dataclass(frozen=True)
class BadgeKey:
    """One Ed25519 key: 32 public bytes, and 32 secret ones where it still may sign."""

    public: bytes
    secret: bytes | None = None

    @property
    def jwk(self) -> dict[str, str]:
        return {"crv": "Ed25519", "kty": "OKP", "x": encode(self.public)}

    @property
    def kid(self) -> str:
        """The thumbprint of RFC 7638: the same key has the same name on every server."""
        canonical = json.dumps(self.jwk, separators=(",", ":"), sort_keys=True)
        return encode(hashlib.sha256(canonical.encode()).digest())


def read_keys() -> list[BadgeKey]:
    """All keys of the settings in the order in which verifiers should try them: the signing one first."""
    keys = [BadgeKey(raw) if kind == "public" else read_secret(raw) for kind, raw in settings.BADGE_KEYS]
    signing = next((key for key in keys if key.secret), None)
    return sorted(keys, key=lambda key: key is not signing)


def find_signing_key() -> BadgeKey | None:
    return next((key for key in read_keys() if key.secret), None)


def read_secret(raw: bytes) -> BadgeKey:
    return BadgeKey(Ed25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw(), raw)


def make_key() -> tuple[str, str]:
    """A new key as the settings take it, and its public half."""
    key = Ed25519PrivateKey.generate()
    return f"secret:{encode(key.private_bytes_raw())}", f"public:{encode(key.public_key().public_bytes_raw())}"


def encode(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
