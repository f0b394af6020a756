"""What stops a start, each said in one sentence."""

import errno
import os
import socket
import sys
from pathlib import Path

from home.operations.errors import OperationError

OLDEST_PYTHON = (3, 11)


def check_python(version: tuple[int, int] = sys.version_info[:2]) -> None:
    """Raise `OperationError` below Python 3.11."""
    if version < OLDEST_PYTHON:
        raise OperationError(f"Chuoy Khum needs Python 3.11 or newer; this is Python {version[0]}.{version[1]}.")


def check_writable(folder: Path) -> None:
    """Make `folder` and try a file in it; raise `OperationError` where that fails."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OperationError(
            f"Cannot write in {folder} ({error.strerror}). Make the folder writable, or set VAR_DIR to another one."
        ) from None


def take_port(host: str, port: int, *, option: str = "--port") -> socket.socket:
    """A bound socket that does not listen yet, so that the port stays ours while the data is made ready."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        taken = socket.socket(family, kind, protocol)
    except OSError as error:
        raise OperationError(f"The address {host} means nothing to this machine ({error.strerror}).") from None
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(address)
        # Two programs may both bind an unused port; only one may listen on it.
        taken.listen(0)
    except OSError as error:
        taken.close()
        raise OperationError(explain(error, host, port, option)) from None
    return taken


def explain(error: OSError, host: str, port: int, option: str) -> str:
    """Why this address cannot be had, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program. Stop that program, or choose a free port with {option}."
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the system. Choose one above 1023 with {option}."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"The address {host} is not one of this machine's. Use 127.0.0.1, or 0.0.0.0 for the whole network."
    return f"Cannot use {host}:{port} ({error.strerror})."
