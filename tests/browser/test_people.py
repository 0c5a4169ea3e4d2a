"""People and organisations in a real Chromium, each page as whoever works with it: axe, fit, keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from beside import beside

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

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


def named(screen: dict[str, Any]) -> str:
    return "-".join(str(part) for part in screen.values())


@pytest.mark.parametrize("screen", SCREENS, ids=named)
@pytest.mark.parametrize("username", PAGES)
def test_no_page_has_a_barrier_and_every_page_fits(
    desk: Any, office: str, axe: str, screenshots: Path, username: str, screen: dict[str, Any]
) -> None:
    finds, fits = beside("test_accessibility").findings, beside("test_screens").sticking_out
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


def test_a_refused_form_has_no_barrier_and_says_where_to_mend(desk: Any, axe: str) -> None:
    page = desk("security", "/people/accounts/security/grant/")
    page.get_by_label("角色").select_option("leader")
    page.get_by_label("事由").fill("试试")
    page.get_by_role("button", name="授予", exact=True).click()
    page.get_by_role("alert").first.wait_for()
    assert "不能给自己授权" in page.locator("main").inner_text()
    assert page.title().startswith("错误：")
    assert beside("test_accessibility").findings(page, axe) == []
    desk.expect("422")  # Chromium tells of the status in its console


def test_list_record_and_edit_by_keyboard_alone(desk: Any) -> None:
    tab_until = beside("test_keyboard").tab_until
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


def test_a_role_is_lent_by_keyboard_alone(desk: Any) -> None:
    tab_until = beside("test_keyboard").tab_until
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


def test_a_change_is_found_and_taken_back_by_keyboard_alone(desk: Any) -> None:
    tab_until = beside("test_keyboard").tab_until
    page = desk("registrar", "/registry/points/")
    page.locator(".data-table tbody a").first.click()
    page.wait_for_url("**/registry/points/*/")
    before = page.locator("h1").inner_text()
    page.goto(f"{page.url}edit/")
    page.locator("#id_name").fill("键盘改名的点位")
    page.locator("#id_why").fill("核实")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/registry/points/*/")
    record = page.url

    page.goto(f"{page.url.partition('/registry/')[0]}/registry/changes/")
    tab_until(page, "el.matches('tbody a')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/registry/changes/*/")
    tab_until(page, "el.textContent.trim() === '撤销…'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/undo/")
    tab_until(page, "el.name === 'why'")
    page.keyboard.type("改错了")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/undo/" not in url)
    page.goto(record)
    assert page.locator("h1").inner_text() == before


def test_an_enterprise_comes_to_its_own_file_by_keyboard_alone(desk: Any) -> None:
    tab_until = beside("test_keyboard").tab_until
    page = desk("enterprise", "/portal/")
    tab_until(page, "el.textContent.trim() === '企业档案'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/registry/enterprises/*/")
    assert page.locator("#timeline").is_visible()
