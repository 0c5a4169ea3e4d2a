"""Who was assigned to a visit stands in the form when they arrive."""

from __future__ import annotations

from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.web.matters.officers import officers_form


def test_the_pair_that_was_assigned_is_proposed_at_the_gate(inspectors):
    from visit_walk import Walk

    walk = Walk.opened(inspectors, "2026-02-12")
    walk.take("assign", inspectors.head, "2026-02-12", **inspectors.assignment())
    step = edition_of(walk.visit.procedure, walk.visit.edition).step("begin")
    form = officers_form(step, walk.visit, inspectors.second)
    pair = [str(inspectors.second.pk), str(inspectors.first.pk)]
    assert [each.initial for each in form.fields.values()] == pair
