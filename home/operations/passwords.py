"""One random password per installation for the demo cast, kept where only the owner can read it."""

import os
import secrets
from pathlib import Path

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aeiou"


def read_or_make_password(path: Path) -> str:
    """The password in `path`; a new one with mode 0600 when the file is absent."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make_password() + "\n")
    return path.read_text().split()[0]


def make_password() -> str:
    """Easy to read aloud and to type on a phone: three made-up words and a number, 47 bits."""
    return "-".join([*(make_word() for _ in range(3)), f"{secrets.randbelow(90) + 10}"])


def make_word() -> str:
    return "".join(secrets.choice(letters) for letters in (CONSONANTS, VOWELS, CONSONANTS, VOWELS))
