"""The whole way of a clue by the engine: who, when, in which order, and each way out."""

from __future__ import annotations

import datetime as dt

import pytest
from clue_walk import Walk, nine

from zhihuan.bureau.clock import published_calendar
from zhihuan.bureau.matters.checks import faults
from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.engine.refusals import FormRefusedError, StepRefusedError
from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take
from zhihuan.bureau.matters.models import Matter, MatterLink, RunningClock
from zhihuan.lines.clues import forms
from zhihuan.lines.clues.models import Clue
from zhihuan.lines.clues.procedure import CLUE

OUTCOME = RunningClock.Outcome
CASE = {"act": "超标排放水污染物", "reasons": "证据初步充分"}
TRUE = {"consequence": "L4", "tier": "A", "reasons": "x"}
ANSWER = {"way": "phone", "answer": "已责令改正并立案。", "told_all": "on"}
INNOCENT = {"cause": "maintenance", "reasons": "比对运维记录，当时在校准"}


def refused(walk, step, by, day, **said) -> str:
    version = walk.clue.version
    with pytest.raises(StepRefusedError) as told:
        walk.take(step, by, day, **said)
    assert Matter.objects.get(pk=walk.clue.pk).version == version
    return str(told.value)


def faulty(walk, step, by, day, **said) -> dict[str, list[str]]:
    with pytest.raises(FormRefusedError) as told:
        walk.take(step, by, day, **said)
    return told.value.errors


def test_the_declaration_has_no_fault():
    assert faults(CLUE) == []


# ---- the straight way ----


def test_a_clue_goes_from_the_reading_to_a_case_and_into_the_archive(checked):
    cast = checked.cast
    checked.take("to_case", cast.head, "2026-02-25", **CASE)
    checked.take("archive", cast.duty, "2026-02-26")
    clue = checked.kept()
    assert (clue.state, clue.ended_at) == ("closed", nine("2026-02-26"))
    assert (clue.source, clue.verdict, clue.finding, clue.outcome) == (
        "alarm",
        "true",
        "proved",
        "case",
    )
    assert (clue.branch, clue.consequence, clue.tier) == (cast.here, "L4", "B")
    assert [event.step for event in clue.events.all()] == [
        "_open", "register", "accept", "dispatch", "verify", "to_case", "archive",
    ]  # fmt: skip


def test_it_has_its_number_of_the_year_from_the_beginning(cast):
    numbers = []
    for _each in range(2):
        walk = Walk.opened(cast, "2026-03-02")
        walk.register("2026-03-02")
        numbers.append(walk.kept().number)
    assert numbers == ["中环线索〔2026〕1号", "中环线索〔2026〕2号"]


@pytest.mark.parametrize("who", ["duty", "field", "head"])
def test_whoever_finds_something_registers_it(walk, who):
    walk.register(by=getattr(walk.cast, who))
    assert walk.kept().state == "pooled"


def test_the_platform_registers_what_was_raised_and_nobody_in_its_place(walk):
    said = {"source": "alarm", "found_at": "2026-02-12T08:30", "contradiction": "超标 3 小时"}
    assert "权限" in refused(walk, "log", walk.cast.duty, "2026-02-12", **said)
    assert "权限" in refused(walk, "register", None, "2026-02-12", **said)
    walk.take("log", None, "2026-02-12", **said)
    clue = walk.kept()
    assert (clue.state, clue.events.last().actor) == ("pooled", None)
    assert walk.clock("judge") is not None


# ---- registering ----


def test_a_clue_is_registered_at_once_or_with_the_reason_why_not(walk):
    late = {"found_at": "2026-02-11T08:59"}
    assert "24 小时" in refused(walk, "register", walk.cast.duty, "2026-02-12", **_alarm(**late))
    walk.register(**late, late_reason="节假日交接延误")
    assert walk.kept().found_at == dt.datetime(2026, 2, 11, 0, 59, tzinfo=dt.UTC)


def test_24_hours_to_the_minute_are_at_once(walk):
    walk.register(found_at="2026-02-11T09:00")
    assert walk.kept().state == "pooled"


def test_nothing_is_found_in_the_future(walk):
    said = _alarm(found_at="2026-02-12T09:01")
    assert "不能晚于现在" in refused(walk, "register", walk.cast.duty, "2026-02-12", **said)


