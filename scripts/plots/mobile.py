"""Draw docs/pictures/standards-mobile.png: where a remote-sensing record counts.

python scripts/plots/mobile.py
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import matplotlib as mpl
import numpy as np

mpl.use("Agg")
import matplotlib.pyplot as plt  # after the backend is chosen

from zhihuan.standards.mobile import inside_window, specific_power

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "standards-mobile.png"
DAY = date(2026, 3, 1)


def main() -> None:
    mpl.rcParams["font.family"] = "Noto Sans CJK SC"
    mpl.rcParams["axes.unicode_minus"] = False
    figure, panels = plt.subplots(1, 2, figsize=(9.5, 3.8), sharey=True)
    kilometres, gain = np.meshgrid(np.linspace(0, 90, 181), np.linspace(-1.5, 2, 141))
    for axes, slope in zip(panels, (0.0, 2.0), strict=True):
        power = specific_power(kilometres / 3.6, gain, slope)
        counts = inside_window(power, DAY)
        axes.contourf(kilometres, gain, counts, levels=[0.5, 1.5], colors=["#cfe6d4"])
        lines = axes.contour(kilometres, gain, power, levels=[-10, 0, 5, 14, 20, 30], colors="0.3",
                             linewidths=0.8)  # fmt: skip
        axes.clabel(lines, fmt="%g")
        axes.set(xlabel="车速（km/h）", title=f"坡度 {slope:g}°")
    panels[0].set_ylabel("加速度（m/s²）")
    figure.suptitle("比功率（kW/t）；绿色：记录有效（0～14，上限未经证实）", fontsize=11)
    plt.tight_layout()
    plt.savefig(PICTURE, dpi=90)


if __name__ == "__main__":
    main()
