"""A fined case from its clue to the closed and published file, with its clocks and papers on the way."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from case_walk import nine

from zhihuan.bureau.documents.publication import publish
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.models import RunningClock

Outcome = RunningClock.Outcome


def test_from_the_clue_to_the_closed_and_published_file(walk):
    walk.to_filed()
    assert walk.clock("file").since.date() == dt.date(2026, 8, 30)  # midnight of Beijing, in UTC
    assert walk.clock("file").outcome == Outcome.MET
    # 1 September + 90 days = 30 November, a Monday
    assert walk.clock("decision").last_day == dt.date(2026, 11, 30)
    walk.to_review()
    walk.to_notice()
    assert walk.clock("statement").last_day == dt.date(2026, 9, 17)
    walk.to_decision()
    assert walk.matter.state == "decision"
    walk.to_pay()
    case = walk.kept()
    assert (case.number, case.fine) == ("中环罚字〔2026〕1号", Decimal(50000))
    assert (case.decided_on, case.served_on) == (dt.date(2026, 9, 18), dt.date(2026, 9, 18))
    # fifteen days end on Saturday 3 October, within the holidays: 8 October
    assert case.pay_by == walk.clock("pay").last_day == dt.date(2026, 10, 8)
    assert walk.clock("publish").last_day == dt.date(
        2026, 9, 29
    )  # Mid-Autumn off, Sunday 20th worked
    publish(walk.matter.documents.get(code="decision"), walk.cast.head)
    walk.go("publish", "2026-09-25")
    walk.go("pay_all", "2026-09-28", amount="50000", paid_on="2026-09-28", receipt_number="T1")
    walk.go("recheck", "2026-10-20")
    walk.go("close", "2026-10-21")
    case = walk.kept()
    assert (case.state, case.ending, case.paid) == ("close", "performed", Decimal(50000))
    assert case.ended_at == nine("2026-10-21")
    assert case.is_new_law
    running = RunningClock.objects.filter(matter=case, outcome=Outcome.RUNNING)
    assert not running.exists()


def test_the_decision_says_all_that_the_law_asks_of_it(walk):
    walk.to_filed().to_review().to_notice().to_decision().to_pay()
    text = walk.text_of("decision")
    for words in (
        "中环罚字〔2026〕1号",
        "中山某印染有限公司",
        "张三",
        "三角镇模拟路 1 号",
        "有检测报告为证",
        "于2026年9月10日向你（单位）送达告知书（中（三角）环罚告〔2026〕1号）",
        "《中华人民共和国生态环境法典》第一千零八十六条第一款",
        "一般情节，取下限",
        "给予罚款的行政处罚",
        "罚款人民币伍万元整（￥50,000元）",
        "十五日内",
        "每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额",
        "六十日内向本级人民政府申请行政复议",
        "六个月内直接向有管辖权的人民法院提起行政诉讼",
        "责令改正：立即停止超标排放",
        "二〇二六年九月十八日",
    ):
        assert words in text, words


def test_the_papers_before_it_name_facts_law_and_rights(walk):
    walk.to_filed().to_review().to_notice()
    told = {
        "clue_form": ("日常检查", "2026年8月31日", "废水超标排放"),
        "inspection_record": ("废水总排口", "jia（执法证号 44-", "见证人李四"),
        "filing_approval": ("超标排放水污染物", "同意立案", "leader"),
        "investigation_report": ("罚款人民币伍万元整（￥50,000元）", "检测报告、笔录"),
        "review_opinion": ("违法事实清楚", "reviewer（未参与本案调查）"),
        "notice": ("五个工作日内", "陈述和申辩的权利", "￥50,000元"),
    }
    for code, words in told.items():
        text = walk.text_of(code)
        for each in words:
            assert each in text, (code, each)


def test_what_nobody_answers_goes_on_to_the_decision_by_itself(walk):
    walk.to_filed().to_review().to_notice()
    assert expire_due(nine("2026-09-17")) == 0
    assert expire_due(nine("2026-09-18")) == 1
    case = walk.kept()
    assert (case.state, case.events.last().actor) == ("decision", None)
