"""Matters in a real Chromium, from whoever works on them: axe, fit, keyboard, without scripts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from beside import beside

HERE = Path(__file__).parent
SEED = HERE / "cases_home.py"
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

#: Whose desk it is → the pages there, with the status each answers. Cases: ``cases_home.fill``.
PAGES = {
    "officer": {
        "/matters/": 200,
        "/matters/?q=nothing-like-this": 200,
        "/matters/trial_case/": 200,
        "/matters/trial_case/?due=overdue": 200,
        "/matters/trial_case/new/": 200,
        "/matters/1/": 200,
        "/matters/3/": 200,
        "/matters/4/": 200,
        "/matters/1/steps/file/": 200,
        "/matters/2/steps/submit/": 200,
        "/matters/2/steps/extend/": 403,
        "/matters/1/steps/submit/": 409,
        "/matters/trial_case/diagram/": 200,
        "/matters/trial_case/limits/": 200,
        "/matters/trial_case/statistics/": 200,
        "/matters/6/": 200,
        "/matters/6/file/": 200,
        "/documents/1/receipts/new/": 200,
        "/": 200,
        "/inbox/": 200,
        "/inbox/?whose=others": 200,
        "/inbox/2/assign/": 200,
        "/messages/": 200,
    },
    "head": {"/matters/5/": 200, "/matters/5/steps/decide/": 200, "/matters/2/steps/extend/": 200,
             "/documents/1/": 200, "/documents/1/publication/": 200, "/documents/1/void/": 404,
             "/inbox/": 200, "/inbox/overdue/": 200, "/messages/": 200},
    "owner": {"/documents/1/": 404, "/matters/": 200, "/matters/6/": 200, "/matters/7/": 200, "/matters/6/steps/answer/": 200,
              "/inbox/": 200, "/inbox/mending/": 200, "/messages/": 200},
    "leader": {"/matters/editions/": 200, "/matters/2/edition/": 200, "/matters/3/edition/": 200},
}  # fmt: skip
SCREENS = [
    {"width": 1366},
    {"width": 360, "height": 740, "theme": "dark"},
    {"width": 1366, "mode": "elder"},
    {"width": 1920, "height": 1080, "theme": "dark"},
]


@pytest.fixture(scope="module")
def court(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a platform answers on which the trial case is declared."""
    parts, home = beside("conftest"), tmp_path_factory.mktemp("court")
    path = os.pathsep.join(
        [str(HERE), str(HERE.parent / "bureau" / "matters"), os.environ.get("PYTHONPATH", "")]
    )
    with parts.own_database(home) as database:
        environment = os.environ | database | {
            "ZHIHUAN_HOME": str(home), "ZHIHUAN_DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "cases_settings", "PYTHONPATH": path,
        }  # fmt: skip
        subprocess.run([sys.executable, SEED], env=environment, check=True, timeout=300)
        with parts.serving(home, environment) as running:
            yield running.web


@pytest.fixture(scope="module")
def states(chromium: Any, court: str) -> Any:
    return beside("conftest").States(chromium, court)


@pytest.fixture
def desk(chromium: Any, court: str, states: Any) -> Iterator[Any]:
    """``desk("head", "/matters/5/")``: a watched page of that person."""
    made = beside("conftest").Desk(chromium, court, states)
    yield made
    assert made.close() == []


def named(screen: dict[str, Any]) -> str:
    return "-".join(str(part) for part in screen.values())


@pytest.mark.parametrize("screen", SCREENS, ids=named)
@pytest.mark.parametrize("username", PAGES)
def test_no_page_has_a_barrier_and_every_page_fits(
    desk: Any, court: str, axe: str, screenshots: Path, username: str, screen: dict[str, Any]
) -> None:
    finds, fits = beside("test_accessibility").findings, beside("test_screens").sticking_out
    shortfalls = beside("test_elder").shortfalls if screen.get("mode") == "elder" else lambda _: []
    page = desk(username, "/search/", **screen)
    found: list[str] = []
    for path, status in PAGES[username].items():
        answer = page.goto(court + path)
        if answer.status != status:
            found.append(f"{path}: {answer.status}")
        if status != 200:
            desk.expect(str(status))  # Chromium tells of it in its console
        name = path.strip("/").replace("/", "-").replace("?", "-")
        found += [f"{path}: {each}" for each in [*finds(page, axe), *fits(page), *shortfalls(page)]]
        page.screenshot(path=screenshots / f"{name}-{username}-{named(screen)}.png", full_page=True)
    assert not found, "\n".join(found)


