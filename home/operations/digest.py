"""Short names for the state of files: when the name is the same, the work is done already."""

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path


def digest_of_files(paths: Iterable[Path]) -> str:
    """Changes when a file is added, removed, resized or rewritten. Reads no contents: fast on a slow disk."""
    state = blake2b(digest_size=16)
    for path in sorted(paths):
        about = path.stat()
        state.update(f"{path}|{about.st_size}|{about.st_mtime_ns}\n".encode())
    return state.hexdigest()
