"""The people app: registers itself, keeps the declared roles in the database, hears of logins."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "zhihuan.bureau.people"
    label = "people"
    verbose_name = _("人员与机构")

    def ready(self) -> None:
        from zhihuan.bureau.people import sign_in

        sign_in.listen()
        post_migrate.connect(_sync_roles, dispatch_uid="people.sync_roles")


def _sync_roles(using: str, **_kwargs: Any) -> None:
    # Runs after every app's migration, because each app brings its own permissions.
    from zhihuan.bureau.people.roles import sync_roles

    sync_roles(using=using)
