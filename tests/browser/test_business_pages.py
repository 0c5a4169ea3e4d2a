"""Pages of single records, come to as people come to them: no barrier, nothing sticks out, on a desk, on a phone in the
dark, in elder mode.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from beside import beside

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

#: Page → whose desk it is on, where they begin, and the addresses of the links they follow.
PAGES: dict[str, tuple[str, ...]] = {
    "alarm-to-explain": ("enterprise", "/alarms/", r"/alarms/\d+/"),
    "alarm-to-handle": ("duty", "/alarms/", r"/alarms/\d+/"),
    "marks": ("enterprise", "/alarms/marks/"),
    "mark-beforehand": ("enterprise", "/alarms/marks/", r"/alarms/marks/new/"),
    "portal": ("enterprise", "/portal/"),
    "portal-case": ("enterprise", "/portal/", r"/matters/\d+/"),
    "figures": ("leader", "/statistics/enforcement/"),
    "figure-opens": ("leader", "/statistics/enforcement/acts/?figure=penalties_at_once", r"/matters/\d+/"),
    "clue-of-a-rule": ("duty", "/clues/?rule=flat_value&group=all", r"/matters/\d+/"),
    "alarm-mark": ("enterprise", "/alarms/", r"/alarms/\d+/", r"/alarms/\d+/mark/"),
    "funnel": ("duty", "/clues/funnel/"),
    "visits": ("inspect-1", "/visits/"),
    "visit": ("inspect-1", "/visits/", r"/visits/of/\d+/"),
    "arrival": (
        "inspect-1", "/matters/inspection/?state=assigned", r"/matters/\d+/",
        r"/matters/\d+/steps/begin/",
    ),
    "published-document": ("duty", "/open/documents/1/"),
}  # fmt: skip
SCREENS = [
    {"width": 1440},
    {"width": 360, "height": 740, "theme": "dark"},
]


def come_to(page: Any, office: str, links: tuple[str, ...]) -> None:
    """The first link of each address, one after another."""
    for wanted in links:
        hrefs = page.locator("main a[href]").evaluate_all("all => all.map(a => a.pathname)")
        found = [each for each in hrefs if re.fullmatch(wanted, each)]
        assert found, f"{page.url} leads to no {wanted}"
        page.goto(office + found[0])


def named(screen: dict[str, Any]) -> str:
    return "-".join(str(part) for part in screen.values())


@pytest.mark.parametrize("screen", SCREENS, ids=named)
def test_no_page_has_a_barrier_and_every_page_fits(
    desk: Any, office: str, axe: str, screenshots: Path, screen: dict[str, Any]
) -> None:
    module = beside("test_accessibility")
    finds, settle, fits = module.findings, module.settle, beside("test_screens").sticking_out
    found: list[str] = []
    for name, (username, start, *links) in PAGES.items():
        page = desk(username, start, **screen)
        come_to(page, office, tuple(links))
        settle(page)
        page.screenshot(path=screenshots / f"{name}-{named(screen)}.png", full_page=True)
        asked = [*finds(page, axe), *fits(page)]
        if screen["width"] > 1000:  # at the desk switched to elder mode, too
            asked += [*module.findings_of_looks(page, [{"mode": "elder"}]), *fits(page)]
            page.screenshot(path=screenshots / f"{name}-{named(screen)}-elder.png", full_page=True)
        found += [f"{name}: {each}" for each in asked]
    assert found == []