def _alarm(**said):
    return {"source": "alarm", "found_at": "2026-02-12T08:00", "contradiction": "x"} | said


def test_a_complaint_says_by_which_channel_it_came(walk):
    told = _alarm(source="complaint")
    assert "channel" in faulty(walk, "register", walk.cast.duty, "2026-02-12", **told)


def test_only_a_complaint_has_a_named_informant(walk):
    told = _alarm(is_real_name="on")
    assert "is_real_name" in faulty(walk, "register", walk.cast.duty, "2026-02-12", **told)


@pytest.mark.parametrize("field", ["contradiction", "what"])
def test_an_informant_s_telephone_is_refused_where_everybody_reads(walk, field):
    told = _alarm(source="complaint", channel="12369") | {field: "来电人 13800138000 称夜间偷排"}
    errors = faulty(walk, "register", walk.cast.duty, "2026-02-12", **told)
    assert "13800138000" in errors[field][0]
    assert "举报人" in errors[field][0]


def test_a_reading_may_hold_numbers_like_any(walk):
    walk.register(contradiction="流量 13800138000 L 与电表读数不符")
    assert walk.kept().state == "pooled"


# ---- judging ----


def test_what_is_innocent_needs_a_cause_and_no_check(pooled):
    assert "cause" in faulty(pooled, "innocent", pooled.cast.duty, "2026-02-13", reasons="x")
    pooled.take("innocent", pooled.cast.duty, "2026-02-13", **INNOCENT)
    clue = pooled.kept()
    assert (clue.state, clue.verdict, clue.outcome) == ("settled", "innocent", "innocent")
    pooled.take("archive", pooled.cast.duty, "2026-02-13")
    assert pooled.kept().state == "closed"


def test_what_cannot_be_told_is_looked_at_again_after_a_while(pooled):
    told = {"lacking": "用电数据", "reasons": "单凭浓度不能判断"}
    pooled.take("doubt", pooled.cast.duty, "2026-02-13", **told)
    assert (pooled.kept().state, pooled.kept().verdict) == ("doubtful", "unsure")
    assert pooled.clock("judge").outcome == OUTCOME.MET
    # thirty days end on Sunday 15 March
    assert pooled.clock("recheck").last_day == dt.date(2026, 3, 16)
    pooled.take("accept", pooled.cast.head, "2026-03-17", **TRUE)
    assert pooled.clock("recheck").outcome == OUTCOME.LATE


# ---- merging ----


@pytest.fixture
def other(cast):
    found = Walk.opened(cast, "2026-02-12", title="同一公司又超标")
    found.register()
    return found


def test_a_merged_clue_ends_and_points_to_the_other(pooled, other):
    other.take("merge", pooled.cast.duty, "2026-02-13", into=pooled.clue.pk, reasons="同一超标过程")
    merged = other.kept()
    assert (merged.state, merged.ended_at) == ("merged", nine("2026-02-13"))
    link = MatterLink.objects.get(matter=merged.pk)
    assert (link.kind, link.other_id) == ("merged_into", pooled.clue.pk)
    assert [event.step for event in merged.events.all()][-2:] == ["merge", "_link"]
    assert merged.version == merged.events.count()
    assert not RunningClock.objects.filter(matter=merged.pk, outcome=OUTCOME.RUNNING).exists()
    assert pooled.kept().state == "pooled"


@pytest.mark.parametrize("which", ["itself", "nothing", "draft", "ended"])
def test_nothing_goes_into_itself_or_what_is_not_open(pooled, other, which, cast):
    if which == "ended":
        other.take("merge", cast.duty, "2026-02-13", into=pooled.clue.pk, reasons="x")
    draft = Walk.opened(cast, "2026-02-12")
    numbers = {
        "itself": pooled.clue.pk,
        "nothing": 10**9,
        "draft": draft.clue.pk,
        "ended": other.clue.pk,
    }
    errors = faulty(pooled, "merge", cast.duty, "2026-02-13", into=numbers[which], reasons="x")
    assert list(errors) == ["into"]
    assert not MatterLink.objects.filter(matter=pooled.clue.pk).exists()


