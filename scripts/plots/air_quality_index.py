"""Draw docs/pictures/standards-air_quality_index.png: the index over PM2.5 in both editions.

python scripts/plots/air_quality_index.py
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from zhihuan.standards.air import iaqi, levels

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "standards-air_quality_index.png"
EDITIONS = {"HJ 633-2012": ("#1f2937", "--"), "HJ 633-2026": ("#1d4ed8", "-")}
TITLES = {"PM25_24h": "PM2.5 日平均", "PM10_24h": "PM10 日平均", "O3_8h": "O3 日最大 8 小时"}
LAST = {"PM25_24h": 300, "PM10_24h": 520, "O3_8h": 820}


def draw_levels(axes: Axes) -> None:
    """The bands of the levels, in their own colours, light."""
    low = 0
    for level in levels(edition="HJ 633-2026"):
        high = level.highest or 500
        colour = tuple(part / 255 for part in level.rgb)
        axes.axhspan(low, high, color=colour, alpha=0.18, linewidth=0)
        axes.text(0.99, (low + min(high, 320)) / 2, level.name, transform=axes.get_yaxis_transform(),
                  ha="right", va="center", fontsize=7, color="#444444")  # fmt: skip
        low = high


def draw_column(axes: Axes, column: str) -> None:
    """The index of one column over its concentration, both editions."""
    values = np.arange(0, LAST[column] + 1.0)
    draw_levels(axes)
    for edition, (colour, style) in EDITIONS.items():
        found = iaqi(values, column, edition=edition, checked=False).values
        axes.plot(values, found, color=colour, linestyle=style, linewidth=1.4, label=edition)
    axes.set(xlim=(0, values[-1]), ylim=(0, 320), title=TITLES[column], xlabel="浓度（µg/m³）")
    axes.legend(loc="upper left", fontsize=7, framealpha=0.9)


def main() -> None:
    """Draw the three panels."""
    mpl.rcParams["font.family"] = "Noto Sans CJK SC"
    mpl.rcParams["font.size"] = 9
    figure, panels = plt.subplots(1, 3, figsize=(9, 3.2), sharey=True, layout="constrained")
    for axes, column in zip(panels, TITLES, strict=True):
        draw_column(axes, column)
    panels[0].set_ylabel("空气质量分指数（IAQI）")
    figure.savefig(PICTURE, dpi=130)


if __name__ == "__main__":
    main()
