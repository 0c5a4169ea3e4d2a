"""The list a draw is from: firms of these towns and permit levels with their weights, officers, who is barred.

Whoever may not be entered (positive list, yearly cap, a visit that waits) is left out, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhihuan.bureau.registry.models import Enterprise
from zhihuan.lines.inspection.certified import Officer, officers_by_town
from zhihuan.lines.inspection.entered import records_of
from zhihuan.lines.inspection.rules import not_entered_for, weight_of

__all__ = ["Asked", "Gathered", "gathered"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a plan is for. barred: (certificate or name, firm's code) as whoever plans wrote it."""

    towns: Sequence[str]
    levels: Sequence[str]
    how_many: int
    begins_on: date
    ends_on: date
    barred: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """roster: as ``drawing.draw`` takes it. left_out: [{code, name, why}]. unknown: lines of the barred that
    name nobody or nothing on the list."""

    roster: dict[str, Any]
    left_out: list[dict[str, str]]
    unknown: list[str]


def gathered(asked: Asked, today: date) -> Gathered:
    """The list as of today."""
    objects, left_out = _objects(asked, today)
    officers = officers_by_town(asked.towns, asked.begins_on, asked.ends_on)
    barred, unknown = _barred(asked.barred, objects, officers)
    roster = {
        "how_many": asked.how_many,
        "objects": objects,
        "officers": [
            {"code": each["certificate"], "name": each["name"], "towns": each["towns"]}
            for each in officers
        ],
        "barred": barred,
    }
    return Gathered(roster, left_out, unknown)


def _objects(asked: Asked, today: date) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    firms = Enterprise.objects.filter(
        town__in=asked.towns,
        level__in=asked.levels,
        status=Enterprise.Status.OPERATING,
        closed_on__isnull=True,
    ).order_by("code")
    rows = list(firms.values("pk", "code", "name", "town", "level"))
    records = records_of([each["pk"] for each in rows], today)
    objects, left_out = [], []
    for row in rows:
        record = records[row["pk"]]
        if why := not_entered_for("random", record, today):
            left_out.append({"code": row["code"], "name": row["name"], "why": str(why)})
            continue
        weight = weight_of(record.credit, row["level"], asked.begins_on)
        told = {name: row[name] for name in ("code", "name", "town")}
        objects.append(told | {"weight": weight, "credit": record.credit, "level": row["level"]})
    return objects, left_out


def _barred(
    pairs: Sequence[tuple[str, str]], objects: list[dict[str, Any]], officers: list[Officer]
) -> tuple[list[list[str]], list[str]]:
    firms = {name: each["code"] for each in objects for name in (each["code"], each["name"])}
    people = {str(each["certificate"]): str(each["certificate"]) for each in officers}
    people |= {each["name"]: str(each["certificate"]) for each in officers}
    found = [[people[who], firms[whom]] for who, whom in pairs if who in people and whom in firms]
    unknown = [f"{who}，{whom}" for who, whom in pairs if who not in people or whom not in firms]
    return sorted(found), unknown
