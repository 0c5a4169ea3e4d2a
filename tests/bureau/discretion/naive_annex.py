"""The annex read a second time, plainly: floats of ten thousand yuan, a few regular expressions, no code of ours.

It reads the CSV files row by row. What their parse lost is written here by hand from the printed annex.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

PACKAGED = Path(__file__).parents[3] / "src/zhihuan/bureau/discretion/annex"
DIGITS = {
    "一": 1,
    "二": 2,
    "三": 3,
    "五": 5,
    "十": 10,
    "二十": 20,
    "五十": 50,
    "一百": 100,
    "二百": 200,
    "五百": 500,
}
#: Printed columns: situation, starting point in percent, maximum in 万 (or times the base).
COLUMNS = {
    "1.6": [("限期内改正", 25, 20), ("逾期未改正", 20, 100)],
    "1.8": [("限期内改正", 20, 100), ("逾期未改正", 50, 200), ("个人", 25, 20)],
    "4.26": [("", 20, 500), ("个人", 10, 100)],
    "4.27": [("", 25, 200), ("个人", 10, 50)],
    "5.1": [("限期内改正", 20, 100), ("逾期未改正", 50, 200), ("个人", 25, 20)],
    "6.14": [("未造成重大生态环境影响或者不良社会影响的", 20, 50),
             ("已造成重大生态环境影响或者不良社会影响的", 50, 100), ("个人", 25, 2)],
    "6.19": [("限期内改正", 10, 20), ("逾期未改正", 20, 100), ("个人", 25, 2)],
    "6.20": [("限期内改正", 10, 20), ("逾期未改正", 20, 100), ("个人", 25, 2)],
    "7.15": [("没有违法所得或者违法所得不足10万元的", 5, 10), ("违法所得10万元以上的", 15, 5)],
    "7.16": [("没有违法所得或者违法所得不足10万元的", 5, 10), ("违法所得10万元以上的", 15, 5)],
}  # fmt: skip
#: Least of each printed maximum that stands in the law: (maximum, base) → minimum.
TIMES_AND_SHARES = {5: 3, 3: 1, 0.05: 0.01}
BASE = 1_000_000


def rows(name: str) -> list[dict[str, str]]:
    with (PACKAGED / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


CASES = {row["case_id"]: row for row in rows("gd2022_cases")}


def weights(number: str) -> dict[str, list[tuple[str, float]]]:
    """Levels by factor, without the starting point; a weight that ran into its level is taken back."""
    found: dict[str, list[tuple[str, float]]] = {}
    for row in rows("gd2022_factors"):
        factor, level, weight = row["factor"], row["level"], row["weight_pct"]
        if row["case_id"] != number or factor in {"裁量起点", ""} or level in {"下", "社会影响"}:
            continue
        if number == "3.5b" and factor in {"近二年同类违法行为", "情况（含本次）"}:
            factor = "近二年同类违法行为情况（含本次）"
        if not weight and level.endswith("%"):
            level, weight = re.fullmatch(r"(.*?)([\d.]+)%", level).groups()  # type: ignore[union-attr]
        level = {"6个月以上12个月以": "6个月以上12个月以下",
                 "造成重大生态环境影响或者不良": "造成重大生态环境影响或者不良社会影响"}.get(level, level)  # fmt: skip
        upper, _, lower = weight.partition("/")
        found.setdefault(factor, []).append(
            (level, 100 * int(upper) / int(lower) if lower else float(weight))
        )
    return found


def columns(number: str) -> list[tuple[str, float, float]]:
    """(situation, starting point in percent, maximum in 万 or times the base)."""
    if number in COLUMNS:
        return [(name, float(start), float(most)) for name, start, most in COLUMNS[number]]
    start = next(row["weight_pct"] for row in rows("gd2022_factors") if row["case_id"] == number)
    upper, _, lower = start.partition("/")
    percent = 100 * int(upper) / int(lower) if lower else float(start)
    last = CASES[number]["base_formula"].split("×")[-1]
    unit = {"万": 1.0, "倍": 1.0, "%": 0.01}[last[-1]]
    return [("", percent, float(last[:-1]) * unit)]


def legal_minimum(number: str, most: float) -> float:
    """The lower end of the statutory range whose upper end is ``most`` 万 (or times the base)."""
    if most in TIMES_AND_SHARES and ("倍" in CASES[number]["base_formula"] or most < 1):
        return TIMES_AND_SHARES[most]
    if most == 5:
        return 1  # 违法所得1倍以上5倍以下
    for each in CASES[number]["statutory_fine_old_law"].split("；"):
        if "以上" not in each or "倍" in each:
            continue
        low, high = each.removesuffix("以下").split("以上")
        if wan(high) == most:
            return wan(low)
    raise LookupError(number)


def wan(text: str) -> float:
    """“五千元”, “5万元”, “二十万元” in 万."""
    text = text.removesuffix("元")
    if text.endswith("万"):
        text, scale = text[:-1], 1.0
    elif text.endswith("千"):
        text, scale = text[:-1], 0.1
    else:
        scale = 0.0001
    return float(DIGITS.get(text, text)) * scale


def band_middle(text: str) -> float:
    """The middle of a band in yuan; of a maximum alone one half of it; of multiples with the base above."""
    if "警告" in text and not re.search(r"\d", text):
        return 0.0
    if "倍" in text or "%" in text:
        found = [float(each) for each in re.findall(r"([\d.]+)(?:倍|%)", text)]
        scale = BASE * (0.01 if "%" in text else 1)
    else:
        found = [
            float(number) * (10_000 if "万" in unit else 1)
            for number, unit in re.findall(r"([\d.]+)(万元?|元万|元)?", text)
        ]
        scale = 1
    if len(found) == 1:
        is_maximum = "以下" in text
        return found[0] * scale / (2 if is_maximum else 1)
    return sum(found) * scale / 2


def bands(number: str) -> list[tuple[list[str], str]]:
    """(conditions, words of the band) row by row, as they stand in the CSV."""
    return [
        ([row[f"cond{place}"] for place in range(1, 5)], row["fine_band_unit"])
        for row in rows("gd2022_bands")
        if row["case_id"] == number
    ]


def header(number: str) -> list[str]:
    """The names of the conditions."""
    return [
        each
        for each in CASES[number]["band_header"].split("/")[1:]
        if "罚款" not in each and each != "处罚标准"
    ]
