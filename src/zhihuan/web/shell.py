"""What every page's frame needs: names, navigation, and whether synthetic data are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One entry of the navigation; shown to whoever holds ``permission`` ("" = everybody)."""

    url_name: str
    text: Any
    permission: str = ""


NAVIGATION = (
    NavigationEntry("live", _("一张图"), "registry.view_monitoringpoint"),
    NavigationEntry("commands", _("设备命令"), "acquisition.view_devicecommand"),
    NavigationEntry("quarantine", _("隔离报文"), "acquisition.view_quarantinedframe"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The template context of the shell. Costs no query unless the banner is rendered."""
    return {
        "organisation_name": settings.ZHIHUAN_ORGANISATION,
        "platform_name": settings.ZHIHUAN_PLATFORM_NAME,
        "navigation": SimpleLazyObject(lambda: _allowed(request)),
        "has_synthetic_data": SimpleLazyObject(_has_synthetic_data),
    }


def _allowed(request: HttpRequest) -> list[NavigationEntry]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return [
        entry for entry in NAVIGATION if not entry.permission or user.has_perm(entry.permission)
    ]


def _has_synthetic_data() -> bool:
    from zhihuan.web.live.board import board

    return board().has_synthetic_points()
