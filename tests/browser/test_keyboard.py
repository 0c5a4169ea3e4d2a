"""Everything by keyboard alone: from the first Tab to a point's chart and back."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

Visit = Any  # the class of conftest.py


def tab_until(page: Any, test: str, most: int = 100) -> None:
    """Press Tab until the focused element passes the test (a JavaScript expression of ``el``)."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"() => {{ const el = document.activeElement; return !!({test}) }}"):
            return
    pytest.fail(f"{most} times Tab never reached: {test}")


def focused_text(page: Any) -> str:
    return page.evaluate("() => document.activeElement.textContent.trim()")


def test_the_first_stop_skips_to_the_content(visit: Visit) -> None:
    page = visit("/live/")
    page.keyboard.press("Tab")
    assert focused_text(page) == "跳到主要内容"
    assert page.locator(".skip-link").bounding_box()["y"] >= 0, "the skip link must show itself"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"


def test_list_drawer_chart_and_back_without_a_mouse(visit: Visit) -> None:
    page = visit("/live/")
    page.wait_for_selector(".map-frame[data-points]")
    tab_until(page, "el.matches('[data-open-point]')")
    first = focused_text(page)
    page.keyboard.press("ArrowDown")
    second = focused_text(page)
    assert second != first
    page.keyboard.press("ArrowUp")
    assert focused_text(page) == first

    page.keyboard.press("Enter")
    page.wait_for_selector("#drawer .chart-toolbar")
    assert focused_text(page) == first, "the drawer's heading has the focus"
    tab_until(page, "el.dataset.kind === 'hour'")
    with page.expect_response(lambda answer: "kind=hour" in answer.url):
        page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('[data-kind=hour]').getAttribute('aria-pressed') === 'true'"
    )
    tab_until(page, "el.classList.contains('chart-keys')")
    before = page.locator(".chart-readout").inner_text()
    page.keyboard.press("ArrowLeft")
    assert page.locator(".chart-readout").inner_text() != before

    page.keyboard.press("Escape")
    assert page.locator("#drawer").is_hidden()
    assert focused_text(page) == first, "the focus is back where it came from"


def test_a_record_is_found_opened_and_changed_without_a_mouse(visit: Visit) -> None:
    page = visit("/registry/points/")
    tab_until(page, "el.type === 'search' && el.closest('main')")
    page.keyboard.type("SYN-00039")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=SYN-00039**")
    # the address may come before its rows
    page.locator("tbody tr").nth(1).wait_for(state="detached")
    tab_until(page, "el.closest('tbody') && el.href")
    name = focused_text(page)
    page.keyboard.press("Enter")

    page.wait_for_url("**/registry/points/SYN-00039/")
    tab_until(page, "el.textContent.trim() === '修改'")
    page.keyboard.press("Enter")

    page.wait_for_url("**/edit/")
    tab_until(page, "el.name === 'name'")
    page.keyboard.press("End")
    page.keyboard.type("甲")
    tab_until(page, "el.textContent.trim() === '保存'")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert "变更事由" in focused_text(page), "refused: the focus is on what is wrong"
    tab_until(page, "el.getAttribute('href') === '#id_why'")
    page.keyboard.press("Enter")
    page.keyboard.type("现场核实")
    tab_until(page, "el.textContent.trim() === '保存'")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/registry/points/SYN-00039/(#\w*)?$"))
    assert f"{name}甲" in page.get_by_role("heading", level=1).inner_text()


def test_a_search_asked_by_enter_is_answered_once_and_the_focus_in_its_rows_stays(
    visit: Visit,
) -> None:
    page = visit("/registry/points/")
    answered: list[str] = []
    page.on(
        "requestfinished", lambda request: "q=SYN" in request.url and answered.append(request.url)
    )
    tab_until(page, "el.type === 'search' && el.closest('main')")
    page.keyboard.type("SYN-00039")
    page.keyboard.press(
        "Enter"
    )  # changes the field and submits the form: two reasons, one question
    page.locator("tbody tr").nth(1).wait_for(state="detached")
    tab_until(page, "el.closest('tbody') && el.href")
    name = focused_text(page)
    page.wait_for_timeout(500)
    assert len(answered) == 1
    assert focused_text(page) == name

    with page.expect_response(
        lambda answer: "q=SYN" in answer.url
    ):  # the same list arrives once more
        page.evaluate("() => document.querySelector('.filter-bar').requestSubmit()")
    page.wait_for_timeout(500)
    assert focused_text(page) == name


def test_the_map_pans_and_zooms_by_keyboard(visit: Visit) -> None:
    page = visit("/live/")
    page.wait_for_selector(".map-frame[data-points]")
    tab_until(page, "el.classList.contains('map-canvas')")
    scale = page.locator(".ol-scale-line-inner")
    before = scale.inner_text()
    for _press in range(3):
        page.keyboard.press("+")
        page.wait_for_timeout(350)
    assert scale.inner_text() != before


def test_every_stop_of_the_focus_is_visible(visit: Visit) -> None:
    page = visit("/live/")
    page.wait_for_selector(".map-frame[data-points]")
    for _stop in range(30):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
              const el = document.activeElement
              if (el === document.body) return null
              const style = getComputedStyle(el)
              const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
              return ring || style.boxShadow !== 'none' ? null : el.outerHTML.slice(0, 200)
            }"""
        )
        assert shown is None, f"no visible focus on {shown}"


def test_a_delivery_is_found_and_sent_again_without_a_mouse(visit: Visit) -> None:
    page = visit("/webhooks/")
    tab_until(page, "el.matches('tbody a')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/webhooks/1/")
    tab_until(page, "el.matches('main tbody a')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/webhooks/deliveries/1/")
    tab_until(page, "el.textContent.trim() === '重新投递'")
    assert page.evaluate("() => document.activeElement.type") == "submit"
