"""What visits sampled, for whoever verifies an exceedance: sampling records of an outlet with their reports.

Registered at the port of ``bureau.exceedance.manual.samples``. A record that names no registered outlet is told as uncertain:
people look whether it was taken there.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from zhihuan.bureau.exceedance.manual.samples import KnownSample
from zhihuan.bureau.matters.models import MatterEvent
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.bureau.vault.models import Evidence

__all__ = ["codes_in", "samples_of_visits"]

#: A record may be told so long before the moment it names: telephones' clocks run ahead.
_AHEAD = dt.timedelta(hours=1)


def codes_in(text: str) -> list[str]:
    """Codes of samples, however they are set apart."""
    return [each for each in re.split(r"[\s,，、;；]+", text) if each]


def samples_of_visits(
    point: MonitoringPoint, factor: str, since: dt.datetime, until: dt.datetime
) -> Iterator[KnownSample]:
    """Samples of this factor at the point's outlet, taken in [since, until). One query where there are none; three at most."""
    firm = point.site.enterprise_id if point.site else None
    if firm is None:
        return
    rows = MatterEvent.objects.filter(
        matter__procedure="inspection", matter__party=firm, step="sample", at__gte=since - _AHEAD
    )
    taken = [
        each
        for each in rows.order_by("matter", "number")
        if factor in each.said.get("factors", ())
        and since <= _moment(each.said["sampled_at"]) < until
        and each.said.get("outlet", "") in ("", _outlet(point))
    ]
    reports = _reports({each.matter_id for each in taken}) if taken else {}
    for each in taken:
        yield _known(each, point, reports.get((each.matter_id, each.said["sample_code"].strip())))


def _outlet(point: MonitoringPoint) -> str:
    return f"outlet-{point.outlet_id}" if point.outlet_id else ""


def _known(
    event: MatterEvent, point: MonitoringPoint, report: tuple[MatterEvent, int | None] | None
) -> KnownSample:
    said = event.said
    told = report[0].said if report else {}
    return KnownSample(
        matter=event.matter_id,
        code=said["sample_code"].strip(),
        sampled_at=_moment(said["sampled_at"]),
        place=said.get("place_told", ""),
        method=said.get("method", ""),
        is_certain=bool(said.get("outlet")) and said["outlet"] == _outlet(point),
        agency=told.get("agency", ""),
        conclusion=told.get("conclusion", ""),
        report=report[1] if report else None,
    )


def _reports(visits: set[int]) -> dict[tuple[int, str], tuple[MatterEvent, int | None]]:
    """By visit and code of sample: the newest report with its piece of evidence."""
    events = list(MatterEvent.objects.filter(matter__in=visits, step="report").order_by("number"))
    pieces: dict[Any, int] = {}
    if events:
        filed = Evidence.objects.filter(event__in=events, withdrawn_at__isnull=True).order_by("-pk")
        pieces.update(filed.values_list("event_id", "pk"))
    return {
        (each.matter_id, code): (each, pieces.get(each.pk))
        for each in events
        for code in codes_in(each.said["sample_codes"])
    }


def _moment(text: str) -> dt.datetime:
    """Kept in ISO 8601; one without a zone is Beijing's."""
    found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo else timezone.make_aware(found)
