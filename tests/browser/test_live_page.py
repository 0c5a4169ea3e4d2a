"""The live page in a real browser: map and list are one query, the stream moves both."""

from __future__ import annotations

import re
import socket
import time
from types import ModuleType
from typing import Any

import pytest

pytestmark = pytest.mark.browser

Visit = Any  # the class of conftest.py


def map_is_loaded(page: Any, points: int | None = None) -> None:
    """Wait until the map shows points (just so many, when given)."""
    expected = "true" if points is None else f"el.dataset.points === '{points}'"
    page.wait_for_function(
        f"() => {{ const el = document.querySelector('.map-frame[data-points]'); return el && {expected} }}"
    )


def listed_total(page: Any) -> int:
    return int(page.locator("#point-list").get_attribute("data-total"))


def legend(page: Any) -> dict[str, int]:
    items = page.locator(".map-legend li").all()
    pairs = (each.inner_text().split() for each in items)
    return {name: int(count.replace(",", "")) for name, count in pairs}


def test_map_and_list_show_the_same_points(visit: Visit, city: ModuleType) -> None:
    page = visit("/live/")
    map_is_loaded(page)
    total = listed_total(page)
    assert total == 40
    assert sum(legend(page).values()) == total
    outlets = city.outlets_of_the_city(total)
    assert legend(page)["离线"] == sum(each.state == "offline" for each in outlets)


def test_a_filter_acts_on_both(visit: Visit) -> None:
    page = visit("/live/")
    map_is_loaded(page)
    exceeding = legend(page)["超标"]
    page.get_by_role("checkbox", name="超标").check()
    map_is_loaded(page, exceeding)
    page.wait_for_selector(f"#point-list[data-total='{exceeding}']")
    assert legend(page) == {"超标": exceeding, "异常": 0, "离线": 0, "正常": 0}
    states = page.locator("tr[data-point]").evaluate_all("rows => rows.map(r => r.dataset.state)")
    assert states == ["exceeding"] * exceeding
    assert "state=exceeding" in page.url


def test_search_narrows_both_while_typing(visit: Visit, city: ModuleType) -> None:
    page = visit("/live/")
    map_is_loaded(page)
    page.get_by_role("searchbox").fill(city.outlets_of_the_city(3)[2].mn)
    map_is_loaded(page, 1)
    page.wait_for_selector("#point-list[data-total='1']")


def drawn_symbol(page: Any) -> tuple[float, float]:
    """Where on the page the map's only point is drawn: the middle of its ink."""
    found = page.evaluate(
        """() => {
          const canvas = document.querySelector('.map-points')
          const { width, height } = canvas
          const ink = canvas.getContext('2d').getImageData(0, 0, width, height).data
          let [n, x, y] = [0, 0, 0]
          for (let i = 3; i < ink.length; i += 4) if (ink[i] > 128) {
            const p = (i - 3) / 4; n += 1; x += p % width; y += Math.floor(p / width)
          }
          const box = canvas.getBoundingClientRect()
          return [box.left + x / n, box.top + y / n]
        }"""
    )
    return found[0], found[1]


def only_point_on_the_map(visit: Visit, code: str, **screen: Any) -> Any:
    page = visit(f"/live/?q={code}", **screen)
    map_is_loaded(page, 1)
    page.wait_for_timeout(200)  # one frame is drawn after the points arrived
    return page


def test_hovering_tells_and_clicking_opens_the_point(visit: Visit) -> None:
    page = only_point_on_the_map(visit, "SYN-00000")
    x, y = drawn_symbol(page)
    page.mouse.move(x - 60, y)
    page.mouse.move(x, y, steps=4)
    tooltip = page.locator(".map-tooltip")
    tooltip.wait_for()
    assert "废水排口" in tooltip.inner_text()
    assert "化学需氧量" in tooltip.inner_text()
    page.mouse.click(x, y)
    page.locator("#drawer h2").wait_for()
    assert "总排口000" in page.locator("#drawer h2").first.inner_text()
    assert page.locator("tr[data-point='SYN-00000']").get_attribute("aria-current") == "true"


