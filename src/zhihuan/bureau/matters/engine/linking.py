"""Link a matter to another: it grew out of it, went into it, or is evidence for it.

The link is an event of the chain of the matter that names it; the other is left as it is. Nobody
links what they may not look at, and nothing goes into what went into itself.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.appending import MOVED, Passage, append
from zhihuan.bureau.matters.engine.refusals import MatterMovedError, StepRefusedError
from zhihuan.bureau.matters.engine.refusing import may_take
from zhihuan.bureau.matters.models import Matter, MatterEvent, MatterLink
from zhihuan.bureau.matters.reach import may_view
from zhihuan.bureau.people.scope import Scope

__all__ = ["link"]

_MERGED = MatterLink.Kind.MERGED_INTO


@transaction.atomic
def link(matter: Matter, kind: str, other: Matter, acting: Acting, *, version: int) -> MatterLink:
    """``matter`` is … ``other``. By whoever may take any step of the matter's procedure there and look
    at the other; actor None: the platform, as an effect of a step.

    Raises StepRefusedError; MatterMovedError when the matter moved since ``version``.
    """
    fresh = Matter.objects.select_for_update().get(pk=matter.pk)
    if fresh.version != version:
        raise MatterMovedError(MOVED)
    if words := _refusal(fresh, kind, other, acting):
        raise StepRefusedError(words)
    said = {"kind": str(MatterLink.Kind(kind)), "other": other.pk, "title": other.title}
    passage = Passage(
        MatterEvent.LINKING,
        fresh.state,
        fresh.state,
        acting.moment(),
        said,
        act="matter.link",
        ended_at=fresh.ended_at,
    )
    event = append(fresh, passage, acting)
    made = MatterLink.objects.create(matter=fresh, kind=kind, other=other, event=event)
    for name in ("version", "head"):
        setattr(matter, name, getattr(fresh, name))
    return made


def _refusal(matter: Matter, kind: str, other: Matter, acting: Acting) -> Any:
    if matter.pk == other.pk:
        return _("事项不能与自身关联。")
    if not _may(matter, other, acting):
        return _("您没有关联这两个事项的权限。")
    if MatterLink.objects.filter(matter=matter, kind=kind, other=other).exists():
        return _("两个事项已有此关联。")
    if kind == _MERGED and matter.pk in _merged_with(other):
        return _("该事项已并入本事项，不能再互相并入。")
    return ""


def _may(matter: Matter, other: Matter, acting: Acting) -> bool:
    if acting.actor is None:
        return True
    known: dict[Scope, bool] = {}
    steps = edition_of(matter.procedure, matter.edition).steps
    takes_one = any(may_take(step, matter, acting, known) for step in steps)
    return takes_one and may_view(acting.actor, other)


def _merged_with(matter: Matter) -> set[int]:
    """The matter and all it went into, on and on."""
    found: set[int] = set()
    edge = {matter.pk}
    while edge:
        found |= edge
        onward = MatterLink.objects.filter(kind=_MERGED, matter__in=edge)
        edge = set(onward.values_list("other_id", flat=True)) - found
    return found
