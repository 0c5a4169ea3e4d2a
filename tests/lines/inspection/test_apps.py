"""The line is there by one entry in the settings, with its meanings and its rights."""

from __future__ import annotations

import pytest

from zhihuan.bureau.dictionary.declared import declared_models
from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.people.actions import declared_actions
from zhihuan.lines.inspection.listing_procedure import POSITIVE_LIST
from zhihuan.lines.inspection.plan_procedure import INSPECTION_PLAN
from zhihuan.lines.inspection.procedure import INSPECTION

PROCEDURES = (INSPECTION, INSPECTION_PLAN, POSITIVE_LIST)


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda each: each.code)
def test_each_procedure_is_in_the_catalogue_with_a_right_a_step(procedure):
    assert procedure in newest()
    known = declared_actions()
    for step in procedure.steps:
        assert known[f"matters.{procedure.code}_{step.code}"].roles == step.who.reaches


def test_the_seed_of_a_draw_is_told_nowhere():
    assert "seed" in declared_models()["inspection.Draw"].secret
