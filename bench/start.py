"""Seconds from `manage.py quickstart` to the first healthy answer: an empty data folder, then the same again.

Run by hand from the project's folder: `python bench/start.py [runs]`.
"""

import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.journeys.site import LiveSite


def main(runs: int) -> None:
    """Print first and later starts; limits: 90 s and 6 s on two cores."""
    first, later = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            site = LiveSite(Path(folder))
            site.start()
            first.append(site.seconds_to_start)
            site.stop()
            site.start()
            later.append(site.seconds_to_start)
            site.stop()
    for name, seconds in (("first start", first), ("later start", later)):
        print(f"{name}: median {statistics.median(seconds):.1f} s, most {max(seconds):.1f} s of {runs} runs")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
