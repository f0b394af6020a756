"""Static files are collected only when a source changed, in a process of its own beside the database work."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage

from home.operations.digest import digest_of_files
from home.operations.errors import OperationError


def sources() -> list[Path]:
    """Every static file of ours and of the packages."""
    return [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list(["CVS", ".*", "*~"])]


def stamp_path() -> Path:
    return Path(settings.STATIC_ROOT) / ".sources"


class StaticCollection:
    """`begin` starts collecting when needed, `finish` waits for it and keeps the sources' digest."""

    def __init__(self) -> None:
        self.digest = digest_of_files(sources())
        self.process: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        stamp = stamp_path()
        if stamp.exists() and stamp.read_text() == self.digest:
            return
        stamp.unlink(missing_ok=True)
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "collectstatic", "--noinput", "-v0"]
        self.process = subprocess.Popen(
            [*command, "--skip-checks"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )

    def finish(self) -> str:
        """The remark for the progress line. Raises `OperationError` with the last line of what went wrong."""
        if self.process is None:
            return "up to date"
        _, complaint = self.process.communicate()
        if self.process.returncode:
            last = (complaint.strip().splitlines() or ["no reason given"])[-1]
            raise OperationError(f"The static files could not be collected: {last}")
        stamp_path().write_text(self.digest)
        if isinstance(staticfiles_storage, ManifestFilesMixin):
            # This process read the names before they were made.
            staticfiles_storage.hashed_files, staticfiles_storage.manifest_hash = staticfiles_storage.load_manifest()
        return "collected"

    def abandon(self) -> None:
        """Stop a collection that nobody will wait for."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()
