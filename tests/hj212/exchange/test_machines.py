"""Promises every exchange table keeps, computed from the table."""

from __future__ import annotations

import pytest

from zhihuan.hj212.codes import commands
from zhihuan.hj212.exchange import Act, Event, Machine, Outcome, machine, machines

_FINAL = set(Outcome)
_ALL = [pytest.param(found, id=name) for name, found in machines().items()]


@pytest.mark.parametrize("table", _ALL)
def test_every_state_is_reachable_from_new(table: Machine) -> None:
    seen, waiting = {"new"}, ["new"]
    while waiting:
        state = waiting.pop()
        for row in table.transitions.values():
            if row.state == state and row.next not in seen:
                seen.add(row.next)
                waiting.append(row.next)
    assert seen == set(table.states)


@pytest.mark.parametrize("table", _ALL)
def test_every_state_but_the_final_ones_can_time_out_be_overdue_and_be_abandoned(
    table: Machine,
) -> None:
    for state in table.states:
        if state == "new":
            assert table.on(state, Event.ABANDON)
        elif state not in _FINAL:
            for event in (Event.TIMEOUT, Event.TIMEOUT_LAST, Event.OVERDUE, Event.ABANDON):
                assert table.on(state, event), (state, event)


@pytest.mark.parametrize("table", _ALL)
def test_a_last_time_out_never_leads_to_another_wait(table: Machine) -> None:
    for event in (Event.TIMEOUT_LAST, Event.OVERDUE):
        for state in table.states:
            row = table.on(state, event)
            if row:
                assert row.next in _FINAL
                assert Act.WAIT not in row.acts


@pytest.mark.parametrize("table", _ALL)
def test_the_end_is_told_exactly_on_entering_a_final_state(table: Machine) -> None:
    for row in table.transitions.values():
        entering = row.next in _FINAL and row.state not in _FINAL
        assert (Act.END in row.acts) == entering, row
        if row.state in _FINAL:
            assert row.next == row.state, row


@pytest.mark.parametrize("table", _ALL)
def test_every_live_state_is_entered_with_a_deadline(table: Machine) -> None:
    for row in table.transitions.values():
        if row.next not in _FINAL and row.next != row.state:
            assert Act.WAIT in row.acts, row


def test_every_command_names_a_machine_that_exists() -> None:
    named = {row.exchange for row in commands()} - {""}
    assert named == set(machines()) - {"answering"}
    for row in commands():
        assert bool(row.exchange) == (row.kind in {"request", "upload", "notice"}), row


def test_an_unknown_machine_is_named_in_the_error() -> None:
    with pytest.raises(KeyError, match="there are request"):
        machine("banana")