def test_nobody_merges_into_what_they_may_not_look_at(pooled, cast):
    from zhihuan.bureau.places.city import find_town

    elsewhere = Walk.opened(cast, "2026-02-12", party=None, town=find_town("小榄镇"))
    elsewhere.register()
    told = {"into": elsewhere.clue.pk, "reasons": "x"}
    assert "权限" in refused(pooled, "merge", cast.head, "2026-02-13", **told)
    assert pooled.kept().state == "pooled"


def test_whoever_waits_for_an_answer_waits_for_that_of_the_other_clue(pooled, cast):
    reported = Walk.opened(cast, "2026-02-12", title="举报偷排")
    reported.report()
    told = reported.informant()
    reported.take("merge", cast.duty, "2026-02-13", into=pooled.clue.pk, reasons="同一过程")
    pooled.clue = pooled.kept()
    pooled.take("innocent", cast.duty, "2026-02-13", **INNOCENT)
    assert "先反馈" in refused(pooled, "archive", cast.duty, "2026-02-13")
    pooled.take("answer", cast.duty, "2026-02-24", **ANSWER)
    told.refresh_from_db()
    assert told.told_at == nine("2026-02-24")


# ---- sending out and checking ----


def test_a_clue_goes_to_the_branch_of_its_town(pooled):
    pooled.take("accept", pooled.cast.head, "2026-02-13", **TRUE)
    wrong = pooled.sent(pooled.cast.there)
    assert "不属于所选分局" in refused(pooled, "dispatch", pooled.cast.duty, "2026-02-13", **wrong)
    pooled.take("dispatch", pooled.cast.duty, "2026-02-13", **pooled.sent())
    assert pooled.kept().branch == pooled.cast.here


def test_a_branch_sends_back_what_is_not_its_own(dispatched):
    dispatched.take("send_back", dispatched.cast.field, "2026-02-14", reason="厂址在邻镇")
    clue = dispatched.kept()
    assert (clue.state, clue.branch) == ("valid", None)
    assert dispatched.clock("check").outcome == OUTCOME.MET
    assert dispatched.clock("dispatch").outcome == OUTCOME.RUNNING


def test_two_officers_with_certificates_check_together(dispatched):
    cast = dispatched.cast
    told = {"finding": "proved", "checked_at": "2026-02-24T08:00", "facts": "x"}
    for officers in ([], [cast.field], [cast.field, cast.novice]):
        assert "至少 2 名" in refused(
            dispatched, "verify", cast.field, "2026-02-24", officers=officers, **told
        )
    dispatched.verify("2026-02-24", "proved")
    event = dispatched.clue.events.last()
    assert [each["certificate"] for each in event.officers] == ["中环执001", "中环执002"]


def test_nothing_is_checked_in_the_future(dispatched):
    told = {"finding": "proved", "checked_at": "2026-02-24T09:01", "facts": "x"}
    officers = [dispatched.cast.field, dispatched.cast.second]
    assert "不能晚于现在" in refused(
        dispatched, "verify", dispatched.cast.field, "2026-02-24", officers=officers, **told
    )


# ---- outcomes ----

PROVING = {
    "to_case": CASE,
    "settle_proved": {"handling": "当场改正，依法不予处罚"},
    "educate": {"advice": "加强维护"},
}


@pytest.mark.parametrize(
    ("step", "outcome"),
    [("to_case", "case"), ("settle_proved", "proved"), ("educate", "education")],
)
@pytest.mark.parametrize("finding", ["proved", "partly", "not_proved", "unknown"])
def test_what_was_not_found_so_is_not_settled_so(dispatched, step, outcome, finding):
    dispatched.verify("2026-02-24", finding)
    head = dispatched.cast.head
    if finding in {"proved", "partly"}:
        dispatched.take(step, head, "2026-02-25", **PROVING[step])
        assert dispatched.kept().outcome == outcome
    else:
        assert "查否" in refused(dispatched, step, head, "2026-02-25", **PROVING[step])


@pytest.mark.parametrize(
    ("finding", "may"),
    [("proved", False), ("partly", False), ("not_proved", True), ("unknown", True)],
)
def test_what_was_found_so_is_not_refuted(dispatched, finding, may):
    dispatched.verify("2026-02-24", finding)
    told = {"reason": "未见异常"}
    if may:
        dispatched.take("refute", dispatched.cast.head, "2026-02-25", **told)
        assert dispatched.kept().outcome == "not_proved"
    else:
        assert "不能查否" in refused(
            dispatched, "refute", dispatched.cast.head, "2026-02-25", **told
        )


