"""The registry's entries of the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.registry.nouns import nouns
from zhihuan.web.shell import NavigationEntry, register_navigation

_ORDER = (
    "enterprises", "sites", "points", "devices", "permits", "sections", "rivers", "construction",
    "vehicles",
)  # fmt: skip


def register() -> None:
    """Once, when the web app starts."""
    register_navigation(*(_entry(code) for code in _ORDER))
    register_navigation(
        NavigationEntry(
            "registry-quality", _("数据质量待办"), "registry.view_enterprise", "places"
        ),
        NavigationEntry("registry-changes", _("变更记录"), "registry.view_changes", "places"),
        NavigationEntry(
            "registry-dictionary", _("数据字典"), "registry.view_dictionary", "platform"
        ),
    )


def _entry(code: str) -> NavigationEntry:
    noun = nouns()[code]
    title = noun.listing.title if noun.listing is not None else _("档案")
    return NavigationEntry(f"registry-{code}", title, noun.view, "places")
