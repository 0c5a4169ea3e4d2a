"""The penalty case that grows out of the clue: filed, reviewed by others, notified, decided, served, paid, closed."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import lead_home
from lead_calendar import calendar_days, working_days
from lead_office import (
    Office,
    clocks,
    fill,
    hand_in,
    last_day,
    paper,
    read,
    refusal,
    state_of,
    take,
    until,
)

LAW = "《中华人民共和国生态环境法典》第一千一百零七条"
FACTS = "2026年9月7日1号炉二氧化硫小时均值超过许可限值35mg/m³，有自动监测数据和现场检查笔录为证。"
TYPE = "超过许可排放浓度排放大气污染物"
FOUND = dt.date(2026, 9, 7)
TITLE = "中山模拟热电有限公司超标排放大气污染物案（模拟）"


def the_clue_becomes_a_case(office: Office, clue: str) -> str:
    """Two officers check it, the head decides, an officer opens the case; the case's address."""
    page = office.page("officer", clue)
    take(
        page, "现场核查", _officer_2=str(office.accounts["second"]), finding="proved",
        checked_at=office.at("10:40"), facts="治理设施停运，超标属实。", party_words="无异议",
    )  # fmt: skip
    # from the seventh, when the exceedance was found, and not from the check
    assert last_day(page, "立案期限") == calendar_days(FOUND, 15)
    head = office.page("head", clue)
    take(head, "转立案", act=TYPE, reasons="事实清楚，依法应当处罚。")
    page.reload()
    page.get_by_role("link", name="行政处罚案件", exact=True).click()
    page.wait_for_url("**/matters/penalty_case/new/**")
    page.get_by_label("标题").fill(TITLE)
    page.get_by_role("button", name="发起并继续").click()
    page.wait_for_url("**/steps/register/")
    assert page.locator("[name=found_on]").input_value() == FOUND.isoformat()
    fill(
        page,
        source="monitoring",
        act_from="2026-09-07",
        act_until="2026-09-07",
        what=FACTS,
    )
    hand_in(page, "登记线索")
    return page.url.removeprefix(office.web)


def it_is_filed(office: Office, case: str) -> None:
    """Evidence first, then the approval of others."""
    page = office.page("officer", case)
    assert last_day(page, "立案期限") == calendar_days(FOUND, 15)
    both = {"_officer_2": str(office.accounts["second"])}
    take(
        page, "现场检查（勘察）", begun_at=office.at("10:05"), ended_at=office.at("10:55"),
        place=lead_home.STACK, identity_shown=True, met="孙主管", found="脱硫浆液泵停运。", record=paper(), **both,
    )  # fmt: skip
    take(
        page, "提请立案", case_type=TYPE, evidence="自动监测数据、现场检查笔录、照片", is_punishable=True,
        is_ours=True, is_in_time=True, law_broken=LAW, **both,
    )  # fmt: skip
    take(office.page("head", case), "审核立案", opinion="同意立案")
    leader = office.page("leader", case)
    take(leader, "批准立案", opinion="同意")
    assert state_of(leader) == "已立案调查"
    assert last_day(leader, "办案期限") == calendar_days(office.today, 90)
    read(leader, "立案审批表", TYPE, "郑局长")


def evidence_is_added(office: Office, case: str) -> None:
    """A paper that the party handed in."""
    number = re.search(r"\d+", case)[0]  # type: ignore[index]
    page = office.page("officer", f"/evidence/of/{number}/add/")
    fill(page, file=paper("脱硫运行记录.pdf"), title="脱硫设施运行记录", kind="documentary", obtained="copied",
         origin="中山模拟热电有限公司提供，与原件核对无误")  # fmt: skip
    page.get_by_role("button", name="入卷").click()
    page.get_by_text("下载原件").wait_for()


