"""How long one certificate takes to draw as PDF, in both languages, as the page does it.

Run by hand from the project's folder, on an otherwise idle machine: `python bench/certificate.py [times]`.
The first one loads the libraries; those after it count: at most 0.3 s each.
"""

import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
LIMIT = 0.3


def main(times: int) -> int:
    import django  # the settings must be named first

    django.setup()
    from django.utils.translation import override

    from courses.services.certificate_pdf import draw_certificate
    from tests.factories.certificates import draw_up

    slow = False
    for language in ("km", "en"):
        spent = []
        with override(language):
            for _number in range(times + 1):
                start = time.perf_counter()
                pdf = draw_certificate(draw_up(), address="https://chuoykhum.example/verify/K7M42Q9PXT/")
                spent.append(time.perf_counter() - start)
        first, rest = spent[0], sorted(spent[1:])
        middle, late = statistics.median(rest), rest[int(len(rest) * 0.95)]
        print(f"{language}: {len(pdf)} bytes, first {first:.3f} s, median {middle:.3f} s, slowest of 20 {late:.3f} s")
        slow = slow or late > LIMIT
    return int(slow)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
