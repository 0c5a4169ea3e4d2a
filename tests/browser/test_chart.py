"""The chart: nothing the server sent may be invisible, and the table says the same."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

Visit = Any  # the class of conftest.py


def chart_of(visit: Visit, kind: str, **screen: Any) -> Any:
    page = visit("/live/points/SYN-00000/", **screen)
    show(page, kind)
    return page


def show(page: Any, kind: str) -> None:
    page.locator(".chart-key li").first.wait_for()  # its first answer is in
    with page.expect_response(re.compile(r"series\.json.*kind=")):
        page.get_by_role("group", name="数据类型").get_by_role(
            "button", name=kind, exact=True
        ).click()
    page.wait_for_function(
        "kind => document.querySelector('.chart-note').textContent.includes(kind + '数据')",
        arg=kind,
    )


def test_hours_show_limit_marks_mismatch_and_invalid_statistics(visit: Visit) -> None:
    page = chart_of(visit, "小时")
    key = page.locator(".chart-key").inner_text()
    for part in ("限值 ≤ 50 mg/L", "模拟限值", "M 维护 4", "D", "超标", "平台统计", "统计无效"):
        assert part in key
    assert re.search(r"与平台统计不一致 [1-9]", key)
    assert "最小—最大" in key


def test_the_chart_is_really_drawn(visit: Visit) -> None:
    page = chart_of(visit, "小时")
    page.wait_for_timeout(300)
    colours = page.evaluate(
        """() => {
          const canvas = document.querySelector('.chart-stage canvas')
          const ink = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
          const seen = new Map()
          for (let i = 0; i < ink.length; i += 4) if (ink[i + 3] > 200) {
            const k = ink.slice(i, i + 3).join(); seen.set(k, (seen.get(k) || 0) + 1)
          }
          return Object.fromEntries(seen)
        }"""
    )
    assert colours.get("18,97,159", 0) > 200, "no line of the device's values"
    assert colours.get("185,20,26", 0) > 100, "no limit line"
    assert colours.get("211,20,27", 0) > 30, "no exceedance"


def test_the_table_holds_the_rows_of_the_curve(visit: Visit) -> None:
    page = chart_of(visit, "日")
    page.get_by_role("button", name="数据表").click()
    rows = page.locator(".chart-table tbody tr")
    assert rows.count() == int(
        re.search(r"日数据 (\d+) 条", page.locator(".chart-note").inner_text())[1]
    )
    first = rows.first.locator("td").all_inner_texts()
    assert re.fullmatch(r"20\d\d-\d\d-\d\d 00:00", first[0])
    assert float(first[2]) < float(first[1]) < float(first[3])


def test_the_export_holds_what_the_chart_shows(visit: Visit, tmp_path: Path) -> None:
    page = chart_of(visit, "日")
    shown = int(re.search(r"日数据 (\d+) 条", page.locator(".chart-note").inner_text())[1])
    with page.expect_download() as waiting:
        page.get_by_role("link", name="导出 CSV").click()
    file = tmp_path / "export.csv"
    waiting.value.save_as(file)
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
    data = [row for row in rows if re.match(r"20\d\d-\d\d-\d\d ", row[0])]
    assert len(data) == shown


def test_zooming_fetches_finer_rows_and_loses_no_extreme(visit: Visit) -> None:
    """A day of real-time values comes in buckets; their extremes are those of the rows."""
    page = chart_of(visit, "实时")
    with page.expect_response(re.compile(r"series\.json")) as whole:
        page.get_by_role("button", name="24 小时", exact=True).click()
    coarse = whole.value.json()
    assert coarse["bucketSeconds"] > 0
    page.locator(".chart-keys").focus()
    with page.expect_response(re.compile(r"series\.json")) as zoomed:
        page.keyboard.press("+")
        page.keyboard.press("+")
        page.keyboard.press("+")
    fine = zoomed.value.json()
    assert fine["bucketSeconds"] < coarse["bucketSeconds"]
    inside = [
        high
        for at, high in zip(coarse["t"], coarse["max"], strict=True)
        if fine["t"][0] < at and at + coarse["bucketSeconds"] < fine["t"][-1]
    ]
    highs = fine["max"] if fine["bucketSeconds"] else fine["value"]
    assert max(inside) <= max(high for high in highs if high is not None) + 1e-9


def test_another_factor_and_an_earlier_span(visit: Visit) -> None:
    page = chart_of(visit, "小时")
    with page.expect_response(re.compile("factor=w21003")):
        page.get_by_role("combobox", name="监测因子").select_option("w21003")
    later = page.get_by_role("button", name="后一段 ›")
    assert later.is_disabled()
    for _press in range(2):
        with page.expect_response(re.compile("factor=w21003")):
            page.get_by_role("button", name="‹ 前一段").click()
    page.wait_for_function(
        "() => /没有小时数据/.test(document.querySelector('.chart-note').textContent)"
    )
    assert later.is_enabled()


def test_arrow_keys_read_sample_by_sample(visit: Visit) -> None:
    page = chart_of(visit, "小时")
    page.locator(".chart-keys").focus()
    readout = page.locator(".chart-readout")
    seen = [readout.inner_text()]
    for _press in range(3):
        page.keyboard.press("ArrowLeft")
        seen.append(readout.inner_text())
    times = [text[:16] for text in seen]
    assert times == sorted(set(times), reverse=True)
    assert all("设备值" in text and "平台统计" in text for text in seen)
    page.wait_for_function(
        "() => document.getElementById('announcer').textContent.includes('设备值')"
    )