def its_fine_is_reckoned_and_reported(office: Office, case: str) -> str:
    """By the calculator, which hands over into the report of the investigation; the fine [元]."""
    page = office.page("officer", "/discretion/PW08/")
    for name, day in (("began", "2026-09-07"), ("ended", "2026-09-07"), ("decided", "2026-09-21")):
        page.locator(f"[name={name}]").fill(day)
    page.locator("[name=factor_set]").select_option("3.4")
    _reckon(page)
    chosen = sum(_choose(page, f"f{number}", 2) for number in range(3))
    _reckon(page)
    page.get_by_role("button", name=re.compile("调查终结")).click()
    page.get_by_role("heading", name="调查终结").wait_for()
    fine = page.locator("[name=proposed_fine]").input_value()
    # of 1,000,000 yuan: ten in a hundred to begin with, and two for the lowest level of what was not answered
    assert Decimal(fine) == 1_000_000 * (10 + chosen + 2) / 100
    fill(
        page, _officer_2=str(office.accounts["second"]), case_type=TYPE, act_from="2026-09-07",
        act_until="2026-09-07", facts=FACTS, evidence="自动监测数据、现场检查笔录、照片、运行记录", law_broken=LAW,
        law_penalty=LAW, proposed_kinds=["fine"], discretion="按裁量因素逐项计算。", correction="立即恢复治理设施，达标排放",
    )  # fmt: skip
    hand_in(page, "调查终结")
    read(page, "案件调查报告", FACTS, LAW)
    take(page, "提交审查")
    return fine


def _reckon(page: Any) -> None:
    before = page.url
    page.get_by_role("button", name="计算", exact=True).click()
    page.wait_for_url(lambda address: address != before)
    page.locator("#answer").wait_for()


def _choose(page: Any, factor: str, place: int) -> Decimal:
    """The level at that place; its weight as it is told [%]."""
    box = page.locator(f"[name={factor}]").nth(place)
    box.check()
    label = page.locator(f"label[for='{box.get_attribute('id')}']").inner_text()
    return Decimal(re.search(r"（([\d.]+)%）", label)[1])  # type: ignore[index]


def others_review_it(office: Office, case: str) -> None:
    """Reviewer, lawyer and leader, none of whom investigated; whoever did is not offered the step."""
    officer = office.page("officer", case)
    assert not officer.locator(".possible-offers").get_by_text("审查通过").count()
    told = refusal(officer, f"{office.web}{case}steps/review_to_legal/")
    office.expect("403")
    assert "不能办理" in told or "权限" in told, told
    reviewer = office.page("reviewer", case)
    every = ["jurisdiction", "facts", "evidence", "procedure", "limitation", "law"]
    take(
        reviewer, "审查通过，送法制审核", checked=every, grounds=["complex"], is_weighty=True, must_discuss=True,
        opinion="事实清楚，证据充分。",
    )  # fmt: skip
    lawyer = office.page("lawyer", case)
    assert last_day(lawyer, "法制审核期限") == working_days(office.today, 5)
    take(lawyer, "审核通过，送集体讨论", qualified=True, opinion="适用法律正确，裁量适当。")
    leader = office.page("leader", case)
    take(
        leader, "讨论通过，送告知", held_on=office.today.isoformat(), host="郑局长", reported=FACTS,
        views="郑局长：同意\n钱副局长：同意\n孙总工程师：同意", conclusion="同意处罚。",
    )  # fmt: skip
    read(leader, "案件集体讨论笔录", "钱副局长")


def the_party_is_notified(office: Office, case: str, fine: str) -> None:
    """The amount gives a right to a hearing: the plain notice is refused."""
    page = office.page("officer", case)
    take(page, "听证告知")
    told = read(page, "行政处罚听证告知书", FACTS, LAW)
    assert f"{float(fine):,.0f}元" in told
    _serve(page, "行政处罚听证告知书", office.today)
    page.goto(office.web + case)
    take(page, "告知书已送达")
    for clock in ("陈述申辩期限", "申请听证期限"):
        assert last_day(page, clock) == working_days(office.today, 5), clock


