"""What the registry states of a firm: its permit, outlets, points with limits, facilities. Read, never asked.

    stated = stated_of(enterprise, day)
    checklist_of(stated)       # what to look at, each item naming what the permit says

An item's code is made of the record's own key, so that it stays the same however often the list is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from zhihuan.bureau.registry.models import (
    Enterprise,
    Facility,
    MonitoringPoint,
    Outlet,
    Permit,
    PointLimit,
)
from zhihuan.hj212.codes import factor

__all__ = ["Item", "Stated", "StatedLimit", "StatedThing", "checklist_of", "stated_of"]


@dataclass(frozen=True, slots=True)
class StatedLimit:
    """A limit in words: factor by name, which data, bounds with unit, source."""

    point: int
    factor: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class StatedThing:
    """An outlet, point or facility: kind is ``outlet``, ``point`` or ``facility``; words: all that is said of it."""

    kind: str
    pk: int
    title: str
    words: str
    medium: str = ""

    @property
    def code(self) -> str:
        return f"{self.kind}-{self.pk}"


@dataclass(frozen=True, slots=True)
class Stated:
    """All of one firm on one day. head: its legal representative. permit: number with its last day, "" where none is in force."""

    address: str
    head: str
    permit: str
    level: str
    things: tuple[StatedThing, ...] = ()
    limits: tuple[StatedLimit, ...] = ()

    def of(self, kind: str) -> list[StatedThing]:
        """The things of one kind."""
        return [each for each in self.things if each.kind == kind]


@dataclass(frozen=True, slots=True)
class Item:
    """A question of a checklist. stated: what permit or registry says, "" where they say nothing."""

    code: str
    question: str
    stated: str = ""


def stated_of(party: Any, day: date) -> Stated:
    """Six queries whatever the firm's size; an empty one where the party is no enterprise."""
    firm = Enterprise.objects.filter(pk=getattr(party, "pk", None)).first()
    if firm is None:
        return Stated("", "", "", "")
    permit = Permit.objects.filter(_in_force(day), enterprise=firm).order_by("-valid_from").first()
    points = list(MonitoringPoint.objects.filter(site__enterprise=firm).order_by("code"))
    return Stated(
        address=firm.address,
        head=firm.legal_representative,
        permit=_permit_words(permit),
        level=firm.get_level_display() if firm.level else "",
        things=(*_outlets(firm, day), *_points(points), *_facilities(firm, day)),
        limits=tuple(_limits(points, day)),
    )


def checklist_of(stated: Stated) -> list[Item]:
    """What to look at. Pure."""
    items = [
        Item(
            "permit",
            _("实际情况与排污许可证是否相符？"),
            stated.permit or _("未登记有效的排污许可证"),
        )
    ]
    items += [
        Item(
            each.code,
            _("排口“%(title)s”标识规范，无偷排、旁路？") % {"title": each.title},
            each.words,
        )
        for each in stated.of("outlet")
    ]
    items += [
        Item(each.code, _("自动监测点位“%(title)s”正常运行？") % {"title": each.title}, each.words)
        for each in stated.of("point")
    ]
    items += [
        Item(
            each.code,
            _("设施“%(title)s”正常运行，与登记一致？") % {"title": each.title},
            each.words,
        )
        for each in stated.of("facility")
    ]
    ledger, waste = _("环境管理台账完整、真实？"), _("固体废物分类贮存，标识与转移联单齐全？")
    return [*items, Item("ledger", ledger), Item("waste", waste)]


def _in_force(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def _permit_words(permit: Permit | None) -> str:
    if permit is None:
        return ""
    if permit.valid_until is None:
        return permit.number
    return _("%(number)s（至 %(day)s）") % {"number": permit.number, "day": permit.valid_until}


def _outlets(firm: Enterprise, day: date) -> Iterator[StatedThing]:
    open_ones = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    for each in Outlet.objects.filter(open_ones, site__enterprise=firm).order_by("number", "pk"):
        height = f"{each.height_m:g} m" if each.height_m is not None else ""
        words = [str(each.get_medium_display()), each.receiving, height]
        yield StatedThing("outlet", each.pk, str(each), _joined(words), each.medium)


def _points(points: list[MonitoringPoint]) -> Iterator[StatedThing]:
    for each in points:
        words = str(each.get_kind_display())
        yield StatedThing("point", each.pk, each.name, words, each.kind)


def _facilities(firm: Enterprise, day: date) -> Iterator[StatedThing]:
    open_ones = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    rows = Facility.objects.filter(open_ones, site__enterprise=firm).order_by("number", "pk")
    for each in rows:
        words = [str(each.get_kind_display()), each.process, each.capacity]
        yield StatedThing("facility", each.pk, f"{each.number} {each.name}", _joined(words))


def _limits(points: list[MonitoringPoint], day: date) -> Iterator[StatedLimit]:
    rows = PointLimit.objects.filter(_in_force(day), point__in=points)
    for each in rows.order_by("point", "factor", "kind"):
        known = factor(each.factor)
        name, unit = (known.name, known.unit) if known else (each.factor, "")
        yield StatedLimit(each.point_id, each.factor, name, _limit_words(each, name, unit))


def _limit_words(limit: PointLimit, name: str, unit: str) -> str:
    bounds = [f"≥ {limit.lower:g}"] if limit.lower is not None else []
    bounds += [f"≤ {limit.upper:g}"] if limit.upper is not None else []
    source = " ".join(each for each in (limit.basis, limit.clause) if each)
    return f"{name} {limit.get_kind_display()} {' '.join(['，'.join(bounds), unit]).strip()}（{source}）"


def _joined(words: list[str]) -> str:
    return "，".join(each for each in words if each)
