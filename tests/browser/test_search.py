"""The search box: by keyboard alone, with suggestions as a combobox, and without scripts."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

Visit = Any  # the class of conftest.py


def test_by_keyboard_from_anywhere_to_a_record(visit: Visit) -> None:
    page = visit("/registry/points/")
    page.keyboard.press("/")
    page.keyboard.type("SYN-00001")
    options = page.locator("#top-q-options [role=option]")
    options.first.wait_for()
    box = page.get_by_role("combobox", name="搜索企业、点位、编码、MN 或地址")
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/registry/points/SYN-00001/")


def test_escape_closes_and_keeps_what_was_typed(visit: Visit) -> None:
    page = visit("/registry/points/")
    page.keyboard.press("/")
    page.keyboard.type("中山")
    page.locator("#top-q-options [role=option]").first.wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#top-q-options").is_hidden()
    assert page.locator("#top-q").input_value() == "中山"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator(".search-hits a").count() > 0


@pytest.mark.parametrize(
    ("theme", "mode", "width"),
    [("light", "", 1440), ("dark", "", 1440), ("light", "elder", 1440), ("light", "", 360)],
)
def test_open_suggestions_have_no_barrier(
    visit: Visit, axe: str, theme: str, mode: str, width: int
) -> None:
    page = visit("/registry/points/", theme=theme, mode=mode, width=width)
    box = "#top-q"
    if width < 768:
        page.locator(".phone-menu > summary").click()
        page.mouse.move(0, 700)
        box = "#phone-q"
    page.locator(box).press_sequentially("中山")
    page.locator(f"{box}-options [role=option]").first.wait_for()
    page.screenshot(path=f"test-results/search-open-{theme}-{mode or 'plain'}-{width}.png")
    page.evaluate(axe)
    report = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    assert [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in report["violations"]
    ] == []


@pytest.mark.parametrize("width", [360, 1440])
def test_without_scripts_it_is_a_form_and_a_page(visit: Visit, width: int) -> None:
    page = visit("/search/", script=False, width=width)
    page.locator("#page-q").fill("中山")
    page.locator(".search-wide button").click()
    page.wait_for_url("**/search/?q=*")
    assert page.locator(".search-hits a").count() > 0
    page.screenshot(path=f"test-results/search-page-{width}.png", full_page=True)
