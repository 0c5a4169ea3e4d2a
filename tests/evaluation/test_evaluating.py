"""From a file to judgements with reasons, in every form of output, on real records where there are any."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import openpyxl
import pytest

from zhihuan.evaluation import reading
from zhihuan.evaluation.errors import AskedError, FileRefusedError
from zhihuan.evaluation.evaluating import Evaluation
from zhihuan.evaluation.subject import Asked, subject, subject_names
from zhihuan.evaluation.template import template_text
from zhihuan.evaluation.writers.delimited import write_csv
from zhihuan.evaluation.writers.document import write_json
from zhihuan.evaluation.writers.workbook import write_workbook
from zhihuan.standards.air import hourly_aqi

BEIJING = ZoneInfo("Asia/Shanghai")
HOURS = (
    "时间,城市,点位,PM2.5,PM10,O3\n"
    "2026-02-28T23:00+08:00,中山,甲,75,120,50\n"
    "2026-03-01T00:00+08:00,中山,甲,75,120,50\n"
    "2026-03-01T01:00+08:00,中山,甲,75,120,50\n"
    "2026-03-01T02:00+08:00,中山,甲,-5,120,50\n"
    "2026-03-01T03:00+08:00,中山,甲,,,\n"
)


def evaluation(tmp_path: Path, text: str, name: str = "air", **asked: object) -> Evaluation:
    path = tmp_path / f"{name}.csv"
    path.write_text(text, encoding="utf-8", newline="")
    choices = {
        choice.name: choice.default or (*choice.answers, "")[0] for choice in subject(name).choices
    }
    choices |= dict(asked.pop("choices", {}))  # type: ignore[call-overload]
    return Evaluation.of(subject(name), path, Asked(choices=choices, **asked))  # type: ignore[arg-type]


def results(found: Evaluation) -> dict[int, dict[str, object]]:
    table: dict[int, dict[str, object]] = {}
    for judged in found.pieces():
        for place, number in enumerate(judged.numbers.tolist()):
            table[number] = {name: values[place] for name, values in judged.columns.items()}
    return table


# --- the judgement ----------------------------------------------------------------------------------


def test_each_row_is_judged_by_the_edition_of_its_day(tmp_path: Path) -> None:
    found = evaluation(tmp_path, HOURS)
    table = results(found)
    assert sorted(table) == [2, 3, 4, 6]
    # 75 µg/m³: IAQI 100 by the 2012 break points, 114 by those of 2026; 00:00 ends the old day
    assert [table[row]["AQI"] for row in (2, 3, 4)] == [100, 100, 114]
    assert [table[row]["空气质量级别"] for row in (2, 4)] == ["良", "轻度污染"]
    assert np.isnan(table[6]["AQI"])  # type: ignore[arg-type]
    assert table[6]["空气质量级别"] == ""
    assert found.refusals.rows == 1


def test_the_start_label_moves_midnight_to_the_new_day(tmp_path: Path) -> None:
    table = results(evaluation(tmp_path, HOURS, choices={"label": "start"}))
    assert [table[row]["AQI"] for row in (2, 3, 4)] == [100, 114, 114]


def test_a_forced_edition_judges_all_rows(tmp_path: Path) -> None:
    table = results(evaluation(tmp_path, HOURS, edition="HJ 633-2026"))
    assert [table[row]["AQI"] for row in (2, 3, 4)] == [114, 114, 114]


def test_the_summary_counts_and_holds_the_law_of_both_editions(tmp_path: Path) -> None:
    found = evaluation(tmp_path, HOURS)
    results(found)
    assert found.summary.results == 4
    assert found.summary.tallies["空气质量级别"] == {"良": 2, "轻度污染": 1, "无法评价": 1}
    assert found.summary.figures["AQI"].high == 114
    standards = {basis.standard for basis in found.summary.basis}
    assert {"HJ 633-2012", "HJ 633-2026"} <= standards


def test_a_day_before_every_edition_refuses_its_rows_only(tmp_path: Path) -> None:
    text = "日期,断面,氨氮\n1900-01-01,甲,0.3\n2024-05-01,甲,0.3\n"
    found = evaluation(tmp_path, text, "water")
    assert sorted(results(found)) == [3]
    assert "没有已收录的标准版本" in str(found.refusals.problems[0])
    assert str(found.refusals.problems[0]).startswith("第 2 行")
    assert "已收录 2002-06-01 起" in str(found.refusals.problems[0])


def test_rows_without_any_date_need_a_day_to_be_judged_by(tmp_path: Path) -> None:
    text = "断面,氨氮\n甲,0.3\n乙,3\n"
    with pytest.raises(AskedError, match="--on"):
        results(evaluation(tmp_path, text, "water"))
    table = results(evaluation(tmp_path, text, "water", on=date(2024, 5, 1)))
    assert [str(table[row]["水质类别"]) for row in (2, 3)] == ["Ⅱ", "劣Ⅴ"]


def test_why_tells_the_reasons_of_one_row(tmp_path: Path) -> None:
    text = evaluation(tmp_path, HOURS).why(4)[0].text()
    assert "HJ 633-2026" in text
    assert "AQI 114" in text


def test_why_of_a_refused_row_tells_the_refusal(tmp_path: Path) -> None:
    with pytest.raises(AskedError, match=r"第 5 行没有参加评价：\n.*浓度或数值不能为负"):
        evaluation(tmp_path, HOURS).why(5)
    with pytest.raises(AskedError, match="第 99 行没有结果"):
        evaluation(tmp_path, HOURS).why(99)


def test_pieces_give_what_the_whole_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        f"2026-0{1 + n // 700}-{1 + n // 24 % 28:02d}T{n % 24:02d}:00+08:00,甲,{n % 300}"
        for n in range(1400)
        if n // 24 % 28 < 28
    ]
    text = "时间,点位,PM2.5\n" + "\n".join(sorted(lines))
    whole = results(evaluation(tmp_path, text))
    monkeypatch.setattr(reading, "PIECE_BYTES", 2000)
    cut = evaluation(tmp_path, text)
    pieces = list(cut.pieces())
    assert len(pieces) > 5
    assert [row for piece in pieces for row in piece.numbers.tolist()] == list(whole)
    np.testing.assert_equal(
        np.concatenate([piece.columns["AQI"] for piece in pieces]),
        np.array([row["AQI"] for row in whole.values()]),
    )


@pytest.mark.parametrize("name", subject_names())
def test_every_template_is_judged_without_a_refusal_and_flagged_as_synthetic(
    tmp_path: Path, name: str
) -> None:
    found = evaluation(tmp_path, template_text(subject(name).layout), name)
    table = results(found)
    assert table
    assert found.refusals.rows == 0
    assert found.synthetic
    assert found.summary.basis
    assert any(heading in next(iter(table.values())) for heading in subject(name).tallies)
    assert found.why(next(iter(table)))[0].text()


# --- days of hours ----------------------------------------------------------------------------------


def a_day(hours: int, value: float = 40.0) -> str:
    lines = [f"2026-03-01T{n:02d}:00+08:00,甲,{value}" for n in range(1, hours + 1)]
    return "时间,点位,PM2.5\n" + "\n".join(lines) + "\n"


def test_a_day_needs_twenty_hours(tmp_path: Path) -> None:
    short = results(evaluation(tmp_path, a_day(19), choices={"period": "day"}))
    assert np.isnan(short[2]["AQI"])  # type: ignore[arg-type]
    assert short[2]["PM2.5有效小时数"] == 19
    enough = results(evaluation(tmp_path, a_day(20), choices={"period": "day"}))
    assert enough[2]["AQI"] == 60
    assert enough[2]["PM2.5日均值"] == 40


def test_the_reasons_of_a_day_tell_its_hours(tmp_path: Path) -> None:
    text = evaluation(tmp_path, a_day(20), choices={"period": "day"}).why(2)[0].text()
    assert "有效小时值数：20 个" in text
    assert "AQI 60" in text


def test_ozone_of_a_day_is_its_largest_eight_hours(tmp_path: Path) -> None:
    lines = [f"2026-07-01T{n:02d}:00+08:00,甲,{200 if 11 <= n <= 18 else 60}" for n in range(1, 24)]
    text = "时间,点位,O3\n" + "\n".join(lines) + "\n2026-07-02T00:00+08:00,甲,60\n"
    found = evaluation(tmp_path, text, choices={"period": "day"})
    table = results(found)
    assert sorted(table) == [2], "00:00 ends the day before"
    assert table[2]["O3日最大8小时均值"] == 200
    assert table[2]["O3有效8小时均值数"] == 17
    assert table[2]["首要污染物"] == "O3-8h"
    assert "11 至 18 时的平均" in found.why(2)[0].text()


def test_a_city_year_is_evaluated_from_its_stations_days(tmp_path: Path) -> None:
    days = np.arange(np.datetime64("2024-01-01"), np.datetime64("2025-01-01"))
    lines = [
        f"{day},{city},{station},{pm25},40,10,20,0.8,120"
        for city, station, pm25 in (("甲市", "1", 30), ("甲市", "2", 44), ("乙市", "3", 20))
        for day in days
    ]
    text = "日期,城市,点位,PM2.5,PM10,SO2,NO2,CO,O3_8h\n" + "\n".join(lines)
    found = evaluation(tmp_path, text, choices={"period": "year"})
    judged = next(iter(found.pieces()))
    table = {name: values.tolist() for name, values in judged.columns.items()}
    assert table["城市或点位"] == ["乙市", "甲市"]
    assert table["PM2.5均值(µg/m³)"] == [20, 37]
    assert table["评价"] == ["达标", "不达标"]
    assert table["名次"] == [1, 2]
    assert table["优良天数"] == [366, 366]
    # 20/35 + 40/70 + 10/60 + 20/40 + 0.8/4 + 120/160, each rounded first
    assert table["综合指数"][0] == pytest.approx(0.57 + 0.57 + 0.17 + 0.50 + 0.20 + 0.75)
    assert judged.numbers.tolist() == [2 + 2 * 366, 2]
    assert "PM2.5超标" in found.why(2)[0].text()


def test_control_points_are_no_part_of_a_city(tmp_path: Path) -> None:
    days = np.arange(np.datetime64("2024-01-01"), np.datetime64("2024-02-01"))
    lines = [
        f"{day},甲市,{station},{pm25},{control}"
        for station, pm25, control in (("1", 30, "否"), ("2", 90, "是"))
        for day in days
    ]
    lines += [f"{day},乙市,3,10,是" for day in days]
    text = "日期,城市,点位,PM2.5,对照点\n" + "\n".join(lines)
    judged = next(iter(evaluation(tmp_path, text, choices={"period": "month"}).pieces()))
    assert judged.columns["城市或点位"].tolist() == ["甲市"]
    assert judged.columns["PM2.5均值(µg/m³)"].tolist() == [30]
    assert judged.numbers.tolist() == [2]


def test_months_are_evaluated_apart(tmp_path: Path) -> None:
    days = np.arange(np.datetime64("2024-01-01"), np.datetime64("2024-03-01"))
    lines = [f"{day},甲,{30 if str(day) < '2024-02' else 50}" for day in days]
    text = "日期,点位,PM2.5\n" + "\n".join(lines)
    judged = next(iter(evaluation(tmp_path, text, choices={"period": "month"}).pieces()))
    assert judged.columns["PM2.5均值(µg/m³)"].tolist() == [30, 50]
    assert judged.numbers.tolist() == [2, 33]


# --- the forms --------------------------------------------------------------------------------------


def test_the_json_document_holds_results_summary_law_and_problems(tmp_path: Path) -> None:
    text = io.StringIO()
    write_json(evaluation(tmp_path, HOURS), text, reasons=True)
    document = json.loads(text.getvalue())
    assert [result["行"] for result in document["results"]] == [2, 3, 4, 6]
    assert document["results"][2]["AQI"] == 114
    assert document["results"][3]["AQI"] is None
    assert document["results"][2]["derivation"]["basis"][0]["standard"].startswith("HJ 633")
    assert document["summary"]["tallies"]["空气质量级别"]["良"] == 2
    assert document["refused_rows"] == 1
    assert document["problems"][0]["row"] == 5
    assert document["synthetic"] is False


def test_the_csv_opens_in_excel_and_holds_all_rows(tmp_path: Path) -> None:
    text = io.StringIO()
    write_csv(evaluation(tmp_path, HOURS), text, reasons=True)
    assert text.getvalue().startswith('\ufeff"行",')
    rows = list(csv.DictReader(io.StringIO(text.getvalue().removeprefix("\ufeff"))))
    assert [row["AQI"] for row in rows] == ["100", "100", "114", ""]
    assert "AQI 114" in rows[2]["评价依据与过程"]


def test_the_workbook_has_four_sheets_charts_law_and_problems(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    assert write_workbook(evaluation(tmp_path, HOURS), path) == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["结果", "汇总", "依据", "问题"]
    sheet = book["结果"]
    head = [cell.value for cell in sheet[1]]
    column = head.index("AQI")
    assert [row[column] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        100, 100, 114, None,
    ]  # fmt: skip
    assert len(book["汇总"]._charts) >= 3
    cells = [cell.value for row in book["汇总"].iter_rows() for cell in row]
    assert "未参加评价的行数" in cells
    law = list(book["依据"].iter_rows(min_row=2, values_only=True))
    assert ("HJ 633-2026", "2026-03-01") in {(row[1], row[3]) for row in law if row[1]}
    problem = next(iter(book["问题"].iter_rows(min_row=2, values_only=True)))
    assert problem[0] == 5
    assert problem[5] == "未参加评价"


def test_synthetic_data_is_said_in_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_workbook(evaluation(tmp_path, template_text(subject("air").layout)), path)
    sheet = openpyxl.load_workbook(path)["汇总"]
    assert "模拟数据" in sheet["A1"].value
    assert "不是实测" in sheet["A2"].value


def test_what_does_not_fit_on_a_sheet_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhihuan.evaluation.writers.workbook.MOST_ROWS", 3)
    path = tmp_path / "report.xlsx"
    assert write_workbook(evaluation(tmp_path, HOURS), path) == 1
    cells = [cell.value for row in openpyxl.load_workbook(path)["汇总"].iter_rows() for cell in row]
    assert "写不下而略去的结果数" in cells


# --- what else may happen -----------------------------------------------------------------------


def test_a_file_in_any_order_is_sorted_when_asked(tmp_path: Path) -> None:
    head, *lines = HOURS.splitlines()
    text = "\n".join([head, *reversed(lines)]) + "\n"
    found = evaluation(tmp_path, text, any_order=True)
    table = results(found)
    assert [table[row]["AQI"] for row in (6, 5, 4)] == [100, 100, 114]
    assert len(results(evaluation(tmp_path, text))) == 1, "refused without being asked"


def test_a_file_without_a_single_good_row_has_no_result(tmp_path: Path) -> None:
    text = "时间,点位,PM2.5\n2026-03-01T08:00,甲,35\n"
    for period in ("row", "day"):
        found = evaluation(tmp_path, text, choices={"period": period})
        assert results(found) == {}
        assert found.refusals.rows == 1
        assert found.summary.basis == ()


def test_implausible_means_of_what_was_made_of_rows_are_told_without_a_wrong_row(
    tmp_path: Path,
) -> None:
    text = "时间,测点,功能区,LA\n2026-03-01T09:00+08:00,甲,4类,50\n"
    with pytest.raises(FileRefusedError, match=r"^声环境功能区类别"):
        results(evaluation(tmp_path, text, "noise", choices={"records": "sample"}))


def test_an_edition_nobody_has_is_the_askers_fault(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="HJ 633-2026"):
        results(evaluation(tmp_path, HOURS, edition="HJ 633-2099"))


def test_a_day_outside_of_a_forced_calendar_is_refused_for_periods_too(tmp_path: Path) -> None:
    text = "日期,点位,PM2.5\n1990-01-01,甲,35\n2024-01-01,甲,35\n"
    found = evaluation(tmp_path, text, choices={"period": "day"})
    assert sorted(results(found)) == [3]
    assert found.refusals.rows == 1


def test_zero_problems_are_kept_in_words_beyond_the_ten_thousandth(tmp_path: Path) -> None:
    lines = "".join(f"2026-03-01T08:00+08:00,{n},x\n" for n in range(10_050))
    found = evaluation(tmp_path, "时间,点位,PM2.5\n" + lines)
    assert results(found) == {}
    assert found.refusals.rows == 10_050
    assert len(found.refusals.problems) == 10_000
    assert found.refusals.untold == 50
    path = tmp_path / "report.xlsx"
    write_workbook(evaluation(tmp_path, "时间,点位,PM2.5\n" + lines), path)
    last = list(openpyxl.load_workbook(path)["问题"].iter_rows(values_only=True))[-1]
    assert "另有 50 处" in str(last[3])


# --- water ------------------------------------------------------------------------------------------


def test_water_tells_class_deciding_items_and_multiples_beyond_the_target(tmp_path: Path) -> None:
    text = (
        "日期,断面,目标类别,pH,溶解氧,氨氮,总磷\n"
        "2026-01-31,墨江出口,Ⅱ,7.1,8.0,1.8,0.22\n"
        "2026-01-31,某断面,Ⅱ,7.1,7.6,0.05L,\n"
    )
    table = results(evaluation(tmp_path, text, "water"))
    assert str(table[2]["水质类别"]) == "Ⅴ"
    assert table[2]["定类项目"] == "氨氮"
    assert table[2]["是否达标"] == "未达标"
    assert table[2]["超标项目及倍数"] == "氨氮(2.6)、总磷(1.2)"
    assert str(table[3]["水质类别"]) == "Ⅰ"
    assert table[3]["是否达标"] == "达标"


def test_a_month_of_a_section_is_judged_by_its_means(tmp_path: Path) -> None:
    text = (
        "日期,断面,目标类别,pH,氨氮\n2026-01-05,甲,Ⅲ,6.5,0.4\n2026-01-15,甲,Ⅲ,8.5,1.2\n"
        "2026-02-05,甲,Ⅲ,7.0,0.05L\n2026-01-05,乙,Ⅲ,7.0,1.3\n"
    )
    found = evaluation(tmp_path, text, "water", choices={"period": "month"})
    judged = next(iter(found.pieces()))
    table = {name: values.tolist() for name, values in judged.columns.items()}
    assert table["点位"] == ["乙", "甲", "甲"]
    assert table["样品数"] == [1, 2, 1]
    assert table["水质类别"] == ["Ⅳ", "Ⅲ", "Ⅰ"]  # means 1.3, 0.8, 0.025
    assert table["是否达标"] == ["未达标", "达标", "达标"]
    assert table["水质状况"] == ["轻度污染", "良好", "优"]
    assert "−lg(Σ10^(−pH) ÷ n)" in found.why(2)[0].text()


def test_a_year_needs_eight_months_and_one_row_each(tmp_path: Path) -> None:
    lines = [f"2026-{month:02d}-05,{name},0.3" for name, months in (("甲", 8), ("乙", 7))
             for month in range(1, months + 1)]  # fmt: skip
    text = "日期,断面,氨氮\n" + "\n".join(lines)
    judged = next(iter(evaluation(tmp_path, text, "water", choices={"period": "year"}).pieces()))
    assert judged.columns["水质类别"].tolist() == ["", "Ⅱ"]
    with pytest.raises(AskedError, match=r"第 2 行.*--period month"):
        results(
            evaluation(
                tmp_path, text + "\n2026-01-15,甲,0.3\n", "water",
                choices={"period": "year"}, any_order=True,
            )
        )  # fmt: skip


def test_sea_water_is_judged_with_its_target(tmp_path: Path) -> None:
    text = (
        "日期,站位,功能区类别,无机氮(mg/L),汞(µg/L)\n"
        "2026-08-01,A,二类,0.28,0.04\n2026-08-01,B,二类,0.52,0.04\n2026-08-01,C,,0.1,\n"
    )
    found = evaluation(tmp_path, text, "sea")
    table = results(found)
    assert [table[row]["水质类别"] for row in (2, 3, 4)] == ["第二类", "劣四类", "第一类"]
    assert [table[row]["是否达标"] for row in (2, 3, 4)] == ["达标", "未达标", ""]
    assert table[3]["决定项目"] == "无机氮"


def test_sea_water_without_targets_is_classed_alone(tmp_path: Path) -> None:
    table = results(evaluation(tmp_path, "日期,站位,无机氮\n2026-08-01,A,0.28\n", "sea"))
    assert table[2]["水质类别"] == "第二类"
    assert "是否达标" not in table[2]


def test_groundwater_is_judged_by_the_edition_of_its_day(tmp_path: Path) -> None:
    text = "日期,监测井,总硬度,氨氮\n2026-05-10,W1,480,0.61\n2026-05-10,W2,300,0.02L\n"
    table = results(evaluation(tmp_path, text, "groundwater"))
    assert [table[row]["质量类别"] for row in (2, 3)] == ["Ⅳ类", "Ⅱ类"]
    assert table[2]["超Ⅲ类项目及倍数"] == "总硬度(0.0667)、氨氮(0.22)"


# --- noise ------------------------------------------------------------------------------------------


def test_samples_become_hours_and_days_by_energy(tmp_path: Path) -> None:
    lines = [
        f"2026-03-0{1 + n // 1440}T{n // 60 % 24:02d}:{n % 60:02d}+08:00,甲,2类,{55 if n % 2 else 65}"
        for n in range(2 * 1440)
    ]
    text = "时间,测点,功能区,LA\n" + "\n".join(lines)
    mean = 10 * np.log10((10**5.5 + 10**6.5) / 2)
    hours = results(
        evaluation(tmp_path, text, "noise", choices={"records": "sample", "period": "hour"})
    )
    assert len(hours) == 48
    assert hours[2]["等效声级(dB(A))"] == pytest.approx(mean)
    assert hours[2]["时段"] == "夜间"
    found = evaluation(tmp_path, text, "noise", choices={"records": "sample"})
    judged = next(iter(found.pieces()))
    assert judged.columns["时段"].tolist() == ["昼间", "夜间"] * 2
    assert judged.columns["评价"].tolist() == ["超标"] * 4
    assert judged.columns["等效声级(dB(A))"] == pytest.approx(np.full(4, mean))


def test_samples_that_do_not_divide_the_hour_are_refused(tmp_path: Path) -> None:
    text = "时间,测点,功能区,LA\n2026-03-01T00:00:00+08:00,甲,2,50\n2026-03-01T00:00:07+08:00,甲,2,50\n"
    with pytest.raises(AskedError, match="7 秒不能整除"):
        results(evaluation(tmp_path, text, "noise", choices={"records": "sample"}))


def test_a_zone_the_standard_does_not_know_refuses_its_row_only(tmp_path: Path) -> None:
    text = "时间,测点,功能区,LAeq\n2026-03-01T09:00+08:00,甲,4类,50\n2026-03-01T10:00+08:00,甲,2类,50\n"
    found = evaluation(tmp_path, text, "noise")
    assert sorted(results(found)) == [3]
    assert str(found.refusals.problems[0]).startswith("第 2 行")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("日期,功能区,LAeq\n2026-03-01,2类,50\n", "时段"),
        ("时间,LAeq\n2026-03-01T09:00+08:00,50\n", "功能区类别"),
        ("日期,功能区,时段,LAeq\n2026-03-01,2类,,50\n", "空格"),
    ],
)
def test_noise_without_zone_or_period_is_asked_for_them(
    tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(AskedError, match=says):
        results(evaluation(tmp_path, text, "noise"))


def test_day_and_night_may_be_said_in_words(tmp_path: Path) -> None:
    text = "日期,测点,时段,功能区,LAeq\n2026-03-01,甲,昼间,2类,55\n2026-03-02,甲,夜间,2类,55\n"
    table = results(evaluation(tmp_path, text, "noise"))
    assert [table[row]["评价"] for row in (2, 3)] == ["达标", "超标"]
    sites = results(evaluation(tmp_path, text, "noise", choices={"standard": "site"}))
    assert [sites[row]["限值(dB(A))"] for row in (2, 3)] == [70, 55]
    social = results(evaluation(tmp_path, text, "noise", choices={"standard": "social"}))
    assert [social[row]["限值(dB(A))"] for row in (2, 3)] == [60, 50]


def test_samples_without_times_are_refused(tmp_path: Path) -> None:
    text = "日期,测点,时段,功能区,LAeq\n2026-03-01,甲,昼间,2类,55\n"
    with pytest.raises(AskedError, match="时间"):
        results(evaluation(tmp_path, text, "noise", choices={"records": "sample"}))


def test_a_level_at_a_boundary_is_corrected_for_background_where_there_is_one(
    tmp_path: Path,
) -> None:
    text = (
        "时间,功能区,LAeq,背景值\n2026-03-01T09:00+08:00,2类,62.0,57.0\n"
        "2026-03-01T10:00+08:00,2类,62.0,\n"
    )
    table = results(evaluation(tmp_path, text, "noise", choices={"standard": "industrial"}))
    assert table[2]["等效声级(dB(A))"] == 60
    assert table[2]["评价"] == "达标"
    assert table[3]["等效声级(dB(A))"] == 62
    assert table[3]["评价"] == "超标"
    found = evaluation(tmp_path, text, "noise", choices={"standard": "industrial"})
    assert "62 − 57" in found.why(2)[0].text()
    assert "nan" not in found.why(3)[0].text()  # no background: nothing was corrected


def test_a_night_that_exceeds_by_its_maximum_alone_says_so(tmp_path: Path) -> None:
    text = "时间,功能区,LAeq,最大声级,噪声类型\n2026-03-01T23:00+08:00,2类,48,61,频发\n"
    table = results(evaluation(tmp_path, text, "noise", choices={"standard": "industrial"}))
    assert table[2]["评价"] == "超标"
    assert np.isnan(table[2]["超出(dB(A))"])
    assert (table[2]["最大声级(dB(A))"], table[2]["最大声级允许值(dB(A))"]) == (61, 60)


# --- published records ------------------------------------------------------------------------------


def test_every_published_national_hour_comes_out(shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    with gzip.open(shared / "data" / "air" / "cnemc_hourly_snapshots.csv.gz", "rb") as file:
        path.write_bytes(file.read())
    found = Evaluation.of(
        subject("air"), path, Asked(zone=BEIJING, choices={"period": "row", "label": "end"})
    )
    table = results(found)
    published = list(csv.DictReader(path.open(encoding="utf-8")))
    wrong = [
        row
        for number, row in enumerate(published, start=2)
        if row["aqi"] and table[number]["AQI"] != float(row["aqi"])
    ]
    assert found.refusals.rows == 0
    assert wrong == []


def test_the_room_calls_the_library_and_adds_nothing(tmp_path: Path) -> None:
    found = results(evaluation(tmp_path, HOURS))
    alone = hourly_aqi({"PM25": [75], "PM10": [120], "O3": [50]}, on=np.datetime64("2026-03-01"))
    assert found[4]["AQI"] == alone.aqi[0]


def test_a_whole_file_error_says_the_header(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="表头"):
        evaluation(tmp_path, "a,b\n1,2\n")


@pytest.mark.parametrize(("hours", "aqi"), [(13, np.nan), (24, 50)])
def test_the_largest_hour_of_a_few_is_no_ozone_of_a_day(
    tmp_path: Path, hours: int, aqi: float
) -> None:
    rows = [f"2025-06-01T{hour:02}:00+08:00,甲,100" for hour in range(1, min(hours, 23) + 1)]
    rows += ["2025-06-02T00:00+08:00,甲,100"] * (hours == 24)
    text = "\n".join(["时间,点位,O3", *rows]) + "\n"
    told = results(evaluation(tmp_path, text, choices={"period": "day"}))
    np.testing.assert_equal(told[2]["AQI"], aqi)
