"""Is a request easy to read for a youth on a phone? Hints beside the fields; none of them holds a request back.

Long sentences and unexplained abbreviations are found by the same reading as for authors of courses.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from courses.services.authoring_reading import find_unexplained, read_through
from places.khmer import normalise

SHOUTED = re.compile(r"\b[A-Z]{2,}(?:[ ,]+[A-Z]{2,}){2,}")
OWN_SUBJECT = frozenset({"CIP"})  # the platform explains it on a page of its own
TASKS = ("tasks_km", "tasks_en")
NOUN_ENDINGS = ("ing", "tion", "sion", "ment", "ance")
NO_VERBS = frozenset(["the", "a", "an", "all", "some", "good", "responsible", "duties", "various", "general", "other"])
NOUN_KHMER, VERB_KHMER = "ការ", "ការពារ"
ENGLISH_JARGON = {
    "stakeholder": "people concerned", "utilise": "use", "utilize": "use", "facilitate": "help", "liaise": "talk",
    "capacity building": "training", "implement": "do", "in order to": "to", "prior to": "before", "commence": "begin",
    "pursuant to": "by", "deliverable": "result", "endeavour": "try", "leverage": "use", "aforementioned": "this",
    "modality": "way", "synergy": "working together", "disseminate": "share", "ascertain": "find out",
}  # fmt: skip
KHMER_JARGON = {
    "ភាគីពាក់ព័ន្ធ": "អ្នកដែលពាក់ព័ន្ធ", "កសាងសមត្ថភាព": "បង្រៀន", "យន្តការ": "របៀប", "ក្របខ័ណ្ឌ": "ច្បាប់ ឬផែនការ",
    "យុទ្ធសាស្ត្រ": "ផែនការ", "បរិបទ": "ស្ថានភាព", "ធនធានមនុស្ស": "មនុស្ស", "អនុលោមតាម": "តាម", "តម្លាភាព": "បើកឱ្យគេឃើញ",
    "ចីរភាព": "នៅបានយូរ", "បរិយាប័ន្ន": "រាប់បញ្ចូលគ្រប់គ្នា", "សក្ដានុពល": "អ្វីដែលអាចធ្វើបាន", "ឯកភាពគ្នាជាគោលការណ៍": "យល់ព្រម",
}  # fmt: skip


def advise(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Field name to its hints, for the fields that have some; `texts` by names such as `tasks_km`."""
    hints = {name: list(_read(name, text)) for name, text in texts.items() if text}
    for word in find_unexplained(list(texts.values())):
        if word not in OWN_SUBJECT:
            name = next(name for name, text in texts.items() if word in text)
            hints[name].append(_("“%(word)s”: say once what it means.") % {"word": word})
    return {name: list(dict.fromkeys(found)) for name, found in hints.items() if found}


def to_text(value: Any) -> str:
    """A text or a list of lines as one text."""
    return "\n".join(value) if isinstance(value, list) else str(value or "")


def _read(name: str, text: str) -> Iterator[str]:
    yield from (hint.text for hint in read_through(text))
    yield from _find_jargon(text)
    if SHOUTED.search(text):
        yield _("Capital letters only are hard to read. Write in small letters.")
    if name in TASKS:
        yield from _find_tasks_without_verb(text)


def _find_jargon(text: str) -> Iterator[str]:
    plain = normalise(text)
    for words in (ENGLISH_JARGON, KHMER_JARGON):
        for word, better in words.items():
            if normalise(word) in plain:
                yield _("Instead of “%(word)s” write “%(better)s”, or what you really mean.") % {
                    "word": word,
                    "better": better,
                }


def _find_tasks_without_verb(text: str) -> Iterator[str]:
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if _lacks_verb(line):
            begin = line if len(line) <= 30 else " ".join(line.split()[:4])
            yield _("“%(task)s”: begin with what the person does, such as “type” or “check”.") % {"task": begin}


def _lacks_verb(line: str) -> bool:
    """A Khmer task that begins as a noun does; an English one that begins with an article or a noun of doing."""
    if line.startswith(NOUN_KHMER):
        return not line.startswith(VERB_KHMER)
    first = line.split()[0].lower().strip(".,:;")
    return first.isascii() and (first in NO_VERBS or (first.endswith(NOUN_ENDINGS) and len(first) > 5))
