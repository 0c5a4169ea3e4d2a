"""The whole way of a visit by the engine: who, when, in which order, with which certificate, signed by whom."""

from __future__ import annotations

import datetime as dt

import pytest
from visit_walk import Walk, a_factory, a_signature, nine

from zhihuan.bureau.clock import published_calendar
from zhihuan.bureau.matters.checks import faults
from zhihuan.bureau.matters.engine.refusals import FormRefusedError, StepRefusedError
from zhihuan.bureau.matters.models import Matter, MatterLink, RunningClock
from zhihuan.bureau.vault.keeping import open_file
from zhihuan.lines.inspection.models import PositiveListing, Standing
from zhihuan.lines.inspection.procedure import INSPECTION

OUTCOME = RunningClock.Outcome
DAY = "2026-02-13"


def refused(walk, step, by, day, **said) -> str:
    version = walk.visit.version
    with pytest.raises(StepRefusedError) as told:
        walk.take(step, by, day, **said)
    assert Matter.objects.get(pk=walk.visit.pk).version == version
    return str(told.value)


def wrong(walk, step, by, day, **said) -> dict[str, list[str]]:
    with pytest.raises(FormRefusedError) as told:
        walk.take(step, by, day, **said)
    return told.value.errors


def test_the_declaration_has_no_fault():
    assert faults(INSPECTION) == []


# ---- the straight way ----


def test_a_visit_goes_from_its_order_to_its_end(told):
    told.take("clear", told.cast.first, DAY)
    visit = told.kept()
    assert (visit.state, visit.suspected) == ("clear", False)
    assert visit.begun_at == nine(DAY)
    assert [each.step for each in visit.events.order_by("number")] == [
        "_open", "assign", "begin", "record", "leave", "archive", "tell", "clear",
    ]  # fmt: skip


def test_who_was_assigned_is_kept_with_their_certificates(assigned):
    assert assigned.kept().planned == [
        {"id": assigned.cast.first.pk, "name": "first", "certificate": "ZF-1"},
        {"id": assigned.cast.second.pk, "name": "second", "certificate": "ZF-2"},
    ]


def test_everything_of_a_visit_stands_in_its_file(visiting):
    walk = visiting
    walk.take("record", walk.cast.first, DAY, **walk.cast.record(DAY))
    walk.take("interview", walk.cast.first, DAY, **walk.cast.interview(DAY))
    walk.take("sample", walk.cast.first, DAY, **walk.cast.sample(DAY))
    documents = list(walk.visit.documents.order_by("pk").values_list("code", flat=True))
    assert documents == ["assignment", "scene_record", "interview_record", "sampling_record"]
    # three signatures a record
    assert walk.visit.evidence.filter(title__contains="签名").count() == 9


# ---- officers ----


def test_one_officer_alone_does_not_begin(assigned):
    cast = assigned.cast
    words = refused(assigned, "begin", cast.first, DAY, officers=[cast.first], **cast.arrival(DAY))
    assert "至少 2 名" in words


def test_the_same_officer_twice_is_one(assigned):
    cast = assigned.cast
    pair = [cast.first, cast.first]
    assert "至少 2 名" in refused(assigned, "begin", cast.first, DAY, officers=pair, **cast.arrival(DAY))  # fmt: skip


def test_the_same_officer_is_not_assigned_twice(walk):
    said = walk.cast.assignment(officer_2=walk.cast.first.pk)
    assert "同一人" in str(wrong(walk, "assign", walk.cast.head, "2026-02-12", **said))


def test_an_officer_whose_certificate_ends_before_the_last_day_is_not_assigned(walk):
    said = walk.cast.assignment(officer_2=walk.cast.expired.pk)
    errors = wrong(
        walk, "assign", walk.cast.head, "2026-02-09", **said | {"visit_by": "2026-03-31"}
    )
    assert "执法证在 2026-03-31 前失效" in errors["officer_2"][0]
    # to the day of its end it is good
    said["visit_by"] = "2026-02-10"
    walk.take("assign", walk.cast.head, "2026-02-09", **said)


