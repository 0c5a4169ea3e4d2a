"""Similar decided cases on the calculator's page: whoever keeps cases registers what there is to show.

    register_similar(_("相近案件"), "enforcement/_similar.html", similar_to)

``context(request, reckoning)`` gives the template's values, or None where this reader has nothing to see;
it checks the reader's rights by itself and costs few queries. Without a registration the section is
left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from zhihuan.bureau.discretion import Reckoning
from zhihuan.web.matters.parts import ShownPart

__all__ = ["register_similar", "similar_cases"]

SimilarContext = Callable[[HttpRequest, Reckoning], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class _Similar:
    title: Any
    template: str
    context: SimilarContext


_registered: list[_Similar] = []


def register_similar(title: Any, template: str, context: SimilarContext) -> None:
    """Show this below every reckoning."""
    entry = _Similar(title, template, context)
    if entry not in _registered:
        _registered.append(entry)


def similar_cases(request: HttpRequest, found: Reckoning) -> Iterator[ShownPart]:
    """What this reader may see of cases like it."""
    for each in _registered:
        values = each.context(request, found)
        if values is not None:
            yield ShownPart(each.title, render_to_string(each.template, values, request))
