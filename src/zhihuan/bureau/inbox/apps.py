"""The inbox app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    name = "zhihuan.bureau.inbox"
    label = "inbox"
    verbose_name = _("待办与消息")

    def ready(self) -> None:
        from zhihuan.bureau.events.kinds import register_kinds
        from zhihuan.bureau.inbox.actions import ACTIONS
        from zhihuan.bureau.inbox.delegations import tell_of_delegation
        from zhihuan.bureau.inbox.event_kinds import DUE_SOON, OVERDUE
        from zhihuan.bureau.inbox.handing_over import CLAIMED_MATTERS
        from zhihuan.bureau.inbox.keeping import keep
        from zhihuan.bureau.inbox.moved_clocks import follow_moved_clocks
        from zhihuan.bureau.inbox.notices import give_notice
        from zhihuan.bureau.inbox.reading import UNREAD, unread_of
        from zhihuan.bureau.matters.engine.effects import on_moved, on_taken
        from zhihuan.bureau.people.actions import register
        from zhihuan.bureau.people.delegation import on_delegated
        from zhihuan.bureau.people.open_work import register_open_work
        from zhihuan.bureau.people.read_along import register_read_along

        register(ACTIONS)
        register_kinds(DUE_SOON, OVERDUE)
        register_open_work(CLAIMED_MATTERS)
        register_read_along(UNREAD, unread_of)
        on_delegated(tell_of_delegation)
        on_taken(keep)
        on_taken(give_notice)
        on_moved(follow_moved_clocks)
