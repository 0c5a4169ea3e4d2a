"""The visit: ordered out of the clue, made on a telephone whose network is cut, sent afterwards, told to the party."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
from pathlib import Path
from typing import Any

import pypdf
from lead_calendar import working_days
from lead_office import PHONE, Office, fill, hand_in, last_day, read, state_of, take
from playwright.sync_api import expect

SEEN = "1号炉脱硫浆液泵停运，备用泵未启动，监控屏显示二氧化硫折算浓度超过35mg/m³。"


def is_ordered(office: Office, clue: str) -> str:
    """By the head, out of the clue; the visit's address."""
    page = office.page("head", clue)
    page.get_by_role("link", name="现场检查", exact=True).click()
    page.wait_for_url("**/matters/inspection/new/**")
    page.get_by_label("标题").fill("1号炉二氧化硫超标线索核查（模拟）")
    page.get_by_role("button", name="发起并继续").click()
    page.wait_for_url("**/steps/assign/")
    fill(
        page, kind="clue", reason="自动监测超标，经分局核实属实", items=["air", "monitoring"],
        approval="中环检〔2026〕9号", visit_by=(office.today + dt.timedelta(days=3)).isoformat(),
        officer_1=str(office.accounts["officer"]), officer_2=str(office.accounts["second"]),
    )  # fmt: skip
    hand_in(page, "派发检查")
    assert state_of(page) == "待检查"
    return page.url.removeprefix(office.web)


def is_made_without_a_network(office: Office, visit: str) -> bytes:
    """What the party took away: the record's PDF, made on the telephone while it had no network."""
    number = re.search(r"\d+", visit)[0]  # type: ignore[index]
    page = office.page("officer", f"/visits/?matter={number}", PHONE)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.locator(f"[data-visit-candidate='{number}'] [data-visit-take]").click()
    page.locator(f"[data-visit-pack='{number}']").wait_for()
    page.context.set_offline(True)

    both = {"_officers": _both(office)}
    at_the_gate = BEGIN | both | {"arrived_at": office.at("10:05")}
    seen = RECORD | both | {"recorded_at": office.at("10:40")}
    left = {"left_at": office.at("10:55"), "words": "已告知立即恢复治理设施"}
    _writes(office, page, number, "begin", at_the_gate)
    paper = _writes(office, page, number, "record", seen)
    _writes(office, page, number, "photograph", {"shows": "脱硫浆液泵停运", "photo": _photo()})
    _writes(office, page, number, "leave", left)
    expect(page.locator("[data-visit-records] .status")).to_have_text(["待传"] * 4)

    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-visit-records] .status")).to_have_text(["已传"] * 4, timeout=60_000)
    return paper


def is_archived_told_and_ended(office: Office, visit: str) -> None:
    """All that was written without a network stands in the matter; the party reads what came of it."""
    page = office.page("officer", visit)
    told = page.locator("main").inner_text()
    for words in (SEEN, "脱硫浆液泵停运", "陈执法（模拟44-officer）、林执法（模拟44-second）"):
        assert words in told, words
    assert last_day(page, "音像记录归库期限") == working_days(office.today, 1)
    read(page, "现场检查（勘察）笔录", SEEN, "陈执法", "林执法", "孙主管")
    take(page, "音像记录归库", recorders="ZF-JL-01、02", footage="2026-0908-01")
    take(
        page, "告知检查结果", result="治理设施停运期间二氧化硫超过许可限值，涉嫌违法，另行调查处理。",
        told_to="孙主管 环保主管", reports_told="none",
    )  # fmt: skip
    take(page, "转线索（立案）", facts=SEEN, law="《中华人民共和国生态环境法典》第一千一百零七条")
    assert state_of(page) == "已转线索"
    assert "转线索" in page.locator("main").inner_text()


# ---- one question a screen ----

BEGIN = {
    "place": "厂区", "presented": True, "rights_told": True, "recusal_asked": "no", "person_name": "孙主管",
    "person_duty": "环保主管",
}  # fmt: skip
RECORD = {
    "situation": SEEN, "suspected": "yes", "suspected_what": "治理设施停运期间超过许可限值排放二氧化硫",
    "read_by": "read", "refuses": "no", "party_signed": "✍", "officer_1_signed": "✍", "officer_2_signed": "✍",
}  # fmt: skip


def _both(office: Office) -> dict[str, str]:
    return {"_officer_2": str(office.accounts["second"])}


