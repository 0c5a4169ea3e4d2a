"""Every component says what it takes, and every template that uses one keeps to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import Context, Engine, TemplateSyntaxError, engines
from django.template.loader import get_template

from zhihuan.web.components.contract import ContractError, contract_of, names, parse

TEMPLATES = Path(__file__).parents[3] / "src/zhihuan/web/templates"
EVERY_TEMPLATE = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.glob("**/*.html"))


def render(source: str, **given) -> str:
    engine: Engine = engines["django"].engine
    return engine.from_string("{% load components %}" + source).render(Context(given))


@pytest.mark.parametrize("name", names())
def test_every_component_begins_with_its_contract(name):
    contract = contract_of(name)
    assert contract.purpose.endswith(".")
    assert all(each.meaning for each in contract.parameters)


@pytest.mark.parametrize("name", EVERY_TEMPLATE)
def test_every_template_can_be_read_so_every_use_keeps_its_contract(name):
    get_template(name)


@pytest.mark.parametrize(
    ("use", "words"),
    [
        ('{% component "status_badge" kind="done" txt="x" %}', "takes no txt"),
        ('{% component "status_badge" kind="done" %}', "needs text"),
        ('{% component "status_bagde" kind="done" text="x" %}', "there is no component"),
        ('{% component "../base" %}', "there is no component"),
        ("{% component name %}", "parameter=value"),
        ('{% component "status_badge" "done" text="x" %}', "parameter=value"),
        ('{% component "notice" kind="note" %}', "use {% wrap %}"),
        ('{% wrap "status_badge" kind="done" text="x" %}{% endwrap %}', "use {% component %}"),
    ],
)
def test_a_use_against_the_contract_is_refused_when_it_is_read(use, words):
    with pytest.raises(TemplateSyntaxError) as refused:
        render(use)
    assert words in str(refused.value)


@pytest.mark.parametrize("template", ["<p></p>", "{% comment %}\nNo end", "{# one line #}"])
def test_a_template_without_contract_is_no_component(template):
    with pytest.raises(ContractError, match="must begin with a comment"):
        parse("x", template)


def test_a_contract_is_read_as_written():
    contract = parse(
        "x",
        "{% comment %}\nA thing: for\nsomebody.\n\nkind: one\n  of two\nhint?: more\ncontent: markup\n{% endcomment %}",
    )
    assert contract.purpose == "A thing: for somebody."
    assert [(each.name, each.meaning, each.required) for each in contract.parameters] == [
        ("kind", "one of two", True),
        ("hint", "more", False),
    ]
    assert contract.wraps


def test_a_component_sees_nothing_of_the_page_around_it():
    shown = render('{% component "status_badge" kind="done" text="x" %}', hint="leaked")
    assert "leaked" not in shown


def test_wrapped_markup_is_rendered_with_the_page_s_own_values():
    shown = render('{% wrap "notice" kind="note" %}<b>{{ who }}</b>{% endwrap %}', who="<陈>")
    assert "<b>&lt;陈&gt;</b>" in shown


def test_a_component_may_be_used_in_a_component_s_content():
    shown = render(
        '{% wrap "page_header" title="案件" %}{% component "status_badge" kind="done" text="已办结" %}{% endwrap %}'
    )
    assert '<span class="status" data-kind="done">已办结</span>' in shown
