"""What a template is told: plain facts, written as a document writes them."""

from __future__ import annotations

import datetime as dt

from zhihuan.bureau.documents.facts import matter_facts
from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.lines.plan_filing.procedure import PLAN_FILING


def test_a_figure_is_told_without_a_point_it_does_not_need():
    at = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
    step = PLAN_FILING.steps[0]
    event = MatterEvent(step=step.code, said={"daily": 30000.0, "rate": 0.5, "no": 7}, at=at)
    facts = matter_facts(Matter(title="甲", opened_at=at), step, [event], {})
    assert f"{facts['said'][step.code]}" == "{'daily': 30000, 'rate': 0.5, 'no': 7}"
