"""The strict content security policy holds while everything on the page is used.

Every page of these tests is watched for violations (see conftest); here the policy itself is
read, and the parts most likely to break it are all set in motion.
"""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

Visit = Any  # the class of conftest.py


def test_the_policy_allows_nothing_inline(visit: Visit) -> None:
    page = visit("/live/")
    policy = page.request.get(page.url).headers["content-security-policy"]
    assert "unsafe" not in policy
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["default-src"] == "'none'"


def test_map_drawer_chart_and_switches_break_it_nowhere(visit: Visit) -> None:
    page = visit("/live/")
    page.wait_for_selector(".map-frame[data-points]")
    page.mouse.move(900, 400)
    page.mouse.wheel(0, -400)
    page.get_by_text("图层", exact=True).click()
    page.locator("[data-theme-switch]").click()
    page.locator("tr[data-point='SYN-00000'] a").click()
    page.locator("#drawer .chart-key li").first.wait_for()
    page.get_by_role("button", name="小时", exact=True).click()
    page.get_by_role("button", name="数据表").click()
    box = page.locator(".chart-stage").bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 100)
    page.mouse.move(box["x"] + 260, box["y"] + 120, steps=5)
    page.wait_for_timeout(400)
    page.locator("[data-elder-switch]").click()
    page.wait_for_timeout(300)


def test_the_watch_would_notice(visit: Visit) -> None:
    """An inline style is refused and reported: silence in all other tests means something."""
    page = visit("/live/")
    page.evaluate(
        """() => {
          const box = document.createElement('div')
          document.body.append(box)
          box.innerHTML = '<p style="color:red">x</p>'
        }"""
    )
    page.wait_for_timeout(300)
    visit.expect("style-src")
