"""What nobody should ever send, and the forms and queries of the pages to send it with."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

NOWHERE = "00000000-0000-4000-8000-000000000000"
TEXTS = (
    "\x00",
    "a\x00b",
    "9" * 30,
    "-1",
    "0",
    "9223372036854775808",
    "2147483648",
    "1e400",
    "NaN",
    "²",
    "١٢",
    "១២៣៤៥៦",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30T25:61",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "24:61",
    "x" * 6000,
    "ក" * 400,
    "\u202e=HYPERLINK(1)",
    "[]",
    '{"a": [1, null]}',
    "null",
    "' OR 1=1 --",
    "%s %(x)s {0} {x.__class__}",
    NOWHERE,
    "210901",
    "99",
    "../../etc/passwd",
    "\r\nX: y",
    "   ",
    "\ufeff\u200b\u17d2",
    "",
)
BODIES = (b"", b"null", b"[]", b"[null]", b'"x"', b"{", b"\xff\xfe", b"1e999", b'{"id": "\\u0000"}', b'{"events": [1]}')
QUERIES = ("q=%ff%fe", "after=%00", "q=%00&place=%00", "a&=&&b=%", "after=1&before=1&after=2")
# Names that services read from queries of lists; forms tell all others.
NAMES = ("q", "after", "before", "place", "template", "language", "sort", "from", "to", "next", "page", "code", "was")


@dataclass
class Form:
    """One form of a page, with what a browser would send."""

    action: str
    is_post: bool
    values: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """All forms of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.select = self.area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.found.append(Form(given.get("action", ""), given.get("method", "get").lower() == "post"))
        elif not self.found:
            return
        elif tag == "option" and self.select:
            values = self.found[-1].values.setdefault(self.select, [])
            if "selected" in given or not values:
                values[:] = [given.get("value", "")]
        elif tag == "select":
            self.select = name
        elif tag == "textarea":
            self.area = name
        elif tag in ("input", "button") and name and name != "csrfmiddlewaretoken":
            self.found[-1].values.setdefault(name, []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area and self.found:
            self.found[-1].values.setdefault(self.area, [data.strip("\n")])

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.found[-1].values.setdefault(self.area, [""])
            self.area = ""
        elif tag == "select":
            self.select = ""


def spoil(form: Form, dice: random.Random, times: int) -> Iterator[dict[str, list[str]]]:
    """The form as it is, all of it spoilt, each field spoilt `times` times alone, and twice the same field."""
    yield form.values
    if not form.values:
        return
    for _ in range(times):
        yield {name: [dice.choice(TEXTS)] for name in form.values}
        for name in form.values:
            yield {**form.values, name: [dice.choice(TEXTS)]}
        name = dice.choice(list(form.values))
        yield {**form.values, name: [*form.values[name], dice.choice(TEXTS), dice.choice(TEXTS)]}
        yield {key: value for key, value in form.values.items() if key != name}
