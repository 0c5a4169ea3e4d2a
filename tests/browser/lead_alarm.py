"""From frames on the wire to a dispatched clue: the enterprise is told and answers, the branch verifies, the desk judges."""

from __future__ import annotations

import asyncio
import threading

import lead_home
from lead_calendar import working_days
from lead_office import PHONE, Office, last_day, state_of, take, until

HOURS = 5


def reports_too_much(office: Office) -> None:
    """The stack's logger sends some hours before now over TCP, an hour a second; each is acknowledged."""
    from zhihuan.telemetry.simulator.clock import SimulationClock
    from zhihuan.telemetry.simulator.fleet import Fleet, FleetOptions
    from zhihuan.telemetry.simulator.spec import DeviceSpec

    begin = lead_home.START.timestamp() - (HOURS + 1) * 3600
    clock = SimulationClock(start=begin, speed=3600)
    options = FleetOptions(clock=clock, ack_seconds=3600.0, reconnect_seconds=0.2)
    spec = DeviceSpec(
        mn=lead_home.MN, kind="flue_gas", reports=("hour",), exceeding=0.0,
        levels={lead_home.SULPHUR_DIOXIDE: 2.2},
    )  # fmt: skip

    async def report() -> None:
        await Fleet([spec], *office.gateway, options).run_for(HOURS)

    # a thread: the browser's own event loop runs in this one
    worker = threading.Thread(target=lambda: asyncio.run(report()))
    worker.start()
    worker.join()
    assert options.ledger.counts["acked"] >= 3, options.ledger.counts


def the_firm_answers(office: Office) -> str:
    """On a telephone, in its portal; the episode's address."""
    page = office.page("owner", "/portal/", PHONE)
    alarm = page.locator("section[aria-labelledby=alarms] li a").filter(has_text=lead_home.STACK)

    def is_there() -> bool:
        page.reload()
        return bool(alarm.count())

    until(is_there, "no episode")
    page.goto(f"{office.web}/messages/")
    told = page.locator("main").inner_text()
    # told at once, and has 24 hours
    assert "本企业有 1 个超标过程，请在 2026-09-08 15:" in told
    page.goto(f"{office.web}/portal/")
    alarm.first.click()
    page.wait_for_url("**/alarms/*/")
    page.locator(".chart-note", has_text="二氧化硫").wait_for()
    told = page.locator("main").inner_text()
    assert "没有小时数据" not in told  # the curve is of when it happened, whenever it is looked at
    for words in (f"≤ {lead_home.LIMIT:g} mg/m³", "GB 13223-2011", "待企业说明", "2026-09-08 15:"):
        assert words in told, words
    page.get_by_label("超标原因与已采取的措施").fill("脱硫浆液泵故障，已启用备用泵。")
    page.get_by_role("button", name="提交说明").click()
    page.get_by_text("已提交说明，由分局核实。").wait_for()
    return page.url.removeprefix(office.web)


def the_branch_verifies(office: Office, alarm: str) -> str:
    """It finds it true; the clue's address."""
    page = office.page("officer", alarm)
    told = page.locator("main").inner_text()
    assert "脱硫浆液泵故障，已启用备用泵。" in told
    assert "2026-09-10 15:" in told  # 72 hours
    page.get_by_label("说明或理由").fill("到站房核对，分析仪校准有效，超标属实。")
    page.get_by_role("button", name="属实，转线索").click()
    page.get_by_text("已办理：属实，转线索。").wait_for()
    page.locator(".fact").filter(has_text="转出的线索").get_by_role("link").click()
    page.wait_for_url("**/matters/*/")
    return page.url.removeprefix(office.web)


def the_desk_judges_and_sends_out(office: Office, clue: str) -> None:
    page = office.page("duty", clue)
    told = page.locator("main").inner_text()
    assert "限值 ≤ 35 mg/m³" in told
    assert last_day(page, "研判期限") == working_days(office.today, 2)
    take(page, "研判有效", reasons="连续数小时超过许可限值，企业说明不影响认定。")
    assert last_day(page, "派发期限") == working_days(office.today, 1)
    take(
        page,
        "派发核查",
        branch={"label": lead_home.BRANCH},
        tasks="查看脱硫设施与在线监测站房，取运行记录。",
    )
    assert last_day(page, "核查期限") == working_days(office.today, 7)
    assert state_of(page) == "待核查"
