"""The line is there by one entry in the settings, with the states of the trade's table and its rights."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from zhihuan.bureau.matters.catalogue import newest
from zhihuan.lines.enforcement.people import INVESTIGATION
from zhihuan.lines.enforcement.procedure import PENALTY_CASE
from zhihuan.lines.enforcement.simple import SIMPLE_CASE


def test_both_procedures_are_in_the_catalogue():
    assert {PENALTY_CASE.code, SIMPLE_CASE.code} <= {each.code for each in newest()}


@pytest.mark.shared
def test_the_states_are_those_of_the_table_and_publication_goes_beside(shared: Path) -> None:
    path = shared / "data" / "procedures" / "states.csv"
    rows = csv.DictReader(path.open(encoding="utf-8-sig"))
    told = {row["state"] for row in rows if row["procedure"] == "行政处罚"}
    ours = {state.code for state in PENALTY_CASE.states}
    assert told - ours == {"publish"}
    assert ours - told == {"notifying"}
    assert not PENALTY_CASE.step("publish").target


def test_ends_of_the_table_are_ends():
    ends = {state.code for state in PENALTY_CASE.states if state.end}
    assert ends == {
        "close", "not_filed", "close_nofound", "close_minor", "observe", "transfer", "terminated", "withdrawn",
    }  # fmt: skip


def test_whoever_reviews_presides_or_decides_is_apart_from_every_investigator():
    apart = {
        step.code for step in PENALTY_CASE.steps if set(INVESTIGATION) <= set(step.who.apart_from)
    }
    assert {"review_to_notice", "legal_to_decision", "hold_hearing", "decide", "reply"} <= apart


#: How the steps begin in which something is said within the bureau before anything is decided.
WITHIN = ("question", "inspect", "submit", "review_", "legal_", "discuss_", "reply", "decide")


def test_a_party_sees_of_a_case_what_was_served_on_it_and_nothing_said_within():
    for procedure in (PENALTY_CASE, SIMPLE_CASE):
        view = procedure.party
        assert view is not None
        assert not [step for step in view.steps if step.startswith(WITHIN)]
        assert not {"file_review", "case_review", "legal_review", "collective"} & set(view.states)
        assert view.since
