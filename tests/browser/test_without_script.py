"""With JavaScript off everything but the drawing of map and curve still works."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser

Visit = Any  # the class of conftest.py


def test_list_filter_and_point_work(visit: Visit) -> None:
    page = visit("/live/", script=False)
    assert page.locator("tr[data-point]").count() == 40
    assert page.get_by_text("全部点位均可由列表进入").is_visible()
    page.get_by_role("checkbox", name="离线").check()
    with page.expect_navigation():
        page.get_by_role("button", name="查询").click()
    states = page.locator("tr[data-point]").evaluate_all("rows => rows.map(r => r.dataset.state)")
    assert states
    assert set(states) == {"offline"}
    with page.expect_navigation():
        page.locator("tr[data-point] a").first.click()
    assert "/live/points/" in page.url
    assert page.locator(".latest tbody tr").count() >= 1


def test_the_curve_offers_its_rows_instead(visit: Visit) -> None:
    page = visit("/live/points/SYN-00000/", script=False)
    assert page.get_by_role("link", name=re.compile("化学需氧量（CSV）")).is_visible()
    with page.expect_download() as file:
        page.get_by_role("link", name=re.compile("化学需氧量（CSV）")).click()
    assert file.value.suggested_filename.endswith(".csv")


def test_what_needs_script_does_not_pretend(visit: Visit) -> None:
    page = visit("/live/", script=False)
    assert page.locator("[data-view-switch]").is_hidden()


def test_elder_mode_and_dark_colours_are_chosen_by_form(visit: Visit) -> None:
    page = visit("/quarantine/?reason=junk", script=False)
    for name in ("长者模式", "深色"):
        with page.expect_navigation():
            page.get_by_role("button", name=name).click()
    assert page.url.endswith("/quarantine/?reason=junk")
    root = page.locator("html")
    assert root.get_attribute("data-mode") == "elder"
    assert root.get_attribute("data-bs-theme") == "dark"


def test_times_are_absolute(visit: Visit) -> None:
    page = visit("/live/", script=False)
    shown = page.locator("tr[data-point='SYN-00001'] time").inner_text()
    assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d", shown)


def test_raw_frames_are_there(visit: Visit) -> None:
    page = visit("/live/points/SYN-00000/frames/", script=False)
    with page.expect_navigation():
        page.locator("table a").first.click()
    assert "##" in page.locator("pre.raw").first.inner_text()


def test_the_public_home_is_whole_without_script_for_a_stranger(visit: Any) -> None:
    page = visit("/open/", script=False, anonymous=True)
    assert page.locator(".open-map a").count() >= 5
    page.locator("main table a").first.click()
    page.wait_for_url("**/open/stations/**")
    assert "HJ 633" in page.locator("main").inner_text()
