"""Run the benches and print one table: ``python -m bench [--quick] [NAME ...]``.

Each ``bench/NAME.py`` is a program of its own that prints one JSON object a figure:
``{"bench", "figure", "unit", "target", "note"}``; ``target`` is null for a figure that only
informs, ``at_most`` says that less is better. Everything else it prints goes to the error stream.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
RESULTS = HERE.parent / "test-results" / "bench.jsonl"


def main() -> int:
    """Run the chosen benches one after another; the exit code is 1 if one of them broke."""
    chosen = _arguments()
    figures, broken = [], []
    for name in chosen.names or _all_names():
        print(f"… {name}", file=sys.stderr, flush=True)
        started = time.monotonic()
        code, lines = _run(name, quick=chosen.quick)
        print(f"  {name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        figures += lines
        broken += [name] if code else []
    Console(width=150).print(_table(figures, quick=chosen.quick))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("".join(json.dumps(f, ensure_ascii=False) + "\n" for f in figures), "utf-8")
    if broken:
        print(f"broken: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *_all_names()], metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="small doses")
    return parser.parse_args()


def _all_names() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def _run(name: str, *, quick: bool) -> tuple[int, list[dict[str, Any]]]:
    command = [sys.executable, "-m", f"bench.{name}", *(["--quick"] if quick else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, cwd=HERE.parent)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return done.returncode, [json.loads(line) for line in lines]


def _table(figures: list[dict[str, Any]], *, quick: bool) -> Table:
    dose = "small doses" if quick else "full doses"
    table = Table(title=f"zhihuan bench, {date.today():%Y-%m-%d}, {dose}")  # noqa: DTZ011 - a title
    for heading in ("bench", "figure", "unit", "target", "", "note"):
        table.add_column(heading, justify="right" if heading == "figure" else "left")
    for figure in figures:
        table.add_row(*_row(figure))
    return table


def _row(figure: dict[str, Any]) -> list[str]:
    value, target = figure["figure"], figure.get("target")
    if target is None:
        verdict, aim = "", ""
    else:
        at_most = bool(figure.get("at_most"))
        verdict = "✓" if (value <= target if at_most else value >= target) else "✗"
        aim = f"{'≤' if at_most else '≥'} {target:,}"
    shown = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return [figure["bench"], shown, figure["unit"], aim, verdict, figure.get("note", "")]


if __name__ == "__main__":
    sys.exit(main())
