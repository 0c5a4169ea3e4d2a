"""Whoever reported a clue or one that went into it: whether all are known, and what stands against it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zhihuan.bureau.matters.models import Matter, MatterLink
from zhihuan.lines.clues.models import Clue, Informant

__all__ = ["cluster_of", "informants_of", "untold_reason"]


def cluster_of(clue: Matter) -> set[int]:
    """Its key and those of all clues that went into it, on and on; one query a generation."""
    found, edge = {clue.pk}, {clue.pk}
    while edge:
        links = MatterLink.objects.filter(kind=MatterLink.Kind.MERGED_INTO, other__in=edge)
        edge = set(links.values_list("matter_id", flat=True)) - found
        found |= edge
    return found


def informants_of(clue: Matter) -> QuerySet[Informant]:
    """All of the cluster, in the order registered."""
    return Informant.objects.filter(clue__in=cluster_of(clue))


def untold_reason(clue: Any) -> str:
    """Why the result cannot be told yet; "" when whoever waits is known: every clue of the cluster that
    was reported under a name has an informant on record."""
    named = Clue.objects.filter(pk__in=cluster_of(clue), is_real_name=True)
    lacking = named.exclude(informants__isnull=False).order_by("pk").values_list("pk", flat=True)
    if not lacking:
        return ""
    words = _("线索 %(numbers)s 为实名举报，尚未登记举报人，请先在该线索的“举报人”处登记。")
    return words % {"numbers": "、".join(map(str, lacking))}
