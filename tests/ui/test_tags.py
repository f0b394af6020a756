"""The template tags, as templates use them."""

from typing import Any

import pytest
from django import forms
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from ui.keyset import KeysetPage
from ui.templatetags.ui import weave


def render(source: str, path: str = "/km/", **values: Any) -> str:
    request = RequestFactory().get(path)
    return Template("{% load ui %}" + source).render(RequestContext(request, values)).strip()


class TestIcons:
    def test_the_sprite_holds_each_used_icon_once(self) -> None:
        html = render('{% icon "check" %}{% icon "x" %}{% icon "check" %}|{% sprite %}')
        icons, sprite = html.split("|")
        assert icons == (
            '<svg class="i" aria-hidden="true"><use href="#i-check"/></svg>'
            '<svg class="i" aria-hidden="true"><use href="#i-x"/></svg>'
            '<svg class="i" aria-hidden="true"><use href="#i-check"/></svg>'
        )
        assert sprite == (
            '<svg hidden><symbol id="i-check" viewBox="0 0 24 24"><path d="M5 12l5 5l10 -10"/></symbol>'
            '<symbol id="i-x" viewBox="0 0 24 24"><path d="M18 6l-12 12M6 6l12 12"/></symbol></svg>'
        )

    def test_an_include_with_only_still_reaches_the_sprite(self) -> None:
        html = render('{% include "ui/note.html" with title="A" icon_name="lock" only %}{% sprite %}')
        assert html.count("i-lock") == 2

    def test_without_a_page_the_icon_brings_its_path(self) -> None:
        html = Template('{% load ui %}{% icon "check" %}').render(Context())
        assert html == '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12l5 5l10 -10"/></svg>'

    def test_a_label_is_spoken(self) -> None:
        html = render('{% icon "bell" label=label css="big" %}', label="<New>")
        assert html == '<svg class="i big" role="img" aria-label="&lt;New&gt;"><use href="#i-bell"/></svg>'

    def test_no_icons_no_sprite(self) -> None:
        assert render("{% sprite %}") == ""

    def test_an_unknown_icon_is_an_error(self) -> None:
        with pytest.raises(TemplateSyntaxError, match="no icon 'unicorn'"):
            render('{% icon "unicorn" %}')


@pytest.mark.parametrize(
    ("done", "total", "classes"),
    [
        (3, 8, "n8 d3"),
        (0, 8, "n8 d0"),
        (9, 8, "n8 d8"),
        (65, 100, "n20 d13"),
        (1, 100, "n20 d1"),
        (99, 100, "n20 d19"),
        (100, 100, "n20 d20"),
        (7, 11, "n20 d13"),
        (1, 1, "n20 d20"),
        (0, 0, "n20 d0"),
    ],
)
def test_weave_is_never_full_before_the_end(done: int, total: int, classes: str) -> None:
    assert weave(done, total, "L") == f'<div class="weave {classes}" role="img" aria-label="L"></div>'


def test_weave_speaks_when_it_has_no_label() -> None:
    with translation.override("km"):
        assert render("{% weave 3 8 %}") == '<div class="weave n8 d3" role="img" aria-label="៣ ក្នុង ៨"></div>'


def test_a_thing_keeps_its_dye() -> None:
    assert [render("{{ key|dye }}", key=key) for key in ("a", "a", "b", "021105")] == ["k4", "k4", "k2", "k4"]


def test_filters_are_wired() -> None:
    with translation.override("km"):
        assert render("{{ n|number }} {{ s|bytes }} {{ m|minutes }}", n=6410, s=6_800_000, m=80) == (
            "៦\u202f៤១០ 6,8 MB ១ ម៉ោង ២០ នាទី"
        )
        assert render("{% percent 65 %}") == "៦៥%"


def test_the_opening_of_a_text_cuts_no_khmer_letter() -> None:
    assert render("{{ text|opening:9 }}", text="ផ្លូវលំ") == "ផ្លូវលំ"
    assert render("{{ text|opening:3 }}", text="ផ្លូវ") == "…"
    assert render("{{ text|opening:7 }}", text="ផ្លូវផ្លូវ") == "ផ្លូវ …"
    assert render("{{ text|striptags|opening:20 }}", text="<p>a &amp; b</p>") == "a &amp;amp; b"


