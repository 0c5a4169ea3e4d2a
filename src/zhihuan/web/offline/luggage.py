"""What else goes along on a visit: facts, checklists, papers. Rooms register their part of the page.

    register_luggage(_("检查清单"), "inspection/_checklist.html", checklist_of)

``context(request, matter)`` gives the template's values, or None where there is nothing to take along; it
checks the reader's rights by itself. The page is kept on the phone as it is: it may hold no address that
only a network answers, but links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from zhihuan.bureau.matters.models import Matter

__all__ = ["Packed", "packed_for", "register_luggage"]

LuggageContext = Callable[[HttpRequest, Matter], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class _Luggage:
    title: Any
    template: str
    context: LuggageContext


@dataclass(frozen=True, slots=True)
class Packed:
    """A part ready for the page."""

    title: Any
    content: str


_luggage: list[_Luggage] = []


def register_luggage(title: Any, template: str, context: LuggageContext) -> None:
    """Take this along in every matter, behind what is registered already."""
    piece = _Luggage(title, template, context)
    if piece not in _luggage:
        _luggage.append(piece)


def packed_for(request: HttpRequest, matter: Matter) -> Iterator[Packed]:
    """The parts in which there is something for this reader."""
    for each in _luggage:
        values = each.context(request, matter)
        if values is not None:
            yield Packed(each.title, render_to_string(each.template, values, request))
