"""What the public sees of plans: promises, draws, results; and the file from which anyone draws again.

The list and the seed stay closed until the results are disclosed, so that nobody is warned; what was promised is
open from the first moment.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from zhihuan.bureau.registry.sealing import unseal
from zhihuan.lines.inspection.drawing import FORMAT
from zhihuan.lines.inspection.models import Draw, InspectionPlan

__all__ = ["draw_file", "drawn_rows", "promised"]


def promised() -> QuerySet[InspectionPlan]:
    """Plans whose promise is public, dropped ones too, the newest first."""
    found = InspectionPlan.objects.filter(committed_at__isnull=False).select_related("town")
    return found.order_by("-committed_at", "-pk")


def draw_file(plan: InspectionPlan) -> dict[str, Any] | None:
    """The file that ``drawing`` verifies; None before the results are disclosed."""
    held = Draw.objects.filter(plan=plan).first()
    if plan.disclosed_at is None or plan.drawn_at is None or held is None:
        return None
    return {
        "format": FORMAT,
        "plan": plan.pk,
        "title": plan.title,
        "committed_at": plan.committed_at.isoformat() if plan.committed_at else "",
        "drawn_at": plan.drawn_at.isoformat(),
        "witness": plan.witness,
        "commitment": plan.commitment,
        "list_digest": plan.roster_digest,
        "list": held.roster,
        "seed": unseal(held.seed),
        "public_word": plan.public_word,
        "result": held.result,
    }


def drawn_rows(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Of a file of ``draw_file``: firm, weight and officers by name, in the order drawn."""
    firms = {each["code"]: each for each in told["list"]["objects"]}
    names = {each["code"]: each["name"] for each in told["list"]["officers"]}
    return [
        {
            "code": each["object"],
            "firm": firms[each["object"]]["name"],
            "weight": firms[each["object"]]["weight"],
            "officers": "、".join(f"{names[code]}（{code}）" for code in each["officers"]),
        }
        for each in told["result"]
    ]
