"""Places for a procedure's diagram: states in columns by how far they are from the beginning.

Pure geometry in whole units of the drawing. A column is the number of steps of the shortest way from
the beginning; within a column states keep the order in which they are declared, drawn towards their
predecessors. Steps that lead back or stay are drawn below. The same procedure is always drawn alike.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from zhihuan.bureau.matters.declaration import Procedure

__all__ = ["Box", "Layout", "laid_out"]

COLUMN, ROW = 220, 120
WIDTH, HEIGHT = 140, 60


@dataclass(frozen=True, slots=True)
class Box:
    """The place of a state: its upper left corner; every box is WIDTH × HEIGHT."""

    state: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Layout:
    """All boxes by state, and the size of the drawing."""

    boxes: dict[str, Box]
    width: int
    height: int


def laid_out(procedure: Procedure) -> Layout:
    """A box for every state that can be reached."""
    columns: dict[int, list[str]] = {}
    for state, column in _distances(procedure).items():
        columns.setdefault(column, []).append(state)
    rows: dict[str, int] = {}
    for column in sorted(columns):
        ordered = sorted(columns[column], key=_wish(procedure, rows))
        rows |= {state: row for row, state in enumerate(ordered)}
    boxes = {
        state: Box(state, column * COLUMN, rows[state] * ROW)
        for column, states in columns.items()
        for state in states
    }
    most = max(len(states) for states in columns.values())
    return Layout(boxes, (max(columns) + 1) * COLUMN, most * ROW)


def _distances(procedure: Procedure) -> dict[str, int]:
    found = {procedure.begins: 0}
    waiting = deque([procedure.begins])
    while waiting:
        state = waiting.popleft()
        for step in procedure.steps_from(state):
            target = step.leads_from(state)
            if target not in found:
                found[target] = found[state] + 1
                waiting.append(target)
    return found


def _wish(procedure: Procedure, rows: dict[str, int]) -> Callable[[str], tuple[float, int]]:
    """Sorts a column: near the mean row of the states that lead there, else as declared."""
    declared = {each.code: number for number, each in enumerate(procedure.states)}

    def wish(state: str) -> tuple[float, int]:
        before = [
            rows[source]
            for step in procedure.steps
            for source in step.sources
            if step.leads_from(source) == state and source in rows
        ]
        return (sum(before) / len(before) if before else 0.0, declared[state])

    return wish
