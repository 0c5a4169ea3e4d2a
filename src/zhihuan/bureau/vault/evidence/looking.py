"""Who may look at which evidence, and who did: every look is an entry of the audit trail.

Somebody in the bureau sees the evidence of the matters within reach; a registrar of those alone that its
procedures show to it. A party sees what it handed in
itself and nothing else: what others gave against it is not shown to it (ecological code 51, 146;
statements and informants' material are withheld until the law opens the file).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import may_view
from zhihuan.bureau.people.scope import Scope, scope_of
from zhihuan.bureau.vault.actions import ACTIONS, VIEW, VIEW_CHECKED, VIEW_OWN
from zhihuan.bureau.vault.models import Evidence

__all__ = [
    "DOWNLOAD", "EXPORT", "LIST", "PREVIEW", "READ", "looks_at", "note_look", "rights_in", "visible",
]  # fmt: skip

LIST, READ, PREVIEW, DOWNLOAD, EXPORT = (
    *("evidence.list", "evidence.read", "evidence.preview", "evidence.download", "evidence.export"),
)
_LOOKS = (READ, PREVIEW, DOWNLOAD, EXPORT)
#: One who pages to and fro looks at the same small picture once.
_SAME_LOOK = dt.timedelta(hours=1)


def rights_in(user: Any, matter: Matter) -> frozenset[str]:
    """What this person may do with the evidence of a matter: permissions of ``actions``. Rights that reach
    equally far are asked of the database once. VIEW_CHECKED comes with VIEW, where the matter may be seen."""
    reached: dict[Scope, bool] = {}
    scopes = {action.permission: scope_of(user, action.permission) for action in ACTIONS}
    for scope in scopes.values():
        if scope not in reached:
            reached[scope] = scope.covers(matter)
    held = {permission for permission, scope in scopes.items() if reached[scope]}
    if VIEW_CHECKED in held:
        held |= {VIEW} if may_view(user, matter) else set()
    return frozenset(held)


def visible(user: Any, matter: Matter, rights: frozenset[str] | None = None) -> QuerySet[Evidence]:
    """The evidence of a matter that this person may see, withdrawn or not; none without the right.
    rights: of ``rights_in``, when known."""
    held = rights_in(user, matter) if rights is None else rights
    rows = Evidence.objects.filter(matter=matter).select_related("file__content", "added_by")
    if VIEW in held:
        return rows
    return rows.filter(from_party=True) if VIEW_OWN in held else rows.none()


def note_look(what: str, evidence: Evidence, *, actor: Any, address: str) -> None:
    """Write down that somebody looked; a preview once an hour and person."""
    subject = _subject(evidence.pk)
    if what == PREVIEW and _looked_lately(subject, actor):
        return
    record(what, subject, actor=actor, address=address, matter=evidence.matter_id)


def looks_at(*evidence: Evidence) -> QuerySet[AuditEntry]:
    """Who looked at these, newest first."""
    subjects = [_subject(each.pk) for each in evidence]
    return AuditEntry.objects.filter(subject__in=subjects, action__in=_LOOKS)


def _looked_lately(subject: str, actor: Any) -> bool:
    since = timezone.now() - _SAME_LOOK
    return AuditEntry.objects.filter(
        subject=subject, actor=actor, action__in=_LOOKS, at__gte=since
    ).exists()


def _subject(pk: int) -> str:
    return f"evidence:{pk}"
