"""An emergency plan in a real Chromium: from the enterprise's form to the filed notice, and the reminder after
three years; on a telephone, a desk and a wide screen, light, dark and elder, without a barrier on any page."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from beside import beside
from playwright.sync_api import expect

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PAPERS = (
    "filing_form", "plan", "drafting_note", "risk_report", "resource_report", "review_opinion",
)  # fmt: skip
TODAY = dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date().isoformat()
SCREENS = [
    {"width": width, **look}
    for width in (360, 1366, 1920)
    for look in ({"theme": "light"}, {"theme": "dark"}, {"mode": "elder"})
]
#: The width of the narrowest cell of a document, in its own letters.
NARROWEST = """() => Math.min(...[...document.querySelectorAll('.paper td')].map(
  cell => cell.clientWidth / parseFloat(getComputedStyle(cell).fontSize)))"""
#: What stands out of its box in a list of facts.
BURST = """() => [...document.querySelectorAll('.facts dd')].filter(
  cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.innerText)"""
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]


def named(screen: dict[str, Any]) -> str:
    return "-".join(str(part) for part in screen.values())


def main_of(page: Any) -> str:
    return str(page.locator("main").inner_text())


@pytest.mark.parametrize("screen", SCREENS, ids=named)
def test_a_plan_from_the_enterprise_s_form_to_the_filed_notice(
    desk: Any, office: str, clean: Any, tmp_path: Path, screen: dict[str, Any]
) -> None:
    paper = tmp_path / "预案.pdf"
    paper.write_bytes(PDF)
    title = f"模拟预案 {named(screen)}"

    page = desk("enterprise", "/matters/plan_filing/new/", **screen)
    clean(page, "new", screen)
    page.get_by_label("标题").fill(title)
    page.get_by_role("button", name="发起并继续").click()
    page.wait_for_url("**/steps/submit/")
    clean(page, "submit", screen)
    page.get_by_label("风险级别").select_option("M")
    page.get_by_label("签署发布日期").fill(TODAY)
    page.get_by_label("预案签署人").fill("模拟签署人")
    for name in PAPERS[:-1]:
        page.locator(f"input[type=file][name={name}]").set_input_files(paper)
    page.get_by_role("button", name="提交备案").click()
    expect(page.get_by_role("alert").first).to_contain_text("请提交“评审意见”")
    desk.expect("422")  # Chromium tells of the status in its console
    clean(page, "submit-refused", screen)
    # what was handed in before is kept: only what lacked is asked for again
    page.locator(f"input[type=file][name={PAPERS[-1]}]").set_input_files(paper)
    page.get_by_role("button", name="提交备案").click()
    page.wait_for_url(re.compile(r"/matters/\d+/$"))
    assert "核对期限" in main_of(page)
    clean(page, "submitted", screen)
    address = page.url.removeprefix(office)

    head = desk("head", address, **screen)
    head.get_by_role("link", name="准予备案").click()
    head.wait_for_url("**/steps/file/")
    head.get_by_role("button", name="核对并继续").click()
    head.get_by_role("button", name="确认准予备案").wait_for()
    clean(head, "file-check", screen)
    head.get_by_role("button", name="确认准予备案").click()
    head.wait_for_url(re.compile(r"/matters/\d+/$"))
    assert "回顾性评估期限" in main_of(head)
    clean(head, "filed", screen)

    page.goto(office + address)
    assert "已备案" in main_of(page)
    page.get_by_role("link", name="突发环境事件应急预案备案表").click()
    page.wait_for_url("**/documents/*/")
    read = main_of(page)
    for words in ("模拟签署人", "较大", "文件齐全，予以备案", f"442000-{TODAY[:4]}-"):
        assert words in read
    assert page.evaluate(BURST) == []
    assert page.evaluate(NARROWEST) > 4, "a form of four columns does not stand a sign a line"
    clean(page, "filing-form", screen)


@pytest.mark.parametrize("screen", SCREENS, ids=named)
def test_after_three_years_the_enterprise_is_told_and_what_to_do(
    desk: Any, office: str, clean: Any, screen: dict[str, Any]
) -> None:
    page = desk("enterprise", "/matters/plan_filing/", **screen)
    clean(page, "list", screen)
    page.get_by_role("link", name=beside("staffed_home").LAPSED).first.click()
    page.wait_for_url(re.compile(r"/matters/\d+/$"))
    assert "评估逾期" in main_of(page)
    page.get_by_role("link", name="修订备案", exact=True).wait_for()
    page.get_by_role("link", name="回顾性评估", exact=True).wait_for()
    clean(page, "lapsed", screen)
    page.get_by_role("link", name="应急预案回顾性评估到期提醒").click()
    page.wait_for_url("**/documents/*/")
    assert "三年评估期限已于" in main_of(page)
    clean(page, "reminder", screen)
    page.goto(f"{office}/messages/")
    assert "应急预案满三年未评估，须尽快评估或修订" in main_of(page)
    clean(page, "messages", screen)


def test_nothing_of_the_line_needs_a_script(desk: Any, office: str, tmp_path: Path) -> None:
    paper = tmp_path / "预案.pdf"
    paper.write_bytes(PDF)
    page = desk("enterprise", "/matters/plan_filing/new/", script=False)
    page.get_by_role("button", name="发起并继续").click()
    page.wait_for_url("**/steps/submit/")
    page.get_by_label("按简化程序备案").check()
    page.get_by_label("签署发布日期").fill(TODAY)
    page.get_by_label("预案签署人").fill("模拟签署人")
    for name in PAPERS[:2]:
        page.locator(f"input[type=file][name={name}]").set_input_files(paper)
    page.get_by_role("button", name="提交备案").click()
    page.wait_for_url(re.compile(r"/matters/\d+/$"))
    assert "简化" in main_of(page)
