"""Draw docs/pictures/standards-emission.png: conversion factors, and hours against a limit.

    python scripts/plots/emission.py

The hours are made up and the picture says so; every judgement in it is the library's.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes

mpl.use("Agg")
import matplotlib.pyplot as plt  # after the backend is chosen

from zhihuan.standards.emission import (
    HourState,
    Limit,
    Period,
    Verdict,
    episodes,
    judge_hours,
    reported_concentration,
)

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "standards-emission.png"
DAY = date(2026, 3, 1)


def main() -> None:
    mpl.rcParams["font.family"] = "Noto Sans CJK SC"
    _, (left, right) = plt.subplots(1, 2, figsize=(10.5, 3.6), width_ratios=(2, 3))
    _conversion(left)
    _hours(right)
    plt.tight_layout()
    plt.savefig(PICTURE, dpi=90)


def _conversion(axes: Axes) -> None:
    oxygen = np.linspace(2, 19.5, 200)
    for reference in (3.5, 6.0, 9.0, 11.0):
        found = reported_concentration(
            100.0, on=DAY, oxygen_percent=oxygen, reference_oxygen_percent=reference
        )
        axes.plot(oxygen, found.converted_mg_m3, label=f"基准 {reference:g}%")
    axes.axhline(100.0, color="0.6", linewidth=0.8)
    axes.set(xlabel="实测含氧量（%）", ylabel="折算浓度（mg/m³）", ylim=(0, 500),
             title="实测 100 mg/m³ 的折算")  # fmt: skip
    axes.legend(frameon=False)


def _hours(axes: Axes) -> None:
    generator = np.random.default_rng(7)
    hours = np.arange(72)
    values = 30 + 7 * np.sin(hours / 9.0) + generator.normal(0, 2, 72)
    states = np.full(72, HourState.NORMAL)
    states[44:49] = HourState.INVALID
    limit = Limit(
        "氮氧化物", "mg/m³", Period.HOUR, "某排放标准", "表1", date(2019, 1, 1), upper=35.0
    )
    found = judge_hours(values, DAY, [limit], states=states)
    colours = {Verdict.WITHIN: "#2b7bba", Verdict.EXCEEDS: "#c0392b", Verdict.UNJUDGED: "#bbbbbb"}
    words = {Verdict.WITHIN: "达标", Verdict.EXCEEDS: "超标", Verdict.UNJUDGED: "无效，不判定"}
    for verdict, colour in colours.items():
        here = found.verdict == verdict
        axes.bar(hours[here], values[here], color=colour, label=words[verdict])
    runs = episodes(found)
    for first, length in zip(runs.first, runs.hours, strict=True):
        if length > 2:
            axes.annotate(f"连续 {length} h", (first + length / 2, 41.0), ha="center")
    axes.axhline(limit.upper, color="black", linewidth=0.8)
    axes.set(
        xlabel="小时", ylabel="折算浓度（mg/m³）", ylim=(0, 54), title="小时均值与限值（模拟数据）"
    )
    axes.legend(frameon=False, ncols=3, loc="upper right")


if __name__ == "__main__":
    main()
