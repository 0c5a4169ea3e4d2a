"""Main pollutants of a sea area: which items exceed, by the share of points where they do.

    >>> from datetime import date
    >>> from zhihuan.standards.sea.water_class import sea_class
    >>> judged = sea_class({"din": [0.4, 0.6, 0.1], "po4": [0.02, 0.05, 0.01]}, on=date(2026, 8, 1))
    >>> [(item.name, round(item.rate)) for item in main_pollutants(judged, on=date(2026, 8, 1))]
    [('无机氮', 67), ('活性磷酸盐', 33)]

Exceeding is measured against the second class. It refuses to name items that nowhere exceed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhihuan.standards.dated import When, edition_on
from zhihuan.standards.parameters import parameter
from zhihuan.standards.sea.water_class import SeaClasses

__all__ = ["MainPollutant", "main_pollutants"]


@dataclass(frozen=True, slots=True)
class MainPollutant:
    """One exceeding item. rate: share of judged points that exceed [%]; exceeding, judged: how
    many; greatest_multiple: (C − limit)/limit at the worst point, NaN where it means nothing.
    """

    item: str
    name: str
    rate: float
    exceeding: int
    judged: int
    greatest_multiple: float


def main_pollutants(judged: SeaClasses, *, on: When) -> tuple[MainPollutant, ...]:
    """The items with the greatest share of points over class 2, at most three, worst first.

    judged: the points of the area, all samples together; on: the day whose rule chooses. Equal
    shares are ordered by the greatest multiple. Source: HJ 442-2008, HJ 442.10-2020 (unconfirmed).
    """
    rule = edition_on(parameter("sea/main_pollutants"), on).table
    measure, most = int(str(rule["measure"])), int(str(rule["most"]))
    found = [
        entry
        for entry in (
            _pollutant(judged, place, measure) for place in range(len(judged.classed.items))
        )
        if entry.exceeding
    ]
    found.sort(key=lambda entry: (-entry.rate, -np.nan_to_num(entry.greatest_multiple)))
    return tuple(found[:most])


def _pollutant(judged: SeaClasses, place: int, measure: int) -> MainPollutant:
    numbers = judged.classed.item_class[place]
    exceeding, counted = int((numbers > measure).sum()), int((numbers > 0).sum())
    multiples = judged.classed.multiples(measure)[place]
    table, item = judged.classed.tables[-1], judged.classed.items[place]
    return MainPollutant(
        item=item,
        name=table[item].name,
        rate=100.0 * exceeding / counted if counted else float("nan"),
        exceeding=exceeding,
        judged=counted,
        greatest_multiple=float(np.nanmax(multiples))
        if not np.isnan(multiples).all()
        else float("nan"),
    )
