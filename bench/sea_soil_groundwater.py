"""Sea water, groundwater and soil on one core: samples a second, beside a loop over samples.

Each figure is the default call with all its checks; two values in a hundred are missing. The loop reads
the same packaged rows a sample at a time and must come to the same class everywhere. Seconds are
processor time.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bench._dose import add_doses, dose_of
from zhihuan.standards.groundwater import groundwater_class
from zhihuan.standards.sea import sea_class, sea_items
from zhihuan.standards.soil import development_land, farmland

Columns = dict[str, NDArray[np.float64]]
DAY = date(2026, 9, 30)
BEST_OF = 3


def columns(count: int, tops: dict[str, float]) -> Columns:
    """Values up to each item's top, skewed to its low end, two in a hundred missing."""
    chance = np.random.default_rng(3097)
    made = {item: top * (0.01 + 0.99 * chance.random(count) ** 2) for item, top in tops.items()}
    for values in made.values():
        values[chance.random(count) < 0.02] = np.nan
    return made


def sea_loop(samples: Columns) -> list[int]:
    """Sea-water classes one sample after another."""
    limits = {item: sea_items(on=DAY)[item] for item in samples}
    return [
        max(
            (
                0
                if math.isnan(value)
                else next(
                    (
                        number
                        for number, (low, high) in enumerate(zip(row.low, row.high, strict=True), 1)
                        if (low < value if row.open_ends else low <= value) and value <= high
                    ),
                    len(row.low) + 1,
                )
            )
            for row, value in zip(limits.values(), sample, strict=True)
        )
        for sample in zip(*(values.tolist() for values in samples.values()), strict=True)
    ]


def rate(count: int, call: Callable[[], object]) -> float:
    """Millions of samples a second of processor time, the best of a few rounds."""
    seconds = []
    for _ in range(BEST_OF):
        started = time.process_time()
        call()
        seconds.append(time.process_time() - started)
    return count / min(seconds) / 1e6


def say(name: str, figure: float, unit: str, note: str = "") -> None:
    """One figure as a JSON line."""
    line = {"bench": f"sea, soil, groundwater: {name}", "figure": round(figure, 3), "unit": unit}
    print(json.dumps(line | {"target": None, "note": note}, ensure_ascii=False))


def main() -> None:
    """All figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "small doses")
    count = dose_of(parser.parse_args(), 1_000_000, 100_000, 50_000)
    unit = "M samples/s"
    sea = columns(count, {"do": 9, "cod": 6, "din": 0.8, "po4": 0.06, "oil": 0.6, "cu": 0.06})
    ours = rate(count, lambda: sea_class(sea, on=DAY))
    say("sea water, six items", ours, unit)
    few = {item: values[:50_000] for item, values in sea.items()}
    loop = rate(50_000, lambda: sea_loop(few))
    equal = sea_class(few, on=DAY).worst.tolist() == sea_loop(few)
    note = f"{loop:.3f} M/s; same classes: {equal}"
    say("sea water beside a loop over samples", ours / loop, "times", note)
    ground = columns(count, {"nh3n": 3, "fe": 3, "hardness": 800, "as": 0.1, "no3n": 40, "mn": 2})
    figure = rate(count, lambda: groundwater_class(ground, on=DAY))
    say("groundwater, six items", figure, unit)
    days = np.datetime64("2014-01-01") + np.random.default_rng(1).integers(0, 3000, count)
    figure = rate(count, lambda: groundwater_class(ground, on=days))
    say("groundwater, a day each sample", figure, unit, "across both editions")
    soil = columns(count, {"cd": 3, "hg": 4, "as": 150, "pb": 900, "cu": 300})
    ph = 4 + 5 * np.random.default_rng(2).random(count)
    figure = rate(count, lambda: farmland(soil, ph, "水田", on=DAY))
    say("farmland, five items", figure, unit)
    land = np.random.default_rng(3).integers(1, 3, count)
    figure = rate(count, lambda: development_land(soil, land, on=DAY))
    say("development land, five items", figure, unit)


if __name__ == "__main__":
    main()
