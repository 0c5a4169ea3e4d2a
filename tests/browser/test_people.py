"""People and organisations in a real Chromium, each page as whoever works with it: axe, fit, keyboard."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from zhihuan.demo.packaged import packaged

SEED = Path(__file__).with_name("staffed_home.py")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("chromium"),
    pytest.mark.usefixtures("looks_only"),
]

#: Whose desk it is → the pages there. Bodies, grants and entries are numbered from 1 in a new home.
PAGES = {
    "system": (
        "/people/",
        "/people/organisations/",
        "/people/organisations/?q=nothing-like-this",
        "/people/organisations/new/",
        "/people/accounts/",
        "/people/accounts/field/",
        "/people/accounts/new/",
        "/people/accounts/field/edit/",
        "/people/accounts/field/password/",
        "/people/accounts/field/leave/",
    ),
    "security": (
        "/people/accounts/duty/grant/",
        "/people/accounts/duty/lock/",
        "/people/grants/",
        "/people/grants/1/",
        "/people/grants/1/revoke/",
    ),
    "audit": ("/people/matrix/", "/audit/", "/audit/?action=role.grant", "/audit/1/"),
    "head": (
        "/people/own/",
        "/people/delegate/",
        "/people/delegations/",
        "/people/officers/",
        "/people/certificates/",
        "/people/certificates/1/",
        "/people/certificates/new/",
    ),
    "field": ("/people/own/", "/people/officers/"),
}
SCREENS = [
    {"width": 1366},
    {"width": 360, "height": 740, "theme": "dark"},
    {"width": 1366, "mode": "elder"},
]


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        f"people_{name}", Path(__file__).with_name(f"{name}.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the platform with the demo's people answers."""
    beside, home = load("conftest"), tmp_path_factory.mktemp("office")
    with beside.own_database() as database:
        environment = os.environ | database | {"ZHIHUAN_HOME": str(home), "ZHIHUAN_DEBUG": "0"}
        subprocess.run([sys.executable, SEED], env=environment, check=True, timeout=300)
        with beside.serving(home, environment) as running:
            yield running.web


@pytest.fixture(scope="module")
def states(chromium: Any, office: str) -> Callable[[str], Any]:
    """The storage state of a browser in which that demo account has signed in through the form."""
    known: dict[str, Any] = {}

    def state(username: str) -> Any:
        if username not in known:
            context = chromium.new_context()
            page = context.new_page()
            page.goto(f"{office}/accounts/login/")
            page.get_by_label("账号").fill(username)
            page.get_by_label("密码", exact=True).fill(packaged("accounts")["password"])
            page.get_by_role("button", name="登录", exact=True).click()
            page.locator(".user-menu").wait_for()
            known[username] = context.storage_state()
            context.close()
        return known[username]

    return state


class Desk:
    """``desk("system", "/people/")``: a watched page of that account."""

    def __init__(self, chromium: Any, web: str, states: Callable[[str], Any]) -> None:
        self._chromium, self._web, self._states = chromium, web, states
        self._visits: list[Any] = []
        self._visit = load("conftest").Visit

    def __call__(self, username: str, path: str, **given: Any) -> Any:
        self._visits.append(self._visit(self._chromium, self._web, self._states(username)))
        return self._visits[-1](path, **given)

    def expect(self, words: str) -> None:
        """Take this trouble of the newest page off its list."""
        self._visits[-1].expect(words)

    def close(self) -> list[str]:
        for visit in self._visits:
            visit.close()
        return [trouble for visit in self._visits for trouble in visit.troubles]


@pytest.fixture
def desk(chromium: Any, office: str, states: Callable[[str], Any]) -> Iterator[Desk]:
    made = Desk(chromium, office, states)
    yield made
    assert made.close() == []


def named(screen: dict[str, Any]) -> str:
    return "-".join(str(part) for part in screen.values())


@pytest.mark.parametrize("screen", SCREENS, ids=named)
@pytest.mark.parametrize("username", PAGES)
def test_no_page_has_a_barrier_and_every_page_fits(
    desk: Desk, office: str, axe: str, screenshots: Path, username: str, screen: dict[str, Any]
) -> None:
    finds, fits = load("test_accessibility").findings, load("test_screens").sticking_out
    page = desk(username, PAGES[username][0], **screen)
    found: list[str] = []
    for path in PAGES[username]:
        answer = page.goto(office + path)
        if answer.status != 200:
            found.append(f"{path}: {answer.status}")
        name = path.strip("/").replace("/", "-").partition("?")[0]
        found += [f"{path}: {each}" for each in [*finds(page, axe), *fits(page)]]
        page.screenshot(path=screenshots / f"{name}-{named(screen)}.png", full_page=True)
    assert found == []


def test_a_refused_form_has_no_barrier_and_says_where_to_mend(desk: Desk, axe: str) -> None:
    page = desk("security", "/people/accounts/security/grant/")
    page.get_by_label("角色").select_option("leader")
    page.get_by_label("事由").fill("试试")
    page.get_by_role("button", name="授予", exact=True).click()
    page.get_by_role("alert").first.wait_for()
    assert "不能给自己授权" in page.locator("main").inner_text()
    assert page.title().startswith("错误：")
    assert load("test_accessibility").findings(page, axe) == []
    desk.expect("422")  # Chromium tells of the status in its console


def test_list_record_and_edit_by_keyboard_alone(desk: Desk) -> None:
    tab_until = load("test_keyboard").tab_until
    page = desk("system", "/people/accounts/?q=registrar")
    tab_until(page, "el.matches('tbody a')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/accounts/registrar/")
    tab_until(page, "el.matches('.page-head a') && el.textContent.includes('修改')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")
    tab_until(page, "el.name === 'display_name'")
    page.keyboard.press("Control+a")
    page.keyboard.type("模拟档案员")
    tab_until(page, "el.name === 'why'")
    page.keyboard.type("姓名更正")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/accounts/registrar/")
    assert "模拟档案员" in page.locator("h1").inner_text()


def test_a_role_is_lent_by_keyboard_alone(desk: Desk) -> None:
    tab_until = load("test_keyboard").tab_until
    page = desk("duty", "/people/own/")
    tab_until(page, "el.textContent.trim() === '委托代理' && el.closest('.page-head')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/delegate/")
    tab_until(page, "el.name === 'roles'")
    page.keyboard.press("Space")
    tab_until(page, "el.name === 'deputy'")
    page.keyboard.press("ArrowDown")
    tab_until(page, "el.name === 'why'")
    page.keyboard.type("年休假")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/own/")
    assert "年休假" in page.locator("main").inner_text()
