"""Starting over: only what Chuoy Khum itself put under `var/` goes. The secret stays, so does anything unknown."""

import shutil
from pathlib import Path
from typing import Any

from home.operations.errors import OperationError

DATA_FOLDERS = ("static", "media", "private", "mail", "cache")
DATA_FILES = ("demo-passwords.txt",)


def data_of_ours(var: Path, database: dict[str, Any]) -> list[Path]:
    """Existing files and folders that a reset removes. Raises `OperationError` when the data is not in SQLite."""
    if not database["ENGINE"].endswith("sqlite3"):
        raise OperationError("--reset removes SQLite data only. Drop and create the PostgreSQL database yourself.")
    name = str(database["NAME"])
    wanted = [Path(name + ending) for ending in ("", "-wal", "-shm", "-journal")]
    wanted += [var / entry for entry in (*DATA_FOLDERS, *DATA_FILES)]
    return [path for path in wanted if path.exists()]


def remove(paths: list[Path]) -> None:
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
