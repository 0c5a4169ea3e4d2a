"""``{% top_entries navigation section as top %}``: the navigation as the top bar shows it.

While there is little to show, every entry stands by itself; groups become menus when entries would no
longer fit. ``section`` names the entry that a deeper page belongs to (``NavigationEntry.section``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from zhihuan.web.components.escaping import escaped
from zhihuan.web.permission import opens
from zhihuan.web.shell import Group, NavigationEntry

register = template.Library()

#: So many entries fit beside the name on an office PC.
MOST_SINGLE = 6


@dataclass(frozen=True, slots=True)
class TopEntry:
    """One place in the top bar: a link (``single``), or a menu of ``entries`` under ``text``."""

    text: Any
    entries: tuple[NavigationEntry, ...]
    single: NavigationEntry | None
    is_current: bool


@register.simple_tag(takes_context=True)
def address_if_open(context: dict[str, Any], url_name: str) -> str:
    """The address of that name; "" for a reader whom its door refuses."""
    url = reverse(url_name)
    return url if opens(url, context["request"].user) else ""


@register.simple_tag
def entry_links(entries: Iterable[NavigationEntry], section: str = "") -> SafeString:
    """The entries as items of a list, the one of this page marked. Written here and not by the template: every page
    has them twice, for wide screens and for phones."""
    return SafeString("".join(_link(each, section) for each in entries))


def _link(entry: NavigationEntry, section: str) -> str:
    current = ' aria-current="page"' if _is_here(entry, section) else ""
    return f'<li><a href="{escaped(entry.url)}"{current}>{escaped(entry.text)}</a></li>'


@register.simple_tag
def top_entries(groups: Iterable[Group], section: str = "") -> list[TopEntry]:
    """The places of the top bar in order."""
    groups = list(groups)
    if sum(len(group.entries) for group in groups) <= MOST_SINGLE:
        return [_single(entry, section) for group in groups for entry in group.entries]
    return [_place(group, section) for group in groups]


def _place(group: Group, section: str) -> TopEntry:
    if len(group.entries) == 1:
        return _single(group.entries[0], section)
    is_current = any(_is_here(entry, section) for entry in group.entries)
    return TopEntry(group.text, group.entries, None, is_current)


def _single(entry: NavigationEntry, section: str) -> TopEntry:
    return TopEntry(entry.text, (entry,), entry, _is_here(entry, section))


def _is_here(entry: NavigationEntry, section: str) -> bool:
    return entry.is_current or (bool(section) and entry.section == section)
