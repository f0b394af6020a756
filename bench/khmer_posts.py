"""Distinct Khmer posts in any number, made of this project's own sentences; the same in every run."""

import random
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORDS = re.compile(r'^msgstr(?:\[0\])? "([^"%{}\\<]{12,})"$', re.MULTILINE)


class Writer:
    """Writes posts of one to seven sentences, some of them cut and joined anew, each with a number of its own."""

    def __init__(self, seed: int = 2026) -> None:
        catalogues = sorted(ROOT.glob("*/locale/km/LC_MESSAGES/django.po"))
        found = {text for path in catalogues for text in WORDS.findall(path.read_text(encoding="utf-8"))}
        self.sentences = sorted(text for text in found if re.search("[\u1780-\u17b3]{3}", text))
        self.chance = random.Random(seed)  # noqa: S311 the same posts in every run
        self.written = 0

    def write(self) -> str:
        chance, self.written = self.chance, self.written + 1
        parts = []
        for _ in range(chance.randint(1, 7)):
            first, second = chance.choice(self.sentences), chance.choice(self.sentences)
            cut = chance.random() < 0.4
            parts.append(first[: len(first) // 2] + second[len(second) // 2 :] if cut else first)
        return " ".join([*parts, f"លេខ {self.written}"])
