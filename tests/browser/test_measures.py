"""Measures in a real Chromium: what the head and the party see and are asked, on a telephone and a desk, light, dark
and elder, without a barrier on any page."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]
SCREENS = [
    {"width": 360, "theme": "light"}, {"width": 1440, "theme": "light"},
    {"width": 1440, "theme": "dark"}, {"width": 1440, "mode": "elder"},
]  # fmt: skip


def named(screen: dict[str, Any]) -> str:
    return "-".join(str(part) for part in screen.values())


def opened(page: Any, procedure: str, state: str, office: str) -> Any:
    """The first matter of the list that stands there."""
    page.goto(f"{office}/matters/{procedure}/")
    row = page.locator("tr, li").filter(has_text=state)
    row.get_by_role("link", name=re.compile("模拟")).first.click()
    page.wait_for_url(re.compile(r"/matters/\d+/$"))
    return page


@pytest.mark.parametrize("screen", SCREENS, ids=named)
def test_the_head_sees_what_runs_out_and_is_asked_why(
    desk: Any, office: str, clean: Any, screen: dict[str, Any]
) -> None:
    page = desk("head", "/matters/sealing/", **screen)
    clean(page, "list", screen)
    opened(page, "sealing", "查封扣押中", office)
    assert "查封扣押期限" in page.locator("main").inner_text()
    clean(page, "sealing", screen)
    page.get_by_role("link", name="解除查封、扣押", exact=True).click()
    page.wait_for_url("**/steps/release/")
    clean(page, "release", screen)
    opened(page, "daily_fine", "陈述申辩", office)
    page.get_by_role("link", name="按日连续处罚计算表").first.click()
    page.wait_for_url("**/documents/*/")
    assert "1,700,000.00 元" in page.locator("main").inner_text()
    clean(page, "sheet", screen)


@pytest.mark.parametrize("screen", SCREENS, ids=named)
def test_whose_limit_it_is_stands_in_the_table(
    desk: Any, office: str, clean: Any, screen: dict[str, Any]
) -> None:
    page = desk("head", "/matters/production_limit/diagram/", **screen)
    clean(page, "diagram", screen)
    page.goto(f"{office}/matters/detention_transfer/limits/")
    assert "其他机关" in page.locator("main").inner_text()
    clean(page, "limits", screen)
