"""Nothing a person types becomes anything but text and the listed tags."""

from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from forums.forms import WritingField
from forums.models import Post, Topic
from forums.rendering import LONGEST, VERSION, clean, has_letters, is_overloaded, to_html
from forums.services import refresh_html
from tests.forums.parsed import find_strange, parse
from tests.forums.vectors import VECTORS


class Elements(HTMLParser):
    """What the standard library's parser makes of a fragment: the elements in order, and no comment or declaration."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def unknown_decl(self, data: str) -> None:
        self.seen.append((f"!{data}", {}))

    handle_comment = handle_decl = handle_pi = unknown_decl


def find_wrong(source: str) -> list[str]:
    """What is not on the list in the tree; also when two parsers do not read the same elements and the same text."""
    html = to_html(clean(source))
    tree, elements = parse(html), Elements()
    elements.feed(html)
    elements.close()
    seen = [(node.tag, node.attributes) for node in tree.walk() if node.tag][1:]
    differ = [] if (seen, tree.read()) == (elements.seen, elements.text) else ["the parsers read it differently"]
    return find_strange(html) + differ


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_runs(vector: str) -> None:
    assert find_wrong(vector) == []


def test_there_are_enough_vectors_and_unrendered_they_are_found() -> None:
    assert len(set(VECTORS)) >= 200
    assert find_strange("<img src=x onerror=alert(1)>") == ["<img> ", "img src=x", "img onerror=alert(1)"]
    assert find_strange('<a rel="ugc nofollow noopener" href="java\tscript:x">x</a>') == ["javascript:x"]
    assert find_strange("<!-- x --><p>x</p>") == ["<!>  x "]


PIECES = st.lists(
    st.sampled_from([*"<>\"'`=()[]!#*_&;:/\\ \n\t", "a", "script", "javascript", "https://", "onload", "ក"])
)


@settings(max_examples=150, deadline=None)
@given(PIECES.map("".join) | st.text(max_size=200))
def test_nothing_runs_whatever_is_typed(source: str) -> None:
    assert find_wrong(source) == []


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("មួយ\nពីរ", "<p>មួយ<br>\nពីរ</p>"),
        ("**ធំ** *ទ្រេត*", "<p><strong>ធំ</strong> <em>ទ្រេត</em></p>"),
        ("# ចំណងជើង", "<h3>ចំណងជើង</h3>"),
        ("- ក\n- ខ", "<ul>\n<li>ក</li>\n<li>ខ</li>\n</ul>"),
        ("3. ក", '<ol start="3">\n<li>ក</li>\n</ol>'),
        ("<b>x</b> & y", "<p>&lt;b&gt;x&lt;/b&gt; &amp; y</p>"),
        (
            "https://a.example/b?c=1។ ចប់",
            '<p><a href="https://a.example/b?c=1" rel="ugc nofollow noopener">https://a.example/b?c=1</a>។ ចប់</p>',
        ),
        (
            "[អាន](https://example.org)",
            '<p><a href="https://example.org" rel="ugc nofollow noopener">អាន</a></p>',
        ),
        ("`https://example.org`", "<p><code>https://example.org</code></p>"),
    ],
)
def test_plain_writing_reads_as_meant(source: str, html: str) -> None:
    assert to_html(source) == html


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ក\r\nខ\rគ", "ក\nខ\nគ"),
        ("ក\n\n\n\n\n\nខ", "ក\n\n\nខ"),
        ("pay\u202egnp.exe", "paygnp.exe"),
        ("a\u2066b\u2069c\u200fd", "abcd"),
        ("ពាក្យ\u200bពាក្យ", "ពាក្យ\u200bពាក្យ"),
        ("ក\u200b\u200b\u200d\u2060ខ", "ក\u200bខ"),
        ("a\x00b\x1bc\ufeff", "abc\ufeff"),
        ("  x  ", "x"),
    ],
)
def test_cleaning(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_khmer_is_never_overloaded() -> None:
    assert not is_overloaded("ស្ត្រី ញ្ញុំ៎ះ ខ្ញុំស្រឡាញ់ស្រុកខ្មែរ សន្តិភាព កម្ពុជា ម៉ោង៦ព្រឹក")
    assert is_overloaded("Z" + "\u0351" * 9)
    assert not is_overloaded("é" * 1000)
    assert is_overloaded("Z" + "\u0351\u200d" * 9)


def test_only_invisible_characters_are_nothing() -> None:
    assert not has_letters("\u200b \u3164\n\u2060")
    assert has_letters("?")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("\u200b\n \u200b", "required"),
        ("ក" * (LONGEST + 1), "max_length"),
        ("Z" + "\u0300" * 40, "overloaded"),
    ],
)
def test_what_cannot_be_posted_is_said_kindly(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        WritingField().clean(typed)
    assert [error.code for error in caught.value.error_list] == [code]


def test_the_longest_text_passes() -> None:
    assert len(WritingField().clean("ក" * LONGEST)) == LONGEST


def test_an_older_rendering_is_renewed_once(question: Topic) -> None:
    Post.objects.update(html="<p>old</p>", renderer_version=0)
    refresh_html(list(question.posts.all()))
    post = Post.objects.get()
    assert (post.html, post.renderer_version) == (to_html(post.source), VERSION)
