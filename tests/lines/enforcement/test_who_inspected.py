"""Whoever inspected on site before there was a case does not review, preside over or decide it, whatever roles they hold."""

from __future__ import annotations

import datetime as dt

import pytest
from case_walk import SAID, Walk, nine

from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.appending import Passage, append
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.models import Matter, MatterLink
from zhihuan.bureau.people.models import Organisation

SPAWNED = MatterLink.Kind.SPAWNED_BY
FROM = "须由未经办前序环节的人员办理"


@pytest.fixture
def inspector(person):
    """Enforces at the branch and holds, as people of a small bureau do, every other role of a case."""
    place = Organisation.objects.get(name="三角分局")
    roles = ("field_officer", "section_head", "case_reviewer", "legal_reviewer", "leader")
    made = person(*roles, name="inspector", at=place)
    made.certificates.create(
        number="44-inspector", issued=dt.date(2020, 1, 1), expires=dt.date(2040, 1, 1)
    )
    return made


def inspected(cast, inspector, procedure="inspection", edition="2021", step="sample"):
    """A visit in which the inspector was the second of two, as its line writes it."""
    visit = Matter.objects.create(
        procedure=procedure, edition=edition, state="visiting", title="某印染公司检查",
        party=cast.firm, town=cast.town, opened_at=nine("2026-08-31"),
    )  # fmt: skip
    officers = [
        {"id": each.pk, "name": str(each), "certificate": f"44-{each.pk}"}
        for each in (cast.officers[0], inspector)
    ]
    passage = Passage(step, "visiting", "visiting", nine("2026-08-31"), officers=officers)
    append(visit, passage, Acting(cast.officers[0]))
    return visit


@pytest.fixture
def case(cast, inspector):
    """A case that grew out of that visit."""
    walk = Walk.opened(cast)
    link(
        walk.matter, SPAWNED, inspected(cast, inspector), Acting(None), version=walk.matter.version
    )
    return walk


def refused(walk, step, by, day, **said):
    with pytest.raises(StepRefusedError) as told:
        walk.take(step, by, day, **(SAID.get(step.split("_")[0], {}) | said))
    return str(told.value)


def test_who_inspected_may_not_review_it(case, inspector):
    case.to_filed().to_review()
    told = refused(case, "review_to_notice", inspector, "2026-09-10")
    visit = Matter.objects.get(procedure="inspection")
    assert f"inspector于 2026-08-31 在关联的“现场检查”（编号 {visit.pk}）办理过“采样”" in told
    assert FROM in told
    case.go("review_to_notice", "2026-09-10")


def test_nor_do_the_legal_review_nor_discuss(case, inspector):
    case.to_filed().to_review()
    case.go(
        "review_to_legal", "2026-09-10", is_weighty="on", grounds=["complex"], must_discuss="on"
    )
    assert FROM in refused(case, "legal_to_discussion", inspector, "2026-09-11")
    case.go("legal_to_discussion", "2026-09-11")
    assert FROM in refused(case, "discuss_to_notice", inspector, "2026-09-14")


def test_nor_decide(case, inspector):
    case.to_filed().to_review().to_notice().to_decision()
    assert FROM in refused(case, "decide", inspector, "2026-09-18")
    case.go("decide", "2026-09-18")


def test_nor_preside_over_its_hearing_nor_be_named_for_it(case, inspector):
    case.to_filed().to_review(proposed_fine="200000")
    case.go(
        "review_to_legal", "2026-09-10", is_weighty="on", grounds=["complex"], must_discuss="on"
    )
    case.go("legal_to_discussion", "2026-09-11")
    case.go("discuss_to_notice", "2026-09-14")
    case.go("notify_hearing", "2026-09-14", notified_fine="200000")
    case.serve("notice", "2026-09-14")
    case.go("notice_served", "2026-09-14")
    case.go("ask_hearing", "2026-09-15", asked_on="2026-09-15", by="张三")
    told = {"held_at": "2026-10-09T09:00", "place": "三楼会议室"}
    assert FROM in refused(
        case, "call_hearing", inspector, "2026-09-16", **told, presider=inspector.pk
    )
    named = refused(
        case, "call_hearing", case.cast.reviewer, "2026-09-16", **told, presider=inspector.pk
    )
    assert "听证须由非本案调查人员主持" in named
    assert "inspector于 2026-08-31 在关联的“现场检查”" in named


def test_a_visit_ordered_out_of_the_same_clue_counts_too(cast, inspector):
    clue = Matter.objects.create(
        procedure="clue",
        edition="2023",
        state="settled",
        title="线索",
        party=cast.firm,
        town=cast.town,
    )
    append(clue, Passage("_open", "", "settled", nine("2026-08-30")), Acting(cast.head))
    visit = inspected(cast, inspector)
    link(visit, SPAWNED, clue, Acting(None), version=visit.version)
    walk = Walk.opened(cast)
    link(walk.matter, SPAWNED, clue, Acting(None), version=walk.matter.version)
    walk.to_filed().to_review()
    assert "现场检查" in refused(walk, "review_to_notice", inspector, "2026-09-10")


def test_a_visit_of_another_affair_keeps_nobody_apart(cast, inspector):
    inspected(cast, inspector)
    walk = Walk.opened(cast)
    walk.to_filed().to_review()
    walk.take("review_to_notice", inspector, "2026-09-10", **SAID["review"])


def test_who_endorsed_the_filing_does_not_approve_it(cast, inspector):
    walk = Walk.opened(cast)
    walk.go("register", "2026-08-31")
    walk.go("inspect", "2026-08-31")
    walk.go("ask_filing", "2026-09-01")
    walk.take("endorse_filing", inspector, "2026-09-01", **SAID["file"])
    told = refused(walk, "file", inspector, "2026-09-01")
    assert "inspector于 2026-09-01 在本事项办理过“审核立案”" in told
    assert "部令第30号" in told
    walk.go("file", "2026-09-01")