def test_opening_a_row_shows_its_point_on_the_map_beside_the_drawer(visit: Visit) -> None:
    page = only_point_on_the_map(visit, "SYN-00000")
    page.get_by_role("link", name=re.compile("总排口000")).click()
    page.locator("#drawer h2").wait_for()
    page.wait_for_timeout(500)
    x, _y = drawn_symbol(page)
    drawer_left = page.locator("#drawer").bounding_box()["x"]
    assert x < drawer_left
    page.get_by_role("button", name="关闭").click()
    assert page.locator("#drawer").is_hidden()


def send(platform: Any, frame: bytes) -> bytes:
    """Send one frame as the device; what the gateway answers."""
    with socket.create_connection((platform.gateway_host, platform.gateway_port), 10) as device:
        device.sendall(frame)
        return device.recv(4096)


def test_a_frame_over_tcp_moves_the_points_state_on_every_open_page(
    visit: Visit, platform: Any, city: ModuleType
) -> None:
    outlet = city.outlets_of_the_city(2)[1]
    assert outlet.state == "normal"
    page = visit(f"/live/?q={outlet.code}")
    map_is_loaded(page, 1)
    page.wait_for_selector("[data-connection='live']")
    row = page.locator(f"tr[data-point='{outlet.code}']")
    assert row.get_attribute("data-state") == "normal"
    before = int(page.locator("[data-count='exceeding']").inner_text())
    updated_before = page.locator("[data-last-updated]").get_attribute("datetime")

    worst = {each.code: each.upper * 1.5 for each in outlet.factors}
    answer = send(platform, city.realtime_frame(outlet, worst, int(time.time())))

    assert b"CN=9014" in answer
    page.wait_for_selector(f"tr[data-point='{outlet.code}'][data-state='exceeding']")
    assert row.locator(".state").inner_text() == "超标"
    assert (
        f"{outlet.factors[0].upper * 1.5:.1f}" in row.locator("[data-cell=headline]").inner_text()
    )
    assert legend(page) == {"超标": 1, "异常": 0, "离线": 0, "正常": 0}
    assert int(page.locator("[data-count='exceeding']").inner_text()) == before + 1
    assert page.locator("[data-last-updated]").get_attribute("datetime") > updated_before


def test_times_are_beijings_wherever_the_browser_stands(visit: Visit) -> None:
    page = visit("/live/")
    page.wait_for_selector("[data-connection='live']")
    shown = page.locator("[data-last-updated]").inner_text()
    beijing = time.strftime("%H", time.gmtime(time.time() + 8 * 3600))
    assert shown.startswith((beijing, f"{(int(beijing) + 23) % 24:02d}"))


def test_layers_can_be_hidden_and_say_where_they_come_from(visit: Visit) -> None:
    page = visit("/live/")
    map_is_loaded(page)
    page.get_by_text("图层", exact=True).click()
    panel = page.locator(".map-layers")
    assert "近似，非法定边界" in panel.inner_text()
    assert "CC BY 4.0" in panel.inner_text()
    towns = panel.get_by_role("checkbox", name=re.compile("镇街"))
    towns.uncheck()
    assert not towns.is_checked()


def test_the_first_drag_and_the_first_turn_of_the_wheel_move_the_map(visit: Visit) -> None:
    page = only_point_on_the_map(visit, "SYN-00000")
    x, y = drawn_symbol(page)
    page.mouse.move(x + 120, y + 90)
    page.mouse.down()
    page.mouse.move(x + 170, y + 130, steps=5)
    page.mouse.up()
    page.wait_for_timeout(600)
    moved_x, moved_y = drawn_symbol(page)
    assert moved_x - x > 30
    assert moved_y - y > 20
    scale = page.locator(".ol-scale-line-inner")
    before = scale.inner_text()
    page.mouse.wheel(0, -600)
    page.wait_for_timeout(600)
    assert scale.inner_text() != before
