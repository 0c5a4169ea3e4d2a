"""The discretion calculator: one reckoning, beside a plain reading of the same weights.

Every provincial table is reckoned once a round at settings drawn at random, with all checks, steps and
warnings. "Naive" sums the weights of the same answers from a dictionary and multiplies; its sums are
compared wherever no floor or minimum lifts the fine. Loading the tables from their files is told apart.
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import date
from decimal import Decimal

from bench._dose import add_doses, dose_of
from bench._figure import tell
from zhihuan.bureau.discretion import WeightTable, calculate, tables

DAY = date(2026, 5, 1)
BASE = Decimal(1_000_000)
BASES = dict.fromkeys(
    (
        "建设项目总投资额",
        "所需处置费用",
        "违法所得",
        "所收费用",
        "货值金额",
        "直接经济损失",
        "车次数",
    ),
    BASE,
)
ROUNDS = 20


def questions(seed: int) -> list[tuple[str, dict[str, str]]]:
    """One question to every table, with answers that fit a row of it."""
    chance = random.Random(seed)
    found = []
    for number, table in tables().items():
        if isinstance(table, WeightTable):
            answers = {each.name: chance.choice(each.levels).name for each in table.factors}
        else:
            levels = chance.choice(table.rows).levels
            pairs = zip(table.factors, levels, strict=True)
            answers = {factor.name: level for factor, level in pairs if level}
        found.append((number, answers))
    return found


def naive_weights() -> dict[str, tuple[float, float, dict[tuple[str, str], float]]]:
    """Starting point, maximum and weights of every weight table."""
    found = {}
    for number, table in tables().items():
        if isinstance(table, WeightTable):
            column = table.situations[0]
            most = column.formula.most * (int(BASE) if column.formula.base else 1)
            weights = {
                (factor.name, level.name): float(level.weight or 0)
                for factor in table.factors
                for level in factor.levels
            }
            found[number] = (float(column.start), float(most), weights)
    return found


def timed(asked: list[tuple[str, dict[str, str]]]) -> list[float]:
    """Seconds of each reckoning, sorted."""
    found = []
    for number, answers in asked:
        begun = time.perf_counter()
        calculate(number, answers, DAY, bases=BASES)
        found.append(time.perf_counter() - begun)
    return sorted(found)


def ratio(asked: list[tuple[str, dict[str, str]]]) -> float:
    """How many times a plain sum of weights a full reckoning takes; every sum is compared."""
    weights = naive_weights()
    by_weight = [(number, answers) for number, answers in asked if number in weights]
    begun = time.process_time()
    sums = [
        min(start + sum(known[pair] for pair in answers.items()), 1.0) * most
        for number, answers in by_weight
        for start, most, known in [weights[number]]
    ]
    naive = time.process_time() - begun
    begun = time.process_time()
    ours = [calculate(number, answers, DAY, bases=BASES).amount for number, answers in by_weight]
    full = time.process_time() - begun
    for sum_, found in zip(sums, ours, strict=True):
        is_lifted = float(found or 0) > sum_ + 0.01
        if not is_lifted and abs(float(found or 0) - sum_) >= 0.01:
            raise AssertionError(f"{found} is not {sum_}")
    return full / naive


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "a tenth of the questions")
    rounds = dose_of(parser.parse_args(), ROUNDS, 2, 1)
    started = time.perf_counter()
    tables()
    loading = time.perf_counter() - started
    asked = [each for seed in range(rounds) for each in questions(seed)]
    seconds = timed(asked)
    report("slowest reckoning", seconds[-1] * 1000, "ms", note=f"of {len(asked)}", target=50)
    report("middle reckoning", seconds[len(seconds) // 2] * 1000, "ms")
    report("beside summing weights alone", ratio(asked), "times", note="steps and warnings too")
    report("loading the tables", loading * 1000, "ms", note="once a process")


def report(
    name: str, figure: float, unit: str, *, note: str = "", target: float | None = None
) -> None:
    """One figure of this bench."""
    tell(f"discretion: {name}", figure, unit, target, note, digits=3)


if __name__ == "__main__":
    main()