def test_a_certificate_that_ended_since_stops_the_visit_at_the_gate(walk):
    cast = walk.cast
    said = cast.assignment(officer_2=cast.expired.pk, visit_by="2026-02-10")
    walk.take("assign", cast.head, "2026-02-09", **said)
    pair = [cast.first, cast.expired]
    cast.expired.certificates.update(expires="2026-02-09")
    words = refused(
        walk, "begin", cast.first, "2026-02-10", officers=pair, **cast.arrival("2026-02-10")
    )
    assert "持有效执法证" in words


def test_nobody_goes_in_the_place_of_who_was_assigned(assigned):
    cast = assigned.cast
    pair = [cast.first, cast.third]
    words = refused(assigned, "begin", cast.first, DAY, officers=pair, **cast.arrival(DAY))
    assert words.startswith("third未被指派")
    assigned.take("replace", cast.head, DAY, cause="absent", reason="病假", officer_1=cast.first.pk, officer_2=cast.third.pk)  # fmt: skip
    assigned.take("begin", cast.first, DAY, officers=pair, **cast.arrival(DAY))
    assert assigned.kept().state == "visiting"


def asking_recusal(walk, **said):
    """The party asks at the gate that the first officer be replaced."""
    asked = {"recusal_asked": "yes", "recusal_why": "first 是竞争对手股东的亲属"}
    walk.take("begin", walk.cast.first, DAY, **walk.cast.arrival(DAY, **asked | said))
    return walk


def test_a_request_for_recusal_says_whom_and_why(assigned):
    cast = assigned.cast
    errors = wrong(assigned, "begin", cast.first, DAY, **cast.arrival(DAY, recusal_asked="yes"))
    assert set(errors) == {"recusal_why"}


def test_a_request_for_recusal_does_not_stop_the_visit_and_is_decided_before_the_result(assigned):
    walk, cast = asking_recusal(assigned), assigned.cast
    walk.take("record", cast.first, DAY, **cast.record(DAY))
    walk.take("leave", cast.first, DAY, left_at=f"{DAY}T09:00")
    assert "尚未决定" in refused(walk, "tell", cast.first, DAY, **cast.telling())
    assert "权限" in refused(walk, "refuse_recusal", cast.first, DAY, reason="x")
    walk.take("refuse_recusal", cast.head, DAY, reason="经查并无亲属关系")
    assert "没有待决定的回避申请" in refused(walk, "refuse_recusal", cast.head, DAY, reason="x")
    walk.take("tell", cast.first, DAY, **cast.telling())
    assert walk.kept().state == "told"


def test_where_recusal_is_granted_others_come_and_begin_anew(assigned):
    walk, cast = asking_recusal(assigned), assigned.cast
    walk.take("record", cast.first, DAY, **cast.record(DAY))
    pair = {"officer_1": cast.third.pk, "officer_2": cast.second.pk}
    walk.take("grant_recusal", cast.head, DAY, reason="确有利害关系", **pair)
    assert walk.kept().state == "assigned"
    two = [cast.third, cast.second]
    walk.take("begin", cast.third, DAY, officers=two, **cast.arrival(DAY))
    left = {"left_at": f"{DAY}T09:00"}
    assert "尚未制作" in refused(walk, "leave", cast.third, DAY, officers=two, **left)
    walk.take("record", cast.third, DAY, officers=two, **cast.record(DAY))
    walk.take("leave", cast.third, DAY, officers=two, **left)
    walk.take("tell", cast.third, DAY, officers=two, **cast.telling())


def test_nobody_decides_on_a_recusal_that_was_not_asked_for(visiting):
    words = refused(visiting, "refuse_recusal", visiting.cast.head, DAY, reason="x")
    assert "没有待决定的回避申请" in words


@pytest.mark.parametrize("box", ["presented", "rights_told"])
def test_certificates_are_shown_and_rights_told_before_anything(assigned, box):
    said = assigned.cast.arrival(DAY)
    del said[box]
    assert set(wrong(assigned, "begin", assigned.cast.first, DAY, **said)) == {box}


def test_strangers_and_the_party_take_no_step(assigned):
    cast = assigned.cast
    for user in (cast.stranger, cast.owner):
        assert "权限" in refused(assigned, "begin", user, DAY, **cast.arrival(DAY))
        assert "权限" in refused(assigned, "cancel", user, DAY, reason="x")


