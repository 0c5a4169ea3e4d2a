"""Elder mode keeps its promise on every component: letters, contrast and targets, measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

Visit = Any  # the class of conftest.py
MEASURE = Path(__file__).with_name("elder.js").read_text("utf-8")
LOOKS = [
    {"width": 1366},
    {"width": 1366, "theme": "dark"},
    {"width": 360, "height": 740},
]
PAGES = ["/live/", "/live/points/SYN-00000/", "/commands/", "/quarantine/1/", "/registry/points/"]


def shortfalls(page: Any) -> list[str]:
    measured = page.evaluate(MEASURE)
    assert measured["letters"] > 10, "the page shows something"
    return [f"{page.url}: {' | '.join(each)}" for each in measured["found"]]


@pytest.mark.parametrize("looks", LOOKS, ids=lambda looks: " ".join(map(str, looks.values())))
def test_letters_contrast_and_targets_on_every_component(
    component_pages: Any, looks: dict[str, Any]
) -> None:
    found = [each for page in component_pages(**looks, mode="elder") for each in shortfalls(page)]
    assert found == []


@pytest.mark.parametrize("path", PAGES)
def test_letters_contrast_and_targets_on_pages(visit: Visit, path: str) -> None:
    page = visit(path, mode="elder")
    page.wait_for_timeout(1500)
    assert shortfalls(page) == []


def test_the_measure_finds_what_is_too_small_too_pale_and_too_narrow(visit: Visit) -> None:
    page = visit("/catalogue/notice/", mode="elder")
    page.evaluate(
        """() => {
          const words = document.querySelector('.notice-words')
          words.style.fontSize = '17px'
          words.style.color = '#777'
          document.querySelector('.breadcrumb a').style.minHeight = '0'
        }"""
    )
    kinds = {each.split(": ", 1)[1].split(" |")[0] for each in shortfalls(page)}
    assert kinds == {"letters", "contrast", "target"}
