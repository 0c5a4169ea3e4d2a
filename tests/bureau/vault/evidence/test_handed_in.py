"""What lies before the bureau of papers, told from what steps asked for."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.declaration import Procedure, State, Step, Who
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import REGISTRAR
from zhihuan.bureau.vault.evidence.handed_in import handed_in
from zhihuan.bureau.vault.fields import VaultFileField


class _Papers(forms.Form):
    note = forms.CharField()
    plan = VaultFileField(label="预案", required=False)
    report = VaultFileField(label="报告", required=False)
    opinion = VaultFileField(label="意见", required=False)


_DESK = Who({REGISTRAR: Reach.TERRITORY})
_PROCEDURE = Procedure(
    code="paper_trial", title="试", edition="1", basis=Basis("试", "", dt.date(2021, 1, 1)), begins="open",
    states=(State("open", "办"), State("done", "结", end=True)),
    steps=(Step("submit", "报送", ("open",), "", _DESK, form=_Papers), Step("correct", "补正", ("open",), "", _DESK, form=_Papers),
           Step("end", "办结", ("open",), "done", _DESK)),
)  # fmt: skip


def told(*events: tuple[str, dict[str, Any]]) -> list[str]:
    rows: Any = [SimpleNamespace(step=step, said=said) for step, said in events]
    return handed_in(_PROCEDURE, rows, ("correct",))


def test_papers_are_told_by_their_labels_in_the_order_of_the_form() -> None:
    assert told(("submit", {"opinion": 3, "note": "附言", "plan": 1, "report": None})) == [
        "预案",
        "意见",
    ]
    assert told() == []


def test_what_was_missing_joins_what_lay_there_and_a_new_plan_begins_anew() -> None:
    first, more = ("submit", {"plan": 1, "opinion": 2}), ("correct", {"report": 3})
    assert told(first, more) == ["预案", "报告", "意见"]
    assert told(first, more, ("submit", {"plan": 4})) == ["预案"]


def test_a_step_that_asks_for_nothing_hands_nothing_in() -> None:
    assert told(("submit", {"plan": 1}), ("end", {})) == []
