"""What every page's frame needs, and where rooms register their part of it.

A room adds its entries to the navigation, its badges (待办, 消息) and its lines of the user menu here,
once, when its app starts or in the tables below; the frame shows each to whoever may use it, and only
while its address exists. It decides no permission and asks the database nothing by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from zhihuan import __version__
from zhihuan.bureau.people.scope import may
from zhihuan.web.addresses import address
from zhihuan.web.permission import opens


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One entry of the navigation; shown to whoever holds ``permission`` ("" = everybody).

    ``group`` is the code of one of ``GROUPS``. ``arguments`` complete the address. ``url`` is filled
    in when the entry is shown.
    """

    url_name: str
    text: Any
    permission: str = ""
    group: str = "watch"
    arguments: tuple[str, ...] = ()
    url: str = ""
    is_current: bool = False

    @property
    def section(self) -> str:
        """How a deeper page names the entry it belongs to: ``name``, or ``name:argument``."""
        return ":".join((self.url_name, *self.arguments))


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the navigation. With a single entry to show it is that entry."""

    code: str
    text: Any
    entries: tuple[NavigationEntry, ...] = ()

    @property
    def is_current(self) -> bool:
        return any(entry.is_current for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Badge:
    """A figure in the header: ``count(user)`` says how many wait, or None for nothing to show.

    Asked once a page for whoever is signed in, so it must cost one indexed query at most.
    """

    url_name: str
    text: Any
    count: Callable[[Any], int | None]


@dataclass(frozen=True, slots=True)
class ShownBadge:
    """A badge with its figure, as the header shows it."""

    text: Any
    url: str
    count: int

    @property
    def figure(self) -> str:
        return "99+" if self.count > 99 else str(self.count)


#: Headings in the order of a working day; a room that needs another adds it here.
GROUPS = (
    Group("watch", _("监控")),
    Group("places", _("一企一档")),
    Group("matters", _("事项")),
    Group("figures", _("指标与报告")),
    Group("office", _("机构人员")),
    Group("platform", _("平台运维")),
)
_navigation: list[NavigationEntry] = [
    NavigationEntry("live", _("一张图"), "registry.view_monitoringpoint", "watch"),
    NavigationEntry("alarms", _("超标告警"), "exceedance.view_episode", "watch"),
    NavigationEntry("commands", _("设备命令"), "acquisition.view_devicecommand", "watch"),
    NavigationEntry("quarantine", _("隔离报文"), "acquisition.view_quarantinedframe", "watch"),
    NavigationEntry("portal", _("本企业"), "registry.open_portal", "places"),
    NavigationEntry("imports", _("档案导入"), "registry.import_registry", "places"),
]
_user_menu: list[NavigationEntry] = [
    NavigationEntry("my-account", _("我的账号")),
    NavigationEntry("exports", _("我的导出")),
    NavigationEntry("catalogue", _("组件目录"), "web.view_catalogue"),
]
_badges: list[Badge] = []
_sources: list[Callable[[Any], Iterable[NavigationEntry]]] = []


def register_navigation(*entries: NavigationEntry) -> None:
    """Show these, in this order, behind what their groups have already."""
    _add(_navigation, entries)


def register_navigation_source(source: Callable[[Any], Iterable[NavigationEntry]]) -> None:
    """Show what ``source(user)`` names, asked anew for every page and without a query of its own:
    entries that other declarations bring."""
    if source not in _sources:
        _sources.append(source)


def register_user_menu(*entries: NavigationEntry) -> None:
    """Show these in the menu under one's own name."""
    _add(_user_menu, entries)


def register_badge(badge: Badge) -> None:
    """Show this figure in the header."""
    if badge not in _badges:
        _badges.append(badge)


def _add(to: list[NavigationEntry], entries: Iterable[NavigationEntry]) -> None:
    to.extend(entry for entry in entries if entry not in to)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The template context of the shell. Costs no query but those of the badges' providers."""
    return {
        "organisation_name": settings.ZHIHUAN_ORGANISATION,
        "platform_name": settings.ZHIHUAN_PLATFORM_NAME,
        "platform_version": __version__,
        "page_made": timezone.now,
        "site_numbers": settings.ZHIHUAN_SITE_NUMBERS,
        "navigation": SimpleLazyObject(lambda: groups_for(request)),
        "user_menu": SimpleLazyObject(lambda: _usable(request, _user_menu)),
        "badges": SimpleLazyObject(lambda: _figures(request)),
        "search_url": address("search"),
        "has_synthetic_data": SimpleLazyObject(_has_synthetic_data),
    }


def groups_for(request: HttpRequest) -> list[Group]:
    """The groups with the entries that this reader may use."""
    usable = _usable(request, [*_navigation, *_sourced(request)])
    found = [
        replace(group, entries=tuple(each for each in usable if each.group == group.code))
        for group in GROUPS
    ]
    return [group for group in found if group.entries]


def _sourced(request: HttpRequest) -> list[NavigationEntry]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return [entry for source in _sources for entry in source(user)]


def _usable(request: HttpRequest, entries: Iterable[NavigationEntry]) -> list[NavigationEntry]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    match = getattr(request, "resolver_match", None)
    here = (match.url_name, tuple(match.kwargs.values())) if match else ("", ())
    return [
        replace(entry, text=str(entry.text), url=url, is_current=_stands_at(entry, here))
        for entry in entries
        if (not entry.permission or may(user, entry.permission))
        and (url := address(entry.url_name, *entry.arguments))
        and opens(url, user)  # some pages ask for a right over the whole city
    ]


def _stands_at(entry: NavigationEntry, here: tuple[str | None, tuple[Any, ...]]) -> bool:
    """Whether the page shown is the entry's own."""
    name, arguments = here
    return entry.url_name == name and entry.arguments in {(), arguments}


def _figures(request: HttpRequest) -> list[ShownBadge]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    asked = [(each, address(each.url_name)) for each in _badges]
    figures = [(each, url, each.count(user)) for each, url in asked if url]
    return [ShownBadge(each.text, url, count) for each, url, count in figures if count is not None]


def _has_synthetic_data() -> bool:
    from zhihuan.web.live.board import board

    return board().has_synthetic_points()
