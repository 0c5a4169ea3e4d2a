"""The inbox in the frame of every page: two badges, and its entries of the navigation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.inbox.actions import READ_TO_DOS, SEE_OVERDUE
from zhihuan.bureau.inbox.figure import figure_of
from zhihuan.bureau.inbox.reading import unread_count
from zhihuan.bureau.people.scope import scope_of
from zhihuan.web.shell import Badge, NavigationEntry, register_badge, register_navigation


def register() -> None:
    """Once, when the web app starts."""
    register_badge(Badge("inbox", _("待办"), _waiting))
    register_badge(Badge("messages", _("消息"), unread_count))
    register_navigation(
        NavigationEntry("inbox", _("待办"), READ_TO_DOS, "matters"),
        NavigationEntry("inbox-overdue", _("逾期事项"), SEE_OVERDUE, "matters"),
    )


def _waiting(user: Any) -> int | None:
    """None for whoever has no inbox: administrators of the platform."""
    return figure_of(user) if scope_of(user, READ_TO_DOS) else None
