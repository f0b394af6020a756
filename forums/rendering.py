"""From what a person typed to safe HTML: CommonMark without raw HTML, then an allow-list.

Two walls on purpose: markdown-it never lets HTML through, nh3 lets only the listed tags through whatever came out.
`VERSION` is stored with each rendered text; raise it with any change here and pages render anew as they are read.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import nh3
from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from ui.typed import clean, has_letters, is_overloaded

__all__ = ["LONGEST", "NOBODY", "VERSION", "clean", "has_letters", "is_overloaded", "name_nobody", "to_html"]

VERSION = 1
LONGEST = 20_000  # characters; a Khmer word takes two to three times as many as it shows

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "h3", "h4", "hr"}
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "ol": {"start"}, "*": set()}
SCHEMES = {"http", "https", "mailto", "tel"}

NOBODY = "–"  # under which a quote stands whose author has left; each reader sees it in words
QUOTED_NOBODY = re.compile(rf'(<a href="/forum/posts/\d+/"[^>]*>){NOBODY}(?= #\d)')
ADDRESS = re.compile(r"https?://[^\s<>\"\u17d4\u17d6\[\]{}|\\^`]+", re.IGNORECASE)
NAMED = "named"  # in the environment of one rendering
WORD = r"\w\u1780-\u17d3\u17dd"  # Khmer signs belong to the word they are written on
TRAILING = ".,;:!?\"')*_~\u17d4\u17d5\u17d6\u00bb\u201d"


def to_html(source: str, named: Mapping[str, int] | None = None) -> str:
    """Safe HTML of a cleaned text; links are marked as a stranger's. `named`: mentions, and the post each leads to."""
    return nh3.clean(
        _markdown.render(source, {NAMED: dict(named or {})}),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="ugc nofollow noopener",
        clean_content_tags={"script", "style"},
    ).strip()


def name_nobody(html: str) -> str:
    """The HTML with the heads of quotes of former members in the active language."""
    return QUOTED_NOBODY.sub(lambda found: found[1] + escape(_("A former member")), html) if NOBODY in html else html


def _lower_headings(state: StateCore) -> None:
    """The page owns h1 and h2."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h3" if token.tag in {"h1", "h2"} else "h4"


def _replace_texts(state: StateCore, split: Callable[[Token], Iterable[Token]]) -> None:
    """Other tokens in place of each text that is neither code nor in a link."""
    for block in state.tokens:
        if block.type != "inline" or not block.children:
            continue
        children: list[Token] = []
        depth = 0
        for token in block.children:
            depth += (token.type == "link_open") - (token.type == "link_close")
            children += split(token) if token.type == "text" and not depth else [token]
        block.children = children


def _link_addresses(state: StateCore) -> None:
    """A pasted address becomes a link; in code, and in a link already, it stays as it is."""
    _replace_texts(state, _split)


def make_name_pattern(names: Iterable[str], more: str = "") -> re.Pattern[str]:
    """Finds "@" and one of the names as whole words: not in an address, not as the beginning of a longer name."""
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(f"(?<![{WORD}@.])@({longest_first}){more}(?![{WORD}])", re.IGNORECASE)


def _link_names(state: StateCore) -> None:
    """A mention leads to a post of the person it names."""
    named: dict[str, int] = {text.casefold(): post for text, post in state.env.get(NAMED, {}).items()}
    if not named:
        return
    pattern = make_name_pattern([text[1:] for text in named])
    _replace_texts(state, partial(_name, pattern=pattern, named=named))


def _name(token: Token, pattern: re.Pattern[str], named: Mapping[str, int]) -> Iterator[Token]:
    text, at = token.content, 0
    for found in pattern.finditer(text):
        yield _text(text[at : found.start()], token.level)
        yield from _link(f"/forum/posts/{named[found[0].casefold()]}/", found[0], token.level)
        at = found.end()
    yield _text(text[at:], token.level)


def _link(address: str, text: str, level: int) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": address}, level=level)
    yield _text(text, level + 1)
    yield Token("link_close", "a", -1, level=level)


def _split(token: Token) -> Iterator[Token]:
    text, at = token.content, 0
    for found in ADDRESS.finditer(text):
        address = found.group().rstrip(TRAILING)
        if not _markdown.validateLink(address):
            continue
        yield _text(text[at : found.start()], token.level)
        yield from _link(_markdown.normalizeLink(address), address, token.level)
        at = found.start() + len(address)
    yield _text(text[at:], token.level)


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)


def _make_markdown() -> MarkdownIt:
    """CommonMark; a line end is a line end; no pictures, for they would call strangers' servers from the phone."""
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "html_block", "html_inline"])
    markdown.core.ruler.push("lower_headings", _lower_headings)
    markdown.core.ruler.push("link_addresses", _link_addresses)
    markdown.core.ruler.push("link_names", _link_names)
    return markdown


_markdown = _make_markdown()
