"""The operator's guide names every environment variable that the settings read, and no other."""

import re

from tests.servers import ROOT

GUIDE = ROOT / "docs" / "operator.md"
# Chosen on the command line of Django itself, not read by our settings.
OUTSIDE = {"DJANGO_SETTINGS_MODULE"}


def test_every_variable_is_explained() -> None:
    sources = [ROOT / "site" / "config" / "env.py", *(ROOT / "site" / "config" / "settings").glob("*.py")]
    reader = re.compile(r'read_(?:text|flag|number|hour|list|keys|seal_keys|folder|database)\(\s*"([A-Z_]+)"')
    read = {name for path in sources for name in reader.findall(path.read_text())}
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", GUIDE.read_text(), re.MULTILINE))
    assert explained == read - OUTSIDE


def test_every_link_between_the_documents_leads_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    dead = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in documents
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
        if not (path.parent / target).exists()
    ]
    assert dead == []
