"""Whether water became better or worse between two periods: sections, rivers and basins.

    >>> from datetime import date
    >>> section_change(["Ⅲ", "Ⅴ"], ["Ⅱ", "劣Ⅴ"], on=date(2026, 12, 31)).names.tolist()
    ['有所变好', '有所变差']

A section changes by classes: one is "some", two or more "obvious". A basin changes by the points
its classes I to III gained less the points its 劣Ⅴ gained. Where either period has no class, there
is no change to speak of (""). It refuses to compare baskets of different sections for you.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water.digits import without_noise
from zhihuan.standards.surface_water.law import law_at
from zhihuan.standards.surface_water.quality_class import class_numbers

__all__ = ["Change", "basin_change", "section_change"]

Floats = NDArray[np.float64]
Index = int | tuple[int, ...]

_SECTION = "surface_water/section_change"
_BASIN = "surface_water/basin_change"
_WORDS = np.array(["明显变差", "有所变差", "无明显变化", "有所变好", "明显变好", ""])


@dataclass(frozen=True, slots=True)
class Change:
    """Changes between two periods, all in one shape.

    amount: classes gained (sections) or points gained (basins), positive is better; NaN where one
    period has none. names: 明显变好 … 明显变差, "" there. law: the quantity that draws the line.
    """

    amount: Floats
    names: NDArray[np.str_]
    days: Days
    law: str
    how: tuple[str, tuple[Floats, ...]]
    edition: str | None = None

    def derivation(self, index: Index = ()) -> Derivation:
        """Why one change is called so."""
        place = index if isinstance(index, tuple) else (index,)
        name, amount = str(self.names[place]), float(self.amount[place])
        formula, parts = self.how
        numbers = [f"{float(part[place]):.12g}" for part in parts]
        law = law_at(self.law, self.days, self.names.shape, place, edition=self.edition)
        return Derivation(
            title="水质变化程度",
            conclusion=name or "有一个时段没有结果，无法比较",
            basis=(Basis.of(law, decides="变化程度的分界", forced=self.edition is not None),),
            facts=(
                Fact("分界", f"{law.table['some']}、{law.table['obvious']}", law_unit(self.law)),
            ),
            steps=(Step(formula, "，".join(numbers), f"{amount:+.12g}"),) if name else (),
        )


def section_change(
    before: ArrayLike, after: ArrayLike, *, on: When, edition: str | None = None
) -> Change:
    """How the classes of sections changed.

    before, after: class names or numbers, broadcast. on: the later period's last day. edition:
    forces one.
    Source: 环办〔2011〕22号 (unconfirmed): 1 class some, 2 and more obvious.
    """
    codes = [class_numbers(classes).astype(np.float64) for classes in (before, after)]
    earlier, later = (np.where(code > 0, code, np.nan) for code in codes)
    days = as_days(on)
    amount = np.asarray(earlier - later)
    names = _named(amount, days, _SECTION, edition)
    parts = tuple(np.broadcast_to(part, amount.shape) for part in (earlier, later))
    return Change(amount, names, days, _SECTION, ("前一时段类别 − 后一时段类别", parts), edition)


def basin_change(  # noqa: PLR0913 - two shares of two periods, the day and its law
    good_before: ArrayLike,
    inferior_before: ArrayLike,
    good_after: ArrayLike,
    inferior_after: ArrayLike,
    *,
    on: When,
    edition: str | None = None,
) -> Change:
    """How the shares of a basin's classes changed.

    good_…: share of classes I to III [%]; inferior_…: share worse than V [%]; broadcast; NaN
    missing. The amount is ΔG − ΔD [percentage points]: at most 10 none, at most 20 some.
    Source: 环办〔2011〕22号, change by combined shares (unconfirmed). Nothing is rounded.
    """
    gained = np.asarray(good_after, float) - np.asarray(good_before, float)
    lost = np.asarray(inferior_after, float) - np.asarray(inferior_before, float)
    amount, days = np.asarray(gained - lost), as_days(on)
    names = _named(without_noise(amount), days, _BASIN, edition)
    parts = tuple(np.broadcast_to(part, amount.shape) for part in (gained, lost))
    return Change(amount, names, days, _BASIN, ("ΔG − ΔD", parts), edition)


def law_unit(name: str) -> str:
    """The Chinese unit of a line between changes."""
    return {_SECTION: "个类别", _BASIN: "个百分点"}[name]


def _named(amount: Floats, days: Days, law: str, edition: str | None) -> NDArray[np.str_]:
    # classes: "one" is some change; points: "more than 10" is
    reaches = np.greater_equal if law == _SECTION else np.greater
    steps = np.zeros(np.broadcast_shapes(amount.shape, days.shape), dtype=np.int64)
    for span in spans_in_force(parameter(law), days, edition=edition):
        lines = [float(str(span.edition.table[name])) for name in ("some", "obvious")]
        size = sum(reaches(np.abs(amount), line).astype(np.int64) for line in lines)
        np.copyto(steps, np.where(amount < 0, -size, size), where=span.where)
    steps = np.where(np.isnan(amount), 3, steps)
    return np.asarray(_WORDS[steps + 2])
