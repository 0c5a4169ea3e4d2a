"""The seals of a backup: which days are sealed, and how their frames differ from the seals.

A day is looked at by the same machinery as ``zhihuan telemetry verify``. Differences there were when
the backup was made (a frame that came after its day was sealed) are written down, so that a restore
can tell what the backup already had from what went wrong since.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from django.db.models import Count

from zhihuan.bureau.acquisition.models import DailySeal
from zhihuan.bureau.acquisition.seals import SealTable
from zhihuan.telemetry.store import TelemetryStore
from zhihuan.web.backup.manifest import SealedDay
from zhihuan.web.backup.parts import Progress


def sealed_days(
    store: TelemetryStore,
    received: Mapping[str, int],
    known: Mapping[str, SealedDay],
    progress: Progress,
) -> dict[str, SealedDay]:
    """Every day of the ledger, verified. received: frames by day of reception.

    known: days an earlier backup verified; one that has as many frames and seals as then is not
    looked at again.
    """
    days = list(DailySeal.objects.values_list("day").annotate(n=Count("id")).order_by("day"))
    found: dict[str, SealedDay] = {}
    for number, (day, seals) in enumerate(days, start=1):
        before = known.get(f"{day}")
        frames = received.get(f"{day}", 0)
        same = before is not None and (before.seals, before.frames) == (seals, frames)
        found[f"{day}"] = before if same and before else _verified(store, day, seals, frames)
        progress("seals", number, len(days))
    return found


def _verified(store: TelemetryStore, day: dt.date, seals: int, frames: int) -> SealedDay:
    roots = SealTable().roots(int(f"{day:%Y%m%d}"))
    findings = Counter(str(found.what) for found in store.verify_day(day, roots))
    return SealedDay(seals, frames, dict(findings))


def seal_differences(wanted: Mapping[str, SealedDay], found: Mapping[str, SealedDay]) -> list[str]:
    """Every day whose seals are not as they were when the backup was made, told."""
    told = []
    for day in sorted(wanted.keys() | found.keys()):
        had, has = wanted.get(day), found.get(day)
        if had != has:
            told.append(f"{day}: seals {_said(has)}, in the backup {_said(had)}")
    return told


def _said(day: SealedDay | None) -> str:
    if day is None:
        return "none"
    findings = ", ".join(f"{count} {what}" for what, count in sorted(day.findings.items()))
    return f"{day.seals} over {day.frames} frames, {findings or 'all as sealed'}"
