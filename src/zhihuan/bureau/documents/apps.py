"""The app of documents: makes what steps declare, in the steps' own transactions."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "zhihuan.bureau.documents"
    label = "documents"
    verbose_name = _("文书")
    kept_folders = ("documents/files",)

    def ready(self) -> None:
        from zhihuan.bureau.documents.actions import ACTIONS
        from zhihuan.bureau.documents.bundling import CASE_FILE
        from zhihuan.bureau.documents.making import make_documents
        from zhihuan.bureau.documents.seen import served_on_party
        from zhihuan.bureau.matters.engine.effects import on_taken
        from zhihuan.bureau.matters.reach import also_told
        from zhihuan.bureau.people.actions import register
        from zhihuan.bureau.vault.bundling.kinds import register_bundle_kind

        register(ACTIONS)
        on_taken(make_documents)
        also_told(served_on_party)
        register_bundle_kind(CASE_FILE)
