"""Rankings of cities: shared ranks, skipped ranks, several keys, improvement.

    >>> rank_cities([2.0, 2.88, 2.07, 2.88], on=np.datetime64("2017-08-31")).ranks
    array([1, 3, 2, 3])

Equal figures share a rank and the next rank is skipped (1, 2, 2, 4). What is compared are the
reported figures, as printed. A city with a missing figure has no rank (-1). It refuses to break
ties by anything but the keys given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.changes import percent_change
from zhihuan.standards.air.law import Law, governing
from zhihuan.standards.dated import When
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation, Fact, Step

__all__ = [
    "BY_COMPOSITE",
    "GUANGDONG_MONTHLY",
    "Improvement",
    "Key",
    "Ranking",
    "guangdong_monthly_ranking",
    "improvement_ranking",
    "rank_by",
    "rank_cities",
]

Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Key:
    """What cities are ordered by: its name (Chinese), and whether high figures come first."""

    name: str
    high_first: bool = False


BY_COMPOSITE = (Key("综合指数"),)
GUANGDONG_MONTHLY = (Key("AQI达标率", high_first=True), Key("PM2.5 浓度"))


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ranks of cities.

    ranks: 1 is best, -1 for a city that could not be ranked, (cities,); figures: what was
    compared, (keys, cities); keys: in order of importance; law: the rule; names: of the cities.
    """

    ranks: Ints
    figures: NDArray[np.float64]
    keys: tuple[Key, ...]
    law: Law
    names: tuple[str, ...] = ()

    @property
    def order(self) -> Ints:
        """Positions of the ranked cities, best first; equals in their given order."""
        best_first = np.argsort(self.ranks, kind="stable")
        return best_first[self.ranks[best_first] > 0]

    def derivation(self, index: int) -> Derivation:
        """Why the city at ``index`` has its rank."""
        rank, ranked = int(self.ranks[index]), int(np.count_nonzero(self.ranks > 0))
        name = self.names[index] if self.names else f"第 {index + 1} 个城市"
        return Derivation(
            title="城市空气质量排名",
            conclusion=f"{name}：第 {rank} 位，共 {ranked} 个"
            if rank > 0
            else f"{name}：缺数据，不参加排名",
            basis=(self.law.basis_at(()),),
            facts=tuple(
                Fact(key.name, _shown(self.figures[row, index]))
                for row, key in enumerate(self.keys)
            ),
            steps=self._steps(index) if rank > 0 else (),
        )

    def _steps(self, index: int) -> tuple[Step, ...]:
        rank = self.ranks[index]
        better = int(np.count_nonzero((self.ranks > 0) & (self.ranks < rank)))
        equal = int(np.count_nonzero(self.ranks == rank)) - 1
        order = "，再按".join(
            f"{key.name}{'从高到低' if key.high_first else '从低到高'}" for key in self.keys
        )
        shared = f"；与 {equal} 个城市并列，其后名次顺延" if equal else ""
        return (Step("名次", f"按{order}；优于它的有 {better} 个{shared}", str(better + 1)),)


def rank_by(
    keys: Sequence[Key],
    figures: Sequence[ArrayLike],
    *,
    names: Sequence[str] = (),
    on: When | None = None,
    edition: str | None = None,
) -> Ranking:
    """Rank cities by one or several keys, equals sharing a rank and the next one skipped.

    keys: most important first; figures: for each key the reported figure of every city,
    (cities,). NaN in any of them: no rank. names: for derivations. on: last day of the period.
    Raises OutsideEditionsError; ValueError when keys and figures differ in number, or names in length.
    Source: 城市环境空气质量排名技术规定 (2018; second hand); Anhui and Guangdong bulletins.
    """
    if len(keys) != len(figures) or not keys:
        raise ValueError(f"{len(keys)} keys but {len(figures)} figures; give one array a key")
    table = np.stack([decimal_floats(row).reshape(-1) for row in figures])
    if names and len(names) != table.shape[1]:
        raise ValueError(f"{len(names)} names for {table.shape[1]} cities")
    law = _rule(on, edition)
    signs = np.array([-1.0 if key.high_first else 1.0 for key in keys])
    ranks = _shared_ranks(table * signs[:, np.newaxis])
    return Ranking(ranks, table, tuple(keys), law, tuple(names))


