"""The self-check finds the typical defects, each with its place and its remedy, and leaves a sound file alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from zhihuan.bureau.documents.consistency.case_file import Act, CaseFile, Paper, Service
from zhihuan.bureau.documents.consistency.check import checked
from zhihuan.bureau.documents.consistency.finding import Weight
from zhihuan.bureau.documents.consistency.law import cited_laws
from zhihuan.bureau.documents.consistency.of_a_line import days_between, not_above

PARTY, CODE = "中山市三角印染有限公司", "91350100M000100Y43"
LAW = "《中华人民共和国生态环境法典》"


def at(day: int, hour: int = 1) -> datetime:
    return datetime(2026, 9, day, hour, tzinfo=UTC)


NOTICE = Paper(
    code="notice",
    title="行政处罚事先告知书",
    number="中（三角）环罚告〔2026〕3号",
    rule="penalty_notice",
    made_on=date(2026, 9, 1),
    text=f"当事人：{PARTY}\n统一社会信用代码：{CODE}\n经查，你单位于2026年8月20日超标排放。",
    is_served=True,
    services=(Service("direct", date(2026, 9, 2), date(2026, 9, 2)),),
)
DECISION = Paper(
    code="decision",
    title="行政处罚决定书",
    number="中（三角）环罚字〔2026〕5号",
    rule="penalty_decision",
    made_on=date(2026, 9, 18),
    text=(
        f"当事人：{PARTY}\n统一社会信用代码：{CODE}\n"
        f"我局以中（三角）环罚告〔2026〕3号告知。依据{LAW}第一千零六十条，处罚款叁万元整（￥30,000元）。"
        "限于2026年10月8日前缴纳。如不服本决定，可在六十日内申请行政复议，或者在六个月内提起行政诉讼。"
    ),
    is_served=True,
    services=(Service("direct", date(2026, 9, 20), date(2026, 9, 20)),),
)
ACTS = (
    Act("file", "立案", at(1), frozenset({"1"})),
    Act("notify", "告知", at(2), frozenset({"1", "2"})),
    Act("decide", "决定", at(18), frozenset({"3"})),
)
SOUND = CaseFile(PARTY, CODE, (NOTICE, DECISION), ACTS)


def with_decision(**changes) -> CaseFile:
    return replace(SOUND, papers=(NOTICE, replace(DECISION, **changes)))


def saying(text: str, file: CaseFile = SOUND) -> CaseFile:
    return replace(file, papers=(NOTICE, replace(DECISION, text=f"{DECISION.text}\n{text}")))


def rules_of(file: CaseFile, *more) -> list[str]:
    return [finding.rule for finding in checked(file, more)]


def test_a_sound_file_is_left_alone():
    assert checked(SOUND) == []


def test_a_suit_after_a_review_has_fifteen_days_and_one_without_has_not():
    after = "对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内向有管辖权的人民法院提起行政诉讼"
    assert rules_of(saying(after)) == []
    assert rules_of(saying("可以自收到之日起十五日内提起行政诉讼")) == ["remedy_period"]


def test_an_empty_file_is_left_alone():
    assert checked(CaseFile()) == []


DEFECTS = {
    "name miswritten": (saying("受送达人：中山三角印染有限公司"), "party_name", Weight.WRONG),
    "another name": (saying("受送达人：小榄五金制品厂"), "party_name", Weight.LOOK),
    "code miswritten": (saying("91350100M000100Y34"), "credit_code", Weight.WRONG),
    "code without its check": (saying("91420100M000200Y4Z".replace("Z", "1")), "credit_code", Weight.WRONG),
    "words and figures differ": (saying("罚款人民币贰万元整（￥30,000元）"), "amount", Weight.WRONG),
    "figures and words differ": (saying("罚款30,000元（大写：叁万伍仟元整）"), "amount", Weight.WRONG),
    "words are no amount": (saying("罚款叁万零元伍陆分"), "amount", Weight.WRONG),
    "no such article": (saying(f"依据{LAW}第一千二百四十三条"), "law_article", Weight.WRONG),
    "repealed law": (saying("依据《中华人民共和国水污染防治法》第八十三条"), "law_repealed", Weight.LOOK),
    "repealed law, later conduct": (
        saying("依据《中华人民共和国水污染防治法》第八十三条", replace(SOUND, conduct_until=date(2026, 8, 20))),
        "law_repealed",
        Weight.WRONG,
    ),
    "short name": (saying("依据《行政处罚法》第五十七条"), "law_short", Weight.LOOK),
    "no such day": (saying("2026年9月31日现场检查"), "day", Weight.WRONG),
    "the past dated later": (saying("2026年9月28日现场检查发现"), "day_later", Weight.LOOK),
    "remedy told wrongly": (saying("可在三个月内提起行政诉讼"), "remedy_period", Weight.LOOK),
    "review told wrongly": (saying("可在30日内申请行政复议"), "remedy_period", Weight.LOOK),
    "never served": (with_decision(services=()), "not_served", Weight.WRONG),
    "attempt only": (
        with_decision(services=(Service("mail", None, date(2026, 9, 20)),)),
        "not_served",
        Weight.WRONG,
    ),
    "served before it was made": (
        with_decision(services=(Service("direct", date(2026, 9, 17), date(2026, 9, 17)),)),
        "served_before",
        Weight.WRONG,
    ),
    "public notice at once": (
        with_decision(services=(Service("announced", date(2026, 10, 20), date(2026, 9, 20)),)),
        "announced_first",
        Weight.LOOK,
    ),
    "year of the number": (with_decision(number="中（三角）环罚字〔2025〕5号"), "number_year", Weight.WRONG),
    "cites what came later": (
        replace(SOUND, papers=(replace(NOTICE, text=f"{NOTICE.text}{DECISION.number}"), DECISION)),
        "paper_cited",
        Weight.WRONG,
    ),
    "cites a void number": (
        replace(SOUND, papers=(replace(NOTICE, is_void=True), DECISION)),
        "paper_cited",
        Weight.WRONG,
    ),
    "steps out of order": (
        replace(SOUND, acts=(ACTS[0], ACTS[2], ACTS[1])),
        "acts_order",
        Weight.WRONG,
    ),
    "one person alone": (
        replace(SOUND, acts=tuple(replace(each, people=frozenset({"1"})) for each in ACTS)),
        "one_alone",
        Weight.LOOK,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "rule", "weight"), DEFECTS.values(), ids=DEFECTS)
def test_each_defect_is_found_once_with_place_and_remedy(file, rule, weight):
    [found] = checked(file)
    assert (found.rule, found.weight) == (rule, weight)
    assert found.what
    assert found.where
    assert found.mend


def test_numbers_and_days_rise_together():
    earlier = replace(
        DECISION, number="中（三角）环罚字〔2026〕6号", made_on=date(2026, 9, 15), text=""
    )
    file = replace(SOUND, papers=(NOTICE, DECISION, earlier))
    assert rules_of(file) == ["number_order"]


def test_numbers_of_other_organisations_rise_by_themselves():
    other = replace(
        DECISION, number="中（小榄）环罚字〔2026〕6号", made_on=date(2026, 9, 15), text=""
    )
    assert rules_of(replace(SOUND, papers=(NOTICE, DECISION, other))) == []


SOUND_WORDS = [
    "处罚款人民币叁万元整（小写：￥30,000元），另缴加处罚款5,000元",
    "没收违法所得1万元，处罚款叁万元整（30,000元）",
    "依据《中华人民共和国行政处罚法》（以下简称《行政处罚法》）第五十七条，《行政处罚法》第六十一条",
    "应于2026年10月31日前完成整改，2026年10月1日起执行",
    "依据《某市某规定》第九百条",
    "电话：0760-88123456，统一社会信用代码：" + CODE,
]


@pytest.mark.parametrize("words", SOUND_WORDS)
def test_what_is_right_is_not_found_fault_with(words):
    assert checked(saying(words)) == []


def test_the_old_law_may_be_applied_to_conduct_that_ended_under_it():
    file = saying(
        "依据《中华人民共和国水污染防治法》第八十三条",
        replace(SOUND, conduct_until=date(2026, 8, 14)),
    )
    assert checked(file) == []


def test_a_law_is_not_cited_before_it_is_in_force():
    early = replace(DECISION, made_on=date(2026, 8, 14), text=f"依据{LAW}第一百条", services=())
    file = CaseFile(papers=(replace(early, is_served=False, number="", rule=""),))
    assert rules_of(file) == ["law_not_yet"]
    on_the_day = replace(file, papers=(replace(file.papers[0], made_on=date(2026, 8, 15)),))
    assert checked(on_the_day) == []


def test_void_papers_are_not_judged():
    wrong = replace(DECISION, text="2026年2月30日", is_void=True, services=())
    assert checked(replace(SOUND, papers=(NOTICE, wrong))) == []


def test_public_notice_after_an_attempt_is_in_order():
    tried = (
        Service("mail", None, date(2026, 9, 19)),
        Service("announced", date(2026, 10, 20), date(2026, 9, 20)),
    )
    assert checked(with_decision(services=tried)) == []


def test_what_is_wrong_comes_before_what_wants_a_look():
    found = checked(saying("可在三个月内提起行政诉讼，罚款贰万元整（￥30,000元）"))
    assert [each.weight for each in found] == [Weight.WRONG, Weight.LOOK]


# ---- what only a line can know ---------------------------------------------------------------

FIVE_DAYS = days_between("notice", "decision", working_days=5, basis="行政处罚法 §44、§45")


@pytest.mark.parametrize(
    ("made_on", "found"),
    [(date(2026, 9, 9), ["too_early"]), (date(2026, 9, 10), [])],
)
def test_a_decision_waits_for_five_working_days_since_service(made_on, found):
    # served on Wednesday 2026-09-02: the fifth working day after it is Wednesday the 9th
    file = with_decision(made_on=made_on, text="", services=DECISION.services)
    assert rules_of(file, FIVE_DAYS) == found


def test_notice_and_decision_of_one_day_are_found():
    same = with_decision(made_on=NOTICE.made_on, text="")
    assert "too_early" in rules_of(same, FIVE_DAYS)


def test_a_penalty_above_the_notice_is_found():
    rule = not_above("decide", "notify", field="amount", basis="某条")
    said = {"notify": {"amount": "20000.00"}, "decide": {"amount": "30000.00"}}
    [found] = checked(replace(SOUND, said=said), [rule])
    assert found.rule == "above"
    assert str(Decimal("30000.00")) in found.what
    equal = {**said, "decide": {"amount": "20000"}}
    assert checked(replace(SOUND, said=equal), [rule]) == []


def test_rules_of_a_line_are_silent_where_papers_are_missing():
    rule = not_above("decide", "notify", field="amount", basis="某条")
    assert checked(replace(SOUND, papers=(NOTICE,)), [FIVE_DAYS, rule]) == []


# ---- the list of laws ------------------------------------------------------------------------


def test_the_ten_laws_that_the_code_repeals_end_the_day_before_it():
    titles, _short = cited_laws()
    ended = [law for law in titles.values() if law.until == date(2026, 8, 14)]
    assert len(ended) == 10
    assert titles["中华人民共和国生态环境法典"].since == date(2026, 8, 15)


def test_no_short_name_is_a_title_or_means_two_laws():
    titles, short = cited_laws()
    assert not set(titles) & set(short)
    assert all(name not in law.title or law.title.endswith(name) for name, law in short.items())
