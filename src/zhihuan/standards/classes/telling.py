"""The words of a class judgement: its law, its data, its comparisons, for one sample.

    derivation = Derivation(..., basis=(basis_of(classed, 3, decides="类别"),),
                            facts=facts_of(classed, 3), steps=steps_of(classed, 3))

It refuses to judge: every number it tells was computed when the sample was judged.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from zhihuan.standards.classes.dated import Classed, Index
from zhihuan.standards.classes.detection import undecided
from zhihuan.standards.classes.limits import ClassTable, ItemLimits
from zhihuan.standards.derivation import Basis, Fact, Step

__all__ = ["basis_of", "cautions_of", "facts_of", "steps_of", "unit_text"]


def basis_of(classed: Classed, index: Index, *, decides: str) -> Basis:
    """The law of one sample, as sure as the least sure row that took part."""
    edition, table = classed.at(index)
    rows = [table[item].confidence for item, number in classed.numbers(index).items() if number]
    levels = [level or edition.confidence for level in rows] or [edition.confidence]
    basis = Basis.of(edition, decides=decides, forced=classed.forced)
    return replace(basis, confidence=max(levels, key=lambda level: level.doubt))


def facts_of(classed: Classed, index: Index) -> tuple[Fact, ...]:
    """Each item's value as given; missing and undetected ones said to be so."""
    return tuple(
        Fact(limits.name, *_value(given, below=below, judged=judged, unit=unit_text(limits)))
        for limits, given, below, judged in classed.sample(index)
    )


def steps_of(classed: Classed, index: Index, *, rounding: str = "") -> tuple[Step, ...]:
    """Each judged item's comparison, then the worst of them.

    rounding: what was rounded before comparing, told with the last step.
    """
    _, table = classed.at(index)
    worst = int(classed.worst[index])
    numbers = classed.numbers(index).values()
    steps = [
        _step(table, limits, judged, number, deciding=number == worst)
        for (limits, _, _, judged), number in zip(classed.sample(index), numbers, strict=True)
        if number
    ]
    how = f"{len(steps)} 项中最差的一项" if steps else "没有可评价的项目"
    return (*steps, Step("单因子评价", how, table.name_of(worst), rounding=rounding))


def cautions_of(classed: Classed, index: Index) -> tuple[str, ...]:
    """What stands in the way of relying on it: coarse detection limits, missing items."""
    _, table = classed.at(index)
    coarse = [
        limits.name
        for limits, given, below, _ in classed.sample(index)
        if undecided(limits, np.asarray(given), np.asarray(below))
    ]
    missing = [table[item].name for item, number in classed.numbers(index).items() if not number]
    absent = [item for item in classed.items if item not in table]
    found = []
    if coarse:
        found.append(f"检出限过高，不足以判定类别：{'、'.join(coarse)}")
    if missing:
        found.append(f"缺测而未参加评价：{'、'.join(missing)}")
    if absent:
        found.append(f"当时的标准没有规定而未参加评价：{'、'.join(absent)}")
    return tuple(found)


def unit_text(limits: ItemLimits) -> str:
    """The unit of an item, "" for numbers without one."""
    return "" if limits.unit == "-" else limits.unit


def _value(given: float, *, below: bool, judged: float, unit: str) -> tuple[str, str, str]:
    if math.isnan(given):
        return "缺测", "", ""
    if below:
        return f"<{given:.12g}", unit, f"未检出，以 {judged:.12g} 参加评价"
    return f"{given:.12g}", unit, ""


def _step(
    table: ClassTable, limits: ItemLimits, value: float, number: int, *, deciding: bool
) -> Step:
    kept = limits.texts[number - 1] if number <= len(limits.texts) else ""
    missed = limits.texts[number - 2] if number >= 2 else ""
    parts = [f"符合{table.class_names[number - 1]} {kept}"] if kept else []
    if missed:
        parts.append(f"不符合{table.class_names[number - 2]} {missed}")
    return Step(
        limits.name, f"{value:.12g} {'，'.join(parts)}", table.name_of(number), deciding=deciding
    )