@pytest.mark.parametrize("step", ["record", "leave", "tell", "clear", "archive", "revisit"])
def test_nothing_is_done_before_its_turn(assigned, step):
    assert "现处于“待检查”" in refused(assigned, step, assigned.cast.first, DAY)


# ---- time ----


def test_a_visit_begins_until_its_last_day_and_not_after(assigned):
    cast, late = assigned.cast, "2026-04-01"
    assert "检查期限 2026-03-31 已过" in refused(assigned, "begin", cast.first, late, **cast.arrival(late))  # fmt: skip
    assigned.take("begin", cast.first, "2026-03-31", **cast.arrival("2026-03-31"))


def test_what_a_phone_sends_the_day_after_was_begun_when_it_says(assigned):
    cast = assigned.cast
    assigned.take("begin", cast.first, "2026-04-01", **cast.arrival("2026-03-31"))
    assert assigned.kept().begun_at == nine("2026-03-31")


def test_a_telephone_whose_clock_is_ahead_is_told_so(assigned):
    cast = assigned.cast
    said = cast.arrival(DAY, arrived_at=f"{DAY}T09:11")
    assert "核对手机时间" in refused(assigned, "begin", cast.first, DAY, **said)
    assigned.take("begin", cast.first, DAY, **said | {"arrived_at": f"{DAY}T09:10"})


def test_nobody_leaves_before_they_came(visiting):
    walk = visiting
    walk.take("record", walk.cast.first, DAY, **walk.cast.record(DAY))
    said = {"left_at": f"{DAY}T08:59"}
    assert "不能早于到达" in refused(walk, "leave", walk.cast.first, DAY, **said)


def test_footage_is_archived_within_a_working_day_across_spring_festival(visiting):
    walk, day = visiting, "2026-02-14"  # a Saturday made up for; the 15th to the 23rd are off
    walk.take("record", walk.cast.first, day, **walk.cast.record(day))
    walk.take("leave", walk.cast.first, day, left_at=f"{day}T09:00")
    clock = walk.clock("archive")
    assert clock.last_day == next_working_day(dt.date(2026, 2, 14)) == dt.date(2026, 2, 24)
    walk.take("archive", walk.cast.first, "2026-02-25", recorders="01", footage="ZF-1")
    assert walk.clock("archive").outcome == OUTCOME.LATE


def next_working_day(day: dt.date) -> dt.date:
    """Walked day by day over the published calendar."""
    calendar = published_calendar()
    day += dt.timedelta(days=1)
    while not calendar.works(day):
        day += dt.timedelta(days=1)
    return day


# ---- the record ----


def test_nobody_leaves_without_a_record(visiting):
    said = {"left_at": f"{DAY}T09:00"}
    assert "尚未制作现场检查（勘察）笔录" in refused(visiting, "leave", visiting.cast.first, DAY, **said)  # fmt: skip


def test_every_item_of_the_checklist_is_answered_and_a_no_says_what_was_seen(visiting):
    cast = visiting.cast
    said = cast.record(DAY)
    asked = next(each for each in said if each.startswith("checks-outlet"))
    without = {name: value for name, value in said.items() if name != asked}
    errors = wrong(visiting, "record", cast.first, DAY, **without)
    assert "请回答：排口“DW001 总排口”" in errors["checks"][0]
    errors = wrong(visiting, "record", cast.first, DAY, **said | {asked: "no"})
    assert "请写明所见" in errors["checks"][0]
    visiting.take("record", cast.first, DAY, **said | {asked: "no", f"{asked}-note": "无标识牌"})
    kept = visiting.visit.events.get(step="record").said["checks"]
    assert {"无标识牌"} == {each["note"] for each in kept if each["answer"] == "no"}


def test_what_the_registry_states_is_in_the_record_and_was_not_asked(visiting):
    visiting.take("record", visiting.cast.first, DAY, **visiting.cast.record(DAY))
    checks = visiting.visit.events.get(step="record").said["checks"]
    stated = {each["code"].split("-")[0]: each["stated"] for each in checks}
    assert stated["permit"] == "PERMIT-E-001（至 2028-12-31）"
    assert stated["outlet"] == "废水，市政管网"
    assert stated["facility"] == "治理设施"


def test_a_suspected_violation_says_which(visiting):
    said = visiting.cast.record(DAY, suspected="yes")
    assert set(wrong(visiting, "record", visiting.cast.first, DAY, **said)) == {"suspected_what"}


