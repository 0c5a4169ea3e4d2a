"""What is asked, of whom, and what is told when something is missing."""

from __future__ import annotations

import re

import pytest
from django.template import engines
from plan_walk import PAPERS

from zhihuan.bureau.matters.models import Matter
from zhihuan.lines.plan_filing.forms import PlanForm, ReviseForm, SupplementForm
from zhihuan.lines.plan_filing.models import PlanFiling


def errors_of(form) -> set[str]:
    return set(form.errors)


def test_a_whole_filing_asks_for_six_papers(walk):
    said = walk.cast.plan()
    assert PlanForm(said, matter=walk.plan).is_valid()
    for missing in PAPERS:
        form = PlanForm({**said, missing: ""}, matter=walk.plan)
        assert errors_of(form) == {missing}


def test_a_simplified_filing_asks_for_two(walk):
    said = walk.cast.plan("filing_form", "plan", is_simplified="on")
    assert PlanForm(said, matter=walk.plan).is_valid()
    said.pop("plan")
    assert errors_of(PlanForm(said, matter=walk.plan)) == {"plan"}


@pytest.mark.parametrize("told", [{"risk": "H"}, {"crosses_region": "on"}])
def test_a_greater_risk_is_not_filed_simply(walk, told):
    said = walk.cast.plan("filing_form", "plan", is_simplified="on", **told)
    assert errors_of(PlanForm(said, matter=walk.plan)) == {"is_simplified"}


def test_an_enterprise_files_its_own_plan_and_no_government_s(walk):
    choices = [code for code, _title in PlanForm(matter=walk.plan).fields["plan_level"].choices]
    assert choices == ["enterprise"]
    assert "plan_level" in PlanForm(walk.cast.plan(plan_level="city"), matter=walk.plan).errors


def test_pages_may_show_it_for_the_plain_matter(filed):
    form = ReviseForm(matter=Matter.objects.get(pk=filed.plan.pk))
    assert form["risk"].value() == "M"


@pytest.mark.django_db
def test_a_plan_of_nobody_s_is_a_city_s_or_a_town_s():
    form = PlanForm(matter=PlanFiling(title="三角镇应急预案"))
    assert [code for code, _title in form.fields["plan_level"].choices] == ["city", "town"]


def test_what_was_said_before_stands_there_already(filed):
    form = ReviseForm(matter=filed.kept())
    assert (form["risk"].value(), form["signer"].value()) == ("M", "李四")
    assert form["signed_on"].value().isoformat() == "2026-02-10"
    assert 'value="2026-02-10"' in str(form["signed_on"])


def test_a_correction_hands_in_only_what_changed(walk):
    said = walk.cast.plan("plan", note="已补充调查日期")
    assert SupplementForm(said, matter=walk.plan).is_valid()
    said.pop("note")
    assert errors_of(SupplementForm(said, matter=walk.plan)) == {"note"}


def test_a_revision_says_by_which_of_six_triggers(walk):
    assert len(ReviseForm.base_fields["triggers"].choices) == 6
    said = walk.cast.plan(changes="更换储罐")
    assert errors_of(ReviseForm(said, matter=walk.plan)) == {"triggers"}
    assert ReviseForm(said | {"triggers": ["process", "risk"]}, matter=walk.plan).is_valid()


@pytest.mark.django_db
def test_forms_read_from_the_first_question_on():
    assert next(iter(SupplementForm.base_fields)) != "note"
    assert next(iter(SupplementForm(matter=PlanFiling()).fields)) == "note"
    assert list(ReviseForm(matter=PlanFiling()).fields)[:2] == ["triggers", "changes"]


def shown(form, name: str) -> str:
    """The field as its page shows it, without its marks."""
    page = engines["django"].from_string(
        '{% load components %}{% component "form_field" field=form_field %}'
    )
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.render({"form_field": form[name]})))


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_at_its_field_when_it_is_asked_for(walk, name):
    told = shown(PlanForm(matter=walk.plan), name)
    asked = PlanForm(walk.cast.plan(is_simplified="on") | {name: ""}, matter=walk.plan)
    words = "必须提交" if name in asked.errors else "完整备案必须提交，简化备案可不提交"
    assert f"（{words}）" in told
    assert "选填" not in told


def test_in_a_correction_a_paper_says_that_only_what_changed_comes_anew(walk):
    assert "（有改动的重新提交）" in shown(SupplementForm(matter=walk.plan), "plan")


def test_what_nobody_asks_for_is_still_optional(walk):
    assert "（选填）" in shown(PlanForm(matter=walk.plan), "late_reason")
