"""Static files with hashed names, compressed ahead of time: hard where every visitor pays, quickly elsewhere.

The editors' admin and the API's documentation are 40 MB in a thousand files. Brotli at its best takes half a minute
for them on two cores; they get a fast level, and the few files of the public pages get the best one.
"""

import gzip
from collections.abc import Iterator

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

STAFF_FOLDERS = ("wagtail", "drf_spectacular_sidecar/", "rest_framework/")
POINTLESS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map", "txt", "md", "pdf")


class FastCompressor(Compressor):
    """A third larger than the best, a hundred times quicker."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return bytes(brotli.compress(data, quality=4))

    @staticmethod
    def compress_gzip(data: bytes) -> bytes:
        return gzip.compress(data, compresslevel=4, mtime=0)


class VisitorFirstStorage(CompressedManifestStaticFilesStorage):
    """Compresses only the hashed names, which are the ones that pages link to."""

    def compress_files(self, paths: set[str]) -> Iterator[tuple[str, str]]:
        linked = paths & set(self.hashed_files.values())
        of_staff = {path for path in linked if path.startswith(STAFF_FOLDERS)}
        options = {"extensions": POINTLESS, "quiet": True}
        fast, best = FastCompressor(**options), Compressor(**options)  # type: ignore[no-untyped-call]
        for compressor, chosen in ((fast, of_staff), (best, linked - of_staff)):
            for path in sorted(filter(compressor.should_compress, chosen)):
                full = self.path(path)
                for compressed in compressor.compress(full):
                    yield path, compressed[len(full) - len(path) :]
