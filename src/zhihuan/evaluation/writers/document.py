"""All results as one JSON document, written as they are judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, TextIO

from zhihuan.evaluation.evaluating import Evaluation
from zhihuan.evaluation.subject import Judged
from zhihuan.evaluation.writers.values import ROW, json_value
from zhihuan.standards.errors import InputProblem

__all__ = ["write_json"]


def write_json(evaluation: Evaluation, file: TextIO, *, reasons: bool = False) -> None:
    """``{"subject", "file", "results": [...], "summary", "basis", "problems", …}``.

    Each result has its row of the file and its columns; with ``reasons`` its derivation too.
    """
    head = {"subject": evaluation.subject.name, "file": evaluation.source.path.name}
    file.write(_dump(head)[:-1] + ', "results": [')
    comma = ""
    for judged in evaluation.pieces():
        for result in _results(judged, reasons=reasons):
            file.write(f"{comma}\n{_dump(result)}")
            comma = ","
    file.write("\n], " + _dump(_tail(evaluation))[1:] + "\n")


def _results(judged: Judged, *, reasons: bool) -> Iterator[dict[str, Any]]:
    names = [ROW, *judged.columns]
    columns = [judged.numbers, *judged.columns.values()]
    for place, values in enumerate(zip(*columns, strict=True)):
        result = {name: json_value(v) for name, v in zip(names, values, strict=True)}
        if reasons:
            result["derivation"] = judged.derivation(place).to_json()
        yield result


def _tail(evaluation: Evaluation) -> dict[str, Any]:
    summary, refusals = evaluation.summary, evaluation.refusals
    return {
        "synthetic": evaluation.synthetic,
        "summary": {
            "results": summary.results,
            "tallies": {name: dict(words) for name, words in summary.tallies.items()},
            "figures": {
                name: {
                    "count": one.count,
                    "mean": json_value(one.mean),
                    "min": one.low,
                    "max": one.high,
                }
                for name, one in summary.figures.items()
                if one.count
            },
        },
        "basis": [basis.to_json() for basis in summary.basis],
        "cautions": list(summary.cautions),
        "unused_columns": evaluation.source.unused,
        "refused_rows": refusals.rows,
        "problems": [_problem(problem) for problem in refusals.problems],
        "flags": [_problem(flag) for flag in refusals.flags],
        "problems_untold": refusals.untold,
    }


def _problem(problem: InputProblem) -> dict[str, Any]:
    return asdict(problem) | {
        "row": problem.row + 1,
        "value": str(problem.value),
        "text": str(problem),
    }


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
