"""Worked cases of all subjects run by one function, whatever word names their kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from zhihuan.standards import vectors
from zhihuan.standards.vectors import CaseError, agrees, kind_of, kinds, run_case

LEVEL = {
    "id": "x",
    "topic": "hj640_level",
    "kind": "published",
    "input": {"kind": "area", "period": "day", "leq": 54.5},
    "expected": {"level": 2},
}

# the cases of the reference data that do not come out, each with its reason
NOT_COMPUTED = {
    "cwqi-zs2020-": "published indices without the concentrations behind them",
    "CNOSSOS-TC16": "one band of one reflection: retro-diffraction over a wall of unknown top",
    "CNOSSOS-TC26": "the reflection: retro-diffraction over a wall of unknown top",
}


def cases(shared: Path) -> Iterator[dict[str, Any]]:
    for folder in ("air", "water", "noise"):
        for path in sorted((shared / "data" / folder).glob("*.jsonl")):
            for line in path.read_text("utf-8").splitlines():
                yield json.loads(line)


def excused(case: dict[str, Any]) -> bool:
    return any(str(case["id"]).startswith(begins) for begins in NOT_COMPUTED)


def test_a_case_is_run_by_the_word_that_names_its_kind() -> None:
    assert kind_of(LEVEL) == "hj640_level"
    assert run_case(LEVEL) == {"level": 2}


def test_without_expected_keys_everything_is_given() -> None:
    bare = {key: value for key, value in LEVEL.items() if key != "expected"}
    assert run_case(bare)["level"] == 2
    assert set(run_case(bare)) > {"level"}


def test_what_a_case_expects_is_never_looked_at() -> None:
    assert run_case(LEVEL | {"expected": {"level": 99}}) == {"level": 2}


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ({"input": {}}, "none of topic, method, kind"),
        ({"topic": "hj640_levle", "input": {}}, "there are hj640_level"),
        ({"topic": "hj640_level"}, "no 'input'"),
    ],
)
def test_a_case_that_cannot_be_run_says_why(case: dict[str, Any], says: str) -> None:
    with pytest.raises(CaseError, match=says):
        run_case(case)


def test_two_subjects_may_not_claim_one_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_subjects", lambda: ["a", "b"])
    both = SimpleNamespace(KINDS={"level": len})
    monkeypatch.setattr(vectors.importlib, "import_module", lambda _name: both)
    kinds.cache_clear()
    try:
        with pytest.raises(CaseError, match="b and another subject both run cases of level"):
            kinds()
    finally:
        kinds.cache_clear()


@pytest.mark.parametrize(
    ("expected", "found", "same"),
    [
        ({"a": 1}, {"a": 1.0, "b": 2}, True),
        ({"a": 1}, {}, False),
        ({"a": None}, {"a": None}, True),
        ({"a": 0}, {"a": None}, False),
        ({"a": 1}, {"a": True}, False),
        ({"a": [1.0, 2.0]}, {"a": [1.0]}, False),
        ({"a": {"b": "x"}}, {"a": {"b": "x"}}, True),
        ({"a": {"b": "x"}}, {"a": "x"}, False),
        ({"a": 1.0}, {"a": 1.04}, False),
    ],
)
def test_agreement_is_equal_words_and_equal_numbers(expected: Any, found: Any, same: bool) -> None:
    assert agrees({"expected": expected}, found) is same


def test_a_case_may_name_its_tolerance() -> None:
    case = {"expected": {"lp": [40.0]}, "tolerance_dB": 0.05}
    assert agrees(case, {"lp": [40.05]})
    assert not agrees(case, {"lp": [40.06]})


def test_every_reference_case_that_is_computed_agrees(shared: Path) -> None:
    differing = []
    for case in cases(shared):
        if excused(case):
            continue
        output = run_case(case)
        if not agrees(case, output):
            differing.append((case["id"], case["expected"], output))
    assert differing == []
