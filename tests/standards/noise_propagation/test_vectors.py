"""The worked cases of ISO/TR 17534 come out within their tolerance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from zhihuan.standards.noise_propagation.vectors import KINDS


def _deviation(found: Any, wanted: Any) -> float:
    if isinstance(wanted, dict):
        return max(_deviation(found[key], value) for key, value in wanted.items())
    if isinstance(wanted, list):
        assert len(found) == len(wanted)
        return max(abs(a - b) for a, b in zip(found, wanted, strict=True))
    return float(abs(found - wanted))


def _cases(shared: Path, method: str) -> list[dict[str, Any]]:
    lines = (shared / "data/noise/vectors.jsonl").read_text("utf-8").splitlines()
    return [case for case in map(json.loads, lines) if case["method"].startswith(method)]


def test_every_iso_case_is_reproduced_within_its_tolerance(shared: Path) -> None:
    cases = _cases(shared, "ISO 9613-2")
    assert len(cases) >= 7
    for case in cases:
        found = KINDS[case["method"]](case["input"], case["method"])
        assert _deviation(found, case["expected"]) <= case["tolerance_dB"], case["id"]


def test_several_obstacles_are_read_as_well() -> None:
    given = {
        "temp_C": 20, "rh_pct": 70, "lw_per_octave": [93] * 8,
        "source": [0, 0, 1], "receiver": [100, 0, 4], "ground_G": 0.5,
    }  # fmt: skip
    block = {"footprint": [[20, -9], [30, -9], [30, 9], [20, 9]], "height": 8}
    wall = [[60, -20, 5], [60, 20, 5]]
    kind = KINDS["ISO 9613-2:1996"]
    open_field = kind(given, "")["LA_total"]
    both = kind(given | {"buildings": [block], "walls": [wall]}, "")["LA_total"]
    single = kind(given | {"building": block}, "")["LA_total"]
    assert both < single < open_field
    assert kind(given | {"building": block, "wall": wall}, "")["LA_total"] == pytest.approx(both)
