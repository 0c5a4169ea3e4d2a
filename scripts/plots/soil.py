"""Draw docs/pictures/standards-soil.png: cadmium limits of farmland over the soil's pH.

python scripts/plots/soil.py
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt  # after the backend is chosen
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from zhihuan.standards.soil import LAND_USES, farmland

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "standards-soil.png"
DAY = date(2026, 5, 1)
COLOURS = ["#86c08a", "#f3d26b", "#d9705f"]


def draw(axes: Axes, use: str) -> None:
    """The level of cadmium over pH and content, for one land use."""
    ph, content = np.meshgrid(np.linspace(4, 9, 501), np.geomspace(0.1, 6, 400))
    levels = farmland({"cd": content}, ph, use, on=DAY).worst
    axes.pcolormesh(ph, content, levels, cmap=ListedColormap(COLOURS), vmin=0.5, vmax=3.5)
    for name, height in zip(
        ("优先保护类", "安全利用类", "严格管控类"), (0.17, 1.0, 4.9), strict=True
    ):
        axes.text(4.75, height, name, ha="center", va="center", fontsize=9)
    axes.set(yscale="log", title=LAND_USES[use], xlabel="土壤 pH")
    axes.set_yticks([0.1, 0.3, 0.6, 1, 2, 4], labels=["0.1", "0.3", "0.6", "1", "2", "4"])


def main() -> None:
    """Paddy and other land side by side."""
    mpl.rcParams["font.family"] = "Noto Sans CJK SC"
    figure, panels = plt.subplots(1, 2, figsize=(8.5, 3.6), sharey=True, layout="constrained")
    for axes, use in zip(panels, ("paddy", "other"), strict=True):
        draw(axes, use)
    panels[0].set_ylabel("土壤镉（mg/kg）")
    figure.savefig(PICTURE, dpi=90)


if __name__ == "__main__":
    main()
