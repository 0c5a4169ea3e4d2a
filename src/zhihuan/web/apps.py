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
        from zhihuan.web.clues import lead as clue_lead
        from zhihuan.web.clues import navigation as clues
        from zhihuan.web.discretion import navigation as discretion
        from zhihuan.web.documents import hit_kind as document_hits
        from zhihuan.web.documents import parts as documents
        from zhihuan.web.enforcement import similar as similar_cases
        from zhihuan.web.identities import part as identities
        from zhihuan.web.inbox import navigation as inbox
        from zhihuan.web.inspection import checklist_along
        from zhihuan.web.inspection import part as inspection
        from zhihuan.web.matters import hit_kind
        from zhihuan.web.matters import navigation as matters
        from zhihuan.web.offline import navigation as visits
        from zhihuan.web.offline import part as field_records
        from zhihuan.web.offline import registry_facts
        from zhihuan.web.operations import logins
        from zhihuan.web.people import navigation as people
        from zhihuan.web.portal import mending
        from zhihuan.web.registry import hit_kinds, navigation
        from zhihuan.web.sign_in import listening
        from zhihuan.web.statistics import navigation as statistics
        from zhihuan.web.tokens import navigation as tokens
        from zhihuan.web.vault import navigation as vault
        from zhihuan.web.vault import part as evidence

        register(ACTIONS)
        for room in (
            navigation,
            people,
            audit,
            tokens,
            vault,
            evidence,
            inspection,
            checklist_along,
            matters,
            clues,
            clue_lead,
            discretion,
            similar_cases,
            statistics,
            identities,
            documents,
            inbox,
            visits,
            registry_facts,
            field_records,
            mending,
            hit_kinds,
            hit_kind,
            document_hits,
        ):
            room.register()
        user_logged_in.connect(session_use.began, dispatch_uid="web.session_use")
        logins.listen()
        listening.listen()
