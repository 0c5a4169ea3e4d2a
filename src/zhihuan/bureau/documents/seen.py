"""Which documents of a matter somebody may look at.

Who may look at the matter and is of the bureau sees all of them. A party and others outside see what was served
on them or published, and what their own people's steps made: the bureau's internal papers (审批表) are not
theirs.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import seen_by
from zhihuan.bureau.people.scope import grants_of

__all__ = ["is_inside", "may_see_all", "seen_documents"]


def seen_documents(reader: Any) -> QuerySet[MatterDocument]:
    """All documents this reader may look at."""
    rows = MatterDocument.objects.filter(matter__in=seen_by(reader))
    if is_inside(reader):
        return rows
    own = Q(event__actor__organisation=reader.organisation_id) if reader.organisation_id else Q()
    return rows.filter(Q(is_served=True) | Q(is_published=True) | own)


def may_see_all(reader: Any, matter: Matter) -> bool:
    """Whether the whole file is this reader's to look at: of the bureau, and the matter within reach."""
    return is_inside(reader) and seen_by(reader).filter(pk=matter.pk).exists()


def is_inside(reader: Any) -> bool:
    """Whether somebody holds a role within the bureau."""
    return bool(reader.is_superuser) or any(held.inside for held in grants_of(reader))
