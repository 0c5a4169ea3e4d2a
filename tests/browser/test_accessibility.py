"""axe-core finds nothing on any page, in any theme, at any width."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

Visit = Any  # the class of conftest.py

POINT = "/live/points/SYN-00000/"
EVERY_PAGE = [
    "/live/",
    "/live/?q=nothing-like-this",
    POINT,
    f"{POINT}frames/",
    f"{POINT}commands/",
    "/commands/",
    "/commands/1/",
    "/commands/2/",
    "/quarantine/",
    "/quarantine/?reason=nothing-like-this",
    "/quarantine/1/",
    "/quarantine/3/",
    "/quarantine/4/",
    "/search/",
    "/registry/changes/",
    "/registry/points/batch/",
    "/registry/points/batch/?all=1",
    "/search/?q=nothing-like-this",
    "/search/?q=%E4%B8%AD%E5%B1%B1",
    "/search/?q=%E4%B8%AD%E5%B1%B1&kind=points",
    "/discretion/",
    "/discretion/?kind=provincial&q=nothing-like-this",
    "/discretion/2.7/",
    "/discretion/4.12/?began=2026-05-01&ended=2026-07-01&decided=2026-11-01&f0=1&beside=WF01-0",
    "/discretion/PW08/?ended=2026-07-01&decided=2026-11-01",
    "/tokens/",
    "/tokens/new/",
    "/tokens/1/",
    "/webhooks/",
    "/webhooks/new/",
    "/webhooks/1/",
    "/webhooks/deliveries/1/",
    "/open/",
    "/open/water/",
    "/open/emission/",
    "/open/stations/SYN-00002/",
    "/open/data/",
]
SCREENS = [
    {"width": 1366},
    {"width": 360, "height": 740},
    {"width": 1366, "theme": "dark"},
    {"width": 1366, "mode": "elder"},
    {"width": 360, "height": 740, "theme": "dark"},
]
#: How a page is served, and the looks it is switched to then, as the buttons of the frame do it: all that a look
#: changes is colours and sizes, so only rules about these are asked again.
SERVED: list[tuple[dict[str, Any], list[dict[str, str]]]] = [
    ({"width": 1366}, [{"mode": "elder"}, {"bsTheme": "dark"}]),
    ({"width": 360, "height": 740, "theme": "dark"}, [{"bsTheme": "light"}]),
]
_RULES_OF_LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]
_SWITCH = """look => {
  const root = document.documentElement
  delete root.dataset.mode
  root.dataset.bsTheme = 'light'
  Object.assign(root.dataset, look)
}"""


def findings(page: Any, axe: str) -> list[str]:
    """What axe-core finds, one line a rule with its first element."""
    page.evaluate(axe)
    return _reported(page, {})


def findings_of_looks(page: Any, looks: list[dict[str, str]]) -> list[str]:
    """What it finds of a page that ``findings`` was asked of, when it is switched to each of the looks."""
    found = []
    for look in looks:
        page.evaluate(_SWITCH, look)
        found += [f"{look}: {each}" for each in _reported(page, {"runOnly": _RULES_OF_LOOKS})]
    return found


def _reported(page: Any, only: dict[str, Any]) -> list[str]:
    report = page.evaluate(
        "options => axe.run(document, { resultTypes: ['violations'], ...options })", only
    )
    return [
        f"{found['impact']} {found['id']}: {found['help']} — {found['nodes'][0]['html'][:160]}"
        f" ({len(found['nodes'])}×)"
        for found in report["violations"]
    ]


def named(screen: dict[str, Any]) -> str:
    return " ".join(str(part) for part in screen.values())


def test_a_look_that_cannot_be_read_is_found(visit: Visit, axe: str) -> None:
    page = visit("/open/")
    page.evaluate(axe)
    for theme, ink in (("dark", "#333"), ("light", "#ddd")):
        page.evaluate("ink => { document.querySelector('main h1').style.color = ink }", ink)
        (found,) = findings_of_looks(page, [{"bsTheme": theme}])
        assert "color-contrast" in found


@pytest.mark.parametrize(("screen", "looks"), SERVED, ids=["1366", "360 740 dark"])
def test_no_page_has_a_barrier(
    visit: Visit, platform: Any, axe: str, screen: dict[str, Any], looks: list[dict[str, str]]
) -> None:
    page = visit(f"{POINT}frames/", **screen)
    a_frame = page.locator("main table a").first.get_attribute("href")
    found: list[str] = []
    for path in [*EVERY_PAGE, a_frame]:
        page.goto(platform.web + path)
        settle(page)
        asked = [*findings(page, axe), *findings_of_looks(page, looks)]
        found += [f"{path}: {finding}" for finding in asked]
    assert found == []


def test_neither_has_the_form_of_an_order_nor_its_errors(visit: Visit, axe: str) -> None:
    page = visit(f"{POINT}commands/")
    page.locator(".order-kinds a").first.click()
    page.locator(".order-form").wait_for()
    assert findings(page, axe) == []
    page.get_by_role("button", name="下达命令").click()
    page.get_by_role("alert").wait_for()
    assert findings(page, axe) == []


def test_neither_has_an_error_page(visit: Visit, axe: str) -> None:
    page = visit("/live/points/SYN-99999/")
    assert findings(page, axe) == []
    visit.expect("404")


@pytest.mark.parametrize("screen", SCREENS, ids=named)
def test_the_drawer_with_chart_and_table_has_none(
    visit: Visit, axe: str, screen: dict[str, Any]
) -> None:
    page = visit("/live/?q=SYN-00000", **screen)
    settle(page)
    page.locator("tr[data-point] a").click()
    page.locator("#drawer .chart-toolbar").wait_for()
    page.get_by_role("button", name="小时", exact=True).click()
    page.get_by_role("button", name="数据表").click()
    page.locator(".chart-table").wait_for()
    assert findings(page, axe) == []


def test_the_login_page_has_none(visit: Visit, axe: str) -> None:
    page = visit("/accounts/login/", anonymous=True)
    assert findings(page, axe) == []


def settle(page: Any) -> None:
    """Until islands stand where they belong; pages without islands are ready at once."""
    if page.locator("[data-island=map]").count() and page.locator(".map-frame").count():
        page.wait_for_selector(".map-frame[data-points]", state="attached")
    if page.locator("[data-island=chart]").count():
        page.wait_for_selector(".chart-key li", state="attached")
