"""Draw docs/pictures/standards-air_evaluation.png: a running ozone day, and a year's budget.

python scripts/plots/air_evaluation.py
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from zhihuan.standards.air.days_left import percentile_budget
from zhihuan.standards.air.ozone_8h import running_8h
from zhihuan.standards.air.ozone_day import ozone_so_far

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "standards-air_evaluation.png"
TARGET = 160.0
DAY, YEAR_END = date(2025, 7, 1), date(2025, 12, 31)
KNOWN, NOW = [40.0] * 9 + [120.0, 150.0, 170.0, 180.0, 190.0], 14


def draw_day(axes: Axes) -> None:
    """Hours until now, the running mean, and what the remaining hours may have."""
    hours = np.full(24, np.nan)
    hours[:NOW] = KNOWN
    found = ozone_so_far(hours, NOW, target=TARGET, on=DAY)
    allowed, label = float(found.highest_mean), int(found.deciding_label)
    labels = np.arange(1, 25)
    filled = np.where(np.isnan(hours), allowed, hours)
    running = running_8h(filled, on=DAY).values
    axes.bar(labels[:NOW], hours[:NOW], color="#93c5fd", label="已有小时值")
    axes.bar(labels[NOW:], filled[NOW:], color="#e5e7eb", label=f"剩余小时的上限 {allowed:.1f}")
    axes.plot(labels[7:], running[7:], color="#1d4ed8", linewidth=1.5, label="8 小时滑动平均")
    axes.axhline(TARGET, color="#b91c1c", linewidth=0.9, linestyle="--")
    axes.annotate(f"时标 {label} 时最紧", (label, running[label - 1]), (label - 8, 196), fontsize=7,
                  arrowprops={"arrowstyle": "->", "linewidth": 0.6})  # fmt: skip
    axes.set(xlim=(0.3, 24.7), ylim=(0, 215), xlabel="时标（北京时间）", ylabel="O3（µg/m³）")
    axes.set_title("当日：剩余各小时还可以多高（模拟数据）", fontsize=9)
    axes.legend(loc="upper left", fontsize=7, framealpha=0.9)


def draw_year(axes: Axes) -> None:
    """Days so far, sorted, and the days that may still exceed."""
    chance = np.random.default_rng(8)
    series = np.full(365, np.nan)
    series[:200] = np.round(chance.gamma(9.0, 12.5, 200))
    found = percentile_budget(series, 90, TARGET, "O3", on=YEAR_END)
    ordered = np.sort(series[:200])
    over = ordered > TARGET
    places = np.arange(1, 201)
    axes.bar(places[~over], ordered[~over], width=1.0, color="#93c5fd", label="已有日值（排序）")
    axes.bar(places[over], ordered[over], width=1.0, color="#f87171",
             label=f"已超过 160 的 {int(found.exceeding_so_far)} 天")  # fmt: skip
    axes.axhline(TARGET, color="#b91c1c", linewidth=0.9, linestyle="--")
    axes.text(6, 178, f"剩余 165 天中还可以有 {int(found.days_allowed)} 天超过 160\n"
              f"（全年至多 36 天）", fontsize=8)  # fmt: skip
    axes.set(
        xlim=(0, 201), ylim=(0, 260), xlabel="排序后的位次", ylabel="O3 日最大 8 小时（µg/m³）"
    )
    axes.set_title("全年：第 90 百分位数的超标天数余量（模拟数据）", fontsize=9)
    axes.legend(loc="upper left", fontsize=7, framealpha=0.9)


def main() -> None:
    """Draw both panels."""
    mpl.rcParams["font.family"] = "Noto Sans CJK SC"
    mpl.rcParams["font.size"] = 8
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.3), layout="constrained")
    draw_day(left)
    draw_year(right)
    figure.savefig(PICTURE, dpi=110)
    print(f"{PICTURE.name}: {PICTURE.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
