"""The pages at the widths of phones, office PCs and walls: nothing sticks out, pictures for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

Visit = Any  # the class of conftest.py

SCREENS = [(360, 740), (1366, 768), (1920, 1080)]
PAGES = {
    "point": "/live/points/SYN-00000/",
    "frames": "/live/points/SYN-00000/frames/",
    "commands": "/live/points/SYN-00000/commands/",
    "quarantine": "/quarantine/",
    "quarantine-damaged": "/quarantine/1/",
    "quarantine-junk": "/quarantine/3/",
    "orders": "/commands/",
    "dictionary": "/registry/dictionary/",
    "exchange": "/commands/1/",
    "exchange-failed": "/commands/2/",
    "tokens": "/tokens/",
    "token-new": "/tokens/new/",
    "token": "/tokens/1/",
    "webhook-new": "/webhooks/new/",
    "webhook": "/webhooks/1/",
    "webhook-delivery": "/webhooks/deliveries/1/",
    "open": "/open/",
    "open-water": "/open/water/",
    "open-station": "/open/stations/SYN-00002/",
    "open-data": "/open/data/",
}


def sticking_out(page: Any) -> list[str]:
    """Elements that reach beyond the right edge of the window and are not inside a scroller."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth
          if (document.documentElement.scrollWidth <= width) return []
          return [...document.querySelectorAll('body *')]
            .filter(el => el.getBoundingClientRect().right > width + 1)
            .slice(0, 5).map(el => el.outerHTML.slice(0, 120))
        }"""
    )


def symbols_drawn(page: Any) -> int:
    """About how many symbols lie on the map: its inked pixels over those of one symbol."""
    inked = page.evaluate(
        """() => {
          const canvas = document.querySelector('.map-points')
          const ink = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
          let count = 0
          for (let i = 3; i < ink.length; i += 4) if (ink[i] > 128) count += 1
          return count
        }"""
    )
    return inked // 80


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_live_page_fits(visit: Visit, screenshots: Path, width: int, height: int) -> None:
    page = visit("/live/", width=width, height=height)
    page.wait_for_selector(".map-frame[data-points]", state="attached")
    page.wait_for_selector("[data-connection='live']")
    page.screenshot(path=screenshots / f"live-{width}.png")
    assert sticking_out(page) == []
    if width == 360:
        page.get_by_role("button", name="地图", exact=True).click()
        page.wait_for_timeout(400)
        page.screenshot(path=screenshots / f"live-map-{width}.png")
        assert page.locator(".map-canvas").bounding_box()["height"] > 300
        zoom_out = page.locator(".ol-zoom-out").bounding_box()
        assert zoom_out["y"] + zoom_out["height"] <= height, "the map's controls are on the screen"
        assert symbols_drawn(page) > 20, "the city must be in view although the map began hidden"
        assert page.locator("#point-list").is_hidden()
        page.get_by_role("button", name="列表", exact=True).click()
    page.locator("tr[data-point='SYN-00000'] a").click()
    page.locator("#drawer .chart-key li").first.wait_for()
    page.get_by_role("button", name="小时", exact=True).click()
    page.wait_for_timeout(600)
    page.screenshot(path=screenshots / f"drawer-{width}.png")
    page.locator("#drawer .chart").scroll_into_view_if_needed()
    page.screenshot(path=screenshots / f"chart-{width}.png")
    assert sticking_out(page) == []


@pytest.mark.parametrize(("width", "height"), SCREENS)
@pytest.mark.parametrize("name", PAGES)
def test_every_other_page_fits(
    visit: Visit, screenshots: Path, name: str, width: int, height: int
) -> None:
    page = visit(PAGES[name], width=width, height=height)
    page.wait_for_timeout(800)
    page.screenshot(path=screenshots / f"{name}-{width}.png", full_page=True)
    assert sticking_out(page) == []


#: Tables that are wider than their box, and names of towns that a mark of a station covers.
_PUSHED_OR_COVERED = """() => {
  const boxes = (what) => [...document.querySelectorAll(what)].map((el) => [el, el.getBoundingClientRect()])
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
  const pushed = boxes('.table-box').filter(([el]) => el.scrollWidth > el.clientWidth + 1)
  const covered = boxes('.open-town-name').filter(([, name]) => boxes('.open-mark').some(([, mark]) => meet(name, mark)))
  return [...pushed, ...covered].map(([el]) => el.textContent.trim().slice(0, 60))
}"""


@pytest.mark.parametrize("name", ["open", "open-water", "open-station"])
def test_a_phone_pushes_no_public_table_and_covers_no_town(visit: Visit, name: str) -> None:
    page = visit(PAGES[name], width=360, height=740, script=False, anonymous=True)
    assert page.evaluate(_PUSHED_OR_COVERED) == []
    if name != "open-station":
        head = page.locator(".data-table tbody td[data-head]").first
        assert head.evaluate("(el) => getComputedStyle(el, '::before').content") != "none"
        assert page.locator(".data-table thead").first.is_hidden(), "no strip without a head"
        letters = page.locator(".open-town-name").first.bounding_box()
        assert letters["height"] >= 10, "a name can be read"


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_a_frame_with_its_meaning_fits(
    visit: Visit, platform: Any, screenshots: Path, width: int, height: int
) -> None:
    page = visit(PAGES["frames"], width=width, height=height)
    page.goto(platform.web + page.locator("main table a").first.get_attribute("href"))
    page.screenshot(path=screenshots / f"frame-{width}.png", full_page=True)
    assert sticking_out(page) == []


@pytest.mark.parametrize("looks", [{"theme": "dark"}, {"mode": "elder"}], ids=["dark", "elder"])
@pytest.mark.parametrize("path", ["/live/", "/live/points/SYN-00000/", "/open/"])
def test_dark_and_elder_mode_fit(
    visit: Visit, screenshots: Path, path: str, looks: dict[str, str]
) -> None:
    page = visit(path, **looks)
    page.wait_for_timeout(1500)
    name = {"/live/": "live", "/open/": "open"}.get(path, "point")
    page.screenshot(path=screenshots / f"{name}-{next(iter(looks.values()))}.png")
    assert sticking_out(page) == []


def test_elder_mode_is_larger_and_keeps_every_function(visit: Visit) -> None:
    usual, elder = visit("/live/"), visit("/live/", mode="elder")
    for page in (usual, elder):
        page.wait_for_selector(".map-frame[data-points]")
    size = "() => parseFloat(getComputedStyle(document.querySelector('tr[data-point] a')).fontSize)"
    assert elder.evaluate(size) >= 20 > usual.evaluate(size)
    count = "() => document.querySelectorAll('main a, main button, main input, main select').length"
    assert elder.evaluate(count) == usual.evaluate(count)
    smallest = elder.evaluate(
        "() => Math.min(...[...document.querySelectorAll('main .btn')]"
        ".filter(b => b.offsetParent).map(b => b.offsetHeight))"
    )
    assert smallest >= 44


def test_the_page_prints_without_its_controls(visit: Visit, screenshots: Path) -> None:
    page = visit("/live/points/SYN-00000/")
    page.locator(".chart-key li").first.wait_for()
    page.emulate_media(media="print")
    assert page.locator(".chart-toolbar").is_hidden()
    assert page.locator(".topbar-nav").is_hidden()
    assert page.locator(".latest").is_visible()
