"""Draw docs/pictures/standards-carbon.png: the factors a megawatt hour is multiplied with.

python scripts/plots/carbon.py
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt  # after the backend is chosen

from zhihuan.standards.carbon import combined_margin, grid_factors
from zhihuan.standards.parameters import parameter

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "standards-carbon.png"
DAY = date(2024, 6, 1)


def main() -> None:
    mpl.rcParams["font.family"] = "Noto Sans CJK SC"
    baseline, _ = grid_factors(DAY).editions_at(())
    bars = {
        "电量边际\n（南方，2019）": float(str(baseline.table["operating_margin"])),
        "容量边际\n（南方，2019）": float(str(baseline.table["build_margin"])),
        "组合边际\n（光伏减排）": float(combined_margin(DAY)),
    } | {
        f"全国平均\n（{edition.name}）": edition.number
        for edition in parameter("carbon/national_grid_mean").editions
    }
    colours = ["#9bb7d4"] * 2 + ["#2e7d32"] + ["#b8a07e"] * (len(bars) - 3)
    _, axes = plt.subplots(figsize=(8.5, 3.4))
    axes.bar_label(axes.bar(list(bars), list(bars.values()), color=colours), fmt="%.4f")
    axes.set(
        ylabel="tCO2/MWh", ylim=(0, 0.95), title="减排用组合边际（绿），用电排放用全国平均（棕）"
    )
    plt.tight_layout()
    plt.savefig(PICTURE, dpi=90)


if __name__ == "__main__":
    main()
