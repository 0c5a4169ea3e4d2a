"""Draw docs/pictures/standards-sea.png: the class of sea water over its nitrogen and phosphate.

python scripts/plots/sea.py
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt  # after the backend is chosen
import numpy as np
from matplotlib.colors import ListedColormap

from zhihuan.standards.sea import CLASS_NAMES, eutrophication, sea_class

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "standards-sea.png"
DAY = date(2026, 8, 1)
COLOURS = ["#73b2ff", "#b2ddf7", "#d9d2c3", "#beb1a1", "#9b856e"]  # blue to brown, as in bulletins
COD = 1.5


def main() -> None:
    """Classes as areas, the eutrophication index as lines."""
    mpl.rcParams["font.family"] = "Noto Sans CJK SC"
    din, dip = np.meshgrid(np.linspace(0.02, 0.62, 601), np.linspace(0.002, 0.058, 561))
    classes = sea_class({"din": din, "po4": dip}, on=DAY).worst
    index = eutrophication(COD, din, dip, on=DAY).index
    _, axes = plt.subplots(figsize=(8.5, 4))
    extent = (din.min(), din.max(), dip.min(), dip.max())
    axes.imshow(
        classes, extent=extent, origin="lower", aspect="auto", cmap=ListedColormap(COLOURS),
        vmin=0.5, vmax=5.5, interpolation="nearest",
    )  # fmt: skip
    lines = axes.contour(din, dip, index, levels=[1, 3], colors="#0f172a", linewidths=1)
    axes.clabel(lines, fmt="E = %g", fontsize=8)
    for name, x, y in zip(
        CLASS_NAMES, (0.1, 0.16, 0.35, 0.42, 0.56), (0.008, 0.024, 0.022, 0.039, 0.051), strict=True
    ):
        axes.text(x, y, name, ha="center", va="center", fontsize=9)
    axes.set(
        xlabel="无机氮（mg/L，以N计）",
        ylabel="活性磷酸盐（mg/L，以P计）",
        title=f"海水水质类别与富营养化指数（COD {COD} mg/L）",
    )
    plt.tight_layout()
    plt.savefig(PICTURE, dpi=90)


if __name__ == "__main__":
    main()
