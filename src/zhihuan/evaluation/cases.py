"""Files of worked cases, one JSON object a line, computed one by one.

    for case, answer in computed(file):
        print(answer)              # {"id": …, "output": {…}} or {"id": …, "error": "…"}

One bad case is one answer with the reason; the next ones are computed all the same.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from zhihuan.standards.vectors import agrees, kind_of, run_case

__all__ = ["Tally", "computed"]


def computed(lines: Iterable[bytes]) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
    """Each case with its answer. An empty line is no case; a line that is no JSON is a bad one."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answered(line.removeprefix(b"\xef\xbb\xbf"), number)


def _answered(line: bytes, number: int) -> tuple[Mapping[str, Any], dict[str, Any]]:
    try:
        case = json.loads(line)
    except ValueError as error:
        return {}, {"id": None, "error": f"line {number} is not JSON: {error}"}
    if not isinstance(case, dict):
        return {}, {"id": None, "error": f"line {number} is not a JSON object"}
    try:
        return case, {"id": case.get("id"), "output": _plain(run_case(case))}
    except Exception as error:  # noqa: BLE001 - whatever one case does, the next ones are answered
        return case, {"id": case.get("id"), "error": f"{type(error).__name__}: {error}"}


def _plain(value: Any) -> Any:
    """NumPy and NaN out of an output: plain JSON, null for what cannot be judged."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, np.ndarray | list | tuple):
        return [_plain(one) for one in value]
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, float):
        return plain if math.isfinite(plain) else None
    return plain if isinstance(plain, str | int | bool | None) else str(plain)


@dataclass(slots=True)
class Tally:
    """How many cases of each kind agree with what they expect."""

    agreed: Counter[str] = field(default_factory=Counter)
    differing: dict[str, list[str]] = field(default_factory=dict)
    failed: int = 0

    def add(self, case: Mapping[str, Any], answer: Mapping[str, Any], *, check: bool) -> None:
        """Count one case; without ``check`` only those with an error fail."""
        good = "output" in answer and not (check and "expected" in case)
        good = good or ("output" in answer and agrees(case, answer["output"]))
        self.failed += not good
        kind = _kind(case)
        self.agreed[kind] += good
        if not good:
            self.differing.setdefault(kind, []).append(str(answer.get("id")))

    def lines(self) -> Iterator[str]:
        """One line a kind: agreed of all, and the ids that differ."""
        for kind, agreed in sorted(self.agreed.items()):
            differing = self.differing.get(kind, [])
            tail = f" differing: {', '.join(differing)}" if differing else ""
            yield f"{kind}: {agreed}/{agreed + len(differing)}{tail}"


def _kind(case: Mapping[str, Any]) -> str:
    try:
        return kind_of(case)
    except ValueError:
        return "unknown"
