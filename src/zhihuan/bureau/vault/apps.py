"""The vault app; a backup carries its files."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VaultConfig(AppConfig):
    name = "zhihuan.bureau.vault"
    label = "vault"
    verbose_name = _("证据库")
    kept_folders = ("vault/files", "vault/refused")

    def ready(self) -> None:
        from zhihuan.bureau.matters.engine.effects import on_taken
        from zhihuan.bureau.people.actions import register
        from zhihuan.bureau.vault.actions import ACTIONS
        from zhihuan.bureau.vault.evidence.of_steps import add_given_files

        register(ACTIONS)
        on_taken(add_given_files)
