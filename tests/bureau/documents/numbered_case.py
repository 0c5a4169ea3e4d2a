"""The trial case with a decision that takes a number, and a note beside it that takes none."""

from __future__ import annotations

from dataclasses import replace

from procedures import CASE  # of tests/bureau/matters

from zhihuan.bureau.matters.declaration import Document

_PAPERS = (
    Document("decision", "行政处罚决定书", "decision.docx", number="penalty_decision", served=True),
    Document("note", "结案说明", "decision.docx"),
)
NUMBERED_CASE = replace(
    CASE,
    code="numbered_case",
    steps=tuple(
        replace(each, documents=_PAPERS) if each.code == "decide" else each for each in CASE.steps
    ),
)
