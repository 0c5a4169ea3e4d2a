"""The links of a pager."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class PagerLink:
    """One way to go; without ``url`` there is nothing that way."""

    name: str
    text: Any
    rel: str
    url: str


@dataclass(frozen=True, slots=True)
class PageSize:
    """One choice of rows a page."""

    rows: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """``target`` is the selector of the fragment that links replace, "" without fragments."""

    first_url: str = ""
    previous_url: str = ""
    next_url: str = ""
    sizes: list[PageSize] = field(default_factory=list)
    target: str = ""
    id: str = "pager"
    label: Any = ""

    @property
    def has_links(self) -> bool:
        return bool(self.first_url or self.previous_url or self.next_url)

    @property
    def links(self) -> list[PagerLink]:
        if not self.has_links:
            return []
        return [
            PagerLink("first", _("首页"), "first", self.first_url),
            PagerLink("previous", _("上一页"), "prev", self.previous_url),
            PagerLink("next", _("下一页"), "next", self.next_url),
        ]