def test_what_is_not_suspected_keeps_no_words_of_it(visiting):
    said = visiting.cast.record(DAY, suspected_what="先写了又改了主意")
    visiting.take("record", visiting.cast.first, DAY, **said)
    assert visiting.visit.events.get(step="record").said["suspected_what"] == ""


# ---- signatures ----


def test_strokes_with_their_times_lie_in_the_vault(visiting):
    visiting.take("record", visiting.cast.first, DAY, **visiting.cast.record(DAY))
    piece = visiting.visit.evidence.get(title="当事人签名")
    with open_file(piece.file) as file:
        lines = file.read().decode().splitlines()
    assert lines[0] == "stroke,at,x,y,width,height"
    assert lines[1] == "1,2026-02-13T02:30:00.000+00:00,40,120,640,240"
    assert len(lines) == 41
    assert piece.kind == "statement"


@pytest.mark.parametrize("name", ["party_signed", "officer_1_signed", "officer_2_signed"])
def test_a_record_is_signed_by_all_three(visiting, name):
    said = visiting.cast.record(DAY, **{name: ""})
    assert set(wrong(visiting, "record", visiting.cast.first, DAY, **said)) == {name}


def test_a_party_that_refuses_says_why_and_somebody_stood_by(visiting):
    cast = visiting.cast
    said = cast.record(DAY, refuses="yes", party_signed="")
    errors = wrong(visiting, "record", cast.first, DAY, **said)
    assert set(errors) == {"refusal_reason", "witness_name"}
    told = {
        "refusal_reason": "不认可",
        "witness_name": "赵六 社区",
        "witness_signed": a_signature(),
    }
    visiting.take("record", cast.first, DAY, **said | told)
    event = visiting.visit.events.get(step="record")
    assert event.said["party_signed"] is None
    assert event.said["witness_signed"]


def test_a_signature_of_who_refused_is_not_kept(visiting):
    said = visiting.cast.record(DAY, refuses="yes", refusal_reason="不认可", witness_name="无")
    visiting.take("record", visiting.cast.first, DAY, **said)
    assert visiting.visit.events.get(step="record").said["party_signed"] is None


@pytest.mark.parametrize(
    "bad",
    ["{", "{}", '{"width": 640, "height": 240, "began": "2026-02-13T10:30:00", "strokes": []}',
     a_signature().replace("640", "1"), a_signature().replace("+08:00", "")],
)  # fmt: skip
def test_what_is_no_signature_is_refused(visiting, bad):
    errors = wrong(visiting, "record", visiting.cast.first, DAY, **visiting.cast.record(DAY, party_signed=bad))  # fmt: skip
    assert "签名" in errors["party_signed"][0]


# ---- sampling and its report ----


def test_what_was_sampled_is_told_with_its_report(visiting):
    walk, cast = visiting, visiting.cast
    walk.take("sample", cast.first, DAY, **cast.sample(DAY))
    walk.take("record", cast.first, DAY, **cast.record(DAY))
    walk.take("leave", cast.first, DAY, left_at=f"{DAY}T09:00")
    assert "未收到监测报告" in refused(
        walk, "tell", cast.first, DAY, **cast.telling(reports_told="told")
    )
    walk.take("report", cast.first, "2026-02-26", **visiting.cast.report())
    assert "须将监测结果一并告知" in refused(
        walk, "tell", cast.first, "2026-02-26", **cast.telling()
    )
    walk.take("tell", cast.first, "2026-02-26", **cast.telling(reports_told="told"))
    walk.take("archive", cast.first, "2026-02-26", recorders="01", footage="ZF-1")
    assert "不能按未发现问题办结" in refused(walk, "clear", cast.first, "2026-02-26")
    walk.take("to_clue", cast.first, "2026-02-26", facts="超标", law="水污染防治法 §10")
    assert walk.kept().state == "clue"


