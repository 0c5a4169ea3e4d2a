"""Draw docs/pictures/standards-groundwater.png: class III limits before and since 2018-05-01.

python scripts/plots/groundwater.py
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt  # after the backend is chosen

from zhihuan.standards.groundwater import groundwater_items

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "standards-groundwater.png"
BEFORE, SINCE = date(2018, 4, 30), date(2018, 5, 1)
CLASS_THREE, CLASS_FOUR = 2, 3
COUNTED = {"coli", "bacteria", "ddt", "hch"}  # counted or weighed in another unit then


def changes(place: int) -> dict[str, float]:
    """Items of both editions whose limit moved: the new one over the old."""
    old, new = groundwater_items(on=BEFORE), groundwater_items(on=SINCE)
    both = [limits.item for limits in new if limits.item in old and limits.item not in COUNTED]
    ratios = {
        new[item].name: new[item].high[place] / old[item].high[place]
        for item in both
        if item != "ph" and old[item].high[place] not in (0, float("inf"))
    }
    return {name: ratio for name, ratio in ratios.items() if abs(ratio - 1) > 1e-9}


def main() -> None:
    """Two panels of bars on a logarithmic scale."""
    mpl.rcParams["font.family"] = "Noto Sans CJK SC"
    figure, panels = plt.subplots(1, 2, figsize=(8.5, 4.4), layout="constrained")
    for axes, place, title in zip(
        panels, (CLASS_THREE, CLASS_FOUR), ("Ⅲ类限值", "Ⅳ类限值"), strict=True
    ):
        moved = dict(sorted(changes(place).items(), key=lambda entry: entry[1]))
        colours = ["#1d4ed8" if ratio < 1 else "#b45309" for ratio in moved.values()]
        axes.barh(list(moved), [ratio - 1 for ratio in moved.values()], left=1, color=colours)
        for row, ratio in enumerate(moved.values()):
            side = "left" if ratio > 1 else "right"
            axes.text(ratio, row, f" ×{ratio:.3g} ", ha=side, va="center", fontsize=7)
        axes.axvline(1, color="#64748b", linewidth=0.8)
        axes.set(xscale="log", xlim=(0.05, 400), title=title, xlabel="2017 年版 ÷ 1993 年版")
        axes.tick_params(axis="y", labelsize=8)
    figure.suptitle("2018-05-01 起收紧（蓝）与放宽（棕）的限值", fontsize=10)
    figure.savefig(PICTURE, dpi=90)


if __name__ == "__main__":
    main()
