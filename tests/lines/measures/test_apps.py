"""The line is there by one entry in the settings, each procedure with its rights, meanings and templates."""

from __future__ import annotations

import pytest

from zhihuan.bureau.dictionary.declared import declared_models
from zhihuan.bureau.documents.proving import document_faults
from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.matters.checks import faults
from zhihuan.bureau.people.actions import declared_actions
from zhihuan.lines.measures.apps import PROCEDURES

OURS = [each for each in newest() if each.folder == "zhihuan.lines.measures"]
EACH = pytest.mark.parametrize("procedure", OURS, ids=[each.code for each in OURS])


def test_every_procedure_of_the_folder_is_in_the_catalogue():
    assert tuple(each.code for each in OURS) == PROCEDURES


@EACH
def test_it_has_no_fault(procedure):
    assert faults(procedure) == []


@EACH
@pytest.mark.django_db
def test_every_document_of_it_can_be_made(procedure):
    assert document_faults(procedure) == []


@EACH
def test_every_step_that_people_take_is_a_right(procedure):
    known = declared_actions()
    for step in (each for each in procedure.steps if not each.who.platform):
        assert known[f"matters.{procedure.code}_{step.code}"].roles == step.who.reaches


def test_the_party_may_look_at_what_binds_it_and_at_no_transfer():
    sees = {
        each.code
        for each in OURS
        if "enterprise_user" in declared_actions()[f"matters.view_{each.code}"].roles
    }
    assert sees == {"correction_order", "sealing", "production_limit", "daily_fine", "observation"}


@pytest.mark.parametrize("code", ["detention_transfer", "crime_transfer", "special_team"])
def test_no_message_of_a_transfer_goes_to_the_party(code):
    (procedure,) = (each for each in OURS if each.code == code)
    told = {to for step in procedure.steps for notice in step.notices for to in notice.to}
    assert "party" not in told
    assert all(clock.duty != "party" for clock in procedure.clocks)


def test_meanings_beside_the_line_are_in_the_dictionary():
    assert "amount" in declared_models()["measures.Measure"].fields
