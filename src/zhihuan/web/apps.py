"""The web app: templates, static files, translations."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "zhihuan.web"
    label = "web"
    verbose_name = _("网页")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from zhihuan.bureau.people.actions import register
        from zhihuan.web import session_use
        from zhihuan.web.audit import navigation as audit
        from zhihuan.web.catalogue.actions import ACTIONS
        from zhihuan.web.documents import parts as documents
        from zhihuan.web.inbox import navigation as inbox
        from zhihuan.web.matters import hit_kind
        from zhihuan.web.matters import navigation as matters
        from zhihuan.web.operations import logins
        from zhihuan.web.people import navigation as people
        from zhihuan.web.portal import mending
        from zhihuan.web.registry import hit_kinds, navigation
        from zhihuan.web.sign_in import listening
        from zhihuan.web.tokens import navigation as tokens
        from zhihuan.web.vault import navigation as vault
        from zhihuan.web.vault import part as evidence

        register(ACTIONS)
        navigation.register()
        people.register()
        audit.register()
        tokens.register()
        vault.register()
        evidence.register()
        matters.register()
        documents.register()
        inbox.register()
        mending.register()
        hit_kinds.register()
        hit_kind.register()
        user_logged_in.connect(session_use.began, dispatch_uid="web.session_use")
        logins.listen()
        listening.listen()
