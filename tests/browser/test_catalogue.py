"""Every component in a real browser: no barrier, nothing sticks out, every stop of the focus is seen."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

LOOKS = [
    {"width": 1366},
    {"width": 360, "height": 740},
    {"width": 1366, "theme": "dark"},
    {"width": 1366, "mode": "elder"},
]


@pytest.mark.parametrize("looks", LOOKS, ids=lambda looks: " ".join(map(str, looks.values())))
def test_no_component_has_a_barrier_or_sticks_out(
    component_pages: Any, axe: str, looks: dict[str, Any]
) -> None:
    found: list[str] = []
    for page in component_pages(**looks):
        found += [f"{page.url}: {each}" for each in barriers(page, axe) + sticking_out(page)]
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
