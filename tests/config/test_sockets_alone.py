"""The sockets' program of production is light: it loads neither apps nor models."""

import subprocess
import sys
from pathlib import Path

from tests.home.production import environment
from tests.servers import ROOT

LOOK = """
import sys, config.sockets
from django.apps import apps
print(apps.ready, [name for name in sys.modules if ".models" in name and not name.startswith("django.")])
"""


def test_sockets_load_no_app_and_no_model(tmp_path: Path) -> None:
    settings = environment(tmp_path, PYTHONPATH=f"{ROOT}:{ROOT / 'site'}")
    command = [sys.executable, "-c", LOOK]
    said = subprocess.run(command, env=settings, capture_output=True, text=True, timeout=60, cwd=ROOT, check=True)
    assert said.stdout == "False []\n"
