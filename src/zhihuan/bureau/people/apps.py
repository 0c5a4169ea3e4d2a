"""The people app: declares its acts, hears of logins."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "zhihuan.bureau.people"
    label = "people"
    verbose_name = _("人员与机构")

    def ready(self) -> None:
        from zhihuan.bureau.people import sign_in
        from zhihuan.bureau.people.actions import register
        from zhihuan.bureau.people.people_actions import ACTIONS

        sign_in.listen()
        register(ACTIONS)
