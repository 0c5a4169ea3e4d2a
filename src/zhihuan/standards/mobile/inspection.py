"""The periodic exhaust test: petrol (GB 18285-2018) and diesel (GB 3847-2018), limit a or b.

    >>> from datetime import date
    >>> found = judge_inspection(Fuel.DIESEL, "lug_down", {"absorption": [0.9, 0.9],
    ...     "nox": [800.0, 800.0], "power_percent": [55.0, 35.0]}, on=date(2026, 3, 1))
    >>> found.verdict.tolist()
    [0, 1]

A test passes only when every item does; an item that was not measured leaves it UNJUDGED unless
another fails. Limit a binds everywhere, limit b where a government has adopted it: the caller
says which. All numbers are unconfirmed. It refuses methods and items the tables do not know.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, Span, When, as_days, spans_in_force
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.emission.verdict import VERDICT_TEXT, Verdict, Verdicts, worst
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import parameter

__all__ = ["Fuel", "InspectionJudgement", "LimitSet", "judge_inspection"]

Floats = NDArray[np.float64]
Rows = list[Mapping[str, str]]
Index = int | tuple[int, ...]


class Fuel(StrEnum):
    """Which standard: the value is its dated parameter's name."""

    PETROL = "mobile/gb18285"
    DIESEL = "mobile/gb3847"


class LimitSet(StrEnum):
    """A: the whole country. B: stricter, where a government has adopted it."""

    A = "a"
    B = "b"


@dataclass(frozen=True, slots=True)
class InspectionJudgement:
    """verdict: (vehicles,). item_verdict, value, lower, upper: (items, vehicles), in the order of
    ``items``; NaN limits where there is none."""

    verdict: Verdicts
    item_verdict: Verdicts
    value: Floats
    lower: Floats
    upper: Floats
    items: tuple[str, ...]
    names: tuple[str, ...]
    units: tuple[str, ...]
    spans: tuple[Span, ...]
    limit_set: LimitSet
    forced: bool

    def derivation(self, index: Index = 0) -> Derivation:
        """Why the vehicle at ``index`` passes, fails, or cannot be judged."""
        edition = next(span.edition for span in self.spans if span.where[index])
        verdict = Verdict(int(self.verdict[index]))
        conclusion = {Verdict.WITHIN: "合格", Verdict.EXCEEDS: "不合格"}.get(verdict, "无法判定")
        at = index if isinstance(index, tuple) else (index,)
        rows = range(len(self.items))
        return Derivation(
            title="机动车排气检验",
            conclusion=conclusion,
            basis=(Basis.of(edition, decides=f"限值 {self.limit_set}", forced=self.forced),),
            facts=tuple(
                Fact(self.names[row], _text(float(self.value[row, *at])), self.units[row])
                for row in rows
            ),
            steps=tuple(self._step(row, at) for row in rows),
            cautions=("外观检验、OBD 检查不合格的，不再以排气结果判定合格。",),
        )

    def _step(self, row: int, at: tuple[int, ...]) -> Step:
        low, high = float(self.lower[row, *at]), float(self.upper[row, *at])
        verdict = Verdict(int(self.item_verdict[row, *at]))
        bounds = " 且 ".join(
            f"{sign} {bound:g}" for sign, bound in (("≥", low), ("≤", high)) if not np.isnan(bound)
        )
        return Step(
            self.names[row], f"{_text(float(self.value[row, *at]))}，要求 {bounds}",
            VERDICT_TEXT[verdict], rounding="全数值比较，不修约（GB/T 8170-2008）",
            deciding=verdict is Verdict.EXCEEDS,
        )  # fmt: skip