def rank_cities(
    composite: ArrayLike,
    *,
    names: Sequence[str] = (),
    on: When | None = None,
    edition: str | None = None,
) -> Ranking:
    """Rank by the reported composite index, smallest first: the ranking of the 168 cities.

    As ``rank_by``; which cities take part is the caller's choice: no list is packaged.
    """
    return rank_by(BY_COMPOSITE, [composite], names=names, on=on, edition=edition)


def guangdong_monthly_ranking(
    attainment_percent: ArrayLike,
    pm25: ArrayLike,
    *,
    names: Sequence[str] = (),
    on: When | None = None,
    edition: str | None = None,
) -> tuple[Ranking, Ranking]:
    """The two rankings of Guangdong's monthly bulletin: by AQI attainment, and by PM2.5.

    attainment_percent: reported [%], high first, ties by PM2.5 [µg/m³] low first; cities equal in
    both share the rank. Returns (by attainment, by PM2.5).
    Source: 广东省城市环境空气质量状况, note 2 (2022-09 and 2024-03 reproduce).
    """
    by_aqi = rank_by(
        GUANGDONG_MONTHLY, [attainment_percent, pm25], names=names, on=on, edition=edition
    )
    by_pm25 = rank_by(GUANGDONG_MONTHLY[1:], [pm25], names=names, on=on, edition=edition)
    return by_aqi, by_pm25


@dataclass(frozen=True, slots=True)
class Improvement:
    """Cities by the change of their composite index.

    change_percent: reported change [%], negative is better, (cities,); improved: ranking by the
    change, the largest fall first; worsened: ranking of the cities that may be named as having
    worsened, the largest rise first; cities that meet all six limits, and those that did not rise,
    have no rank there.
    """

    change_percent: NDArray[np.float64]
    improved: Ranking
    worsened: Ranking


def improvement_ranking(  # noqa: PLR0913 - two of them choose the edition
    now: ArrayLike,
    before: ArrayLike,
    *,
    attains_all: ArrayLike = False,
    names: Sequence[str] = (),
    on: When | None = None,
    edition: str | None = None,
) -> Improvement:
    """Rank cities by the rate of change of their composite index.

    now, before: reported composite indices of the two periods, (cities,). attains_all: whether
    the city meets all six limits now. Same rates share a rank.
    Source: 城市环境空气质量排名技术规定 (2018; second hand), ministry's explanation of 2017-02.
    Rounding: the rate to 1 decimal, from the reported indices.
    """
    change = percent_change(now, before)
    exempt = np.broadcast_to(np.asarray(attains_all, dtype=bool), change.shape)
    rose = np.where((change > 0) & ~exempt, change, np.nan)
    key = "综合指数同比变化率"
    return Improvement(
        change,
        rank_by([Key(key)], [change], names=names, on=on, edition=edition),
        rank_by([Key(key, high_first=True)], [rose], names=names, on=on, edition=edition),
    )


def _rule(on: When | None, edition: str | None) -> Law:
    return governing("air/ranking/ties", decides="并列与名次", on=on, edition=edition)


def _shared_ranks(table: NDArray[np.float64]) -> Ints:
    """Competition ranks (1, 2, 2, 4) of the columns of ``table``, smallest first; -1 with NaN."""
    ranked = ~np.isnan(table).any(axis=0)
    ranks = np.full(table.shape[1], -1, dtype=np.intp)
    columns = table[:, ranked]
    order = np.lexsort(columns[::-1])
    ordered = columns[:, order]
    differs = np.ones(ordered.shape[1], dtype=bool)
    differs[1:] = (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)
    firsts = np.maximum.accumulate(np.where(differs, np.arange(1, differs.size + 1), 0))
    placed = np.empty(differs.size, dtype=np.intp)
    placed[order] = firsts
    ranks[ranked] = placed
    return ranks


def _shown(figure: float) -> str:
    return "缺" if np.isnan(figure) else f"{figure:g}"
