"""Finds the translatable texts in Python sources and Django templates, without any outside program."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize


class Text(NamedTuple):
    """One text as gettext knows it: the context and the plural are None when it has none."""

    context: str | None
    singular: str
    plural: str | None


CALL_SHAPES = {
    "": ("singular",),
    "n": ("singular", "plural"),
    "p": ("context", "singular"),
    "np": ("context", "singular", "plural"),
}
CALLS = {
    f"{prefix}gettext{suffix}": shape for prefix, shape in CALL_SHAPES.items() for suffix in ("", "_lazy", "_noop")
} | {"_": CALL_SHAPES[""]}

LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
TEMPLATE_CALL = re.compile(rf"(?<!\w)(?P<name>_|n?p?gettext)\((?P<literals>{LITERAL}(?:, ?{LITERAL})*)(?:, ?count)?\)")


def texts_of_python(source: str) -> set[Text]:
    """The texts passed as plain literals to gettext and its kin; computed arguments are left out."""
    return set(_calls(ast.parse(source)))


def texts_of_template(source: str) -> set[Text]:
    """The texts of translate and blocktranslate tags and of _() in expressions."""
    found = set()
    for call in TEMPLATE_CALL.finditer(templatize(source)):
        values = [ast.literal_eval(literal) for literal in re.findall(LITERAL, call["literals"])]
        found.add(_text(CALLS[call["name"]], values))
    return found


@cache
def texts_of_file(path: Path) -> set[Text]:
    source = path.read_text(encoding="utf-8")
    return texts_of_python(source) if path.suffix == ".py" else texts_of_template(source)


def _calls(tree: ast.Module) -> Iterator[Text]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        shape = CALLS.get(_function_name(node.func))
        if shape is None or len(node.args) < len(shape):
            continue
        literals = [_string(argument) for argument in node.args[: len(shape)]]
        if all(literal is not None for literal in literals):
            yield _text(shape, [literal for literal in literals if literal is not None])


def _function_name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _string(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _text(shape: tuple[str, ...], values: list[str]) -> Text:
    parts = dict(zip(shape, values, strict=False))
    return Text(parts.get("context"), parts["singular"], parts.get("plural"))
