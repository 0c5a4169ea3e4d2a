"""What other rooms have of a matter, shown on its page: documents, evidence, messages.

    register_part(_("文书"), "documents/_of_matter.html", documents_of)

``context(request, matter)`` gives the template's values, or None where this reader has nothing to see
of it; it checks the reader's rights by itself and costs few queries, however much there is.

``register_check_part`` does the same for the page on which a step is checked before it is taken:
``context(request, matter, sheet)``, of a sheet that is valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from zhihuan.bureau.matters.models import Matter

__all__ = [
    "Part",
    "ShownPart",
    "register_check_part",
    "register_part",
    "shown_check_parts",
    "shown_parts",
]

PartContext = Callable[[HttpRequest, Matter], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page: its heading, the template below it, the template's values."""

    title: Any
    template: str
    context: PartContext


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part ready for the page."""

    title: Any
    content: str


CheckContext = Callable[[HttpRequest, Matter, Any], dict[str, Any] | None]

_parts: list[Part] = []
_check_parts: dict[str, CheckContext] = {}


def register_part(title: Any, template: str, context: PartContext) -> None:
    """Show this on every matter's page, behind what is registered already."""
    part = Part(title, template, context)
    if part not in _parts:
        _parts.append(part)


def shown_parts(request: HttpRequest, matter: Matter) -> Iterator[ShownPart]:
    """The parts in which this reader has something to see."""
    for part in _parts:
        values = part.context(request, matter)
        if values is not None:
            yield ShownPart(part.title, render_to_string(part.template, values, request))


def register_check_part(template: str, context: CheckContext) -> None:
    """Show this below the answers of every step that is checked before it is taken."""
    _check_parts[template] = context


def shown_check_parts(request: HttpRequest, matter: Matter, sheet: Any) -> Iterator[str]:
    """What the step on this sheet would bring about, as far as rooms registered it."""
    for template, context in _check_parts.items():
        values = context(request, matter, sheet)
        if values is not None:
            yield render_to_string(template, values, request)
