"""Every template of ours is rendered by some test: a whole run that leaves one out fails and names it."""

from pathlib import Path

import pytest
from django.test.signals import template_rendered

from tests.servers import ROOT

rendered: set[str] = set()


def remember(sender: object, template: object, **_: object) -> None:
    """Hear Django's test signal; included and extended templates send it too."""
    name = getattr(template, "name", None)
    if name:
        rendered.add(str(name).split("#")[0])


def our_templates() -> set[str]:
    """Names as the loaders know them."""
    folders = [ROOT / "site" / "templates", *ROOT.glob("*/templates"), *ROOT.glob("site/*/templates")]
    return {
        str(path.relative_to(folder))
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in {".html", ".txt", ".svg"} and path.is_file()
    }


def is_whole_run(config: pytest.Config) -> bool:
    """No folder, file, keyword or mark was chosen."""
    chosen = config.getoption("keyword") or config.getoption("markexpr")
    return not chosen and [Path(arg) for arg in config.args] == [Path("tests")]


def pytest_configure(config: pytest.Config) -> None:
    template_rendered.connect(remember)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if exitstatus == 0 and is_whole_run(session.config):
        missing = sorted(our_templates() - rendered)
        if missing:
            print(f"\nNo test renders: {', '.join(missing)}")
            session.exitstatus = 1
