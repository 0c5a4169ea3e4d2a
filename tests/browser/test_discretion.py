"""The calculator in Chromium: by radio buttons, without script, on a phone, on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

Visit = Any  # the class of conftest.py
COMPARED = (
    "/discretion/4.12/?began=2026-05-01&ended=2026-07-01&decided=2026-11-01&f0=1&beside=WF01-0"
)


def reckon(page: Any) -> None:
    """The example of the rule: 7+2+10+3+3+5+0 = 30 %."""
    page.get_by_label("违法行为日期").fill("2026-05-01")
    page.get_by_label("作出决定日期").fill("2026-07-01")
    for level in (
        "2个（2%）",
        "排放A类水污染物（除有毒有害水污染物）（10%）",
        "限批区或人居环境敏感区（3%）",
        "50吨以上200吨以下（3%）",
        "超标3倍以下或超量30%以下（5%）",
    ):
        page.get_by_label(level, exact=True).check()
    page.get_by_role("button", name="计算", exact=True).click()
    page.locator("#answer").wait_for()


@pytest.mark.parametrize("script", [True, False])
def test_a_case_type_is_found_answered_and_reckoned(visit: Visit, script: bool) -> None:
    page = visit("/discretion/?kind=provincial", script=script)
    page.get_by_label("查找案由").fill("水污染物 排放标准")
    page.get_by_role("button", name="查找", exact=True).click()
    page.wait_for_url("**q=**")
    page.get_by_role("link", name="2.7", exact=True).click()
    page.wait_for_url("**/discretion/2.7/")
    reckon(page)
    told = page.locator("#answer").inner_text()
    assert "300,000.00" in told
    assert "罚款金额 = 30% × 100万元 = 30万元" in told
    assert page.get_by_label("2个（2%）", exact=True).is_checked()  # what was said stays said


@pytest.mark.parametrize(
    "looks",
    [
        {"width": 1440, "height": 900},
        {"width": 360, "height": 740},
        {"width": 1440, "height": 900, "theme": "dark"},
        {"width": 1440, "height": 900, "mode": "elder"},
    ],
    ids=["1440", "360", "dark", "elder"],
)
def test_it_fits(visit: Visit, screenshots: Path, looks: dict[str, Any], request: Any) -> None:
    name = request.node.callspec.id
    for part, path in (("list", "/discretion/"), ("case", COMPARED)):
        page = visit(path, **looks)
        wider = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        page.screenshot(path=screenshots / f"discretion-{part}-{name}.png", full_page=True)
        assert wider <= 0


def test_on_paper_stand_answer_and_law_but_no_form(visit: Visit, screenshots: Path) -> None:
    page = visit(COMPARED)
    page.emulate_media(media="print")
    page.screenshot(path=screenshots / "discretion-print.png", full_page=True)
    assert page.locator("#answer").is_visible()
    assert page.get_by_role("heading", name="新旧法比较").is_visible()
    assert page.locator(".reckoning-form").is_hidden()
