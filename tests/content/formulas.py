"""Works out the formulas of our spreadsheet templates, so that no office program is needed to check them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

CELLS = re.compile(r"(?:'([^']+)'!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
CALL = re.compile(r"(SUM|COUNT|COUNTA|COUNTIF|SUMIF|MAX|MIN|ROUND|IF)\(([^()]*)\)")


class Sheet:
    """Works out the few functions the templates use."""

    def __init__(self, workbook: Any, title: str) -> None:
        self.workbook, self.title, self.cells = workbook, title, workbook[title]

    def value(self, address: str) -> Any:
        content = self.cells[address].value
        return self.work_out(content[1:]) if isinstance(content, str) and content.startswith("=") else content

    def area(self, reference: str) -> list[Any]:
        match = CELLS.fullmatch(reference.strip())
        assert match, reference
        sheet = Sheet(self.workbook, match[1]) if match[1] else self
        corner = f"{match[4] or match[2]}{match[5] or match[3]}"
        cells = sheet.cells[f"{match[2]}{match[3]}:{corner}"]
        return [sheet.value(cell.coordinate) for row in cells for cell in row]

    def numbers(self, reference: str) -> list[float]:
        return [v for v in self.area(reference) if isinstance(v, int | float) and not isinstance(v, bool)]

    def work_out(self, formula: str) -> Any:
        while match := CALL.search(formula):
            result = self.call(match[1], [part.strip() for part in match[2].split(",")])
            shown = f'"{result}"' if isinstance(result, str) else repr(result)
            formula = formula[: match.start()] + shown + formula[match.end() :]
        return self.plain(formula)

    def plain(self, formula: str) -> Any:
        """Arithmetic on single cells, numbers and texts; no calls left in it."""
        if formula.startswith('"') and formula.count('"') == 2:
            return formula.strip('"')
        filled = CELLS.sub(lambda match: repr(self.area(match[0])[0] or 0), formula)
        filled = re.sub(r"(?<![<>=])=(?!=)", "==", filled.replace("<>", "!=").replace("&", "+"))
        assert re.fullmatch(r"[\d.+\-*/() <>=!]+", filled), filled
        return eval(filled, {"__builtins__": {}})  # noqa: S307 (digits and signs only, asserted above)

    def call(self, name: str, parts: list[str]) -> Any:
        if name == "IF":
            return self.plain(parts[1]) if self.plain(parts[0]) else self.plain(parts[2])
        if name in {"COUNTIF", "SUMIF"}:
            wanted = self.plain(parts[1]) if '"' in parts[1] else self.area(parts[1])[0]
            hits = [value == wanted for value in self.area(parts[0])]
            added = self.area(parts[2]) if name == "SUMIF" else [1] * len(hits)
            return sum(value or 0 for value, hit in zip(added, hits, strict=True) if hit)
        if name == "ROUND":
            return round(self.plain(parts[0]), int(parts[1]))
        if name == "COUNTA":
            return sum(value is not None for part in parts for value in self.area(part))
        numbers = [number for part in parts for number in self.numbers(part)]
        functions: dict[str, Callable[[list[float]], float]] = {"SUM": sum, "COUNT": len, "MAX": max, "MIN": min}
        return functions[name](numbers)