def judge_inspection(  # noqa: PLR0913 - the last three have defaults
    fuel: Fuel,
    method: str,
    readings: Mapping[str, ArrayLike],
    *,
    on: When,
    limit_set: LimitSet = LimitSet.A,
    edition: str | None = None,
) -> InspectionJudgement:
    """Whether vehicles pass an exhaust test.

    method: petrol two_speed_idle, asm5025, asm2540, short_transient, transient; diesel
    free_acceleration, lug_down. readings: item -> (vehicles,), in the table's unit; items of one
    group (absorption, opacity) stand for each other; items that are not required may be left out.
    on: the day of each test. limit_set, edition: chosen by the caller. NaN: not measured.
    Raises InputRefusedError, OutsideEditionsError (before 2019-05-01).
    Source: GB 18285-2018, GB 3847-2018, in force 2019-05-01; numbers unconfirmed. λ is held
    against 1.00 ± 0.05; a maker's own range is not known here.
    """
    columns = np.broadcast_arrays(
        *(np.atleast_1d(decimal_floats(one)) for one in readings.values()),
        as_days(on),
    )
    days: Days = columns[-1]
    spans = spans_in_force(parameter(fuel), days, edition=edition)
    known = _rows((span.edition.rows for span in spans), fuel, method)
    _refuse_unknown(readings, known)
    given = dict(zip(readings, columns, strict=False))
    refuse_bad(("mobile/reading", column) for column in given.values())
    rows = [row for row in known if row["required"] == "yes" or row["item"] in given]
    missing = np.full(days.shape, np.nan)
    value = np.stack([given.get(row["item"], missing) for row in rows])
    lower, upper = (
        _bounds(spans, method, rows, f"{end}_{limit_set}") for end in ("lower", "upper")
    )
    verdicts = _verdicts(value, lower, upper)
    return InspectionJudgement(
        verdict=worst(_groups(verdicts, rows)), item_verdict=verdicts,
        value=value, lower=lower, upper=upper,
        items=tuple(row["item"] for row in rows), names=tuple(row["name"] for row in rows),
        units=tuple(row["unit"] for row in rows), spans=spans, limit_set=limit_set,
        forced=edition is not None,
    )  # fmt: skip


def _rows(tables: Iterable[Iterable[Mapping[str, str]]], fuel: Fuel, method: str) -> Rows:
    """The rows of the method in the first table; all editions print the same items."""
    table = list(next(iter(tables), parameter(fuel).editions[-1].rows))
    rows = [row for row in table if row["method"] == method]
    if not rows:
        methods = "、".join(dict.fromkeys(row["method"] for row in table))
        raise InputRefusedError([
            InputProblem(-1, "检验方法", method, "没有这种方法", f"可用的有：{methods}")
        ])  # fmt: skip
    return rows


def _refuse_unknown(readings: Mapping[str, ArrayLike], rows: Rows) -> None:
    items = [row["item"] for row in rows]
    problems = []
    for item in readings:
        if item not in items:
            near = difflib.get_close_matches(item, items, n=1) or items
            problems.append(
                InputProblem(
                    -1, "检验项目", item, "该方法没有此项目", f"可用的有：{'、'.join(near)}"
                )
            )
    if problems or not readings:
        raise InputRefusedError(
            problems or [InputProblem(-1, "检验读数", "（空）", "没有读数", "请至少给出一项")]
        )


def _bounds(spans: tuple[Span, ...], method: str, rows: Rows, column: str) -> Floats:
    """The limit of each row on each day, (items, vehicles)."""
    shape = spans[0].where.shape if spans else (0,)
    bounds = np.full((len(rows), *shape), np.nan)
    for span in spans:
        cells = {row["item"]: row[column] for row in span.edition.rows if row["method"] == method}
        for place, row in enumerate(rows):
            bounds[place][span.where] = float(cells[row["item"]] or "nan")
    return bounds


def _verdicts(value: Floats, lower: Floats, upper: Floats) -> Verdicts:
    outside = (value > upper) | (value < lower)
    verdict = np.where(outside, Verdict.EXCEEDS, Verdict.WITHIN)
    return np.where(np.isnan(value), Verdict.UNJUDGED, verdict).astype(np.int8)


def _groups(verdicts: Verdicts, rows: Rows) -> Verdicts:
    """One verdict a group: any of its items decides; a group nobody needs is EXEMPT unmeasured."""
    found = []
    for group in dict.fromkeys(row["group"] for row in rows):
        places = [place for place, row in enumerate(rows) if row["group"] == group]
        best = verdicts[places].max(axis=0)  # EXCEEDS > WITHIN > UNJUDGED
        if rows[places[0]]["required"] != "yes":
            best = np.where(best == Verdict.UNJUDGED, Verdict.EXEMPT, best)
        found.append(best)
    return np.stack(found).astype(np.int8)


def _text(value: float) -> str:
    return "缺测" if np.isnan(value) else f"{value:.10g}"
