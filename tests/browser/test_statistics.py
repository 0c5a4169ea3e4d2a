"""The figures of enforcement in a real Chromium: from a figure to its cases, on a telephone and without a barrier."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from beside import beside

SCREENS = [{"width": 360, "theme": "light"}, {"width": 1440, "theme": "dark"}]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]


@pytest.fixture
def clean(axe: str, screenshots: Path) -> Callable[[Any, str, dict[str, Any]], None]:
    """Asks a page for barriers, also in elder mode, and for what sticks out of it, and keeps its picture."""
    eye = beside("test_every_role").Eye(axe)

    def check(page: Any, name: str, screen: dict[str, Any]) -> None:
        look = "-".join(str(part) for part in screen.values())
        page.screenshot(path=screenshots / f"figures-{name}-{look}.png", full_page=True)
        assert eye.judged(page) == [], name

    return check


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: "-".join(map(str, screen.values())))
def test_a_figure_opens_its_cases(
    desk: Any, office: str, clean: Any, screen: dict[str, Any]
) -> None:
    page = desk("leader", "/statistics/enforcement/", **screen)
    clean(page, "year", screen)
    page.get_by_role("link", name="处罚决定", exact=True).click()
    page.wait_for_url("**figure=penalty_decisions**")
    assert "按镇街" in page.locator("main").inner_text()
    clean(page, "apart", screen)
    row = page.locator("tr", has=page.get_by_role("rowheader", name="处罚决定", exact=True)).first
    count = row.locator("td a").first.inner_text()
    row.locator("td a").first.click()
    page.wait_for_url("**/acts/**")
    told = page.locator("main").inner_text()
    assert f"共 {count} 条" in told
    assert f"本页所列的合计为 {count} 件" in told
    clean(page, "acts", screen)
    page.locator("tbody td a, tbody th a").first.click()
    page.wait_for_url(re.compile(r"/matters/\d+/$"))
