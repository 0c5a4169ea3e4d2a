"""What other rooms have of a matter, shown on its page: documents, evidence, messages.

    register_part(_("文书"), "documents/_of_matter.html", documents_of)

``context(request, matter)`` gives the template's values, or None where this reader has nothing to see
of it; it checks the reader's rights by itself and costs few queries, however much there is.

``register_lead`` does the same for what a line says first of its own matters, above everything else.

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
    "register_lead",
    "register_part",
    "shown_check_parts",
    "shown_leads",
    "shown_parts",
]

PartContext = Callable[[HttpRequest, Matter], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page: its heading, the template below it, the template's values. is_wide: a table that
    needs the whole width; others stand beside the course."""

    title: Any
    template: str
    context: PartContext
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part ready for the page."""

    title: Any
    content: str
    is_wide: bool = False


CheckContext = Callable[[HttpRequest, Matter, Any], dict[str, Any] | None]

_parts: list[Part] = []
_leads: dict[str, PartContext] = {}
_check_parts: dict[str, CheckContext] = {}


def register_part(
    title: Any, template: str, context: PartContext, *, is_wide: bool = False
) -> None:
    """Show this on every matter's page, behind what is registered already."""
    part = Part(title, template, context, is_wide)
    if part not in _parts:
        _parts.append(part)


def shown_parts(request: HttpRequest, matter: Matter) -> Iterator[ShownPart]:
    """The parts in which this reader has something to see."""
    for part in _parts:
        values = part.context(request, matter)
        if values is not None:
            content = render_to_string(part.template, values, request)
            yield ShownPart(part.title, content, part.is_wide)


def register_lead(template: str, context: PartContext) -> None:
    """Show this at the head of the page of those matters for which ``context`` gives values; it has a heading
    of its own."""
    _leads[template] = context


def shown_leads(request: HttpRequest, matter: Matter) -> Iterator[str]:
    """What lines say first of this matter."""
    for template, context in _leads.items():
        values = context(request, matter)
        if values is not None:
            yield render_to_string(template, values, request)


def register_check_part(template: str, context: CheckContext) -> None:
    """Show this below the answers of every step that is checked before it is taken."""
    _check_parts[template] = context


def shown_check_parts(request: HttpRequest, matter: Matter, sheet: Any) -> Iterator[str]:
    """What the step on this sheet would bring about, as far as rooms registered it."""
    for template, context in _check_parts.items():
        values = context(request, matter, sheet)
        if values is not None:
            yield render_to_string(template, values, request)
