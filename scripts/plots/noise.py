"""Draw docs/pictures/standards-noise.png: a day of hourly levels against the limits of the zones.

python scripts/plots/noise.py
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from zhihuan.standards.noise import day_levels, hourly_statistics, zone_limits

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "standards-noise.png"
DAY = np.datetime64("2026-03-01")
COLOURS = {"1": "#15803d", "2": "#1d4ed8", "3": "#a16207", "4a": "#b91c1c"}


def made_seconds() -> np.ndarray:
    """86 400 levels as a street has them: quiet at night, loud at eight and at six, cars passing."""
    chance = np.random.default_rng(12)
    hour = np.arange(86_400) / 3600
    base = 46 + 12 * np.exp(-(((hour - 8) / 2.2) ** 2)) + 12 * np.exp(-(((hour - 18) / 2.6) ** 2))
    base += 6 * ((hour > 6.5) & (hour < 21.5))
    passing = np.convolve(
        chance.random(86_400) < 0.004, np.exp(-(np.linspace(-2, 2, 25) ** 2)), "same"
    )
    return np.asarray(base + 14 * np.minimum(passing, 1.3) + chance.normal(0, 1.2, 86_400))


def draw_day(axes: Axes) -> None:
    """Hourly Leq between L10 and L90, and the day's Ld and Ln."""
    found = hourly_statistics(made_seconds(), per_hour=3600, on=DAY)
    levels = day_levels(found.leq, DAY)
    hours = np.arange(25)
    axes.fill_between(hours, *(np.append(part, part[-1]) for part in (found.l90, found.l10)),
                      step="post", color="#94a3b8", alpha=0.45, linewidth=0, label="L90–L10")  # fmt: skip
    axes.step(
        hours,
        np.append(found.leq, found.leq[-1]),
        where="post",
        color="#0f172a",
        label="Leq（1 小时）",
    )
    axes.hlines(
        levels.ld, 6, 22, color="#ea580c", linewidth=2, label=f"Ld {levels.ld[0]:.1f} dB(A)"
    )
    axes.hlines([levels.ln[0]] * 2, [0, 22], [6, 24], color="#7c3aed", linewidth=2,
                label=f"Ln {levels.ln[0]:.1f} dB(A)")  # fmt: skip
    axes.set(xlim=(0, 24), ylim=(35, 80), xticks=range(0, 25, 3), xlabel="时（北京时间）", ylabel="dB(A)",
             title="一日的小时声级（示例数据）")  # fmt: skip
    axes.legend(fontsize=7, loc="lower center", ncols=2)


def draw_limits(axes: Axes) -> None:
    """Limits of four zones over the day."""
    hours = np.arange(25)
    night = (hours < 6) | (hours >= 22)
    for shift, (zone, colour) in enumerate(COLOURS.items()):
        limit = zone_limits(zone, np.where(night, "night", "day"), on=DAY)
        axes.step(hours, limit - 0.12 * shift, where="post", color=colour, label=f"{zone} 类区")
    axes.set(xlim=(0, 24), ylim=(35, 80), xticks=range(0, 25, 3), xlabel="时（北京时间）",
             title="GB 3096-2008 表1 的限值")  # fmt: skip
    axes.legend(fontsize=7, loc="lower center", ncols=2)


def main() -> None:
    """Draw both panels."""
    mpl.rcParams["font.family"] = "Noto Sans CJK SC"
    mpl.rcParams["font.size"] = 9
    figure, panels = plt.subplots(1, 2, figsize=(8.6, 3.3), sharey=True, layout="constrained")
    draw_day(panels[0])
    draw_limits(panels[1])
    figure.savefig(PICTURE, dpi=120)


if __name__ == "__main__":
    main()