def nobody_decides_before_the_period_is_over(office: Office, case: str) -> None:
    """On its last day, a Sunday that is worked."""
    page = office.page("leader", case)
    assert state_of(page) == "已告知"
    told = refusal(page, f"{office.web}{case}steps/decide/")
    office.expect("409")
    assert "现处于" in told, told


def it_is_decided_and_served(office: Office, case: str) -> None:
    page = office.page("leader", case)

    def is_over() -> bool:
        page.reload()
        return state_of(page) == "待决定"

    until(is_over, "the period of statement did not end by itself")
    take(
        page,
        "作出处罚决定",
        facts=FACTS,
        defence="当事人未提出陈述申辩。",
        correction="立即恢复治理设施，达标排放",
    )
    assert last_day(page, "信息公开期限") == working_days(office.today, 7)
    officer = office.page("officer", case)
    _serve(officer, "行政处罚决定书", office.today)
    officer.goto(office.web + case)
    take(officer, "决定书已送达")
    assert last_day(officer, "缴款期限") == calendar_days(office.today, 15)
    read(officer, "行政处罚决定书", "中环罚字〔2026〕1号", lead_home.FIRM, "张三丰", LAW, FACTS)


def _serve(page: Any, title: str, day: dt.date) -> None:
    page.get_by_role("link", name=title, exact=True).first.click()
    page.wait_for_url("**/documents/*/")
    page.get_by_role("link", name="登记送达回证", exact=True).click()
    page.wait_for_url("**/receipts/new/")
    fill(page, way="direct", received_by="孙主管", place="厂办公室", tried_on=day.isoformat())
    page.get_by_role("button", name="登记送达回证").click()
    page.get_by_text("送达回证已登记。").wait_for()


def it_is_published(office: Office, case: str) -> str:
    """The head reads the redacted copy first; the public page's address."""
    page = office.page("head", case)
    page.get_by_role("link", name="行政处罚决定书", exact=True).first.click()
    page.wait_for_url("**/documents/*/")
    page.get_by_role("link", name="公开脱敏文本", exact=True).click()
    page.wait_for_url("**/publication/")
    shown = page.locator("main").inner_text()
    assert lead_home.FIRM in shown
    assert "张三丰" not in shown
    page.get_by_role("button", name="确认公开").click()
    page.get_by_text("脱敏文本已公开。").wait_for()
    public = page.get_by_role("link", name="查看公开页").get_attribute("href")
    page.goto(office.web + case)
    take(page, "登记信息公开")
    assert clocks(page)["信息公开期限"] == "按期完成"
    return str(public)


def the_public_reads(office: Office, public: str, fine: str) -> None:
    """Without an account; people are not named."""
    for size in ((360, 740), (1366, 768)):
        page = office.anybody(public, size)
        told = page.locator("main").inner_text()
        for words in (lead_home.FIRM, "中环罚字〔2026〕1号", LAW, f"{float(fine):,.0f}元"):
            assert words in told, words
        for hidden in ("张三丰", "孙主管", "陈执法"):
            assert hidden not in told, hidden
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def it_is_paid_and_closed(office: Office, case: str, fine: str) -> None:
    page = office.page("officer", case)
    day = office.today.isoformat()
    take(
        page, "缴清", amount=fine, paid_on=day, receipt_number="粤财0001", receipt=paper("票据.pdf")
    )
    take(
        page, "整改复查", _officer_2=str(office.accounts["second"]), checked_on=day,
        found="脱硫设施正常运行，稳定达标。", is_corrected=True,
    )  # fmt: skip
    leader = office.page("leader", case)
    take(
        leader,
        "结案",
        ending="performed",
        summary="超标排放大气污染物案，已缴清并改正。",
        archived="2026-ZF-001",
    )
    read(leader, "结案审批表", "2026-ZF-001")
    # what may still come is a contest, which officers note
    assert "当前没有由您办理的环节。" in leader.locator("main").inner_text()
    standing = clocks(leader)
    assert not [
        title for title, status in standing.items() if "逾期" in status or "剩" in status
    ], standing
