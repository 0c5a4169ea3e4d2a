"""Every component in a real browser: no barrier, nothing sticks out, every stop of the focus is seen."""

from __future__ import annotations

from typing import Any

import pytest
from beside import beside

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

#: How a page is served, and the looks it is switched to then.
SERVED: list[tuple[dict[str, Any], list[dict[str, str]]]] = [
    ({"width": 1366}, [{"bsTheme": "dark"}, {"mode": "elder"}]),
    ({"width": 360, "height": 740}, []),
]


@pytest.mark.parametrize(("screen", "looks"), SERVED, ids=["1366", "360 740"])
def test_no_component_has_a_barrier_or_sticks_out(
    component_pages: Any, axe: str, screen: dict[str, Any], looks: list[dict[str, str]]
) -> None:
    switched = beside("test_accessibility").findings_of_looks
    found: list[str] = []
    for page in component_pages(**screen):
        asked = [*barriers(page, axe), *sticking_out(page)]
        for look in looks:  # elder letters are larger: what fits is asked again
            asked += [*switched(page, [look]), *sticking_out(page)]
        found += [f"{page.url}: {each}" for each in asked]
    assert found == []


def barriers(page: Any, axe: str) -> list[str]:
    page.evaluate(axe)
    report = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:160]} ({len(each['nodes'])}×)"
        for each in report["violations"]
    ]


def sticking_out(page: Any) -> list[str]:
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth
          if (document.documentElement.scrollWidth <= width) return []
          return [...document.querySelectorAll('main *')]
            .filter(el => el.getBoundingClientRect().right > width + 1)
            .slice(0, 3).map(el => 'sticks out: ' + el.outerHTML.slice(0, 120))
        }"""
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_is_seen_wherever_it_can_go(component_pages: Any, theme: str) -> None:
    found = [
        f"{page.url}: {each}" for page in component_pages(theme=theme) for each in unseen(page)
    ]
    assert found == []


def unseen(page: Any) -> list[str]:
    """What takes the focus without showing it."""
    return page.evaluate(
        """() => {
          const stops = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'
          return [...document.querySelectorAll('main :is(' + stops + ')')]
            .filter(el => el.checkVisibility() && !el.disabled && el.type !== 'hidden')
            .filter(el => {
              el.focus({ focusVisible: true })
              if (document.activeElement !== el) return true
              const style = getComputedStyle(el)
              const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
              return !ring && style.boxShadow === 'none'
            })
            .map(el => el.outerHTML.slice(0, 120))
        }"""
    )