class SampleForm(forms.Form):
    phone = forms.CharField(label="Phone", help_text="We never show it.")
    nickname = forms.CharField(label="Nickname", required=False)
    level = forms.ChoiceField(label="Level", choices=[("a", "Low"), ("b", "High")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="I agree")
    about = forms.CharField(label="About", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    token = forms.CharField(widget=forms.HiddenInput, initial="t")


class TestFields:
    def test_an_untouched_field(self) -> None:
        html = render("{% field form.phone autocomplete='tel' %}", form=SampleForm())
        assert " ".join(html.split()) == (
            '<div class="field"> <label for="id_phone">Phone</label> '
            '<span class="hint" id="id_phone_helptext">We never show it.</span> '
            '<input type="text" name="phone" autocomplete="tel" class="in" required '
            'aria-describedby="id_phone_helptext" id="id_phone"> </div>'
        )

    def test_an_error_is_tied_to_its_control_and_keeps_the_text(self) -> None:
        form = SampleForm({"phone": "", "nickname": "<Dara>"})
        with translation.override("en"):
            html = render("{% field form.phone %}", form=form)
            kept = render("{% field form.nickname %}", form=form)
        assert 'aria-invalid="true"' in html
        assert 'aria-describedby="id_phone_helptext id_phone_error"' in html
        assert '<span id="id_phone_error"><span class="msg">' in html
        assert 'value="&lt;Dara&gt;"' in kept

    def test_only_optional_fields_beside_required_ones_say_so(self) -> None:
        with translation.override("en"):
            assert "(if you like)" in render("{% field form.nickname %}", form=SampleForm())
            assert "(if you like)" not in render("{% field form.phone %}", form=SampleForm())

    def test_a_group_is_a_fieldset_with_answers(self) -> None:
        html = render("{% field form.level %}", form=SampleForm())
        assert html.count('<label class="opt"') == 2
        assert '<legend class="lab">Level</legend>' in html

    def test_a_control_of_several_parts_gets_a_legend(self) -> None:
        form = SampleForm()
        form.fields["born"] = forms.DateField(label="Born", widget=forms.SelectDateWidget(years=[2000]))
        html = render("{% field form.born %}", form=form)
        assert '<legend class="lab">Born</legend>' in html
        assert html.count("<select") == 3

    def test_options_are_only_the_answers(self) -> None:
        html = render("{% options form.level %}", form=SampleForm())
        assert html.count('<label class="opt"') == 2
        assert "<legend" not in html

    def test_the_summary_leads_to_every_control(self) -> None:
        form = SampleForm({})
        form.add_error(None, "Both do not fit together")
        with translation.override("en"):
            html = render("{% form_errors form %}", form=form)
        assert [f'href="#{target}"' in html for target in ("id_phone", "id_level_0", "id_agree")] == [True] * 3
        assert "Both do not fit together" in html
        assert ">Phone: This field is required.</a>" in html
        assert "Please fix 5 things" in html

    def test_no_summary_before_sending(self) -> None:
        assert render("{% form_errors form %}", form=SampleForm()) == ""

    def test_django_draws_a_whole_form_with_our_fields(self) -> None:
        html = str(SampleForm({}))
        assert html.count('class="field') == 5
        assert 'role="alert"' in html
        assert '<input type="hidden" name="token"' in html


class TestCursorPages:
    def test_links_keep_the_question(self) -> None:
        page: KeysetPage[Any] = KeysetPage([], next_cursor="bbb", previous_cursor="aaa")
        with translation.override("en"):
            html = render("{% cursor_pages page newer='Later' %}", path="/en/forum/?q=road&cursor=old", page=page)
        assert 'rel="prev" href="?q=road&amp;cursor=aaa"' in html
        assert 'rel="next" href="?q=road&amp;cursor=bbb"' in html
        assert ("Later" in html, "Older" in html) == (True, True)

    def test_one_page_has_no_links(self) -> None:
        assert render("{% cursor_pages page %}", page=KeysetPage([], None, None)) == ""


def test_the_other_language_is_this_very_page() -> None:
    with translation.override("km"):
        html = render("{% other_language %}", path="/km/forum/?q=road")
    assert html.endswith('<a class="tool" href="/en/forum/?q=road" lang="en" hreflang="en">English</a>')
