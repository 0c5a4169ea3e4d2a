"""Where one can get to, against a plain walk over random procedures."""

from __future__ import annotations

from datetime import date

from filing import DESK, FILING
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.declaration import Procedure, State, Step
from zhihuan.bureau.matters.ways import can_end, can_follow, ends_without, reachable

CODES = [f"s{number}" for number in range(6)]


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    ends = draw(st.sets(st.sampled_from(CODES[1:])))
    open_states = [code for code in CODES if code not in ends]
    sources = st.sets(st.sampled_from(open_states), min_size=1, max_size=3)
    steps = [
        Step(f"t{n}", "x", tuple(sorted(draw(sources))), draw(st.sampled_from(["", *CODES])), DESK)
        for n in range(draw(st.integers(1, 8)))
    ]
    states = tuple(State(code, code, end=code in ends) for code in CODES)
    basis = Basis("x", "x", date(2020, 1, 1))
    return Procedure("made", "x", "1", basis, states, "s0", tuple(steps))


def walks(procedure: Procedure, state: str, avoided: frozenset[str] = frozenset()) -> set[str]:
    """States on any walk from ``state``, by trying all walks as long as there are states."""
    found, edge = {state}, {state}
    for _ in CODES:
        edge = {
            step.target or at
            for at in edge
            for step in procedure.steps
            if at in step.sources and step.code not in avoided
        }
        found |= edge
    return found


@given(procedures())
def test_reachable_and_can_end_are_what_walking_finds(procedure: Procedure) -> None:
    assert reachable(procedure) == walks(procedure, "s0")
    ends = {state.code for state in procedure.states if state.end}
    assert can_end(procedure) == {code for code in CODES if walks(procedure, code) & ends}


@given(procedures(), st.sets(st.integers(0, 7)))
def test_ends_without_some_steps_are_what_walking_around_them_finds(
    procedure: Procedure, numbers: set[int]
) -> None:
    avoided = frozenset(f"t{number}" for number in numbers)
    ends = {state.code for state in procedure.states if state.end}
    for step in procedure.steps:
        begun = {step.target or source for source in step.sources}
        found = {code for at in begun for code in walks(procedure, at, avoided)} & ends
        assert ends_without(procedure, step, avoided) == found


def test_what_can_follow() -> None:
    assert can_follow(FILING, FILING.step("replace")) == frozenset()
    assert can_follow(FILING, FILING.step("file")) == {"report_up", "replace", "expire"}
    assert "submit" not in can_follow(FILING, FILING.step("ask"))