def _writes(office: Office, page: Any, matter: str, step: str, answers: dict[str, Any]) -> bytes:
    """Fill the form in and finish it: the record waits on the telephone. What its paper was, where it has one."""
    page.goto(f"{office.web}/visits/of/{matter}/steps/{step}/")
    page.locator("form[data-visit-ready]").wait_for()
    onward = page.get_by_role("button", name="下一题")
    while True:
        for leaf in page.locator("[data-question]:not(:has([data-question])):visible").all():
            _answer(page, leaf, answers)
        if not onward.is_visible():
            break
        onward.click()
    if not page.locator("[data-question]").count():
        for name, value in answers.items():
            _say(page.locator("form[data-offline-form]"), name, value)
    if "photo" in answers:
        page.locator("[data-visit-saved]", has_text="已保存附件").wait_for()
    paper = _paper(page, answers)
    page.get_by_role("button", name="填好了，保存待传").click()
    page.wait_for_url(f"**/visits/of/{matter}/")
    return paper


def _paper(page: Any, answers: dict[str, Any]) -> bytes:
    """Made before the record is finished, read as the party reads it: as text, and as the picture of the signatures."""
    make = page.get_by_role("button", name="生成 PDF")
    if not make.is_visible():
        return b""
    make.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="打开 PDF").click()
    content = Path(download.value.path()).read_bytes()
    sheets = pypdf.PdfReader(io.BytesIO(content)).pages
    text = "".join("".join(sheet.extract_text() for sheet in sheets).split())
    head = (
        "现场检查（勘察）笔录",
        "执法机关：三角分局",
        "当事人：中山模拟热电有限公司",
        "模拟数据",
    )
    said = (answers["situation"], answers["suspected_what"], "陈执法", "林执法")
    for words in (*head, *said, f"共{len(sheets)}页"):
        assert words in text, text
    assert all(any(_ink_below(sheet, who) for sheet in sheets) for who in SIGNED)
    return content


SIGNED = ("当事人签名", "执法人员签名（一）", "执法人员签名（二）")


def _ink_below(sheet: Any, label: str) -> bool:
    """Whether something is written on the picture where the signature of that label stands."""
    lines: dict[str, float] = {}
    sheet.extract_text(
        visitor_text=lambda text, _cm, tm, *_font: lines.update({text.strip(): tm[5]})
    )
    if label not in lines:
        return False
    picture = sheet.images[0].image.convert("L")
    dots = picture.height / float(sheet.mediabox.height)
    top = (float(sheet.mediabox.height) - lines[label] + 4) * dots
    return picture.crop((57 * dots, top, 227 * dots, top + 50 * dots)).getextrema()[0] == 0


def _answer(page: Any, leaf: Any, answers: dict[str, Any]) -> None:
    name = leaf.get_attribute("data-question")
    value = answers.get(name)
    if value == "✍":
        _sign(page, leaf)
    elif isinstance(value, dict) and "name" not in value:
        for one, said in value.items():
            _say(leaf, one, said)
    elif value is not None:
        _say(leaf, name, value)
    elif leaf.get_by_label("未检查").count():  # an item of the checklist
        leaf.get_by_label("是", exact=True).check()


def _say(form: Any, name: str, value: Any) -> None:
    field = form.locator(f"[name='{name}']:not([type=hidden])")
    kind = field.first.evaluate("each => each.type")
    if kind.startswith("select"):
        field.select_option(value)
    elif kind == "radio":
        form.locator(f"[name='{name}'][value='{value}']").check()
    elif kind == "checkbox":
        field.check()
    elif kind == "file":
        field.set_input_files(value)
    else:
        field.fill(value)


def _sign(page: Any, leaf: Any) -> None:
    pad = leaf.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    page.mouse.down()
    for n in range(1, 12):
        page.mouse.move(box["x"] + 20 + 12 * n, box["y"] + box["height"] / 2 + (n % 3) * 8)
    page.mouse.up()
    expect(leaf.get_by_role("status")).to_have_text("已签写")


def _photo() -> dict[str, Any]:
    """A photograph of some size, so that it comes in portions."""
    from PIL import Image

    file = io.BytesIO()
    noise = random.Random(9).randbytes(300 * 200 * 3)
    Image.frombytes("RGB", (300, 200), noise).save(file, "PNG")
    return {"name": "浆液泵.png", "mimeType": "image/png", "buffer": file.getvalue()}
