"""A penalty case in a real Chromium: reviewed by somebody else, its opinion shown before it is made, and what the
party does not see; on a telephone and a desk, light and dark, without a barrier on any page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

SCREENS = [{"width": 360, "theme": "light"}, {"width": 1440, "theme": "dark"}]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda each: str(each["width"]))
def test_a_reviewer_looks_at_the_case_and_sees_the_opinion_before_it_is_made(
    desk: Any, clean: Any, screen: dict[str, Any]
) -> None:
    page = desk("reviewer", "/matters/penalty_case/?state=case_review", **screen)
    clean(page, "list", screen)
    page.get_by_role("link", name=re.compile("自动监测设备未正常运行案（模拟）")).first.click()
    page.wait_for_url(re.compile(r"/matters/\d+/$"))
    expect(page.locator("main")).to_contain_text("办案期限")
    clean(page, "case", screen)
    page.get_by_role("link", name="审查通过，送告知", exact=True).click()
    page.wait_for_url("**/steps/review_to_notice/")
    for box in page.locator("input[name=checked]").all():
        box.check()
    page.get_by_label("审查意见").fill("事实清楚，同意。")
    clean(page, "review", screen)
    page.get_by_role("button", name="核对并继续").click()
    expect(page.locator("main")).to_contain_text("未参与本案调查")
    clean(page, "review-check", screen)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda each: str(each["width"]))
def test_the_party_finds_its_case_in_the_portal_and_nothing_of_the_inside(
    desk: Any, clean: Any, screen: dict[str, Any]
) -> None:
    page = desk("enterprise", "/portal/", **screen)
    main = page.locator("main")
    for words in ("在办事项", "收到的文书", "行政处罚事先告知书", "待签收", "电子送达"):
        expect(main).to_contain_text(words)
    clean(page, "portal", screen)
    page.locator("section[aria-labelledby=matters] li", has_text="可办：陈述申辩").get_by_role(
        "link"
    ).first.click()
    page.wait_for_url(re.compile(r"/matters/\d+/$"))
    expect(main).to_contain_text("陈述申辩期限")
    for hidden in ("办案期限", "案件审查", "模拟：同意", "链值", "调查报告", "审核立案", "执法员"):
        expect(main).not_to_contain_text(hidden)
    clean(page, "party", screen)
    page.get_by_role("link", name="陈述申辩", exact=True).click()
    page.wait_for_url("**/steps/state/")
    expect(main).to_contain_text("不因陈述申辩加重处罚")
    clean(page, "party-state", screen)
