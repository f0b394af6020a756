"""`{% load ui %}`: everything a template needs to look and read like the rest of the site."""

import zlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template import Context, Library, TemplateSyntaxError
from django.template.base import Node, NodeList, Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from ui import dates, form_fields, languages, media_blocks, pictures, words
from ui.icons import ICONS
from ui.keyset import PARAMETER, KeysetPage

register = Library()

_USED = "_ui_icons"
DYES = ("", "k2", "k3", "k4")
WHOLE = {*range(2, 11), 12, 20}  # the n for which style.css has a class


def find_request(context: Context) -> HttpRequest | None:
    """The request, also inside `{% include … only %}`."""
    request: HttpRequest | None = context.get("request") or getattr(context, "request", None)
    return request


# Icons


@register.simple_tag(takes_context=True)
def icon(context: Context, name: str, label: str = "", css: str = "") -> SafeString:
    """An outline icon, silent unless it has a label. In a fragment or a bare form it brings its own path along."""
    if name not in ICONS:
        raise TemplateSyntaxError(f"There is no icon {name!r} in ui/icons/tabler.json")
    request = find_request(context)
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    classes = f"i {css}".strip()
    if request is None or getattr(request, "htmx", False):
        return format_html(
            '<svg class="{}" viewBox="0 0 24 24" {}><path d="{}"/></svg>',
            classes,
            voice,
            mark_safe(ICONS[name]),  # noqa: S308
        )
    used: dict[str, None] = request.__dict__.setdefault(_USED, {})
    used[name] = None
    return format_html('<svg class="{}" {}><use href="#i-{}"/></svg>', classes, voice, name)


@register.simple_tag(takes_context=True)
def sprite(context: Context) -> SafeString:
    """The symbols of the icons this page used so far; base.html prints it last."""
    used = getattr(find_request(context), _USED, {})
    symbols = format_html_join(
        "", '<symbol id="i-{}" viewBox="0 0 24 24"><path d="{}"/></symbol>', ((name, ICONS[name]) for name in used)
    )
    return format_html("<svg hidden>{}</svg>", symbols) if used else SafeString("")


# Words


@register.filter
def digits(value: object) -> str:
    """Khmer digits on Khmer pages."""
    return words.to_digits(value)


@register.filter
def number(value: float | Decimal | str) -> str:
    """`6410` -> "៦ ៤១០" or "6 410"."""
    return words.to_number(value)


@register.filter(name="bytes")
def size(value: int) -> str:
    """`6800000` -> "6,8 MB" or "6.8 MB"."""
    return words.to_bytes(int(value))


@register.filter
def phone(value: str) -> str:
    """`+85512345678` -> "012 345 678"."""
    return words.to_phone(str(value))


@register.filter
def initials(value: str) -> str:
    """Up to two whole Khmer stacks or Latin letters of a name."""
    return words.to_initials(str(value))


@register.filter(is_safe=True)
def opening(value: str, longest: int) -> str:
    """The beginning of a text, "…" after it where more follows: no Khmer letter loses what stands around it."""
    return words.cut(str(value), longest)


@register.filter
def dye(value: object) -> str:
    """The krama class of a thing by its lasting key, the same wherever its square is shown: "", k2, k3 or k4."""
    return DYES[zlib.crc32(str(value).encode()) % len(DYES)]


@register.filter
def has_video(body: Any) -> bool:
    """Whether a StreamField body has a video, so that the page loads the player's script and sheet."""
    return media_blocks.has_video(body)


@register.filter
def has_pictures(body: Any) -> bool:
    """Whether a StreamField body has pictures that a reader may leave out."""
    return bool(pictures.find_pictures(body))


