"""The webhooks app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "zhihuan.bureau.webhooks"
    label = "webhooks"
    verbose_name = _("事件推送")

    def ready(self) -> None:
        from zhihuan.bureau.events.emitting import register_listener
        from zhihuan.bureau.events.kinds import register_kinds
        from zhihuan.bureau.people.actions import register
        from zhihuan.bureau.webhooks.actions import ACTIONS
        from zhihuan.bureau.webhooks.sharing import hears
        from zhihuan.bureau.webhooks.trial import TRIAL

        register(ACTIONS)
        register_kinds(TRIAL)
        register_listener(hears)
