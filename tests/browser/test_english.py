"""Whoever chose English reads English, also what scripts write into the page."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

CHINESE = re.compile(r"[\u3400-\u9fff（），。；：]")


def texts(page: Any, selector: str) -> str:
    """What is read and what is announced inside an element."""
    return page.locator(selector).evaluate(
        "el => [el.innerText, ...[el, ...el.querySelectorAll('[aria-label],[title]')]"
        ".flatMap(x => [x.ariaLabel, x.title])].join('\\n')"
    )


def test_the_chart_and_its_table_speak_english(visit: Any) -> None:
    page = visit("/live/points/SYN-00000/", language="en")
    page.locator(".chart-key li").first.wait_for()
    page.get_by_role("button", name="Hourly", exact=True).click()
    page.get_by_role("button", name="Table", exact=True).click()
    page.locator(".chart-table").wait_for()
    controls = texts(page, ".chart-toolbar [role=group]:first-of-type")
    assert "Hourly" in controls
    headings = page.locator(".chart-table th").all_inner_texts()
    assert headings[0] == "Time"
    assert not [text for text in headings if CHINESE.search(text)]


def test_the_map_and_the_connection_speak_english(visit: Any) -> None:
    page = visit("/live/", language="en")
    page.wait_for_selector(".map-frame[data-points]", state="attached")
    page.wait_for_selector("[data-connection='live']")
    assert page.locator("[data-connection-state]").inner_text() == "Live"
    assert not CHINESE.search(texts(page, ".map-layers"))
    assert "Exceeding" in texts(page, ".map-legend")
