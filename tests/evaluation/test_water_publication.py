"""What automatic stations publish is judged as the publisher judges it."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zhihuan.evaluation.errors import AskedError, FileRefusedError
from zhihuan.evaluation.evaluating import Evaluation
from zhihuan.evaluation.subject import Asked, subject

HEAD = (
    "file_date,obs_time,province,section,published_class,ph,ph_raw,do,do_raw,codmn,codmn_raw,"
    "nh3n,nh3n_raw,tp,tp_raw,chla,filter_notes\n"
)
PLACE = "2020-06-02,2020-06-02T08:00+08:00,广东省,横栏,Ⅱ"
REST = "7.30,7.301,8.00,8.001,2.00,2.001"


def evaluation(tmp_path: Path, text: str, **choices: str) -> Evaluation:
    path = tmp_path / "published.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return Evaluation.of(subject("water"), path, Asked(choices={"period": "row", **choices}))


def classes(found: Evaluation) -> dict[int, str]:
    return {
        number: str(name)
        for judged in found.pieces()
        for number, name in zip(judged.numbers.tolist(), judged.columns["水质类别"], strict=True)
    }


def test_the_unrounded_value_decides_where_display_would_change_the_class(tmp_path: Path) -> None:
    text = HEAD + f"{PLACE},{REST},0.150,0.1504,0.020,0.0197,*,\n"
    found = evaluation(tmp_path, text)
    assert classes(found) == {2: "Ⅱ"}  # 0.150 would be class Ⅰ
    assert "0.1504" in found.why(2)[0].text()


def test_an_item_the_publisher_withholds_or_filters_takes_no_part(tmp_path: Path) -> None:
    text = HEAD + (
        f"{PLACE},{REST},--,9.9,0.020,0.0197,*,\n"
        f"{PLACE.replace('横栏', '甲')},{REST},9.90,9.9,0.020,0.0197,*,nh3n=极值过滤;tn=极值过滤\n"
        f"{PLACE.replace('横栏', '乙')},{REST},9.90,9.9,0.020,0.0197,*,总氮：极值过滤、氨氮：极值过滤\n"
        f"{PLACE.replace('横栏', '丙')},{REST},9.90,9.9,0.020,0.0197,*,tn=极值过滤\n"
    )
    found = classes(evaluation(tmp_path, text))
    assert found == {2: "Ⅱ", 3: "Ⅱ", 4: "Ⅱ", 5: "劣Ⅴ"}  # CODMn 2.001 decides the others


def test_an_unrounded_column_alone_is_enough(tmp_path: Path) -> None:
    assert classes(evaluation(tmp_path, "日期,氨氮_raw\n2026-01-05,0.5001\n")) == {2: "Ⅲ"}
    found = classes(evaluation(tmp_path, "日期,氨氮,氨氮原始值\n2026-01-05,0.5,0.02L\n"))
    assert found == {2: "Ⅰ"}


def test_a_station_without_an_observation_is_a_row_that_cannot_be_judged(tmp_path: Path) -> None:
    text = (
        HEAD
        + "2020-06-01,,北京市,沿河城,,--,,--,,--,,--,,--,,*,\n"
        + f"{PLACE},{REST},--,,--,,*,\n"
    )
    found = evaluation(tmp_path, text)
    judged = next(iter(found.pieces()))
    assert judged.columns["水质类别"].tolist() == ["", "Ⅱ"]
    assert judged.columns["时间"].tolist() == ["", "2020-06-02 08:00"]
    assert not found.refusals.rows


def test_typed_moments_may_be_null_beside_a_day(tmp_path: Path) -> None:
    path = tmp_path / "published.parquet"
    days = [date(2020, 6, day) for day in (1, 2, 3)]
    moments = [None, None, datetime(2020, 6, 3, 8, tzinfo=timezone(timedelta(hours=8)))]
    pq.write_table(
        pa.table({"file_date": days, "obs_time": moments, "nh3n": [0.1, 0.4, 1.2]}), path
    )
    asked = Asked(choices={"period": "month"})
    judged = next(iter(Evaluation.of(subject("water"), path, asked).pieces()))
    assert judged.columns["样品数"].tolist() == [3]
    rows = next(
        iter(Evaluation.of(subject("water"), path, Asked(choices={"period": "row"})).pieces())
    )
    assert rows.columns["时间"].tolist() == ["", "", "2020-06-03 08:00"]


def test_an_empty_moment_is_refused_where_no_day_tells_more(tmp_path: Path) -> None:
    found = evaluation(tmp_path, "obs_time,section,nh3n\n,甲,0.2\n2026-01-05T08:00+08:00,甲,0.2\n")
    assert classes(found) == {3: "Ⅱ"}
    assert "时间为空" in str(found.refusals.problems[0])


def test_sections_of_one_name_in_two_provinces_are_two_sections(tmp_path: Path) -> None:
    rows = f"{PLACE},{REST},0.1,,0.02,,*,\n"
    found = evaluation(tmp_path, HEAD + rows + rows.replace("广东省", "江苏省"))
    assert len(classes(found)) == 2
    months = evaluation(tmp_path, HEAD + rows + rows.replace("广东省", "江苏省"), period="month")
    assert next(iter(months.pieces())).columns["样品数"].tolist() == [1, 1]


def test_within_a_day_rows_follow_their_moments(tmp_path: Path) -> None:
    early, late = (PLACE.replace("T08", hour) for hour in ("T04", "T12"))
    text = HEAD + f"{late},{REST},0.1,,0.02,,*,\n{early},{REST},0.1,,0.02,,*,\n"
    found = evaluation(tmp_path, text)
    assert classes(found) == {2: "Ⅱ"}
    assert "早于本点位前面某行" in str(found.refusals.problems[0])


def test_an_observation_polled_twice_counts_once_in_a_mean(tmp_path: Path) -> None:
    again = PLACE.replace("2020-06-02,", "2020-06-03,", 1)
    other = PLACE.replace("2020-06-02,2020-06-02", "2020-06-04,2020-06-04")
    text = HEAD + (
        f"{PLACE},{REST},1.2,,0.02,,*,\n{again},{REST},1.2,,0.02,,*,\n{other},{REST},0.7,,0.02,,*,\n"
    )
    judged = next(iter(evaluation(tmp_path, text, period="month").pieces()))
    assert judged.columns["样品数"].tolist() == [2]
    assert judged.columns["水质类别"].tolist() == ["Ⅲ"]  # 0.95, not 1.03


def test_a_month_counts_the_polls_that_measured_something(tmp_path: Path) -> None:
    text = (
        "file_date,obs_time,section,nh3n,ntu,ec,algae\n"
        "2020-06-01,2020-06-01T08:00+08:00,甲,0.4,3.1,300,*\n"
        "2020-06-02,,甲,--,--,--,*\n2020-06-03,2020-06-03T08:00+08:00,甲,1.2,3.3,310,*\n"
    )
    judged = next(iter(evaluation(tmp_path, text, period="month").pieces()))
    assert judged.columns["样品数"].tolist() == [2]
    assert judged.columns["水质类别"].tolist() == ["Ⅲ"]


# --- river or lake ----------------------------------------------------------------------------------

LAKES = "日期,省份,断面,总磷\n2026-01-05,广东省,甲,0.09\n2026-01-05,江苏省,甲,0.09\n2026-01-05,广东省,乙,0.09\n"


def stations(tmp_path: Path, text: str) -> str:
    path = tmp_path / "stations.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return str(path)


def test_a_list_of_stations_tells_river_from_lake(tmp_path: Path) -> None:
    listed = stations(tmp_path, "省份,断面,水体类型\n广东省,甲,湖库\n江苏省,甲,\n广东省,丙,湖库\n")
    assert classes(evaluation(tmp_path, LAKES, stations=listed)) == {2: "Ⅳ", 3: "Ⅳ", 4: "Ⅱ"}
    both = stations(tmp_path, "省份,断面,水体类型\n广东省,甲,湖库\n江苏省,甲,河流\n")
    assert classes(evaluation(tmp_path, LAKES, stations=both)) == {2: "Ⅳ", 3: "Ⅱ", 4: "Ⅱ"}


def test_the_word_of_a_row_goes_before_the_list(tmp_path: Path) -> None:
    listed = stations(tmp_path, "断面,水体类型\n甲,湖库\n乙,湖库\n")
    text = "日期,断面,水体类型,总磷\n2026-01-05,甲,河流,0.09\n2026-01-05,乙,,0.09\n"
    assert classes(evaluation(tmp_path, text, stations=listed)) == {2: "Ⅱ", 3: "Ⅳ"}
    assert classes(evaluation(tmp_path, text)) == {2: "Ⅱ", 3: "Ⅱ"}


def test_a_list_that_cannot_be_used_is_refused_in_words(tmp_path: Path) -> None:
    twice = stations(tmp_path, "断面,水体类型\n甲,湖库\n甲,河流\n")
    with pytest.raises(AskedError, match=r"第 3 行.*甲 既是河流又是湖库"):
        classes(evaluation(tmp_path, LAKES, stations=twice))
    with pytest.raises(AskedError, match="没有文件"):
        classes(evaluation(tmp_path, LAKES, stations=str(tmp_path / "none.csv")))
    with pytest.raises(AskedError, match=r"stations.csv：第 2 行.*不是可用的写法"):
        classes(evaluation(tmp_path, LAKES, stations=stations(tmp_path, "断面,水体类型\n甲,海\n")))
    with pytest.raises(FileRefusedError, match="水体类型"):
        classes(evaluation(tmp_path, LAKES, stations=stations(tmp_path, "断面\n甲\n")))


# --- what was published -----------------------------------------------------------------------------


def test_the_published_months_come_out_as_published(shared: Path) -> None:
    asked = Asked(choices={"period": "row", "stations": str(shared / "data/water/stations.csv")})
    equal = total = 0
    for path in sorted((shared / "data/water").glob("cnemc_daily_*.csv")):
        found = classes(Evaluation.of(subject("water"), path, asked))
        with path.open(encoding="utf-8", newline="") as file:
            published = [row["published_class"] for row in csv.DictReader(file)]
        told = np.array([name not in ("", "-") for name in published])
        same = np.array([found.get(row + 2) == name for row, name in enumerate(published)])
        equal, total = equal + int(same[told].sum()), total + int(told.sum())
    assert total == 15_990
    assert equal / total >= 0.9995