@pytest.mark.parametrize("after_the_check", [True, False])
def test_what_is_another_department_s_is_transferred_checked_or_not(pooled, after_the_check):
    cast = pooled.cast
    pooled.take("accept", cast.duty, "2026-02-13", **TRUE)
    if after_the_check:
        pooled.take("dispatch", cast.duty, "2026-02-13", **pooled.sent())
        pooled.verify("2026-02-24", "partly")
    told = {"body": "市水务局", "reasons": "属排水管理"}
    pooled.take("transfer", cast.head, "2026-02-25", **told)
    assert pooled.kept().outcome == "transfer"
    running = RunningClock.objects.filter(matter=pooled.clue.pk, outcome=OUTCOME.RUNNING)
    assert not running.exists()


def test_whoever_checked_decides_nothing(dispatched, person):
    cast = dispatched.cast
    both = person("field_officer", "section_head", name="both", at=cast.here)
    from clue_walk import certified

    certified(both, "中环执099")
    told = {"finding": "proved", "checked_at": "2026-02-24T08:00", "facts": "x"}
    officers = [cast.field, both]
    dispatched.take("verify", cast.field, "2026-02-24", officers=officers, **told)
    assert "前序" in refused(dispatched, "to_case", both, "2026-02-25", **CASE)
    dispatched.take("to_case", cast.leader, "2026-02-25", **CASE)


# ---- answering ----


def test_a_named_informant_is_told_before_anything_is_filed_away(walk):
    cast = walk.cast
    walk.report()
    walk.take("innocent", cast.duty, "2026-02-13", **INNOCENT)
    assert "先反馈" in refused(walk, "archive", cast.duty, "2026-02-13")
    assert "尚未登记举报人" in refused(walk, "answer", cast.duty, "2026-02-13", **ANSWER)
    walk.informant()
    told = ANSWER | {"told_all": ""}
    assert "told_all" in faulty(walk, "answer", cast.duty, "2026-02-13", **told)
    walk.take("answer", cast.duty, "2026-02-13", **ANSWER)
    assert walk.kept().state == "closed"


def test_an_answer_names_nobody(walk):
    walk.report()
    walk.informant()
    walk.take("innocent", walk.cast.duty, "2026-02-13", **INNOCENT)
    told = ANSWER | {"answer": "已电话 13800138000 告知"}
    assert "answer" in faulty(walk, "answer", walk.cast.duty, "2026-02-13", **told)


def test_where_nobody_waits_there_is_nothing_to_answer(pooled):
    pooled.take("innocent", pooled.cast.duty, "2026-02-13", **INNOCENT)
    assert "直接归档" in refused(pooled, "answer", pooled.cast.duty, "2026-02-13", **ANSWER)
    assert "没有须反馈" in refused(
        dispatched_like(pooled), "acknowledge", pooled.cast.duty, "2026-02-13",
        way="phone", accepted="yes", answer="x",
    )  # fmt: skip


def dispatched_like(walk):
    again = Walk.opened(walk.cast, "2026-02-12")
    again.register()
    return again


def test_a_report_passed_on_by_the_city_s_hotline_is_answered_though_nobody_is_named(walk):
    walk.report("12345", is_real_name="")
    walk.take("innocent", walk.cast.duty, "2026-02-13", **INNOCENT)
    assert "先反馈" in refused(walk, "archive", walk.cast.duty, "2026-02-13")
    walk.take("answer", walk.cast.duty, "2026-02-13", **ANSWER | {"way": "platform"})
    assert walk.kept().state == "closed"


def test_an_anonymous_letter_waits_for_nothing(walk):
    walk.report("letter", is_real_name="")
    assert not walk.kept().asks_answer
    walk.take("innocent", walk.cast.duty, "2026-02-13", **INNOCENT)
    walk.take("archive", walk.cast.duty, "2026-02-13")


# ---- void ----


