"""Draw docs/pictures/standards-surface_water.png: where each item's classes begin and end.

python scripts/plots/surface_water.py
"""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt  # after the backend is chosen

from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water.limits import LIMITS, limit_table

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "standards-surface_water.png"
COLOURS = ["#2b6cb0", "#63a4e0", "#4caf50", "#f2c94c", "#f2994a", "#d64545"]
NAMES = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ"]
ENDS = (0.008, 30.0)


def main() -> None:
    mpl.rcParams["font.family"] = "Noto Sans CJK SC"
    table = limit_table(parameter(LIMITS).editions[-1])
    items = [limits for limits in table if all(isfinite(high) for high in limits.high)]
    items = [limits for limits in items if limits.item != "ph"]
    _, axes = plt.subplots(figsize=(9, 6.2))
    for row, limits in enumerate(items):
        good = limits.high[2]
        edges = [ENDS[0], *(high / good for high in limits.high), ENDS[1]]
        for colour, left, right in zip(COLOURS, edges, edges[1:], strict=False):
            axes.barh(row, right - left, left=left, color=colour, height=0.8)
    axes.set_yticks(range(len(items)), [limits.name for limits in items])
    axes.invert_yaxis()
    axes.set(
        xscale="log", xlim=ENDS, xlabel="浓度 ÷ Ⅲ类限值", title="GB 3838-2002 表1：各类别的浓度范围"
    )
    axes.axvline(1, color="black", linewidth=0.8)
    patches = [plt.Rectangle((0, 0), 1, 1, color=colour) for colour in COLOURS]
    axes.legend(patches, NAMES, ncol=6, loc="upper center", bbox_to_anchor=(0.5, -0.1))
    plt.tight_layout()
    plt.savefig(PICTURE, dpi=85)


if __name__ == "__main__":
    main()
