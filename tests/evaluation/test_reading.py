"""Files come in as they are made in offices; every refused row is told with its number and a remedy."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zhihuan.evaluation import reading
from zhihuan.evaluation.columns import layout_of
from zhihuan.evaluation.errors import FileRefusedError, Refusals
from zhihuan.evaluation.reading import open_source
from zhihuan.evaluation.rows import Rows, gathered

BEIJING = ZoneInfo("Asia/Shanghai")
GOOD = "时间,点位,PM2.5,CO\n2026-03-01T08:00+08:00,甲,35,0.8\n2026-03-01T09:00+08:00,甲,,0.7\n"


def read(path: Path, zone: ZoneInfo | None = None, subject: str = "air") -> tuple[Rows, Refusals]:
    refusals = Refusals()
    source = open_source(path, layout_of(subject), zone)
    return gathered(source.pieces(refusals)), refusals


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "hours.csv"
    path.write_text(text, encoding=encoding, newline="")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_delimiters_and_line_ends_do_not_matter(
    tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    text = GOOD.replace(",", delimiter).replace("\n", end)
    rows, refusals = read(written(tmp_path, text, encoding))
    assert refusals.problems == []
    assert rows.numbers.tolist() == [2, 3]
    assert rows["station"].tolist() == ["甲", "甲"]
    np.testing.assert_equal(rows["PM25"], [35, np.nan])
    np.testing.assert_equal(rows["CO"], [0.8, 0.7])


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    text = (
        'time,station,PM25\n2026-03-01T08:00Z,"a\nb",35\n\n2026-03-01T09:00Z,a,3x\n'
        "2026-03-01T10:00Z,a\n2026-03-01T11:00Z,a,36\n"
    )
    rows, refusals = read(written(tmp_path, text))
    assert rows.numbers.tolist() == [2, 6]
    assert [str(problem).partition("，")[0] for problem in refusals.problems] == [
        "第 5 行",
        "第 4 行",
    ]
    assert refusals.rows == 2


def test_numbering_holds_across_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PIECE_BYTES", 200)
    lines = [
        f"2026-03-{1 + n // 24:02d}T{n % 24:02d}:00Z,a" + (",35" if n % 7 else "")
        for n in range(200)
    ]
    rows, refusals = read(written(tmp_path, "time,station,PM25\n" + "\n".join(lines)))
    expected = [n + 2 for n in range(200) if n % 7]
    assert rows.numbers.tolist() == expected
    assert sorted(problem.row + 1 for problem in refusals.problems) == [
        n + 2 for n in range(200) if not n % 7
    ]


@pytest.mark.parametrize("word", ["", "-", "--", "—", "NA", "null", "缺测", "无", "NaN"])
def test_missing_is_written_in_many_ways(tmp_path: Path, word: str) -> None:
    rows, refusals = read(written(tmp_path, f"time,PM25,CO\n2026-03-01T08:00Z,{word},0.8\n"))
    assert refusals.rows == 0
    assert np.isnan(rows["PM25"][0])


@pytest.mark.parametrize("cell", ["35µg", "３５", '"1,035"', "三十五", "3 5", "inf", "0x10"])
def test_what_is_no_number_is_refused_with_its_row(tmp_path: Path, cell: str) -> None:
    rows, refusals = read(written(tmp_path, f"time,PM25\n2026-03-01T08:00Z,{cell}\n"))
    assert len(rows) == 0
    assert "第 2 行，PM25 = " in str(refusals.problems[0])
    assert "不是数" in str(refusals.problems[0])


@pytest.mark.parametrize("cell", ["0.05L", "<0.05", "0.05l", "< 0.05", "＜0.05"])
def test_below_detection_is_kept_apart_where_the_column_allows_it(
    tmp_path: Path, cell: str
) -> None:
    path = written(tmp_path, f"日期,氨氮,总磷\n2026-03-01,{cell},0.1\n2026-03-02,0.3,0.2\n")
    rows, refusals = read(path, subject="water")
    assert refusals.rows == 0
    assert rows["nh3n"].tolist() == [0.05, 0.3]
    assert rows.below["nh3n"].tolist() == [True, False]
    assert rows.below["tp"].tolist() == [False, False]


def test_below_detection_is_refused_where_it_has_no_meaning(tmp_path: Path) -> None:
    _rows, refusals = read(written(tmp_path, "time,PM25\n2026-03-01T08:00Z,<3\n"))
    assert refusals.rows == 1


def test_a_header_unit_is_converted_without_binary_dust(tmp_path: Path) -> None:
    text = "time,PM2.5(mg/m³),CO(µg/m³)\n2026-03-01T08:00Z,0.035,700\n"
    rows, _refusals = read(written(tmp_path, text))
    assert rows["PM25"].tolist() == [35.0]
    assert rows["CO"].tolist() == [0.7]


def test_a_swapped_unit_is_refused_and_the_words_say_which(tmp_path: Path) -> None:
    _rows, refusals = read(written(tmp_path, "time,PM25\n2026-03-01T08:00Z,0.035\n"))
    assert "可能是以 mg/m³ 为单位" in str(refusals.problems[0])


def test_a_clean_hour_among_others_is_judged_and_flagged(tmp_path: Path) -> None:
    text = "time,PM25\n" + "".join(
        f"2026-03-01T{n:02d}:00Z,{0.3 if n == 4 else 20}\n" for n in range(12)
    )
    rows, refusals = read(written(tmp_path, text))
    assert len(rows) == 12
    assert refusals.rows == 0
    assert [flag.row + 1 for flag in refusals.flags] == [6]


@pytest.mark.parametrize("value", ["-1", "99999", "1e300"])
def test_impossible_values_are_refused(tmp_path: Path, value: str) -> None:
    text = f"time,PM25\n2026-03-01T08:00Z,{value}\n2026-03-01T09:00Z,30\n"
    rows, refusals = read(written(tmp_path, text))
    assert rows.numbers.tolist() == [3]
    assert refusals.problems[0].row + 1 == 2


def test_hours_off_the_hour_are_refused(tmp_path: Path) -> None:
    rows, refusals = read(written(tmp_path, "time,PM25\n2026-03-01T08:30Z,30\n"))
    assert len(rows) == 0
    assert "不在整点上" in str(refusals.problems[0])


def test_text_of_neither_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"time,PM25\n2026-03-01T08:00Z,3\xff\xff\xff\n")
    with pytest.raises(FileRefusedError, match="第 2 行出错"):
        open_source(path, layout_of("air"), None)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "空文件"), ("时间,PM25\n".encode("utf-16"), "UTF-16"), (b"time,PM25\n\xe4", "UTF-8")],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefusedError, match=says):
        open_source(path, layout_of("air"), None)


def test_a_workbook_is_sent_back_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(FileRefusedError, match="另存为 CSV"):
        open_source(path, layout_of("air"), None)


# --- Parquet ----------------------------------------------------------------------------------------


def parquet(tmp_path: Path, **columns: pa.Array) -> Path:
    path = tmp_path / "hours.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def test_parquet_with_typed_columns_is_read_as_it_is(tmp_path: Path) -> None:
    path = parquet(
        tmp_path,
        time=pa.array([1772323200, 1772326800], pa.timestamp("s", tz="UTC")),
        station=pa.array(["甲", "甲"]).dictionary_encode(),
        PM25=pa.array([35.0, None]),
        CO=pa.array([0.1, 0.2], pa.float32()),
    )
    rows, refusals = read(path)
    assert refusals.rows == 0
    assert rows["time"].tolist() == [1772323200, 1772326800]
    assert rows["station"].tolist() == ["甲", "甲"]
    np.testing.assert_equal(rows["PM25"], [35, np.nan])
    assert rows["CO"].tolist() == [0.1, 0.2], "32-bit floats by their shortest decimal"


def test_parquet_times_without_zone_are_refused_like_text(tmp_path: Path) -> None:
    naive = pa.array([1772352000], pa.timestamp("us"))
    path = parquet(tmp_path, time=pa.array([1772352000_000000], naive.type), PM25=pa.array([35]))
    _rows, refusals = read(path)
    assert "没有时区" in str(refusals.problems[0])
    rows, refusals = read(path, BEIJING)
    assert refusals.rows == 0
    assert rows["time"].tolist() == [1772352000 - 8 * 3600]


def test_parquet_days_and_empty_times(tmp_path: Path) -> None:
    path = parquet(tmp_path, 日期=pa.array([20513, None], pa.date32()), PM25=pa.array([35, 36]))
    rows, refusals = read(path)
    assert rows["day"].tolist() == [np.datetime64(20513, "D").astype(object)]
    assert "时间为空" in str(refusals.problems[0])


def test_a_broken_parquet_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1 nothing")
    with pytest.raises(FileRefusedError, match="Parquet"):
        open_source(path, layout_of("air"), None)
