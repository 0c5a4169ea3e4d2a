"""A visit in a real Chromium: at the gate, record with checklist and signatures, to the printed sheet, on a telephone and
at a desk; and a draw in public that its own program computes again."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

BEIJING = dt.timezone(dt.timedelta(hours=8))
#: A busy machine takes its time; nothing here is timed.
_PATIENCE_MS = 90_000
SCREENS = [{"width": 360, "height": 740}, {"width": 1366, "theme": "dark"}]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]


def now() -> str:
    return dt.datetime.now(BEIJING).strftime("%Y-%m-%dT%H:%M")


def sign(page: Any, question: Any) -> None:
    pad = question.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    page.mouse.down()
    for n in range(1, 15):
        page.mouse.move(box["x"] + 20 + 12 * n, box["y"] + box["height"] / 2 + (n % 3) * 8)
    page.mouse.up()
    expect(question.get_by_role("status")).to_have_text("已签写")


ANSWERS: dict[str, Callable[[Any, Any], None]] = {
    "_officers": lambda _page, at: (
        at.locator("select")
        .nth(1)
        .select_option(label=at.locator("option", has_text="支队乙").first.inner_text())
    ),
    "arrived_at": lambda _page, at: at.locator("input").fill(now()),
    "place": lambda _page, at: at.locator("input").fill("厂区"),
    "presented": lambda _page, at: at.locator("input").check(),
    "rights_told": lambda _page, at: at.locator("input").check(),
    "recusal_asked": lambda _page, at: at.get_by_label("否").check(),
    "person_name": lambda _page, at: at.locator("input").fill("模拟负责人"),
    "person_duty": lambda _page, at: at.locator("input").fill("环保主管"),
    "situation": lambda _page, at: at.locator("textarea").fill("车间生产，废水处理站运行。"),
    "suspected": lambda _page, at: at.get_by_label("否").check(),
    "recorded_at": lambda _page, at: at.locator("input").fill(now()),
    "read_by": lambda _page, at: at.get_by_label("当事人自行阅读").check(),
    "refuses": lambda _page, at: at.get_by_label("否，同意签字").check(),
    **dict.fromkeys(("party_signed", "officer_1_signed", "officer_2_signed"), sign),
}
CHECK = lambda _page, at: at.get_by_label("是", exact=True).check()  # noqa: E731 - an answer as those above


def answer(page: Any) -> list[str]:
    """Answers every question that is asked, one a screen or all on a page; their names in order."""
    asked = []
    onward = page.get_by_role("button", name="下一题")
    while True:
        leaves = page.locator("[data-question]:not(:has([data-question])):visible")
        for leaf in leaves.all():
            name = leaf.get_attribute("data-question")
            asked.append(name)
            ANSWERS.get(name, CHECK if leaf.get_by_label("未检查").count() else lambda *_: None)(
                page, leaf
            )
        if not onward.is_visible():
            return asked
        onward.click()


@pytest.fixture
def visit(desk: Any, office: str) -> Callable[..., Any]:
    """A visit that was ordered, on the officer's screen."""

    def opened(**screen: Any) -> Any:
        head = desk("head", "/matters/inspection/new/", **screen)
        head.set_default_timeout(_PATIENCE_MS)
        head.get_by_label("标题").fill(f"模拟检查 {screen['width']} {now()}")
        firm = head.locator("[name=party]")
        firm.fill(_firm(screen["width"]))
        head.get_by_role("button", name="发起并继续").click()
        head.wait_for_url("**/steps/assign/")
        head.get_by_label("检查类别").select_option("emergency")
        head.get_by_label("检查事由").fill("模拟事由")
        head.get_by_label("废水").check()
        head.get_by_label("批准或备案文号").fill("模拟检〔0〕9号")
        head.get_by_label("检查期限").fill(
            (dt.datetime.now(BEIJING).date() + dt.timedelta(days=5)).isoformat()
        )
        for number, who in ((1, "支队甲"), (2, "支队乙")):
            box = head.locator(f"select[name=officer_{number}]")
            box.select_option(label=box.locator("option", has_text=who).first.inner_text())
        head.get_by_role("button", name="核对并继续").click()
        head.get_by_role("button", name="确认派发检查").click()
        head.wait_for_url(re.compile(r"/matters/\d+/$"))
        page = desk("inspect-1", head.url.removeprefix(office), **screen)
        page.set_default_timeout(_PATIENCE_MS)
        return page

    return opened