def test_every_sample_has_its_report_before_the_result_is_told(visiting):
    walk, cast, day = visiting, visiting.cast, "2026-02-26"
    for code in ("S-1", "S-2"):
        walk.take("sample", cast.first, DAY, **cast.sample(DAY, sample_code=code))
    walk.take("record", cast.first, DAY, **cast.record(DAY))
    walk.take("leave", cast.first, DAY, left_at=f"{DAY}T09:00")
    walk.take("report", cast.first, day, **cast.report(exceeds="no"))
    telling = cast.telling(reports_told="told")
    assert "样品 S-2 未收到监测报告" in refused(walk, "tell", cast.first, day, **telling)
    strange = cast.report(sample_codes="S-2、S-3")
    assert "样品编号“S-3”不在采样记录中" in refused(walk, "report", cast.first, day, **strange)
    walk.take("report", cast.first, day, **cast.report(sample_codes=" S-2 ", exceeds="no"))
    walk.take("tell", cast.first, day, **telling)


def test_there_is_no_report_of_nothing(visiting):
    walk = visiting
    walk.take("record", walk.cast.first, DAY, **walk.cast.record(DAY))
    walk.take("leave", walk.cast.first, DAY, left_at=f"{DAY}T09:00")
    assert "没有采样" in refused(
        walk, "report", walk.cast.first, "2026-02-26", **visiting.cast.report()
    )
    told = walk.cast.telling(reports_told="told")
    assert "没有采样" in refused(walk, "tell", walk.cast.first, "2026-02-26", **told)


def test_the_medium_and_the_factors_of_a_sample_come_from_the_registry(visiting):
    visiting.take("sample", visiting.cast.first, DAY, **visiting.cast.sample(DAY))
    said = visiting.visit.events.get(step="sample").said
    assert said["place_told"] == "DW001 总排口（废水，市政管网）"
    assert said["factors_told"] == "化学需氧量"


def test_a_sample_is_of_some_place_and_some_factor(visiting):
    said = visiting.cast.sample(DAY, outlet="", factors=[])
    assert set(wrong(visiting, "sample", visiting.cast.first, DAY, **said)) == {
        "other_place",
        "other_factors",
    }


# ---- ends ----


def test_nothing_ends_while_the_footage_is_not_archived(visiting):
    walk, cast = visiting, visiting.cast
    walk.take("record", cast.first, DAY, **cast.record(DAY))
    walk.take("leave", cast.first, DAY, left_at=f"{DAY}T09:00")
    walk.take("tell", cast.first, DAY, **cast.telling())
    assert "音像记录尚未归库" in refused(walk, "clear", cast.first, DAY)


def test_without_suspicion_it_is_no_clue(told):
    words = refused(told, "to_clue", told.cast.first, DAY, facts="x", law="y")
    assert "没有载明涉嫌违法" in words


def test_it_may_end_with_advice(told):
    told.take("educate", told.cast.first, DAY, advice="完善台账")
    assert told.kept().state == "educated"


def test_a_visit_is_repeated_in_the_same_matter_with_records_of_its_own(told):
    cast, day = told.cast, "2026-03-02"
    told.take("revisit", cast.first, DAY, to_mend="补排口标识", revisit_by="2026-03-10")
    told.take("begin", cast.first, day, **cast.arrival(day))
    assert "尚未制作" in refused(told, "leave", cast.first, day, left_at=f"{day}T09:00")
    told.take("record", cast.first, day, **cast.record(day))
    told.take("leave", cast.first, day, left_at=f"{day}T09:00")
    assert told.visit.documents.filter(code="scene_record").count() == 2
    assert told.kept().begun_at == nine(DAY)  # entered once, by the first arrival


# ---- one visit ----


def test_a_firm_with_a_visit_that_waits_gets_no_second_one_but_a_merge(assigned):
    cast = assigned.cast
    second = Walk.opened(cast, "2026-02-12", title="另一检查")
    for kind in ("targeted", "clue"):
        words = refused(second, "assign", cast.head, "2026-02-12", **cast.assignment(kind=kind))
        assert "请并入该次检查" in words
    third = Walk.opened(cast, "2026-02-12", title="突发事件检查")
    third.take("assign", cast.head, "2026-02-12", **cast.assignment(kind="emergency"))
    second.take("merge", cast.head, "2026-02-12", into=assigned.visit.pk)
    assert second.kept().state == "merged"
    link = MatterLink.objects.get(matter=second.visit.pk)
    assert (link.kind, link.other_id) == ("merged_into", assigned.visit.pk)


