"""Comparing soil columns with limits that each sample chooses for itself, by the edition of its day.

    judge_soil(Samples(columns, shape, days), "soil/farmland_limits", limits, wording)

``limits`` tells, for an edition and an item, the table's row and the limits of every sample; the
subject knows what chooses them (land class; soil pH and land use). It refuses values that look like
another unit, unless the caller has checked them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import refuse_strays
from zhihuan.standards.dated import Days, Span, edition_on, spans_in_force
from zhihuan.standards.derivation import Fact
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.soil.risk import Index, ItemRisk, SoilRisk, Wording, item_risk

__all__ = ["Limits", "Samples", "common_shape", "judge_soil"]

Floats = NDArray[np.float64]
Row = Mapping[str, str]
Limits = Callable[[Edition, str], tuple[Row, Floats, Floats]]


@dataclass(frozen=True, slots=True)
class Samples:
    """Soil samples as given. columns: item -> values; shape: of the samples; days: of that shape.

    below: item -> which values are detection limits; background: item -> local background; facts:
    what else is known of one sample.
    """

    columns: Mapping[str, ArrayLike]
    shape: tuple[int, ...]
    days: Days
    below: Mapping[str, ArrayLike] = field(default_factory=dict)
    background: Mapping[str, ArrayLike] = field(default_factory=dict)
    facts: Callable[[Index], tuple[Fact, ...]] = lambda _: ()
    checked: bool = True

    def of(self, columns: Mapping[str, ArrayLike], item: str) -> Floats | None:
        """One item's entry of a mapping in the samples' shape; None when it has none."""
        if item not in columns:
            return None
        values = np.asarray(columns[item], dtype=np.float64)
        try:
            return np.broadcast_to(values, self.shape)
        except ValueError:
            words = "与样品的个数不一致", "每个样品对应一个值"
            problem = InputProblem(-1, item, f"{values.shape}，样品 {self.shape}", *words)
            raise InputRefusedError([problem]) from None


def judge_soil(
    samples: Samples,
    law: str,
    limits: Limits,
    wording: Wording,
    *,
    edition: str | None = None,
) -> SoilRisk:
    """The risk level of each sample, the worst of its items. law: the parameter of the limits."""
    refuse_strays("未检出标记", samples.below, samples.columns)
    refuse_strays("背景值", samples.background, samples.columns)
    spans = spans_in_force(parameter(law), samples.days, edition=edition)
    editions = [span.edition for span in spans] or [parameter(law).editions[-1]]
    rows = {item: limits(editions[-1], item)[0] for item in samples.columns}
    if samples.checked:
        refuse_bad(
            (f"soil/{rows[item]['item']}", values) for item, values in samples.columns.items()
        )
    rule = None
    if samples.below and samples.days.size:
        rule = edition_on(parameter("soil/stand_in_factor"), samples.days.max())
    items = tuple(
        _judged(samples, item, rows[item], _limits(samples, spans, limits, item), rule)
        for item in samples.columns
    )
    return SoilRisk(
        items=items,
        worst=np.asarray(np.max([row.level for row in items], axis=0)),
        counted=np.asarray(np.sum([row.level > 0 for row in items], axis=0, dtype=np.uint8)),
        wording=wording,
        spans=spans,
        forced=edition is not None,
        facts_of=samples.facts,
        stand_in=rule,
    )


def common_shape(columns: Mapping[str, ArrayLike], **others: ArrayLike) -> tuple[int, ...]:
    """The samples' shape of all columns together. Raises InputRefusedError."""
    if not columns:
        words = "没有任何评价项目", "请至少给出一个项目的数值"
        raise InputRefusedError([InputProblem(-1, "项目", "无", *words)])
    shapes = {name: np.shape(values) for name, values in {**columns, **others}.items()}
    try:
        return np.broadcast_shapes(*shapes.values())
    except ValueError:
        text = "，".join(f"{name} {shape}" for name, shape in shapes.items())
        words = "各列的个数不一致", "每个样品一行，缺测留空"
        raise InputRefusedError([InputProblem(-1, "项目", text, *words)]) from None


def _limits(
    samples: Samples, spans: tuple[Span, ...], limits: Limits, item: str
) -> tuple[Floats, Floats]:
    """Screening and intervention value of each sample, by the edition of its day."""
    if len(spans) == 1:
        return limits(spans[0].edition, item)[1:]
    screening, intervention = (np.full(samples.shape, np.nan) for _ in range(2))
    for span in spans:
        _, low, high = limits(span.edition, item)
        screening[span.where], intervention[span.where] = low[span.where], high[span.where]
    return screening, intervention


def _judged(
    samples: Samples, item: str, row: Row, limits: tuple[Floats, Floats], rule: Edition | None
) -> ItemRisk:
    given = samples.of(samples.columns, item)
    hidden = samples.of(samples.below, item)
    return item_risk(
        row,
        np.empty(samples.shape) if given is None else given,
        *limits,
        hidden=None if hidden is None else hidden.astype(bool),
        factor=1.0 if rule is None else rule.number,
        background=samples.of(samples.background, item),
    )
