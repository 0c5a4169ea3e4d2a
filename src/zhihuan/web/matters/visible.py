"""Which procedures and matters somebody may look at: the only door to matters for these pages.

List, matter, form, export and statistics ask here, so they can never show different people
different truths. What lies outside one's scope does not exist (404).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from zhihuan.bureau.matters.catalogue import (
    UnknownProcedureError,
    edition_on,
    procedures,
)
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import seen_by, seen_procedures
from zhihuan.bureau.matters.rights import view_permission
from zhihuan.bureau.people.scope import may

__all__ = ["editions_of", "matter_for", "matters_of", "procedure_for", "procedures_for"]


def editions_of(code: str) -> list[Procedure]:
    """Every edition of a procedure, the current one first: in force today, else the newest."""
    known = [each for each in procedures() if each.code == code]
    current = _current(code, known)
    return sorted(known, key=lambda each: (each is current, each.edition), reverse=True)


def _current(code: str, known: list[Procedure]) -> Procedure | None:
    try:
        return edition_on(code, timezone.localdate())
    except UnknownProcedureError:
        return max(known, key=lambda each: each.edition, default=None)


def procedures_for(user: Any) -> list[Procedure]:
    """Those whose matters this person may look at, each in its current edition."""
    return [editions_of(each.code)[0] for each in seen_procedures(user)]


def procedure_for(user: Any, code: str) -> Procedure:
    """One of them. Http404 for none of that code, PermissionDenied for one not to be seen."""
    editions = editions_of(code)
    if not editions:
        raise Http404
    if not may(user, view_permission(editions[0])):
        raise PermissionDenied
    return editions[0]


def matters_of(user: Any, procedure: Procedure | None = None) -> QuerySet[Matter]:
    """The matters within somebody's reach, of one procedure or of all."""
    return seen_by(user, None if procedure is None else [procedure])


def matter_for(user: Any, pk: int) -> Matter:
    """One matter within scope, with its party and town; Http404 otherwise."""
    found = seen_by(user).select_related("party", "town").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