def test_what_makes_documents_is_checked_changed_and_kept(
    desk: Any, axe: str, screenshots: Path
) -> None:
    page = desk("head", "/matters/5/steps/decide/")
    page.get_by_label("罚款金额（元）").fill("1234.50")
    page.get_by_label("送达日期").fill("2026-11-27")
    page.get_by_role("button", name="核对并继续").click()
    page.locator(".answers").wait_for()
    assert "1,234.50" in page.locator(".answers").inner_text()
    assert beside("test_accessibility").findings(page, axe) == []
    page.screenshot(path=screenshots / "matters-check.png", full_page=True)
    page.get_by_role("button", name="修改 送达日期").click()
    page.get_by_label("送达日期").wait_for()
    assert page.get_by_label("罚款金额（元）").input_value() == "1234.50"
    page.get_by_label("罚款金额（元）").fill("2000000")
    page.get_by_role("button", name="核对并继续").click()
    page.get_by_role("button", name="确认作出决定").click()
    page.get_by_role("alert").first.wait_for()
    assert "须经补充调查" in page.locator("main").inner_text()
    assert page.get_by_label("罚款金额（元）").input_value() == "2000000"
    assert beside("test_accessibility").findings(page, axe) == []
    page.screenshot(path=screenshots / "matters-guard.png", full_page=True)
    desk.expect("409")


def test_a_case_is_opened_and_filed_without_scripts(desk: Any) -> None:
    page = desk("officer", "/matters/trial_case/", script=False)
    page.get_by_role("link", name="发起事项").click()
    page.wait_for_url("**/new/")
    page.get_by_label("标题").fill("无脚本立案")
    page.get_by_label("当事人").fill("QY000001")
    page.get_by_role("button", name="发起并继续").click()
    page.wait_for_url("**/steps/file/")
    page.get_by_label("执法人员 2").select_option(label="林执法（模拟44-second）")
    page.get_by_role("button", name="立案", exact=True).click()
    page.locator(".course").wait_for()
    assert "已办理“立案”。" in page.locator("main").inner_text()
    assert "剩余" in page.locator(".page-head .clock").inner_text()


def test_from_the_list_to_the_step_taken_by_keyboard_alone(desk: Any) -> None:
    tab_until = beside("test_keyboard").tab_until
    page = desk("officer", "/matters/trial_case/?q=%E6%A1%88%E4%BB%B69%EF%BC%9A")
    tab_until(page, "el.matches('tbody th a')")
    page.keyboard.press("Enter")
    page.locator(".possible").wait_for()
    tab_until(page, "el.matches('.possible a')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/**")
    tab_until(page, "el.matches('.form-acts button')")
    page.keyboard.press("Enter")
    page.locator(".course").wait_for()
    assert "已办理" in page.locator("main").inner_text()


def test_a_to_do_is_taken_on_and_opened_by_keyboard_alone(desk: Any) -> None:
    tab_until = beside("test_keyboard").tab_until
    page = desk("second", "/inbox/")
    tab_until(page, "el.matches('.todo-acts button')")
    page.keyboard.press("Enter")
    page.get_by_text("已领取：").wait_for()
    page.goto(page.url.split("/inbox/")[0] + "/inbox/?whose=mine")
    tab_until(page, "el.matches('.todo .task-words a')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/matters/*/")


def test_the_lines_of_a_to_do_stand_together_in_big_letters(desk: Any) -> None:
    page = desk("second", "/inbox/", width=360, height=740, mode="elder")
    gaps = page.evaluate(
        """() => [...document.querySelectorAll('.todo')].flatMap(todo => {
          const lines = [...todo.querySelectorAll('.task-words > *, .todo-side')]
            .map(each => each.getBoundingClientRect()).filter(each => each.height)
          return lines.slice(1).map((each, n) => each.top - lines[n].bottom)
        })"""
    )
    assert len(gaps) > 2
    assert max(gaps) < 14, "less than half a line of 24 px letters"


def test_a_to_do_is_given_back_and_messages_are_read_without_scripts(desk: Any) -> None:
    page = desk("head", "/inbox/?whose=free", script=False)
    page.get_by_role("button", name="领取").first.click()
    page.get_by_text("已领取：").wait_for()
    page.get_by_role("link", name="我已领取").click()
    page.wait_for_url("**whose=mine")
    page.get_by_role("button", name="退回").first.click()
    page.get_by_text("已退回待领取：").wait_for()
    page.goto(page.url.split("/inbox/")[0] + "/messages/")
    page.get_by_role("button", name="全部标为已读").click()
    page.get_by_text("条消息标为已读").wait_for()
    page.get_by_role("link", name="未读").click()
    page.get_by_text("没有消息").wait_for()


def test_a_case_is_put_on_a_newer_edition_after_its_dry_run_without_scripts(desk: Any) -> None:
    page = desk("leader", "/matters/editions/", script=False)
    page.locator("tbody th a", has_text="模拟案件8：").click()
    page.wait_for_url("**/edition/")
    main = page.locator("main")
    assert "2040 版" in main.inner_text()
    page.get_by_role("button", name="换到 2040 版").click()
    page.get_by_role("alert").first.wait_for()
    desk.expect("422")  # Chromium tells of the status in its console
    page.get_by_label("换版的理由").fill("新规施行")
    page.get_by_role("button", name="换到 2040 版").click()
    page.wait_for_url("**/matters/editions/")
    assert "已换到 2040 版" in main.inner_text()
    assert page.locator("tbody th a", has_text="模拟案件8：").count() == 0
