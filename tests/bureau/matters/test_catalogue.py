"""Procedures are known by their editions; what they bring goes into the rights of the platform."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from procedures import CASE, HEAD

from zhihuan.bureau.dictionary.entry import entries
from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.declaration import Who
from zhihuan.bureau.people.actions import declared_actions, reach_of

NEXT = replace(
    CASE, edition="2030", basis=replace(CASE.basis, in_force_from=date(2030, 1, 1)), title="新案件"
)


def test_a_matter_is_found_in_its_edition_and_a_day_has_its_own(case):
    catalogue.register(NEXT)
    assert catalogue.edition_of(CASE.code, "2021") is CASE
    assert catalogue.edition_on(CASE.code, date(2029, 12, 31)) is CASE
    assert catalogue.edition_on(CASE.code, date(2030, 1, 1)) is NEXT
    assert [each for each in catalogue.procedures() if each.code == CASE.code] == [CASE, NEXT]
    assert [each for each in catalogue.newest() if each.code == CASE.code] == [NEXT]


@pytest.mark.parametrize("edition", ["2020", ""])
def test_an_unknown_edition_is_an_error_that_names_it(case, edition):
    with pytest.raises(catalogue.UnknownProcedureError, match="trial_case"):
        catalogue.edition_of(CASE.code, edition)


def test_a_day_before_the_law_knows_no_such_procedure(case):
    with pytest.raises(catalogue.UnknownProcedureError, match="in force on 2020"):
        catalogue.edition_on(CASE.code, date(2020, 1, 1))


def test_a_procedure_with_faults_is_refused():
    with pytest.raises(ValueError, match="has no basis"):
        catalogue.register(replace(CASE, clocks=(replace(CASE.clocks[0], limit="Z99"),)))
    assert CASE not in catalogue.procedures()


def test_an_edition_is_registered_once_or_alike(case):
    catalogue.register(CASE)
    with pytest.raises(ValueError, match="twice, differently"):
        catalogue.register(replace(CASE, title="别的"))


def test_the_rights_of_several_editions_are_declared_together(case):
    wider = replace(CASE.step("answer"), who=Who({**CASE.step("answer").who.reaches, **HEAD}))
    steps = tuple(wider if step.code == "answer" else step for step in CASE.steps)
    catalogue.register(replace(NEXT, steps=steps))
    assert reach_of("section_head", "matters.trial_case_answer") == HEAD["section_head"]
    assert str(declared_actions()["matters.view_trial_case"].text) == "查看：新案件"


def test_what_is_forgotten_leaves_no_right(case):
    assert "matters.trial_case_decide" in declared_actions()
    catalogue.forget(CASE.code)
    assert not [name for name in declared_actions() if "trial_case" in name]
    catalogue.register(CASE)


def test_the_data_dictionary_says_who_may_see_matters(case):
    told = {entry.key: entry for entry in entries() if entry.model == "matters.Matter"}
    readers = told["matters.Matter.title"].readers
    assert {"执法人员（本辖区）", "企业用户（本单位）"} <= set(readers.split("、"))