@register.filter
def minutes(value: int) -> str:
    """`80` -> "១ ម៉ោង ២០ នាទី" or "1 h 20 min"."""
    return dates.to_minutes(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """Full date, "" for none."""
    return dates.to_day(value) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """Day and month, "" for none."""
    return dates.to_short_day(value) if value else ""


@register.filter
def month(value: date | datetime | None) -> str:
    """Short month, "" for none."""
    return dates.to_month(value) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """24-hour time, "" for none."""
    return dates.to_clock(value) if value else ""


@register.filter
def since(value: datetime | None) -> str:
    """How long ago in words, "" for none."""
    return dates.to_since(value) if value else ""


@register.filter
def until(value: date | datetime | None) -> str:
    """How long is left in words, "" for none."""
    return dates.to_until(value) if value else ""


@register.simple_tag
def percent(value: float) -> str:
    """`65` -> "៦៥%" or "65%"."""
    return f"{words.to_number(round(value))}%"


@register.simple_tag
def weave(done: int, total: int, label: str = "", css: str = "") -> SafeString:
    """Progress as woven squares. Totals without a class of their own become twentieths, never full before the end."""
    steps, filled = _scale(done, total)
    spoken = label or words.to_digits(gettext("%(done)s of %(total)s") % {"done": done, "total": total})
    return format_html(
        '<div class="{}" role="img" aria-label="{}"></div>', f"weave n{steps} d{filled} {css}".strip(), spoken
    )


def _scale(done: int, total: int) -> tuple[int, int]:
    """Steps and filled steps that style.css can draw: something done is never nothing, and full means finished."""
    filled = max(0, min(done, total))
    if total in WHOLE:
        return total, filled
    if total <= 0 or not filled:
        return 20, 0
    return 20, 20 if filled == total else max(1, min(19, round(20 * filled / total)))


# Forms


@register.inclusion_tag("ui/field_parts.html")
def field(bound: BoundField, hint: str = "", label: str = "", **attributes: Any) -> dict[str, Any]:
    """Label, hint, error, control. Further names become attributes: `{% field form.q autocomplete="off" %}`."""
    drawn = form_fields.draw(bound, **attributes)
    return {"drawn": drawn, "bound": bound, "label": label or bound.label, "hint": hint or bound.help_text}


@register.inclusion_tag("ui/short_answers.html")
def short_answers(bound: BoundField, css: str = "") -> dict[str, Any]:
    """A radio question whose answers stand in a line; never said to be optional, the page says so for many at once."""
    return {"drawn": form_fields.draw(bound), "bound": bound, "css": css}


@register.inclusion_tag("ui/options.html")
def options(bound: BoundField) -> dict[str, Any]:
    """Only the answers of a radio or tick-box field, as `.opt`; the legend is the caller's."""
    return {"bound": bound}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """The summary above a form that came back; nothing when all is well. More forms: call it for each."""
    return {"errors": form_fields.list_errors(form) if form.is_bound else []}


# The page around


@register.simple_tag(takes_context=True)
def other_address(context: Context) -> str:
    """This page's address in the other language, "" where it has none."""
    request = find_request(context)
    return (languages.find_other_address(request, context.get("page")) or "") if request else ""


@register.inclusion_tag("ui/other_language.html", takes_context=True)
def other_language(context: Context) -> dict[str, str]:
    """The link to this very page in the other language; to that language's home where it has no translation."""
    code = languages.other_language()
    return {"code": code, "address": other_address(context) or f"/{code}/"}


@register.inclusion_tag("ui/alternates.html", takes_context=True)
def alternates(context: Context) -> dict[str, Any]:
    """Canonical address, picture and language versions, for search engines and shared links. A view whose page is
    known by more than its path says so in `canonical`.
    """
    request = find_request(context)
    other = other_address(context)
    if request is None:
        return {}
    return {
        "here": request.build_absolute_uri(context.get("canonical") or request.path),
        "picture": request.build_absolute_uri(static("share.png")),
        "there": request.build_absolute_uri(other.partition("?")[0]) if other else "",
        "code": languages.other_language(),
    }


@register.inclusion_tag("ui/cursor_pages.html", takes_context=True)
def cursor_pages(context: Context, page: KeysetPage[Any], older: str = "", newer: str = "") -> dict[str, Any]:
    """Links to the pages on either side of a `KeysetPage`; nothing when it is the only one."""
    return {
        "next": _with_cursor(context, page.next_cursor),
        "previous": _with_cursor(context, page.previous_cursor),
        "older": older or gettext("Older"),
        "newer": newer or gettext("Newer"),
    }


def _with_cursor(context: Context, cursor: str | None) -> str:
    request = find_request(context)
    if cursor is None or request is None:
        return ""
    query = request.GET.copy()
    query[PARAMETER] = cursor
    return f"?{query.urlencode()}"


class NavNode(Node):
    """Renders its inside to learn which tab is the current one, then prints the tabs."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        current = self.nodelist.render(context).strip()
        template = context.template.engine.get_template("ui/nav.html")  # type: ignore[union-attr]
        with context.push(current=current):
            return template.render(context)


@register.tag
def nav(parser: Parser, token: Token) -> NavNode:
    """`{% nav %}{% block tab %}learn{% endblock %}{% endnav %}`: the five tabs with that one marked."""
    nodelist = parser.parse(("endnav",))
    parser.delete_first_token()
    return NavNode(nodelist)
