"""Who had a part in a matter that another belongs together with is kept from what that other one declares."""

from __future__ import annotations

from dataclasses import replace

import pytest
from procedures import CASE, HEAD
from trial_walk import Walk, nine

from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.apart_words import apart_words
from zhihuan.bureau.matters.bpmn import as_bpmn
from zhihuan.bureau.matters.declaration import Who
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.apart import barred_steps
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.engine.refusing import offered, refusal_of
from zhihuan.bureau.matters.engine.taking import open_matter
from zhihuan.bureau.matters.kin import Kin, kin_of
from zhihuan.bureau.matters.models import Matter, MatterLink

Kind = MatterLink.Kind
APART = replace(
    CASE,
    steps=tuple(
        replace(
            step,
            who=Who(
                HEAD,
                apart_from=("submit",),
                apart_elsewhere={CASE.code: ("file",), "not_installed": ("look",)},
                apart_by="行政处罚法 §57",
            ),
        )
        if step.code == "decide"
        else step
        for step in CASE.steps
    ),
)
SAID = {"fine": "100", "served_on": "2026-03-04"}


@pytest.fixture
def apart(case):
    """``CASE``, whose decision is kept apart from who filed a matter that it belongs together with."""
    catalogue.forget(CASE.code)
    catalogue.register(APART)
    return APART


@pytest.fixture
def both(cast, person):
    """Somebody who enforces and heads the branch."""
    made = person("field_officer", "section_head", name="both", at=cast.here)
    made.certificates.create(number="44-both", issued="2020-01-01", expires="2040-01-01")
    return made


def opened(cast, **about):
    given = {"title": "x", "party": cast.firm, "town": cast.town} | about
    return Walk(cast, open_matter(CASE.code, Acting(cast.officer, at=nine("03-02")), **given))


def linked(walk, kind, other):
    link(walk.matter, kind, other.matter, Acting(None), version=walk.matter.version)


def filed_by(walk, officer):
    """Filed in the company of somebody, as the second of two."""
    walk.take("file", walk.cast.officer, "03-02", officers=[walk.cast.officer, officer])


def under_review(cast):
    walk = opened(cast)
    filed_by(walk, cast.second)
    walk.take("submit", cast.officer, "03-03")
    return walk


def refused(walk, by):
    before = Matter.objects.get(pk=walk.matter.pk).version
    with pytest.raises(StepRefusedError) as told:
        walk.take("decide", by, "03-04", **SAID)
    assert Matter.objects.get(pk=walk.matter.pk).version == before
    step = APART.step("decide")
    assert str(refusal_of(APART, step, walk.matter, Acting(by))) == str(told.value)
    assert step not in offered(APART, walk.matter, Acting(by))
    return str(told.value)


def spawned(walk, other):
    linked(walk, Kind.SPAWNED_BY, other)


def proved(walk, other):
    linked(other, Kind.EVIDENCE_FOR, walk)


def through_a_merged_one(walk, other):
    """It grew out of one that the other went into."""
    between = opened(walk.cast)
    linked(other, Kind.MERGED_INTO, between)
    linked(walk, Kind.SPAWNED_BY, between)


def into_another(walk, other):
    """It grew out of one that went into the other since."""
    between = opened(walk.cast)
    linked(walk, Kind.SPAWNED_BY, between)
    linked(between, Kind.MERGED_INTO, other)


def two_generations(walk, other):
    between = opened(walk.cast)
    linked(between, Kind.SPAWNED_BY, other)
    linked(walk, Kind.SPAWNED_BY, between)


def beside(walk, other):
    """Both grew out of one: the visit and the case out of the clue."""
    clue = opened(walk.cast)
    linked(walk, Kind.SPAWNED_BY, clue)
    linked(other, Kind.SPAWNED_BY, clue)


def grown_out_of_it(walk, other):
    linked(other, Kind.SPAWNED_BY, walk)


