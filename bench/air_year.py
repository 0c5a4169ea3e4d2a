"""A year of national hourly air from Parquet to annual evaluation and ranking, on one core.

Some 1,600 stations x 8,760 hours x 6 pollutants, SYNTHETIC (bench/_air_nation.py, written once to
test-results/). Ours and the plain route a user would write (pyarrow group_by for the means, NumPy
station by station for ozone, NumPy city by city for the year) run each in a process of its own, bound
to one core; seconds are that core's, from opening the file to the ranked table (the note tells the
wall clock, which other programs disturb), memory is the peak resident set of that process.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench._dose import add_doses, dose_of

RESULTS = Path(__file__).resolve().parent.parent / "test-results"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS")
ROUTES = ("ours", "plain")


def main() -> None:
    """Print one JSON object a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "a tenth of the stations")
    parser.add_argument("--route", choices=ROUTES, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.route:
        _run(chosen.route, chosen.file)
        return
    from bench._air_nation import made_nation

    stations = dose_of(chosen, 1600, 160, 16)
    path = made_nation(RESULTS / f"synthetic_air_year_{stations}.parquet", stations)
    size = path.stat().st_size / 2**20
    note = f"{stations} stations, synthetic, {size:.0f} MiB Parquet (zstd)"

    ours, plain = (_measured(route, path) for route in ROUTES)
    note += f"; {ours['wall']:.1f} s on the wall"
    _report("Parquet to annual evaluation and ranking", ours["seconds"], "s", target=20, note=note)
    _report("peak memory of that", ours["mebibytes"], "MiB", target=4096)
    _report(
        "the plain route", plain["seconds"], "s", note=f"{plain['mebibytes']:.0f} MiB at its peak"
    )
    ratio = plain["seconds"] / ours["seconds"]
    _report("ours is faster by", ratio, "×", note=_agreement(ours["table"], plain["table"]))


def _measured(route: str, path: Path) -> dict:
    environment = os.environ | dict.fromkeys(THREADS, "1")
    command = [sys.executable, "-m", "bench.air_year", "--route", route, "--file", str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return json.loads(done.stdout)


def _run(route: str, path: Path) -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    import pyarrow as pa

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    work: Callable[[Path], dict] = {"ours": _ours, "plain": _plain}[route]
    started, began = time.process_time(), time.perf_counter()
    table = work(path)
    seconds, wall = time.process_time() - started, time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "wall": wall, "mebibytes": peak, "table": table}))


def _ours(path: Path) -> dict:
    import numpy as np

    from bench._air_nation import YEAR
    from zhihuan.evaluation.air_year import evaluate_air_year

    found = evaluate_air_year(path, YEAR, told=lambda line: print(line, file=sys.stderr))
    figures = np.nan_to_num(found.index.concentrations[:, :, 0].T, nan=-1.0).tolist()
    index = np.nan_to_num(found.index.composite[:, 0], nan=-1.0).tolist()
    ranks = np.maximum(found.ranking.ranks, 0).tolist()
    rows = zip(found.cities, ranks, index, figures, strict=True)
    return {city: [rank, value, six] for city, rank, value, six in rows}


def _plain(path: Path) -> dict:
    from bench._air_year_plain import plain_year

    return plain_year(path)


def _agreement(ours: dict, plain: dict) -> str:
    """Figures must agree; indices differ where a decimal tie is no binary one (204/160 = 1.275)."""
    both = [city for city in ours if city in plain]
    figures = sum(ours[city][2] == plain[city][2] for city in both)
    index = sum(abs(ours[city][1] - plain[city][1]) < 0.005 for city in both)
    return (
        f"of {len(ours)} cities {figures} have the same six figures, {index} the same index "
        "(np.round misses decimal ties)"
    )


def _report(
    name: str, figure: float, unit: str, *, target: float | None = None, note: str = ""
) -> None:
    line = {"bench": f"air year: {name}", "figure": figure, "unit": unit, "target": target}
    line |= {"note": note, "at_most": target is not None}
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
