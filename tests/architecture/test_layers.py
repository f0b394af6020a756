"""The rules that import-linter's layers cannot say: doors between apps, directions inside one, relations of models."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from tests.servers import ROOT

ORDER = [
    "home",
    "participation",
    "volunteers",
    "courses",
    "forums",
    "notifications",
    "accounts",
    "places",
    "ui",
]
OURS = [name for name in ORDER if (ROOT / name).is_dir() or (ROOT / "site" / name).is_dir()]

# Across apps only these modules are open. `forms` of places is the place picker, `khmer` the normaliser;
# `signals` are announcements. The shared look (`ui`) is open as a whole.
DOORS = {"models", "services", "querysets", "enums", "rules", "signals"}
MORE_DOORS = {"places": {"khmer", "forms"}}

# Inside an app, each row may import only from the rows below it (and from its own row).
ROWS = [
    {
        "urls",
        "placement_urls",
        "cohort_urls",
        "round_urls",
        "serving_urls",
        "after_urls",
        "admin",
        "wagtail_hooks",
        "authoring_hooks",
        "receivers",
        "apps",
        "management",
    },
    {"views", "api", "consumers", "viewsets", "middleware"},
    {"forms", "cohort_forms", "task_forms", "round_forms"},
    {"services"},
    {"realtime", "rules"},
    {"models"},
    {"blocks", "task_blocks"},
    {"after_querysets", "case_querysets", "partner_querysets", "round_querysets", "serving_querysets"},
    {"querysets"},
    {"enums", "signals", "matching"},
]
LEVEL = {part: level for level, row in enumerate(ROWS) for part in row}


def sources() -> Iterator[tuple[str, str, Path]]:
    """(app, part inside the app, file) of every module of ours, migrations left out."""
    for app in OURS:
        folder = ROOT / app if (ROOT / app).is_dir() else ROOT / "site" / app
        for path in sorted(folder.rglob("*.py")):
            inside = path.relative_to(folder)
            if "migrations" not in inside.parts:
                yield app, inside.parts[0].removesuffix(".py"), path


def imports(path: Path) -> Iterator[str]:
    """Dotted names that the module imports, those for type checkers alone left out."""
    tree = ast.parse(path.read_text())
    hidden = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_across_apps_only_the_open_doors_are_used() -> None:
    wrong = []
    for app, _, path in sources():
        for name in imports(path):
            target, _, rest = name.partition(".")
            part = rest.split(".")[0]
            if target not in OURS or target in {app, "ui"}:
                continue
            if part not in DOORS | MORE_DOORS.get(target, set()):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_inside_an_app_imports_point_down() -> None:
    wrong = []
    for app, part, path in sources():
        for name in imports(path):
            target, _, rest = name.partition(".")
            aim = rest.split(".")[0]
            if target == app and part in LEVEL and aim in LEVEL and LEVEL[aim] < LEVEL[part]:
                wrong.append(f"{path.relative_to(ROOT)} ({part}) imports {name} ({aim})")
    assert wrong == []


def test_every_relation_of_a_model_points_down_the_house() -> None:
    """String foreign keys escape the import linter."""
    wrong = []
    for model in apps.get_models():
        source = model._meta.app_label
        if source not in ORDER:
            continue
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model in {None, "self"}:
                continue
            target = field.related_model._meta.app_label  # type: ignore[union-attr]
            if target in ORDER and ORDER.index(target) < ORDER.index(source):
                wrong.append(f"{model._meta.label}.{field.name} points up to {target}")
    assert wrong == []