WAYS = [
    spawned,
    proved,
    through_a_merged_one,
    into_another,
    two_generations,
    beside,
    grown_out_of_it,
]


@pytest.mark.parametrize("way", WAYS)
def test_whoever_investigated_a_matter_that_this_one_belongs_together_with_does_not_decide(
    apart, cast, both, way
):
    walk, other = under_review(cast), opened(cast)
    filed_by(other, both)
    way(walk, other)
    assert refused(walk, both) == (
        "“作出决定”须由未经办前序环节的人员办理："
        f"both于 2026-03-02 在关联的“试办案件”（编号 {other.matter.pk}）办理过“立案”。"
        "请由其他有权限的人员办理；没有的，可在“我的角色与代理”中将角色委托同事代理。（依据：行政处罚法 §57）"
    )
    walk.take("decide", cast.head, "03-04", **SAID)


def test_nor_is_anybody_brought_along_who_did(apart, cast, both):
    walk, other = under_review(cast), opened(cast)
    filed_by(other, both)
    spawned(walk, other)
    with pytest.raises(StepRefusedError, match="both于 2026-03-02 在关联的"):
        walk.take("decide", cast.head, "03-04", officers=[both], **SAID)


def test_of_many_matters_it_is_asked_at_once(apart, cast, both, django_assert_num_queries):
    source, beside = opened(cast), opened(cast)
    filed_by(source, both)
    barred, free = under_review(cast), under_review(cast)
    linked(barred, Kind.SPAWNED_BY, source)
    linked(free, Kind.SPAWNED_BY, beside)
    asked = [(walk.matter, apart.steps_from(walk.matter.state)) for walk in (barred, free)]
    for some in (asked, asked[:1]):
        with django_assert_num_queries(
            4
        ):  # own events, two generations of links, events of the kin
            assert barred_steps(some, {both.pk}) == {barred.matter.pk: {"decide"}}


def test_what_is_not_linked_is_another_affair(apart, cast, both):
    walk, other = under_review(cast), opened(cast)
    filed_by(other, both)
    walk.take("decide", both, "03-04", **SAID)


def test_what_grew_beside_it_about_another_body_is_another_affair_and_its_source_is_not(
    apart, cast, both
):
    from zhihuan.bureau.people.models import Organisation

    firm = Organisation.objects.create(name="另一家", kind="enterprise")
    walk, other = under_review(cast), opened(cast, party=firm)
    filed_by(other, both)
    beside(walk, other)
    step = APART.step("decide")
    assert step in offered(APART, walk.matter, Acting(both))
    spawned(walk, other)
    assert "both于" in refused(walk, both)


def test_steps_that_are_not_named_keep_nobody_apart(apart, cast, both):
    walk, other = under_review(cast), opened(cast)
    filed_by(other, cast.second)
    other.take("submit", both, "03-03")
    spawned(walk, other)
    walk.take("decide", both, "03-04", **SAID)


def test_links_in_a_circle_come_to_an_end(apart, cast):
    first, second = opened(cast), opened(cast)
    spawned(first, second)
    spawned(second, first)
    key, other = first.matter.pk, second.matter.pk
    assert kin_of([key, other]) == {
        key: Kin(frozenset({other}), frozenset()),
        other: Kin(frozenset({key}), frozenset()),
    }


def test_it_is_said_in_words_wherever_the_step_is_shown(apart):
    told = apart_words(APART, APART.step("decide"))
    assert told == "提交审查；关联的试办案件：立案（依据：行政处罚法 §57）"
    assert apart_words(APART, APART.step("file")) == ""
    assert f"前序环节回避：{told}" in as_bpmn(APART).decode()


def test_a_law_without_anybody_to_keep_apart_is_no_declaration():
    with pytest.raises(ValueError, match="nobody is kept apart"):
        Who(HEAD, apart_by="行政处罚法 §57")
    with pytest.raises(ValueError, match="lower case"):
        Who(HEAD, apart_elsewhere={"Inspection": ("begin",)})
