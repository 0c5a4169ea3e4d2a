"""A clue in a real Chromium: from a caller's report to its place in the funnel; the pool, a merger, who reported; on a
telephone, without a barrier on any page."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

SCREENS = [{"width": 360, "theme": "light"}]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]


def named(screen: dict[str, Any]) -> str:
    return "-".join(str(part) for part in screen.values())


def main_of(page: Any) -> str:
    return str(page.locator("main").inner_text())


def now() -> str:
    """As an input of day and time wants it, Beijing."""
    beijing = dt.datetime.now(dt.timezone(dt.timedelta(hours=8)))
    return beijing.strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize("screen", SCREENS, ids=named)
def test_a_report_from_the_caller_to_the_branch(
    desk: Any, office: str, clean: Any, screen: dict[str, Any]
) -> None:
    title = f"模拟举报 {named(screen)}"
    page = desk("duty", "/clues/", **screen)
    clean(page, "pool", screen)
    page.get_by_role("link", name="登记线索").click()
    page.wait_for_url("**/matters/clue/new/")
    page.get_by_label("镇街").select_option(label="小榄镇")
    page.get_by_label("标题").fill(title)
    page.get_by_role("button", name="发起并继续").click()
    page.wait_for_url("**/steps/register/")
    page.get_by_label("线索来源").select_option("complaint")
    page.get_by_label("举报渠道").select_option("12369")
    page.get_by_label("实名举报，须反馈结果").check()
    page.get_by_label("发现时间").fill(now())
    page.get_by_label("一句话说明").fill("来电 13800138000 称夜间排黑水，白天不排。")
    page.get_by_role("button", name="核对并继续").click()
    page.get_by_text("疑似个人信息").first.wait_for()
    desk.expect("422")
    clean(page, "register-refused", screen)
    page.get_by_label("一句话说明").fill("夜间排黑水，白天不排。")
    page.get_by_role("button", name="核对并继续").click()
    page.get_by_role("button", name="确认登记线索").click()
    page.wait_for_url(re.compile(r"/matters/\d+/$"))
    assert "夜间排黑水，白天不排。" in main_of(page)
    clean(page, "registered", screen)

    page.get_by_role("link", name="举报人", exact=True).click()
    page.wait_for_url("**/informants/")
    page.get_by_label("姓名").fill("模拟举报人")
    page.get_by_label("电话").fill("0760-0000000")
    page.get_by_role("button", name="加密保存").click()
    page.get_by_role("button", name="显示身份（将记录）").wait_for()
    assert "模拟举报人" not in main_of(page)
    page.get_by_role("button", name="显示身份（将记录）").click()
    page.get_by_text("谁查看过").wait_for()
    assert "模拟举报人" in main_of(page)
    clean(page, "informants", screen)

    page.get_by_role("link", name="返回线索").click()
    page.get_by_role("link", name="研判有效").click()
    page.get_by_label("法律后果类别").select_option("L7")
    page.get_by_label("分级").select_option("B")
    page.get_by_label("研判理由").fill("与在线流量相符（模拟）")
    page.get_by_role("button", name="研判有效").click()
    page.get_by_role("link", name="派发核查").click()
    page.get_by_label("承办分局").select_option(label="小榄分局（演示）")
    page.get_by_label("核查要求").fill("夜间到排放口查看（模拟）")
    page.get_by_role("button", name="核对并继续").click()
    page.get_by_role("button", name="确认派发核查").click()
    page.get_by_text("状态变为“待核查”").wait_for()
    clean(page, "dispatched", screen)


@pytest.mark.parametrize("screen", SCREENS, ids=named)
def test_the_pool_in_its_parts_a_merger_and_the_funnel(
    desk: Any, office: str, clean: Any, screen: dict[str, Any]
) -> None:
    page = desk("duty", "/clues/?group=week", **screen)
    assert "每周最多推送" in main_of(page)
    clean(page, "week", screen)
    boxes = page.locator("input[type=checkbox][name=row]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="合并所选线索").click()
    page.wait_for_url("**/clues/merge/")
    clean(page, "merge", screen)
    page.goto(f"{office}/clues/funnel/")
    clean(page, "funnel", screen)
    first = page.locator("table").first.locator("td a").first
    count = first.inner_text()
    first.click()
    page.wait_for_url("**reached=found**")
    assert f"共 {count} 条" in main_of(page)


@pytest.mark.parametrize("screen", SCREENS, ids=named)
def test_the_evidence_of_a_clue_is_asked_for_by_one_click(
    desk: Any, office: str, clean: Any, screen: dict[str, Any]
) -> None:
    page = desk("head", "/clues/?rule=exceedance_day&group=all", **screen)
    page.get_by_role("link", name="模拟线索：颗粒物日均值超标").click()
    page.wait_for_url(re.compile(r"/matters/\d+/$"))
    clean(page, "evidence", screen)
    page.get_by_role("button", name=re.compile("制作证据包")).click()
    page.wait_for_url("**/evidence/bundles/*/")
    assert "证据包" in main_of(page)
