"""The file as JSON: the same records and figures as the page, with units and nothing personal."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from zhihuan.bureau.compliance.quarter import last_quarters
from zhihuan.bureau.compliance.reckoning import Figures
from zhihuan.bureau.history.fields import as_json
from zhihuan.bureau.timeline.happening import Happening
from zhihuan.web.registry.file.contents import Contents
from zhihuan.web.registry.file.strips import QUARTERS

FORM = "zhihuan.enterprise-file/1"


def document(
    contents: Contents, happened: list[Happening], *, with_devices: bool
) -> dict[str, Any]:
    """Times with offset, dates as ISO, hours counted by factor and hour; ``on`` null means now."""
    quarters = last_quarters(QUARTERS, contents.moment.day)
    figures = contents.quarterly(quarters)
    codes = {point.pk: point.code for point in contents.points}
    sections: dict[str, list[Any]] = {
        "sites": contents.sites,
        "outlets": contents.outlets,
        "facilities": contents.facilities,
        "points": contents.points,
        "factors": contents.factors,
        "limits": contents.limits,
        "permits": contents.permits,
    }
    if with_devices:
        sections |= {"devices": contents.devices, "past_placements": contents.past}
    return {
        "form": FORM,
        "on": contents.moment.on.isoformat() if contents.moment.on else None,
        "enterprise": _record(contents.enterprise),
        **{name: [_record(row) for row in rows] for name, rows in sections.items()},
        "compliance": {
            "quarters": [str(each) for each in quarters],
            "points": {
                codes[point]: [_figures(each) for each in row] for point, row in figures.items()
            },
        },
        "timeline": [_happening(each) for each in happened],
    }


def _record(row: Model) -> dict[str, Any]:
    return {"id": row.pk, **as_json(row)}


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "due_hours": figures.due,
        "received_hours": figures.received,
        "valid_hours": figures.valid,
        "exceeding_hours": figures.exceeding,
        "exceeding_by_factor": dict(figures.by_factor),
    }


def _happening(each: Happening) -> dict[str, Any]:
    return {
        "at": each.at.isoformat(),
        "source": each.source,
        "title": str(each.title),
        "who": each.who,
        "words": each.words,
    }