def test_a_visit_is_merged_into_one_of_the_same_firm_alone(assigned):
    other = Walk.opened(assigned.cast, "2026-02-12", party=a_factory("E-002", "另一厂"))
    errors = wrong(other, "merge", assigned.cast.head, "2026-02-12", into=assigned.visit.pk)
    assert set(errors) == {"into"}


@pytest.mark.parametrize(("credit", "kind", "refuses"), [
    ("A", "targeted", True), ("A", "clue", False), ("A", "emergency", False), ("C", "targeted", False),
])  # fmt: skip
def test_a_firm_is_entered_so_often_a_year_and_clues_do_not_count(told, credit, kind, refuses):
    cast = told.cast
    Standing.objects.create(enterprise=cast.firm, credit=credit, since="2026-01-01", source="模拟")
    again = Walk.opened(cast, "2026-06-01")
    said = cast.assignment(kind=kind, visit_by="2026-06-30")
    if refuses:
        assert "达到上限 1 次（A 级，上限待核）" in refused(again, "assign", cast.head, "2026-06-01", **said)  # fmt: skip
    again.take("assign", cast.head, "2027-01-01" if refuses else "2026-06-01", **said | {"visit_by": "2027-06-30"})  # fmt: skip


def test_a_firm_on_the_positive_list_is_not_visited_at_random_until_it_is_struck_off(walk):
    from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take

    cast, at = walk.cast, nine("2026-02-12")
    listing = open_matter("positive_list", Acting(cast.head, at=at), title="列入", party=cast.firm, town=cast.town)  # fmt: skip
    said = {"listed_from": "2026-01-01", "listed_until": "2026-12-31", "ground": "三年无违法"}
    take(listing, "enlist", Acting(cast.head, at=at), Said(said), version=listing.version)
    assert PositiveListing.objects.get().listed_until == dt.date(2026, 12, 31)
    words = refused(walk, "assign", cast.head, "2026-02-12", **cast.assignment(kind="random"))
    assert "在正面清单内（至 2026-12-31）" in words
    struck = {"cause": "violation", "reason": "超标排放"}
    take(listing, "strike", Acting(cast.head, at=at), Said(struck), version=listing.version)
    walk.take("assign", cast.head, "2026-02-12", **cast.assignment(kind="random"))


def test_whoever_answers_for_the_list_is_told_when_a_listed_firm_is_suspected(visiting):
    from zhihuan.bureau.inbox.models import Receipt
    from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take

    cast, acting = visiting.cast, Acting(visiting.cast.head, at=nine("2026-02-12"))
    listing = open_matter("positive_list", acting, title="列入", party=cast.firm, town=cast.town)
    said = {"listed_from": "2026-01-01", "listed_until": "2026-12-31", "ground": "三年无违法"}
    take(listing, "enlist", acting, Said(said), version=listing.version)
    suspected = cast.record(DAY, suspected="yes", suspected_what="软管直通河涌")
    visiting.take("record", cast.first, DAY, **suspected)
    visiting.take("leave", cast.first, DAY, left_at=f"{DAY}T09:00")
    visiting.take("archive", cast.first, DAY, recorders="01", footage="ZF-1")
    visiting.take("tell", cast.first, DAY, **cast.telling())
    visiting.take(
        "to_clue",
        cast.first,
        DAY,
        facts="软管直通河涌",
        law="《中华人民共和国生态环境法典》第一千一百零八条",
    )
    told = Receipt.objects.filter(message__matter=listing.pk, message__words__contains="移出清单")
    assert {each.user for each in told} == {cast.head}


@pytest.mark.parametrize(("until", "fits"), [("2026-12-31", True), ("2027-01-01", False), ("2025-12-31", False)])  # fmt: skip
def test_a_firm_is_listed_for_a_year_at_most(cast, until, fits):
    from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take

    acting = Acting(cast.head, at=nine("2026-01-05"))
    listing = open_matter("positive_list", acting, title="列入", party=cast.firm, town=cast.town)
    said = Said({"listed_from": "2026-01-01", "listed_until": until, "ground": "三年无违法"})
    if fits:
        take(listing, "enlist", acting, said, version=listing.version)
        return
    with pytest.raises(StepRefusedError):
        take(listing, "enlist", acting, said, version=listing.version)
