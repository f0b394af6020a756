"""The includes and elements that few screens use keep their shape."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Origin, Template
from django.template.loader import render_to_string
from django.utils import translation


def render(source: str, **context: object) -> str:
    origin = Origin("sample", template_name="account/sample.html")  # allauth's elements ask where they stand
    with translation.override("en"):
        return Template(source, origin=origin).render(Context(context))


def test_a_day_stands_in_a_box() -> None:
    html = render('{% include "ui/date.html" %}', when=date(2026, 12, 5))
    assert '<p class="date"><b>5</b><span>Dec</span></p>' in html


def test_pairs_become_a_list_of_terms() -> None:
    html = render('{% include "ui/facts.html" %}', pairs=[("Time", "4 h")], css="wide2")
    assert html.strip().endswith('<dl class="facts wide2"><dt>Time</dt><dd>4 h</dd></dl>')


def test_a_file_says_what_it_costs() -> None:
    html = render('{% include "ui/file.html" %}', url="/media/x.pdf", title="Plan", kind="PDF", size=92_160)
    assert 'href="/media/x.pdf" download' in html
    assert "PDF · 9" in html.replace("\xa0", " ")


def test_an_empty_list_offers_something_to_do() -> None:
    html = render(
        '{% include "ui/empty.html" %}', icon_name="table", title="None yet", text="Soon", url="/x/", action="Look"
    )
    assert "<h2>None yet</h2>" in html
    assert '<a class="btn" href="/x/">Look</a>' in html


def test_htmx_comes_without_what_the_policy_forbids() -> None:
    html = render_to_string("ui/htmx.html")
    assert '"allowEval":false' in html
    assert "htmx-2.min.js" in html


def test_a_bare_field_group_is_drawn_as_ours() -> None:
    class Small(forms.Form):
        town = forms.CharField(help_text="Where you live")

    html = Small()["town"].as_field_group()
    assert 'class="hint"' in html
    assert 'aria-describedby="id_town_helptext"' in html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% element alert %}{% slot message %}Hello{% endslot %}{% endelement %}", "<p>Hello</p>"),
        ('{% element badge tags="success" %}Main{% endelement %}', '<span class="tag ok">Main</span>'),
        ('{% element field type="radio" name="a" id="b" value="c" %}{% slot label %}d{% endslot %}{% endelement %}',
         '<input type="radio" name="a" id="b" value="c"><span>d</span>'),
        ("{% element panel %}{% slot title %}T{% endslot %}{% slot body %}B{% endslot %}{% endelement %}",
         "<h2>T</h2>"),
    ],
)  # fmt: skip
def test_the_elements_of_the_account_pages(source: str, expected: str) -> None:
    assert expected in render("{% load allauth %}" + source)