def _firm(width: int) -> str:
    """A firm of the small city that no plan was drawn for: one for each screen."""
    return {360: "ENT-00009", 1366: "ENT-00010"}[width]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda each: str(each["width"]))
def test_a_visit_from_the_gate_to_the_signed_record(
    visit: Any, office: str, clean: Any, screen: dict[str, Any]
) -> None:
    page = visit(**screen)
    clean(page, "assigned", screen)
    page.get_by_role("link", name="到场亮证").click()
    page.wait_for_url("**/steps/begin/")
    clean(page, "begin", screen)
    is_narrow = screen["width"] < 768
    assert page.get_by_role("button", name="下一题").is_visible() == is_narrow
    assert answer(page)[0] == "_officers"
    page.get_by_role("button", name="到场亮证").click()
    page.wait_for_url(re.compile(r"/matters/\d+/$"))
    matter = page.url

    page.get_by_role("link", name="制作现场检查笔录").click()
    page.wait_for_url("**/steps/record/")
    clean(page, "record", screen)
    asked = answer(page)
    assert "permit" in asked
    assert not {"suspected_what", "refusal_reason", "witness_signed"} & set(asked)
    clean(page, "record-end", screen)
    page.get_by_role("button", name="核对并继续").click()
    expect(page.get_by_role("heading", name="核对：制作现场检查笔录")).to_be_visible(
        timeout=_PATIENCE_MS
    )
    clean(page, "record-check", screen)
    page.get_by_role("button", name="确认制作现场检查笔录").click()
    page.wait_for_url(matter)
    clean(page, "recorded", screen)

    page.get_by_role("link", name="查看、打印检查记录").click()
    page.wait_for_url("**/record/")
    assert page.locator("svg.signature-drawn path").count() == 3
    assert "车间生产，废水处理站运行。" in page.locator("main").inner_text()
    clean(page, "sheet", screen)
    page.emulate_media(media="print")
    assert not page.locator(".trail").first.is_visible()
    assert page.locator(".sheet").is_visible()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda each: str(each["width"]))
def test_a_draw_in_public_is_computed_again_by_its_own_program(
    desk: Any, office: str, clean: Any, tmp_path: Path, screen: dict[str, Any]
) -> None:
    page = desk("head", "/open/inspections/", **screen)
    clean(page, "public-plans", screen)
    page.get_by_role("link", name=re.compile("模拟上季度双随机抽查")).click()
    page.wait_for_url(re.compile(r"/open/inspections/\d+/$"))
    clean(page, "public-plan", screen)
    for link, name in (
        ("下载抽取记录（JSON）", "draw.json"),
        ("下载复算程序（verify.py）", "verify.py"),
    ):
        with page.expect_download() as download:
            page.get_by_role("link", name=link).click()
        download.value.save_as(tmp_path / name)
    run = [sys.executable, "-I", "-S", "verify.py", "draw.json"]
    told = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout.strip()) == (0, "一致：2 个结果与复算相同。")


def test_without_script_a_record_is_signed_on_paper(visit: Any, desk: Any) -> None:
    page = visit(width=1366, script=False)
    page.get_by_role("link", name="到场亮证").click()
    page.wait_for_url("**/steps/begin/")
    assert page.locator("[data-question]").count() > 5
    page.goto(page.url.replace("begin", "record"))
    expect(page.locator("main")).to_contain_text("现处于")
    desk.expect("409")
