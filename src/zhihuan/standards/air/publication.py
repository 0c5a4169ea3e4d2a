"""Whether an AQI may be published when pollutants are missing, and how its cells read.

    >>> from zhihuan.standards.air.aqi import daily_aqi
    >>> told = publication(daily_aqi({"PM25": [40, 80]}, edition="HJ 633-2026"))
    >>> told.aqi_text(0), told.aqi_text(1)
    ('NA', '119')

Since 2026 an AQI reckoned without some pollutant is published only above 100; below, single
concentrations and indices are, and AQI, level and primary pollutant read NA. A pollutant that the
programme of the point does not measure reads ``/`` and is excused when three years of measurements
show that it never was the primary pollutant of a polluted day. The 2012 edition marks the missing
item NA and publishes the rest. It refuses to decide the excuse: that is the reviewer's knowledge.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.air.aqi import AirQualityIndex
from zhihuan.standards.air.aqi_derivation import item_name
from zhihuan.standards.air.aqi_rules import Rules, rule_spans, threshold
from zhihuan.standards.air.breakpoints import Indices
from zhihuan.standards.air.law import Place, place_of
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step

__all__ = ["NOT_AVAILABLE", "NOT_MEASURED", "Publication", "publication"]

NOT_AVAILABLE, NOT_MEASURED = "NA", "/"
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published of judged records.

    judged: the records. aqi: the AQI to publish, NaN where NA. withheld: an AQI was reckoned but
    is not to be published. missing: how many pollutants without excuse are missing.
    """

    judged: AirQualityIndex
    aqi: Indices
    withheld: Marks
    missing: NDArray[np.int8]
    not_measured: frozenset[str]
    excused: frozenset[str]

    def aqi_text(self, index: int | Place = ()) -> str:
        """The AQI of a record as printed: digits or NA."""
        value = self.aqi[place_of(index)]
        return NOT_AVAILABLE if np.isnan(value) else f"{value:.0f}"

    def primary_at(self, index: int | Place = ()) -> tuple[str, ...] | None:
        """The primary pollutants to publish; None where they read NA."""
        place = place_of(index)
        return None if np.isnan(self.aqi[place]) else self.judged.primary_at(place)

    def cell(self, item: str, index: int | Place = ()) -> tuple[str, str]:
        """Concentration and index of one item as printed."""
        if item in self.not_measured:
            return NOT_MEASURED, NOT_MEASURED
        place = place_of(index)
        values = self.judged.concentrations.get(item)
        found = self.judged.iaqi[item][place]
        shown = np.nan if values is None else float(values[place])
        return (
            NOT_AVAILABLE if np.isnan(shown) else f"{shown:.12g}",
            NOT_AVAILABLE if np.isnan(found) else f"{found:.0f}",
        )

    def derivation(self, index: int | Place = ()) -> Derivation:
        """Why the AQI of a record is or is not published."""
        place = place_of(index)
        rules, reckoned = self.judged.rules_at(place), self.judged.aqi[place]
        text, missing = self.aqi_text(place), int(self.missing[place])
        bound = threshold(rules.editions["missing_publish_above"])
        shown = "无" if np.isnan(reckoned) else f"{reckoned:.0f}"
        how = f"由其余项目得出的 AQI 为 {shown}"
        if missing and np.isfinite(bound):
            how += f"，有项目缺测时须大于 {bound:g} 才发布"
        return Derivation(
            title="空气质量指数的发布",
            conclusion=f"发布 AQI：{text}",
            basis=(
                Basis.of(
                    rules.editions["missing_rule"], decides="缺测时的发布", forced=rules.forced
                ),
            ),
            facts=(
                Fact("缺测且不可免除的项目数", str(missing)),
                Fact("未开展监测的项目", "、".join(map(item_name, sorted(self.not_measured))) or "无"),
                Fact("其中连续三年未成为污染日首要污染物的", "、".join(map(item_name, sorted(self.excused))) or "无"),
            ),
            steps=(Step("是否发布", how, text, deciding=True),),
        )  # fmt: skip


def publication(
    judged: AirQualityIndex,
    *,
    not_measured: Collection[str] = (),
    never_primary: Collection[str] = (),
) -> Publication:
    """Decide for each judged record whether its AQI is published.

    not_measured: items that the programme of the point leaves out. never_primary: those among them
    that three years in a row were not primary on a polluted day; they are excused.
    Raises KeyError for an item the report does not have.
    Source: HJ 633-2012, 5.1.1, tables 3, 4 (notes); HJ 633-2026, 5.3.1, 5.3.2, tables 4, 5 (notes).
    """
    unknown = sorted({*not_measured, *never_primary} - set(judged.items))
    if unknown:
        raise KeyError(f"no item {', '.join(unknown)}; the report has: {', '.join(judged.items)}")
    excused = frozenset(not_measured) & frozenset(never_primary)
    aqi = np.full(judged.shape, np.nan, dtype=np.float32)
    missing = np.zeros(judged.shape, dtype=np.int8)
    for span in rule_spans(judged.report, judged.days, judged.edition):
        counted = _missing(judged, span.rules, excused)
        rule = _RULES[span.rules.editions["missing_rule"].text]
        shown = rule(judged.aqi, counted, span.rules)
        np.copyto(missing, counted, where=span.where)
        np.copyto(aqi, np.where(shown, judged.aqi, np.float32(np.nan)), where=span.where)
    withheld = np.asarray(np.isnan(aqi) & ~np.isnan(judged.aqi))
    return Publication(judged, aqi, withheld, missing, frozenset(not_measured), excused)


def _missing(judged: AirQualityIndex, rules: Rules, excused: frozenset[str]) -> NDArray[np.int8]:
    found = np.zeros(judged.shape, dtype=np.int8)
    for item in rules.columns:
        if item not in excused:
            found += np.isnan(judged.iaqi[item])
    return found


def _from_the_rest(aqi: Indices, missing: NDArray[np.int8], rules: Rules) -> Marks:  # noqa: ARG001
    return np.asarray(~np.isnan(aqi))


def _from_the_rest_if_polluted(aqi: Indices, missing: NDArray[np.int8], rules: Rules) -> Marks:
    above = threshold(rules.editions["missing_publish_above"])
    return np.asarray((missing == 0) | (aqi > above))


_RULES: Mapping[str, Callable[[Indices, NDArray[np.int8], Rules], Marks]] = MappingProxyType(
    {
        "from_the_rest": _from_the_rest,
        "from_the_rest_if_polluted": _from_the_rest_if_polluted,
    }
)
