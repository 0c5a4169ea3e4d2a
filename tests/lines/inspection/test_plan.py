"""A plan: its promise, its draw, the visits it brings, and that nobody can bend any of it."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from visit_walk import a_factory, nine

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.clock import published_calendar
from zhihuan.bureau.matters.checks import faults
from zhihuan.bureau.matters.engine.refusals import FormRefusedError, StepRefusedError
from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take
from zhihuan.bureau.registry.sealing import unseal
from zhihuan.lines.inspection import drawing
from zhihuan.lines.inspection.models import Draw, Inspection, InspectionPlan, Standing
from zhihuan.lines.inspection.plan_procedure import INSPECTION_PLAN
from zhihuan.lines.inspection.published import draw_file, promised

DAY = "2026-02-12"


class Planned:
    """A plan of the branch of 三角, opened that day."""

    def __init__(self, cast, day=DAY):
        self.cast = cast
        about = {"title": "2026 年第一季度抽查", "town": cast.town}
        self.plan = open_matter("inspection_plan", Acting(cast.head, at=nine(day)), **about)

    def take(self, step, day, by=None, **said):
        acting = Acting(by or self.cast.head, "10.0.0.8", at=nine(day))
        return take(self.plan, step, acting, Said(said), version=self.plan.version)

    def asked(self, **said):
        return {
            "purpose": "排污许可执行", "approval": "中环检〔2026〕2号", "begins_on": "2026-03-02",
            "ends_on": "2026-03-31", "towns": [self.cast.town.pk], "levels": ["key", "simplified"],
            "how_many": "2", "barred": "",
        } | said  # fmt: skip

    def kept(self):
        return InspectionPlan.objects.get(pk=self.plan.pk)


@pytest.fixture
def planned(cast):
    for number in range(2, 6):
        a_factory(f"E-00{number}", f"模拟{number}厂", "simplified" if number == 5 else "key")
    return Planned(cast)


@pytest.fixture
def committed(planned):
    planned.take("commit", DAY, **planned.asked())
    return planned


@pytest.fixture
def drawn(committed):
    committed.take("draw", "2026-02-13", public_word="三一四一五 春雷", witness="公证处 钱七")
    return committed


def wrong(planned, step, day, **said):
    with pytest.raises(FormRefusedError) as told:
        planned.take(step, day, **said)
    return told.value.errors


def test_the_declaration_has_no_fault():
    assert faults(INSPECTION_PLAN) == []


# ---- the promise ----


def test_the_seed_is_sealed_and_its_commitment_stands_in_the_chain(committed):
    plan, held = committed.kept(), Draw.objects.get()
    said = plan.events.get(step="commit").said
    assert said["commitment"] == plan.commitment == drawing.commitment_of(unseal(held.seed))
    assert said["roster_digest"] == plan.roster_digest == drawing.digest_of_list(held.roster)
    assert unseal(held.seed) not in json.dumps(said) + held.seed


def test_no_two_plans_share_a_seed(planned):
    other = Planned(planned.cast)
    seeds = {unseal(each.seed) for each in Draw.objects.all()}
    assert len(seeds) == 2
    assert all(len(each) >= 40 for each in seeds)
    assert other.plan.pk != planned.plan.pk


def test_weights_follow_credit_and_risk(planned):
    from zhihuan.bureau.registry.models import Enterprise

    firm = Enterprise.objects.get(code="E-002")
    Standing.objects.create(enterprise=firm, credit="D", since="2026-01-01", source="模拟")
    planned.take("commit", DAY, **planned.asked())
    weights = {each["code"]: each["weight"] for each in Draw.objects.get().roster["objects"]}
    assert weights == {"E-001": 6, "E-002": 24, "E-003": 6, "E-004": 6, "E-005": 2}


def test_whoever_may_not_be_entered_is_left_out_with_the_reason(planned):
    acting = Acting(planned.cast.head, at=nine(DAY))
    firm = planned.cast.firm
    listing = open_matter("positive_list", acting, title="列入", party=firm, town=planned.cast.town)
    said = {"listed_from": "2026-01-01", "listed_until": "2026-12-31", "ground": "三年无违法"}
    take(listing, "enlist", acting, Said(said), version=listing.version)
    planned.take("commit", DAY, **planned.asked())
    held = Draw.objects.get()
    assert "E-001" not in {each["code"] for each in held.roster["objects"]}
    assert [(each["code"], "正面清单" in each["why"]) for each in held.left_out] == [
        ("E-001", True)
    ]


def test_officers_whose_certificate_ends_before_the_visits_are_not_on_the_list(committed):
    codes = [each["code"] for each in Draw.objects.get().roster["officers"]]
    assert codes == ["ZF-1", "ZF-2", "ZF-3", "ZF-4"]  # ZF-5 ended on 10 February


def test_whoever_is_barred_from_a_firm_never_inspects_it(planned):
    barred = "first，中山某印染有限公司\nZF-2, E-001"
    planned.take("commit", DAY, **planned.asked(barred=barred, how_many="5"))
    assert Draw.objects.get().roster["barred"] == [["ZF-1", "E-001"], ["ZF-2", "E-001"]]
    planned.take("draw", "2026-02-13", public_word="三一四一五", witness="钱七")
    pairs = {each["object"]: set(each["officers"]) for each in Draw.objects.get().result}
    assert pairs["E-001"] == {"ZF-3", "ZF-4"}


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"barred": "first"}, "barred", "不是“人员，企业”两项"),
        ({"barred": "nobody，E-001"}, "barred", "名录中没有这一行"),
        ({"how_many": "9"}, "how_many", "应抽 9 个，名录中有 5 个"),
        ({"ends_on": "2026-03-01"}, "ends_on", "不能早于"),
        ({"barred": "first，E-001\nsecond，E-001\nthird，E-001"}, "how_many", "没有 2 名"),
    ],
)
def test_a_list_that_cannot_serve_is_refused_with_what_to_mend(planned, said, field, words):
    errors = wrong(planned, "commit", DAY, **planned.asked(**said))
    assert words in errors[field][0]


def test_a_head_plans_for_their_own_towns_alone(planned):
    from zhihuan.bureau.places.city import find_town

    errors = wrong(planned, "commit", DAY, **planned.asked(towns=[find_town("小榄镇").pk]))
    assert "名录中有 0 个检查对象" in errors["how_many"][0]
    said = planned.asked(towns=[planned.cast.town.pk, find_town("小榄镇").pk])
    with pytest.raises(StepRefusedError, match="小榄镇不在您的辖区内"):
        planned.take("commit", DAY, **said)
    assert planned.kept().commitment == ""


# ---- the draw ----


def test_a_draw_waits_until_the_promise_was_public_for_a_day(committed):
    said = {"public_word": "三一四一五", "witness": "钱七"}
    with pytest.raises(StepRefusedError, match="承诺须先公开 24 小时"):
        committed.take("draw", DAY, **said)
    committed.take("draw", "2026-02-13", **said)


def test_what_was_drawn_is_what_anyone_draws_again(drawn):
    held, plan = Draw.objects.get(), drawn.kept()
    assert held.result == drawing.draw(held.roster, unseal(held.seed), plan.public_word)
    assert len(held.result) == 2


def test_each_firm_drawn_gets_a_visit_with_its_two_officers(drawn):
    visits = Inspection.objects.order_by("pk")
    assert [each.state for each in visits] == ["assigned", "assigned"]
    told = {each.party.name: {one["certificate"] for one in each.planned} for each in visits}
    names = {each["code"]: each["name"] for each in Draw.objects.get().roster["objects"]}
    assert told == {
        names[each["object"]]: set(each["officers"]) for each in Draw.objects.get().result
    }
    assert {each.visit_by for each in visits} == {dt.date(2026, 3, 31)}


def test_a_plan_is_drawn_once(drawn):
    with pytest.raises(StepRefusedError):
        drawn.take("draw", "2026-02-14", public_word="另一字串", witness="钱七")


def test_a_draw_is_told_to_the_trail_with_its_digests(drawn):
    entry = AuditEntry.objects.get(action="inspection.draw")
    held = Draw.objects.get()
    assert entry.detail["roster"] == drawing.digest_of_list(held.roster)
    assert entry.detail["result"] == drawing.digest_of_list({"result": held.result})


def test_a_draw_that_fails_in_the_middle_leaves_nothing(committed, monkeypatch):
    from zhihuan.lines.inspection import drawing_plans

    calls = []

    def second_fails(code, *args, **more):
        calls.append(code)
        if len(calls) == 2:
            raise RuntimeError("cut")
        return open_matter(code, *args, **more)

    monkeypatch.setattr(drawing_plans, "open_matter", second_fails)
    with pytest.raises(RuntimeError):
        committed.take("draw", "2026-02-13", public_word="三一四一五", witness="钱七")
    assert (committed.kept().state, committed.kept().drawn_at) == ("committed", None)
    assert Draw.objects.get().result == []
    assert Inspection.objects.count() == 0


# ---- the public ----


def test_nothing_that_warns_is_public_before_the_results_are(drawn):
    assert list(promised()) == [drawn.kept()]
    assert draw_file(drawn.kept()) is None


def test_after_disclosure_the_file_verifies(drawn):
    disclose(drawn)
    told = json.loads(json.dumps(draw_file(drawn.kept()), ensure_ascii=False))
    assert drawing.differences(told) == []
    assert drawing.commitment_of(told["seed"]) == drawn.kept().commitment


def disclose(drawn):
    for visit in Inspection.objects.all():
        acting = Acting(drawn.cast.head, at=nine("2026-02-14"))
        take(visit, "cancel", acting, Said({"reason": "企业停产"}), version=visit.version)
    drawn.take("finish", "2026-02-14")
    drawn.take("disclose", "2026-02-25")


def test_results_wait_until_every_visit_ended(drawn):
    with pytest.raises(StepRefusedError, match="还有 2 次检查没有办结"):
        drawn.take("finish", "2026-02-14")


def test_results_are_disclosed_within_twenty_working_days_across_spring_festival(drawn):
    disclose(drawn)
    clock = drawn.plan.clocks.get(code="disclose")
    day, left, calendar = dt.date(2026, 2, 14), 20, published_calendar()
    while left:
        day += dt.timedelta(days=1)
        left -= calendar.works(day)
    assert clock.last_day == day == dt.date(2026, 3, 20)
    assert clock.outcome == "met"


def test_a_promise_that_was_dropped_stays_in_public_with_its_reason(committed):
    committed.take("drop", "2026-02-13", reason="范围有误")
    assert list(promised()) == [committed.kept()]
    assert draw_file(committed.kept()) is None


# ---- named, not drawn ----


def test_firms_that_are_named_get_visits_without_officers(planned):
    said = {name: value for name, value in planned.asked().items() if name in ("purpose", "approval", "begins_on", "ends_on")}  # fmt: skip
    planned.take("target", DAY, **said, firms="E-002\n模拟3厂", reason="群众反映集中")
    visits = Inspection.objects.order_by("pk")
    assert [(each.party_name, each.state, each.kind) for each in visits] == [
        ("模拟2厂", "draft", "targeted"),
        ("模拟3厂", "draft", "targeted"),
    ]


@pytest.mark.parametrize(("firms", "words"), [("E-009", "没有找到"), ("E-002\n模拟2厂", "写了两次")])  # fmt: skip
def test_firms_that_are_not_known_or_named_twice_are_told(planned, firms, words):
    said = {name: value for name, value in planned.asked().items() if name in ("purpose", "approval", "begins_on", "ends_on")}  # fmt: skip
    errors = wrong(planned, "target", DAY, **said, firms=firms, reason="x")
    assert words in errors["firms"][0]