def test_what_was_registered_by_mistake_is_void_with_a_reason(pooled):
    assert "reason" in faulty(pooled, "cancel", pooled.cast.duty, "2026-02-12")
    pooled.take("cancel", pooled.cast.duty, "2026-02-12", reason="重复登记")
    assert (pooled.kept().state, pooled.clock("judge").outcome) == ("void", OUTCOME.LAPSED)


def test_a_named_report_is_not_made_void(walk):
    walk.report()
    assert "先反馈" in refused(walk, "cancel", walk.cast.duty, "2026-02-12", reason="x")


# ---- clocks ----


def at(moment: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{moment}+08:00")


def naive_working_day(start: dt.date, count: int) -> dt.date:
    """The count-th working day after a day, walked day by day over the published calendar."""
    calendar, day = published_calendar(), start
    while count:
        day += dt.timedelta(days=1)
        count -= calendar.works(day)
    return day


def test_judging_takes_two_working_days_the_saturday_made_up_for_among_them(pooled):
    assert pooled.clock("judge").last_day == dt.date(2026, 2, 14)
    pooled.take("innocent", pooled.cast.duty, "2026-02-14", **INNOCENT)
    assert pooled.clock("judge").outcome == OUTCOME.MET


def test_judging_after_it_is_late(pooled):
    pooled.take("innocent", pooled.cast.duty, "2026-02-24", **INNOCENT)
    assert pooled.clock("judge").outcome == OUTCOME.LATE


def test_a_check_takes_seven_working_days_across_spring_festival_and_is_extended_once(dispatched):
    clock = dispatched.clock("check")
    assert clock.last_day == naive_working_day(dt.date(2026, 2, 13), 7) == dt.date(2026, 3, 2)
    head = dispatched.cast.head
    dispatched.take("extend_check", head, "2026-02-27", why="等待采样结果")
    assert dispatched.clock("check").last_day == naive_working_day(dt.date(2026, 3, 2), 7)
    assert "已届满，或已延长" in refused(dispatched, "extend_check", head, "2026-02-28", why="x")


def test_whether_to_file_is_decided_within_fifteen_days_of_when_it_was_found(checked):
    """Found on 12 February: the 27th. Not from the check, which was on the 24th."""
    clock = checked.clock("file")
    assert (clock.began_at, clock.last_day) == (at("2026-02-12T08:30"), dt.date(2026, 2, 27))
    assert clock.started.step == "register"
    assert "权限" in refused(checked, "extend_filing", checked.cast.head, "2026-02-26", why="x")
    checked.take("extend_filing", checked.cast.leader, "2026-02-26", why="案情复杂")
    assert checked.clock("file").last_day == dt.date(2026, 3, 16)  # the 14th is a Saturday
    checked.take("to_case", checked.cast.head, "2026-03-17", **CASE)
    assert checked.clock("file").outcome == OUTCOME.LATE


def test_a_leader_gives_more_time_before_it_was_checked_too(dispatched):
    dispatched.take("extend_filing", dispatched.cast.leader, "2026-02-14", why="春节期间厂区停产")
    assert dispatched.clock("file").last_day == dt.date(2026, 3, 16)


@pytest.mark.parametrize("finding", ["proved", "not_proved"])
def test_where_the_law_is_read_so_it_runs_from_the_check_that_found_it(
    dispatched, monkeypatch, finding
):
    from zhihuan.lines.clues import procedure

    RunningClock.objects.filter(code="file").delete()
    monkeypatch.setattr(procedure, "counts_from", lambda _code, on: "checked")
    dispatched.verify("2026-02-24", finding)
    clock = dispatched.clock("file")
    if finding == "not_proved":
        assert clock is None
    else:
        assert (clock.began_at, clock.last_day) == (at("2026-02-24T08:00"), dt.date(2026, 3, 11))


def test_what_was_not_proved_is_decided_too(dispatched):
    dispatched.verify("2026-02-24", "not_proved")
    dispatched.take("refute", dispatched.cast.head, "2026-02-25", reason="未见异常")
    assert dispatched.clock("file").outcome == OUTCOME.MET


@pytest.mark.parametrize(
    ("channel", "clock", "last_day"),
    [
        ("12369", "accept_12369", dt.date(2026, 2, 27)),
        ("letter", "accept_named", dt.date(2026, 2, 27)),
        ("12345", "answer_12345", dt.date(2026, 3, 11)),
    ],
)
def test_each_channel_has_the_limit_of_its_law_and_no_other(walk, channel, clock, last_day):
    walk.report(channel)
    codes = {"accept_12369", "accept_named", "answer_12345"}
    assert {each.code for each in walk.clue.clocks.all()} & codes == {clock}
    assert walk.clock(clock).last_day == last_day
    if channel == "12345":
        return
    told = {"way": "phone", "accepted": "yes", "answer": "已受理"}
    walk.take("acknowledge", walk.cast.duty, "2026-02-13", **told)
    assert walk.clock(clock).outcome == OUTCOME.MET


def test_an_answer_is_given_within_five_working_days_of_the_result(walk):
    walk.report()
    walk.informant()
    walk.take("innocent", walk.cast.duty, "2026-02-13", **INNOCENT)
    assert walk.clock("answer").last_day == naive_working_day(dt.date(2026, 2, 13), 5)
    walk.take("answer", walk.cast.duty, "2026-03-02", **ANSWER)
    assert walk.clock("answer").outcome == OUTCOME.LATE


def test_where_nobody_waits_no_clock_of_answering_runs(pooled):
    pooled.take("innocent", pooled.cast.duty, "2026-02-13", **INNOCENT)
    assert pooled.clock("answer") is None


# ---- who ----


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("accept", TRUE),
        ("innocent", INNOCENT),
        ("doubt", {"lacking": "x", "reasons": "x"}),
        ("merge", {"into": 1, "reasons": "x"}),
        ("cancel", {"reason": "x"}),
    ],
)
@pytest.mark.parametrize("who", ["field", "leader", "stranger", "outsider"])
def test_the_desk_judges_and_nobody_else(pooled, step, said, who):
    assert "权限" in refused(pooled, step, getattr(pooled.cast, who), "2026-02-13", **said)


