"""The visits of a plan with what came of them, as plain values for its document and the public page."""

from __future__ import annotations

from typing import Any

from zhihuan.bureau.matters.catalogue import edition_of

__all__ = ["outcomes_of"]


def outcomes_of(plan: Any) -> list[dict[str, Any]]:
    """[{firm, officers, outcome, ended}], in the order the visits were opened; [] for a plan not saved."""
    if plan.pk is None:
        return []
    return [_told(each) for each in plan.visits.select_related("party").order_by("pk")]


def _told(visit: Any) -> dict[str, Any]:
    state = edition_of(visit.procedure, visit.edition).state(visit.state)
    return {
        "firm": visit.party_name,
        "officers": "、".join(f"{each['name']}（{each['certificate']}）" for each in visit.planned),
        "outcome": str(state.title),
        "ended": visit.ended_at is not None,
    }
