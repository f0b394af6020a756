#!/usr/bin/env python3
"""The one command line of the project: `manage.py quickstart`, `serve`, `migrate`, `test` tools and so on."""

import os
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  (the sentence is for whoever starts it with an older one)
    sys.exit("Chuoy Khum needs Python 3.11 or newer; this is Python {}.{}.".format(*sys.version_info[:2]))

# `site` is a frozen standard-library module, so our folder of that name can never be a package: it goes on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))


def main() -> None:
    """Run a management command; `serve` means production, everything else this machine alone."""
    serving = sys.argv[1:2] == ["serve"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"config.settings.{'production' if serving else 'local'}")
    try:
        # Inside, so that a plain sentence can be said when nothing is installed.
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here. See the first command in README.md.")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"Chuoy Khum cannot start. {error}")


if __name__ == "__main__":
    main()