@pytest.mark.parametrize("step", ["to_case", "settle_proved", "educate", "transfer", "refute"])
@pytest.mark.parametrize("who", ["duty", "second", "stranger"])
def test_heads_and_leaders_settle_and_nobody_else(checked, step, who):
    assert "权限" in refused(checked, step, getattr(checked.cast, who), "2026-02-25")


def test_another_branch_s_officers_check_nothing_here(dispatched):
    cast = dispatched.cast
    told = {"finding": "proved", "checked_at": "2026-02-24T08:00", "facts": "x"}
    officers = [cast.outsider, cast.second]
    assert "权限" in refused(
        dispatched, "verify", cast.outsider, "2026-02-24", officers=officers, **told
    )


def test_an_enterprise_opens_no_clue_and_sees_none(cast, person, pooled):
    from zhihuan.bureau.matters.reach import seen_by

    owner = person("enterprise_user", name="owner", at=cast.firm)
    with pytest.raises(StepRefusedError):
        open_matter("clue", Acting(owner), title="x", party=cast.firm, town=cast.town)
    assert not seen_by(owner).exists()
    with pytest.raises(StepRefusedError):
        take(pooled.clue, "accept", Acting(owner), Said(TRUE), version=pooled.clue.version)


@pytest.mark.parametrize("step", ["accept", "dispatch", "verify", "to_case", "answer", "archive"])
def test_nothing_is_done_before_its_turn(walk, step):
    assert "现处于“登记”" in refused(walk, step, walk.cast.head, "2026-02-12")


@pytest.mark.parametrize(
    ("form", "said", "field"),
    [
        (forms.AcknowledgeForm, {"way": "phone", "accepted": "yes", "answer": "已电话 13800138000 告知受理"}, "answer"),
        (forms.DispatchForm, {"tasks": "先联系举报人 13800138000 带路"}, "tasks"),
        (forms.TransferForm, {"body": "市水务局", "reasons": "不属本部门", "papers": "举报人电话 13800138000"}, "papers"),
    ],
)  # fmt: skip
def test_what_others_read_names_nobody_who_reported(form, said, field, db):
    given = {"matter": Clue()} if issubclass(form, MatterForm) else {}
    assert "疑似个人信息" in str(form(said, **given).errors[field])
    clean = {name: value.replace("13800138000", "") for name, value in said.items()}
    assert field not in form(clean, **given).errors
