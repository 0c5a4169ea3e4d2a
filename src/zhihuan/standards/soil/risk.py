"""Risk levels of soil: values between two limits, the worst item wins.

    level 1  at most the screening value
    level 2  above screening, at most the intervention value (or the item has none)
    level 3  above the intervention value
    level 0  cannot be judged: the value is missing, or what chooses its limits (soil pH)

Development land and farmland differ in how limits are chosen and in what the levels mean; both
compare here. It refuses to round; a value within 10⁻¹² of a limit (relative) is that limit, since
means of decimals carry binary noise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.classes import named
from zhihuan.standards.dated import Span
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.parameters import Confidence, Edition

__all__ = ["Index", "ItemRisk", "SoilRisk", "Wording", "item_risk"]

Floats = NDArray[np.float64]
Index = int | tuple[int, ...]
_NOISE = 1e-12  # of the limit; far below any printed digit, far above binary noise of a mean


@dataclass(frozen=True, slots=True)
class Wording:
    """What a subject calls its judgement: title, what the law decides, levels 1–3, and what each
    asks for.
    """

    title: str
    decides: str
    levels: tuple[str, str, str]
    asks: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ItemRisk:
    """One item over all samples, arrays of the samples' shape [mg/kg].

    given: as reported; judged: with stand-ins for undetected values; screening, intervention: the
    limits that applied, NaN where there is none; level 0–3; hidden: which values were below
    detection; background: the local background, excused: which samples it set to level 1.
    """

    item: str
    name: str
    unit: str
    confidence: Confidence
    given: Floats
    judged: Floats
    screening: Floats
    intervention: Floats
    level: NDArray[np.uint8]
    hidden: NDArray[np.bool_] | None = None
    background: Floats | None = None
    excused: NDArray[np.bool_] | None = None

    @property
    def multiples(self) -> Floats:
        """Exceedance multiples (C − screening)/screening; NaN where not judged."""
        return np.asarray((self.judged - self.screening) / self.screening)


@dataclass(frozen=True, slots=True)
class SoilRisk:
    """Risk levels of soil samples and what is needed to explain each.

    worst: level of each sample, 0 where nothing could be judged; counted: items judged. spans: the
    editions with the samples they governed; facts_of: facts of one sample beside its items; stand_in:
    the rule for undetected values, None when there were none.
    """

    items: tuple[ItemRisk, ...]
    worst: NDArray[np.uint8]
    counted: NDArray[np.uint8]
    wording: Wording
    spans: tuple[Span, ...]
    forced: bool
    facts_of: Callable[[Index], tuple[Fact, ...]]
    stand_in: Edition | None = None

    def names(self) -> NDArray[np.object_]:
        """The Chinese level of each sample; 无法评价 where nothing could be judged."""
        return named(("无法评价", *self.wording.levels), self.worst)

    @property
    def level(self) -> NDArray[np.uint8]:
        """Levels of all items, (items, *samples)."""
        return np.stack([item.level for item in self.items])

    def deciding_items(self, index: Index) -> tuple[str, ...]:
        """The codes of the items at the sample's level; none where nothing is judged."""
        worst = int(self.worst[index])
        return tuple(row.item for row in self.items if worst and int(row.level[index]) == worst)

    def derivation(self, index: Index = ()) -> Derivation:
        """Why one sample stands at its level."""
        worst = int(self.worst[index])
        names = [row.name for row in self.items if worst and int(row.level[index]) == worst]
        level = self.wording.levels[worst - 1] if worst else "无法评价"
        decided = f"，决定项目：{'、'.join(names)}" if worst > 1 else ""
        asks = f"；{self.wording.asks[worst - 1]}" if worst else ""
        basis = [self._basis(index)]
        if self.stand_in is not None:
            basis.append(Basis.of(self.stand_in, decides="未检出值的取值"))
        return Derivation(
            title=self.wording.title,
            conclusion=f"{level}{decided}{asks}",
            basis=tuple(basis),
            facts=(*self.facts_of(index), *(_fact(row, index) for row in self.items)),
            steps=tuple(self._steps(index, worst)),
            cautions=self._cautions(index),
        )

    def _basis(self, index: Index) -> Basis:
        edition = next(span.edition for span in self.spans if span.where[index])
        levels = [row.confidence for row in self.items if row.level[index]]
        basis = Basis.of(edition, decides=self.wording.decides, forced=self.forced)
        worst = max(levels or [edition.confidence], key=lambda level: level.doubt)
        return replace(basis, confidence=worst)

    def _steps(self, index: Index, worst: int) -> Iterator[Step]:
        for row in self.items:
            number = int(row.level[index])
            if number:
                how = _comparison(row, index)
                deciding = number == worst
                yield Step(row.name, how, self.wording.levels[number - 1], deciding=deciding)
        judged = int(self.counted[index])
        how = f"{judged} 项中最差的一项" if judged else "没有可评价的项目"
        level = self.wording.levels[worst - 1] if worst else "无法评价"
        yield Step("单因子评价", how, level, rounding="全数值比较，不修约")

    def _cautions(self, index: Index) -> tuple[str, ...]:
        missing = [row.name for row in self.items if not row.level[index]]
        coarse = [
            row.name
            for row in self.items
            if row.hidden is not None
            and row.hidden[index]
            and row.given[index] > row.screening[index]
        ]
        found = [f"检出限高于筛选值，不足以判定：{'、'.join(coarse)}"] if coarse else []
        if missing:
            found.append(f"缺测或缺少选用限值的条件而未参加评价：{'、'.join(missing)}")
        return tuple(found)


