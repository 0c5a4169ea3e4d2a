"""The app of identities: seals what steps tell, before the documents of the same step are made."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentitiesConfig(AppConfig):
    name = "zhihuan.bureau.identities"
    label = "identities"
    verbose_name = _("当事人身份")

    def ready(self) -> None:
        from zhihuan.bureau.identities.actions import ACTIONS
        from zhihuan.bureau.identities.keeping import keep_identity
        from zhihuan.bureau.matters.engine.effects import on_taken
        from zhihuan.bureau.people.actions import register

        register(ACTIONS)
        on_taken(keep_identity)
