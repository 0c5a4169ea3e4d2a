"""``zhihuan telemetry`` from the outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zhihuan.cli import main
from zhihuan.telemetry.digest import frame_id, sm3
from zhihuan.telemetry.store import Batch, FrameRows, open_store
from zhihuan.telemetry.store.arrow_columns import arrow_table
from zhihuan.telemetry.store.inserts import batch_inserts
from zhihuan.telemetry.store.journal.record import TableRows, record_bytes
from zhihuan.telemetry.store.journal.segments import Segments

HEADING = "mn,factor,kind,time,value\n"
ROW = "MN,w01018,hour,2026-06-01T00:00:00+08:00,1.5\n"
T0 = 1_780_243_200_000

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs ``zhihuan telemetry`` on a store of its own."""

    def _run(*arguments: object, exit_code: int = 0) -> Result:
        environment = {"ZHIHUAN_HOME": str(tmp_path), "ZHIHUAN_STORE_URL": None}
        done = CliRunner().invoke(main, ["telemetry", *map(str, arguments)], env=environment)
        assert done.exit_code == exit_code, done.output
        return done

    return _run


def test_migrate_says_what_it_did(run: Run) -> None:
    assert "ran 0001_measurements_frames_events" in run("migrate").output
    assert "nothing to do" in run("migrate").output


def test_import_export_stats_compact(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(HEADING + ROW + ROW.replace("1.5", "2.5"))
    assert "wrote 2 rows, left out 0" in run("import", source).output
    run("import", source)
    span = ("--from", "2026-06-01", "--to", "2026-06-01T01:00")
    assert "wrote 1 rows" in run("export", out, "--kind", "hour", *span).output
    assert "2026-06-01T00:00:00+08:00" in out.read_text()
    assert "measurement" in run("stats").output
    assert "merged" in run("compact").output
    assert "merged 0 partitions" in run("compact").output


def test_import_tells_faults_and_ends_with_status_1(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text(HEADING + ROW + ROW.replace("+08:00", ""))
    done = run("import", source, exit_code=1)
    assert "wrote 1 rows, left out 1" in done.output
    assert "line 3, time: '2026-06-01T00:00:00' has no offset" in done.output
    assert (tmp_path / "in.csv.errors.csv").read_text().splitlines()[1].startswith("3,time,")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--from", "June", "--to", "2026-06-01"), "'June' is no time"),
        (("--from", "2026-06-02", "--to", "2026-06-01"), "--from must lie before --to"),
        (("--from", "2026-06-01", "--to", "2026-06-02", "--kind", "hours"), "is no kind"),
    ],
)
def test_export_refuses_what_it_does_not_understand(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    assert told in run("export", tmp_path / "out.csv", *arguments, exit_code=2).output
    assert not (tmp_path / "out.csv").exists()


def _write_frame(folder: Path, raw: bytes, **changed: object) -> None:
    digest = sm3(raw)
    row = {
        "mn": "MN", "received": T0, "frame_id": frame_id(digest), "cn": "2011", "st": "32",
        "qn": "20260601000000000", "data_time": 0, "raw": raw, "sm3": digest,
    } | changed  # fmt: skip
    store = open_store(f"chdb://{folder}/telemetry")
    store.migrate()
    store.write(Batch(frames=FrameRows(**{name: [value] for name, value in row.items()})))
    store.close()


def test_seal_and_verify_find_a_forged_frame(run: Run, tmp_path: Path) -> None:
    _write_frame(tmp_path, b"##one")
    assert "sealed 1 devices, 1 frames" in run("seal", "2026-06-01").output
    assert "sealed 0 devices" in run("seal", "2026-06-01").output
    assert "1 days verified, 0 findings" in run("verify", "2026-06-01").output
    _write_frame(tmp_path, b"##two")
    done = run("verify", "2026-05-31", "2026-06-02", exit_code=1)
    assert "20260601 MN added: frame " in done.output
    assert "received 2026-06-01 00:00:00.000+08:00" in done.output
    assert "3 days verified, 1 findings" in done.output


def test_a_seal_recorded_nowhere_but_in_the_store_is_recorded_by_sealing_again(
    run: Run, tmp_path: Path
) -> None:
    _write_frame(tmp_path, b"##one")
    run("seal", "2026-06-01")
    (tmp_path / "seals.jsonl").unlink()
    assert "not_in_ledger" in run("verify", "2026-06-01", exit_code=1).output
    run("seal", "2026-06-01")
    run("verify", "2026-06-01")


def test_what_the_engine_refused_is_listed_and_given_again(run: Run, tmp_path: Path) -> None:
    store = open_store(f"chdb://{tmp_path / 'telemetry'}")
    store.migrate()
    store.close()
    rows = FrameRows(
        mn=["MN"], received=[T0], frame_id=[1], cn=["2011"], st=["32"], qn=[""], data_time=[0],
        raw=[b"##raw"], sm3=[sm3(b"##raw")],
    )  # fmt: skip
    tables = [
        TableRows(each.table, arrow_table(each))
        for each in batch_inserts(Batch(frames=rows))
        if len(each)
    ]
    segments = Segments(tmp_path / "telemetry" / "journal")
    segments.set_aside(record_bytes(tables), "because")
    broken = record_bytes([TableRows("no_such_table", tables[0].rows)])
    segments.set_aside(broken, "because")
    assert "journal, refused: 2 files" in run("stats").output
    listed = run("journal").output
    assert "no_such_table 1" in listed
    done = run("journal", "--apply", exit_code=1).output
    assert "-1.refused: taken" in done
    assert "-2.refused: still refused" in done
    store = open_store(f"chdb://{tmp_path / 'telemetry'}")
    assert list(store.frames("MN", 0, 2**50, limit=5).raw) == [b"##raw"]
    store.close()
    assert run("journal").output.count(".refused") == 1


def test_a_store_held_by_another_process_is_named(run: Run, tmp_path: Path) -> None:
    store = open_store(f"chdb://{tmp_path}/telemetry")
    try:
        done = run("stats", exit_code=1)
    finally:
        store.close()
    assert "is held by process" in done.output
    assert "Traceback" not in done.output


def test_a_url_that_is_none_is_told(run: Run) -> None:
    assert "is not understood" in run("--store", "file:///x", "stats", exit_code=1).output
