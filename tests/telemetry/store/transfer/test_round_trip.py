"""Files of measurements: what is written can be read, and what cannot be kept is told by line."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from rows_of_a_city import COD, MIDNIGHT, NAN, add_row

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import Batch, TelemetryStore
from zhihuan.telemetry.store.transfer.exporting import Export, export_rows, rows_to_export
from zhihuan.telemetry.store.transfer.importing import import_rows

ALL = Export(Kind.HOUR, 0, 2**32 - 1)
HEADING = "mn,factor,kind,time,value\n"
GOOD = f"MN,{COD},hour,2026-06-01T00:00:00+08:00,1.5\n"


def _fill(store: TelemetryStore) -> None:
    batch = Batch()
    for number, mn in enumerate(("MN1", "MN,2", '设备"3"', "MN\n4")):
        for hour in range(5):
            add_row(
                batch.measurements, MIDNIGHT + 3600 * hour, NAN if hour == 3 else number / 3, mn=mn,
                kind=Kind.HOUR, flag="D" if hour == 2 else "N", maximum=1e-7 * hour,
                received=1000 * MIDNIGHT + 123 + hour,
            )  # fmt: skip
    store.write(batch)


def _everything(store: TelemetryStore) -> dict[str, list[object]]:
    rows = store.measurements(Kind.HOUR, 0, 2**32 - 1)
    return {
        name: np.nan_to_num(column, nan=-1.0).tolist() if column.dtype == float else column.tolist()
        for name, column in rows.columns().items()
        if name != "frame_id"
    }


def _empty(store: TelemetryStore) -> None:
    for table in ("measurement", "latest"):
        store.engine.command(f"TRUNCATE TABLE @{table}")  # type: ignore[attr-defined]


def test_an_export_imported_again_is_the_same_rows(
    embedded_store: TelemetryStore, tmp_path: Path
) -> None:
    store = embedded_store
    _fill(store)
    before = _everything(store)
    steps: list[int] = []
    for suffix in ("csv", "parquet"):
        path = tmp_path / f"out.{suffix}"
        assert export_rows(store, ALL, path, steps.append) == 20
        import_rows(store, path)
        assert _everything(store) == before
        _empty(store)
        report = import_rows(store, path)
        assert (report.written, report.refused) == (20, 0)
        assert _everything(store) == before
    assert sum(steps) == 40


def test_a_csv_is_readable_by_people(embedded_store: TelemetryStore, tmp_path: Path) -> None:
    _fill(embedded_store)
    path = tmp_path / "out.csv"
    export_rows(embedded_store, Export(Kind.HOUR, 0, 2**32 - 1, mns=("MN1",)), path, lambda _: None)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 5
    assert rows[0]["time"] == "2026-06-01T00:00:00+08:00"
    assert rows[0]["received"] == "2026-06-01T00:00:00.123+08:00"
    assert (rows[0]["kind"], rows[0]["value"], rows[0]["flag"]) == ("hour", "0", "N")
    assert rows[3]["value"] == ""
    assert rows[2]["flag"] == "D"


def test_an_export_takes_only_what_is_asked_for(
    embedded_store: TelemetryStore, tmp_path: Path
) -> None:
    _fill(embedded_store)
    wanted = Export(Kind.HOUR, MIDNIGHT, MIDNIGHT + 7200, ("MN1", "MN,2"), (COD, "other"))
    assert rows_to_export(embedded_store, wanted) == {"MN1": 2, "MN,2": 2}
    path = tmp_path / "out.parquet"
    assert export_rows(embedded_store, wanted, path, lambda _: None) == 4
    assert pyarrow.parquet.read_table(path)["mn"].to_pylist() == ["MN,2"] * 2 + ["MN1"] * 2
    assert list(tmp_path.glob("*.part")) == []
    with pytest.raises(ValueError, match=r"name it \.csv or \.parquet"):
        export_rows(embedded_store, wanted, tmp_path / "out.xlsx", lambda _: None)


@pytest.mark.parametrize(
    ("bad", "column", "told"),
    [
        (f",{COD},hour,2026-06-01T00:00:00+08:00,1", "mn", "is empty"),
        ("MN,,hour,2026-06-01T00:00:00+08:00,1", "factor", "is empty"),
        (f"MN,{COD},hours,2026-06-01T00:00:00+08:00,1", "kind", "is no kind"),
        (f"MN,{COD},99,2026-06-01T00:00:00+08:00,1", "kind", "is no kind"),
        (f"MN,{COD},hour,2026-06-01T00:00:00,1", "time", "has no offset"),
        (f"MN,{COD},hour,01/06/2026,1", "time", "is no time"),
        (f"MN,{COD},hour,1960-06-01T00:00:00+08:00,1", "time", "outside 1970-2106"),
        (f"MN,{COD},hour,2026-06-01T00:00:00+08:00,1.2.3", "value", "is no number"),
        (f"MN,{COD},hour,2026-06-01T00:00:00+08:00,inf", "value", "is infinite"),
        (f"MN,{COD},hour,2026-06-01T00:00:00+08:00", "", "has 4 cells, the heading 5"),
    ],
)
def test_a_bad_row_is_told_by_line_and_the_others_are_kept(
    embedded_store: TelemetryStore, tmp_path: Path, bad: str, column: str, told: str
) -> None:
    path = tmp_path / "in.csv"
    path.write_text(HEADING + GOOD + bad + "\n" + GOOD.replace("00:00:00", "01:00:00") + bad + "\n")
    report = import_rows(embedded_store, path)
    assert (report.written, report.refused) == (2, 2)
    assert [(error.line, error.column) for error in report.errors] == [(3, column), (5, column)]
    assert told in report.errors[0].problem
    assert len(embedded_store.measurements(Kind.HOUR, 0, 2**32 - 1)) == 2


def test_all_or_nothing_writes_nothing_when_one_row_is_bad(
    embedded_store: TelemetryStore, tmp_path: Path
) -> None:
    path = tmp_path / "in.csv"
    path.write_text(HEADING + GOOD + f"MN,{COD},hour,never,1\n")
    report = import_rows(embedded_store, path, all_or_nothing=True)
    assert (report.written, report.refused) == (0, 1)
    assert len(embedded_store.latest()) == 0
    path.write_text(HEADING + GOOD)
    assert import_rows(embedded_store, path, all_or_nothing=True).written == 1


def test_lines_are_right_across_blocks_and_several_faults_of_a_row_are_all_told(
    embedded_store: TelemetryStore, tmp_path: Path
) -> None:
    path = tmp_path / "in.csv"
    wide = " " * 200
    lines = [
        f"MN,{COD},hour,{'never' if n % 20_000 == 7 else '2026-06-01T00:00:00+08:00'},{wide}{n}\n"
        for n in range(60_000)
    ]
    lines[50_000] = f",{COD},never,never,x\n"
    path.write_text(HEADING + "".join(lines))
    report = import_rows(embedded_store, path)
    assert [error.line for error in report.errors] == [9, 20_009, 40_009] + [50_002] * 4
    assert (report.written, report.refused) == (60_000 - 4, 4)


def test_what_is_no_table_of_measurements_is_told(
    embedded_store: TelemetryStore, tmp_path: Path
) -> None:
    path = tmp_path / "in.csv"
    path.write_text("mn,factor\nA,B\n")
    with pytest.raises(ValueError, match="no column kind, time, value"):
        import_rows(embedded_store, path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match=r"in\.csv"):
        import_rows(embedded_store, path)
    with pytest.raises(ValueError, match=r"expected a \.csv or \.parquet"):
        import_rows(embedded_store, tmp_path / "in.txt")
    broken = tmp_path / "in.parquet"
    broken.write_bytes(b"PAR1 not really")
    with pytest.raises(ValueError, match="cannot be read as parquet"):
        import_rows(embedded_store, broken)


def test_a_parquet_of_plain_types_is_read_too(
    embedded_store: TelemetryStore, tmp_path: Path
) -> None:
    path = tmp_path / "in.parquet"
    table = pa.table(
        {
            "mn": ["A", "B"], "factor": [COD, COD], "kind": ["day", "day"],
            "time": ["2026-06-01T00:00:00+08:00", "2026-06-01T00:00:00Z"], "value": [1, None],
        }
    )  # fmt: skip
    pyarrow.parquet.write_table(table, path)
    assert import_rows(embedded_store, path).written == 2
    found = embedded_store.latest(kinds=[Kind.DAY])
    assert found.time.tolist() == [MIDNIGHT, MIDNIGHT + 8 * 3600]
    assert np.isnan(found.value[1])
