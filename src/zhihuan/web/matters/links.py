"""Matters that belong together: what this one grew out of, went into or proves, and the reverse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from zhihuan.bureau.matters.models import Matter, MatterLink
from zhihuan.bureau.matters.sight import sight_of
from zhihuan.web.components.status import Status
from zhihuan.web.matters.state import status_for
from zhihuan.web.matters.visible import matters_of

__all__ = ["ShownLink", "links_of"]


@dataclass(frozen=True, slots=True)
class ShownLink:
    """``url`` "" and no status: the other matter lies outside the reader's scope, and only that there
    is one is told."""

    words: Any
    title: Any
    status: Status | None
    url: str


def links_of(user: Any, matter: Matter) -> list[ShownLink]:
    """In the order made; two queries, one when there are none."""
    mine = Q(matter=matter) | Q(other=matter)
    links = list(
        MatterLink.objects.filter(mine)
        .select_related("matter__party", "other__party")
        .order_by("pk")
    )
    if not links:
        return []
    keys = {link.matter_id for link in links} | {link.other_id for link in links}
    seen = set(matters_of(user).filter(pk__in=keys).values_list("pk", flat=True))
    shown = [_shown(link, matter, seen, user) for link in links]
    # that there is another matter (a clue, a case against others) is not for a party to know
    return shown if sight_of(user, matter).is_whole else [each for each in shown if each.url]


def _shown(link: MatterLink, matter: Matter, seen: set[int], user: Any) -> ShownLink:
    is_mine = link.matter_id == matter.pk
    other = link.other if is_mine else link.matter
    words = link.get_kind_display() if is_mine else _reverse(link.kind)
    if other.pk not in seen:
        return ShownLink(words, _("您权限以外的事项"), None, "")
    return ShownLink(
        words, other.title, status_for(user, other), reverse("matter", args=[other.pk])
    )


def _reverse(kind: str) -> Any:
    kinds = MatterLink.Kind
    return {
        kinds.SPAWNED_BY: _("派生出"),
        kinds.MERGED_INTO: _("并入本事项的"),
        kinds.EVIDENCE_FOR: _("证据来自"),
    }[kinds(kind)]
