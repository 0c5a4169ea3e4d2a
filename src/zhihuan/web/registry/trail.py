"""Where a page of the registry lies: the breadcrumb, and the entry of the navigation it belongs to."""

from __future__ import annotations

from typing import Any

from zhihuan.web.components.crumb import Crumb
from zhihuan.web.registry.noun import Noun

#: The noun under whose navigation entry the pages of another one lie.
_UNDER = {
    "outlets": "sites", "facilities": "sites", "limits": "points", "totals": "permits",
    "targets": "sections", "contacts": "enterprises",
}  # fmt: skip


def section_of(noun: Noun) -> str:
    """The url name of the navigation entry."""
    return f"{noun.room}-{_UNDER.get(noun.code, noun.code)}"


def trail_to(noun: Noun, row: Any = None, last: Any = None) -> list[Crumb]:
    """List → record → what is done to it; the last one is the page itself."""
    steps: list[Crumb] = []
    owner = noun.owner(row) if row is not None and noun.facts is None else None
    if owner:
        steps = trail_to(*owner)
    elif noun.listing is not None:
        steps = [Crumb(noun.listing.title, noun.list_url)]
    if row is not None and owner is None:
        steps.append(Crumb(row, noun.url_of(row)))
    return [*steps, Crumb(last)] if last is not None else steps
