"""Every figure that lines declare can be what it says."""

from __future__ import annotations

import pytest

from zhihuan.bureau.matters.catalogue import procedures
from zhihuan.bureau.people.actions import Reach, declared_actions
from zhihuan.bureau.people.roles import LEADER, SECTION_HEAD
from zhihuan.indicators import catalogue
from zhihuan.indicators.declaration import Group, How

FIGURES = [*catalogue.indicators(), *catalogue.shares()]
#: Figures of the city's report of 2024 that matters tell (shared: figures.csv, lines enforcement and clues).
REPORTED = {
    "cases_filed", "penalty_decisions", "penalty_amount", "administrative_detention", "criminal_transfers",
    "no_penalty_decisions", "no_penalty_amount", "public_apology_cases", "public_apology_reduction",
    "observation_period_cases", "special_case_teams",
}  # fmt: skip


def test_the_figures_of_the_city_report_are_all_declared():
    assert {each.code for each in FIGURES} >= REPORTED


def test_codes_and_titles_name_one_figure_each():
    for name in ("code", "title"):
        told = [str(getattr(each, name)) for each in FIGURES]
        assert len(set(told)) == len(told), name


@pytest.mark.parametrize("each", FIGURES, ids=lambda each: each.code)
def test_a_figure_says_what_it_counts_in_what_and_by_what_law(each):
    assert str(each.unit)
    assert each.group in Group
    assert len(str(each.about)) >= 8
    assert str(each.about).endswith("。")
    assert len(each.basis) >= 6


@pytest.mark.parametrize("each", catalogue.indicators(), ids=lambda each: each.code)
def test_what_it_counts_are_steps_of_its_procedures(each):
    for code in each.acts.procedures:
        editions = [known for known in procedures() if known.code == code]
        assert editions, code
        steps = {step.code for edition in editions for step in edition.steps}
        assert steps & set(each.acts.steps), code
    known = {step.code for p in procedures() if p.code in each.acts.procedures for step in p.steps}
    assert set(each.acts.steps) <= known


def test_the_day_that_a_form_tells_is_asked_by_one_of_its_forms():
    for each in catalogue.indicators():
        forms = [
            step.form
            for procedure in procedures()
            for step in procedure.steps
            if procedure.code in each.acts.procedures and step.code in each.acts.steps and step.form
        ]
        asked = {name for form in forms for name in form.base_fields}
        assert not each.acts.day or each.acts.day in asked, each.code


def test_sums_and_means_have_an_amount():
    plain = catalogue.indicator_of("cases_filed").acts.amount
    summed = [each for each in catalogue.indicators() if each.how is not How.COUNT]
    assert summed
    assert all(each.acts.amount is not plain for each in summed)


def test_a_second_figure_of_the_same_code_is_refused():
    from dataclasses import replace

    first = catalogue.indicators()[0]
    catalogue.register(first)  # the same again is nothing
    with pytest.raises(ValueError, match="declared twice"):
        catalogue.register(replace(first, unit="宗"))


@pytest.mark.parametrize("role", [LEADER, SECTION_HEAD])
def test_whoever_answers_for_the_figures_may_open_every_matter_they_count(role):
    counted = {code for each in catalogue.indicators() for code in each.acts.procedures}
    may = declared_actions()
    closed = [code for code in sorted(counted) if role not in may[f"matters.view_{code}"].roles]
    assert closed == []


def test_a_leader_looks_everywhere_that_a_figure_counts():
    counted = {code for each in catalogue.indicators() for code in each.acts.procedures}
    may = declared_actions()
    assert {may[f"matters.view_{code}"].roles[LEADER] for code in counted} == {Reach.CITY}
