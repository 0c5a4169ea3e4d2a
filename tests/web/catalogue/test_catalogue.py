"""The catalogue shows every component as it is, to the bureau's people, and tells the truth of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.roles import ROLES, Side
from zhihuan.web.catalogue.collection import all_examples
from zhihuan.web.catalogue.example import Case
from zhihuan.web.components.contract import names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_store")]
NAMES = names()


class Page(HTMLParser):
    """Identifiers, what identifiers are pointed to, and what a keyboard can reach in the examples."""

    VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
    REACHED = frozenset({"a", "button", "input", "select", "textarea", "summary"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.pointed: set[str] = set()
        self.reached: list[str] = []
        self._depth = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        for name in ("for", "aria-labelledby", "aria-describedby"):
            self.pointed |= set((given.get(name) or "").split())
        shown = "catalogue-shown" in (given.get("class") or "")
        if self._depth and "disabled" not in given:
            reached = tag in self.REACHED and given.get("type") != "hidden"
            reached = reached or given.get("tabindex") == "0" or "data-island" in given
            self.reached += [tag] if reached else []
        if (shown or self._depth) and tag not in self.VOID:
            self._depth += 1

    def handle_endtag(self, tag):
        if self._depth and tag not in self.VOID:
            self._depth -= 1


@pytest.fixture
def page(browser_of):
    browser = browser_of("值班员")
    return lambda name: browser.get(f"/catalogue/{name}/")


def test_every_component_is_in_it_and_nothing_else():
    assert list(all_examples()) == NAMES


def test_the_index_leads_to_every_component(browser_of):
    html = browser_of("值班员").get("/catalogue/").content.decode()
    assert set(re.findall(r'href="/catalogue/(\w+)/"', html)) == set(NAMES)


def test_an_unknown_component_is_not_found(page):
    assert page("no_such_part").status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_each_state_with_its_code_and_each_parameter(page, name):
    response = page(name)
    assert response.status_code == 200
    html, example = response.content.decode(), all_examples()[name]
    assert html.count('class="catalogue-shown"') == len(example.states)
    assert html.count('class="catalogue-code"') == len(example.states)
    for parameter in example.contract.parameters:
        assert f'<th scope="row" class="code">{parameter.name}</th>' in html


@pytest.mark.parametrize("name", NAMES)
def test_the_states_together_use_every_required_parameter_and_the_component_itself(name):
    example = all_examples()[name]
    code = " ".join(state.code for state in example.states)
    assert re.search(rf'\{{% (component|wrap) "{name}"', code)
    for parameter in example.contract.parameters:
        assert not parameter.required or f"{parameter.name}=" in code


@pytest.mark.parametrize("name", NAMES)
def test_no_identifier_is_twice_on_a_page_and_none_points_nowhere(page, name):
    found = Page(page(name).content.decode())
    assert len(found.ids) == len(set(found.ids))
    assert found.pointed <= set(found.ids)


@pytest.mark.parametrize("name", NAMES)
def test_the_keyboard_note_says_whether_keys_reach_the_component(page, name):
    note = str(all_examples()[name].keyboard)
    assert bool(Page(page(name).content.decode()).reached) == (not note.startswith("不可聚焦"))


def test_every_kind_of_state_occurs():
    shown = {state.case for each in all_examples().values() for state in each.states}
    assert shown == set(Case)


@pytest.mark.parametrize("role", list(ROLES.values()), ids=list(ROLES))
def test_it_is_open_to_the_bureau_s_people_alone(role, person, client):
    kind = "enterprise" if role.side is Side.OUTSIDE else "bureau"
    user = person(role.code, at=Organisation.objects.create(name="某单位", kind=kind))
    client.force_login(user)
    outside = role.side is Side.OUTSIDE
    for address in ("/catalogue/", "/catalogue/notice/", "/catalogue/data/points.json"):
        assert client.get(address).status_code == (403 if outside else 200)
    assert ("组件目录" in client.get("/lists/exports/").content.decode()) == (not outside)