def item_risk(  # noqa: PLR0913 - one item with all that its comparison needs
    row: Mapping[str, str],
    values: Floats,
    screening: Floats,
    intervention: Floats,
    *,
    hidden: NDArray[np.bool_] | None = None,
    factor: float = 1.0,
    background: Floats | None = None,
) -> ItemRisk:
    """Compare one item. row: of the packaged table; screening, intervention: by sample."""
    judged = values if hidden is None else np.where(hidden, values * factor, values)
    with np.errstate(invalid="ignore"):
        known = ~(np.isnan(judged) | np.isnan(screening))
        above = _over(judged, screening).astype(np.uint8) + _over(judged, intervention)
        level = np.where(known, 1 + above, 0).astype(np.uint8)
        excused = None if background is None else (level > 1) & ~_over(judged, background)
    return ItemRisk(
        item=row["item"],
        name=row["name"],
        unit=row["unit"],
        confidence=Confidence(row["confidence"]),
        given=values,
        judged=judged,
        screening=screening,
        intervention=intervention,
        level=level if excused is None else np.where(excused, 1, level).astype(np.uint8),
        hidden=hidden,
        background=background,
        excused=excused,
    )


def _over(values: Floats | float, limit: Floats) -> NDArray[np.bool_]:
    return np.asarray(values > limit * (1.0 + _NOISE))


def _fact(row: ItemRisk, index: Index) -> Fact:
    value = float(row.given[index])
    if math.isnan(value):
        return Fact(row.name, "缺测")
    if row.hidden is not None and row.hidden[index]:
        remark = f"未检出，以 {float(row.judged[index]):.12g} 参加评价"
        return Fact(row.name, f"<{value:.12g}", row.unit, remark)
    return Fact(row.name, f"{value:.12g}", row.unit)


def _comparison(row: ItemRisk, index: Index) -> str:
    value = float(row.judged[index])
    above, beyond = (
        bool(_over(value, limit[index])) for limit in (row.screening, row.intervention)
    )
    parts = [f"{value:.12g} {'>' if above else '≤'} 筛选值 {float(row.screening[index]):.12g}"]
    intervention = float(row.intervention[index])
    if math.isnan(intervention):
        parts.append("无管制值")
    elif above:
        parts.append(f"{'>' if beyond else '≤'} 管制值 {intervention:.12g}")
    if row.excused is not None and row.background is not None and row.excused[index]:
        parts.append(f"≤ 土壤环境背景值 {float(row.background[index]):.12g}，不纳入污染地块管理")
    return "，".join(parts)
