"""A session that ends without use: a warning in time, one key to go on, and nothing typed is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

AGEING = Path(__file__).with_name("aged_sessions.py")
OFFICER = "registrar"
TYPED = "一段打了很久的字"


@pytest.fixture
def age(office_home: Path, office: str) -> Callable[[float], None]:
    """``age(29)``: the officer has not used a session for 29 minutes."""

    def pass_by(minutes: float) -> None:
        environment = os.environ | {"ZHIHUAN_HOME": str(office_home), "ZHIHUAN_DATABASE_URL": ""}
        subprocess.run([sys.executable, AGEING, OFFICER, str(minutes)], env=environment, check=True)

    return pass_by


@pytest.fixture
def page(desk: Any, states: Any) -> Iterator[Any]:
    """An officer writes why a record is changed; the clock of the page can be moved."""
    states.forget(OFFICER)  # the tests end sessions
    page = desk(OFFICER, "/registry/points/")
    page.clock.install()
    page.locator(".data-table tbody a").first.click()
    page.wait_for_url("**/registry/points/*/")
    page.get_by_role("link", name="修改", exact=True).click()
    page.wait_for_url("**/edit/")
    page.locator("#id_why").fill(TYPED)
    yield page
    states.forget(OFFICER)


def warning(page: Any) -> Any:
    return page.get_by_role("alertdialog", name="登录超时")


def test_the_warning_comes_in_time_and_one_key_goes_on(page: Any, age: Any, axe: str) -> None:
    age(28.5)
    page.clock.fast_forward("28:30")
    warning(page).wait_for()
    assert "秒" in page.locator("[data-session-countdown]").inner_text()
    page.evaluate(axe)
    report = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    assert [each["id"] for each in report["violations"]] == []
    page.keyboard.press("Enter")  # the focus is on 继续使用
    warning(page).wait_for(state="hidden")
    left = page.evaluate("async () => (await (await fetch('/accounts/session/')).json()).left")
    assert left > 29 * 60
    assert page.locator("#id_why").input_value() == TYPED


def test_whoever_types_is_not_warned(page: Any, age: Any) -> None:
    age(20)
    page.clock.fast_forward("20:00")
    with page.expect_response("**/accounts/session/used/"):
        page.locator("#id_why").press("End")
    age(15)
    page.clock.fast_forward("15:00")
    page.wait_for_timeout(500)
    assert warning(page).is_hidden()


def test_after_the_end_nothing_is_read_and_nothing_is_lost(
    page: Any, age: Any, office: str, states: Any, desk: Any
) -> None:
    age(31)
    page.clock.fast_forward("31:00")
    page.get_by_role("link", name="在新窗口登录").wait_for()
    covered = "el => getComputedStyle(el, '::backdrop').backgroundColor"
    assert page.locator("[data-session-end]").evaluate(covered).startswith("rgb(")  # no gaps in it
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="在新窗口登录").click()
    sign_in(opened.value)
    page.bring_to_front()
    page.get_by_role("button", name="我已登录，继续").click()
    warning(page).wait_for(state="hidden")
    assert page.locator("#id_why").input_value() == TYPED
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/registry/points/*/")
    assert page.get_by_role("alertdialog").count() == 0


def sign_in(page: Any) -> None:
    from zhihuan.demo.packaged import packaged

    page.get_by_label("账号").fill(OFFICER)
    page.get_by_label("密码", exact=True).fill(packaged("accounts")["password"])
    page.get_by_role("button", name="登录", exact=True).click()
    page.locator(".user-menu").wait_for()
