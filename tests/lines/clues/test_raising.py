"""What a machine found becomes one clue, registered by who raised it, with its data frozen beside it."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import hashlib
import io
import json

import pytest

from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.registry.models import PointLimit
from zhihuan.bureau.vault.bundling.running import file_of, make_here
from zhihuan.bureau.vault.keeping import open_file
from zhihuan.bureau.vault.models import Bundle, Evidence
from zhihuan.lines.clues.models import Clue
from zhihuan.lines.clues.occurrence import Occurrence
from zhihuan.lines.clues.raising import raise_clue
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import Batch

BEGAN = dt.datetime.fromisoformat("2026-03-03T01:00+08:00")
ENDED = BEGAN + dt.timedelta(hours=3)
NOW = dt.datetime.fromisoformat("2026-03-03T09:00+08:00")
FRAME = (
    b"##0136QN=20260303020500000;ST=32;CN=2061;PW=999888;MN=x;Flag=5;CP=&&w01018-Avg=132&&A1B2\r\n"
)
DEVICE = "44200012345678901234ABCD"


@pytest.fixture
def occurrence(outlet) -> Occurrence:
    return Occurrence(
        key="episode:7",
        title="中山某印染厂总排口化学需氧量超标",
        point=outlet.code,
        factors=("w01018",),
        since=BEGAN,
        until=ENDED,
        found_at=NOW - dt.timedelta(hours=1),
        sentence="化学需氧量小时均值 132 mg/L，限值 50 mg/L，连续 3 小时。",
        rule="hour_over",
        rule_version="2026.1",
        parameters={"hours": 3},
        derivation=("限值 50 mg/L：GB 4287-2012 表2", "132 > 50"),
        excuses={"维护标记": "无"},
        consequence="L4",
        tier="A",
        score=0.82,
    )


@pytest.fixture
def readings(report, platform_store, outlet, occurrence):
    """Hours from two days before to two days after, one an hour, and frames in and after the span."""
    for hour in range(-48, 51):
        at = int((BEGAN + dt.timedelta(hours=hour)).timestamp())
        report(
            "w01018", 132.0 if 0 <= hour < 3 else 30.0, kind=Kind.HOUR, time=at, received=at * 1000
        )
    batch = Batch()
    for minutes in (-1, 5, 65, 125, 299, 301):
        received = int((BEGAN + dt.timedelta(minutes=minutes)).timestamp() * 1000)
        row = {
            "mn": DEVICE, "received": received, "frame_id": 100 + minutes, "cn": "2061", "st": "32", "qn": "",
            "data_time": 0, "raw": FRAME, "sm3": b"\x01" * 32,
        }  # fmt: skip
        for column, cell in row.items():
            getattr(batch.frames, column).append(cell)
    platform_store.write(batch)


def rows_of(clue, name):
    piece = Evidence.objects.get(matter=clue.pk, file__name=name)
    with open_file(piece.file) as file:
        content = file.read()
    assert hashlib.sha256(content).hexdigest() == piece.file.content.sha256
    return piece, list(csv.DictReader(io.StringIO(content.decode())))


def test_it_is_registered_judged_by_nobody_and_waits_for_the_desk(cast, readings, occurrence):
    clue = raise_clue(occurrence, cast.duty, "大幅超标", at=NOW)
    assert (clue.state, clue.source, clue.rule, clue.tier, clue.score) == (
        "pooled",
        "alarm",
        "hour_over",
        "A",
        0.82,
    )
    assert (clue.town.name, clue.synthetic, clue.verdict) == ("三角镇", True, "")
    assert clue.contradiction == occurrence.sentence
    assert clue.events.get(step="register").said["what"] == "大幅超标"


def test_what_the_platform_raises_is_registered_by_the_platform(cast, readings, occurrence):
    clue = raise_clue(occurrence, at=NOW)
    assert [event.step for event in clue.events.order_by("number")] == ["_open", "log"]
    assert clue.events.last().actor is None
    assert clue.number == "中环线索〔2026〕1号"


def test_the_same_raised_again_is_the_clue_there_is(cast, readings, occurrence):
    first, second = (raise_clue(occurrence, at=NOW) for _each in range(2))
    assert first.pk == second.pk
    assert Clue.objects.count() == 1
    assert Evidence.objects.filter(matter=first.pk).count() == 4


def test_who_may_not_register_raises_nothing(cast, readings, occurrence, person):
    clerk = person("registrar", name="clerk")
    with pytest.raises(StepRefusedError):
        raise_clue(occurrence, clerk, at=NOW)
    assert not Clue.objects.exists()
    assert not Evidence.objects.exists()


def test_hours_are_frozen_with_a_day_on_either_side_and_counted(cast, readings, occurrence):
    clue = raise_clue(occurrence, at=NOW)
    piece, rows = rows_of(clue, "hours.csv")
    assert len(rows) == 24 + 3 + 24
    assert "（51 行）" in piece.title
    above = [row["hour_begins"] for row in rows if row["value"] == "132.0"]
    assert above == [f"2026-03-03T0{hour}:00:00+08:00" for hour in (1, 2, 3)]
    assert {row["minimum"] for row in rows} == {""}  # missing is empty, never 0


def test_frames_are_frozen_byte_for_byte_from_the_span_and_two_hours_after(
    cast, readings, occurrence
):
    clue = raise_clue(occurrence, at=NOW)
    _piece, rows = rows_of(clue, "raw-frames.csv")
    assert [int(row["frame_id"]) - 100 for row in rows] == [5, 65, 125, 299]
    assert {bytes.fromhex(row["raw_hex"]) for row in rows} == {FRAME}
    assert all("w01018-Avg=132" in row["raw_text"] for row in rows)
    assert not any("999888" in row["raw_text"] for row in rows)


def test_limits_are_frozen_with_their_basis_and_later_changes_leave_them(
    cast, readings, occurrence
):
    clue = raise_clue(occurrence, at=NOW)
    PointLimit.objects.update(upper=500, basis="改了")
    _piece, rows = rows_of(clue, "limits.csv")
    assert {(row["period"], row["upper"], row["basis"], row["clause"]) for row in rows} == {
        ("hour", "50.0", "GB 4287-2012", "表2"),
        ("realtime", "50.0", "GB 4287-2012", "表2"),
    }


def test_the_statement_tells_rule_derivation_excuses_and_counts(cast, readings, occurrence):
    clue = raise_clue(occurrence, at=NOW)
    piece = Evidence.objects.get(matter=clue.pk, file__name="derivation.txt")
    with open_file(piece.file) as file:
        told = json.loads(file.read())
    assert told["rule"] == {"id": "hour_over", "version": "2026.1"}
    assert told["clue"] == clue.number
    assert told["derivation"][-1] == "132 > 50"
    assert told["excuses"] == {"维护标记": "无"}
    assert told["rows"] == {"hours": 51, "raw_frames": 4, "limits": 2}


def test_where_nothing_was_measured_an_empty_table_says_so(cast, platform_store, occurrence):
    clue = raise_clue(occurrence, at=NOW)
    piece, rows = rows_of(clue, "hours.csv")
    assert rows == []
    assert "（0 行）" in piece.title


def test_many_frames_are_all_there_over_several_pages_and_files(
    cast, readings, occurrence, monkeypatch
):
    from zhihuan.lines.clues import extract

    monkeypatch.setattr(extract, "_PAGE", 3)
    monkeypatch.setattr(extract, "_ROWS", 3)
    clue = raise_clue(occurrence, at=NOW)
    found = [row for n in (1, 2) for row in rows_of(clue, f"raw-frames-{n}.csv")[1]]
    assert [int(row["frame_id"]) - 100 for row in found] == [5, 65, 125, 299]


def test_a_store_that_does_not_answer_leaves_no_half_a_clue(cast, outlet, occurrence, monkeypatch):
    from zhihuan.lines.clues import extract

    def down():
        raise OSError("store is away")

    monkeypatch.setattr(extract, "the_store", down)
    with pytest.raises(OSError, match="away"):
        raise_clue(occurrence, at=NOW)
    assert not Clue.objects.exists()


def test_its_bundle_is_checked_by_the_verifier_alone(cast, readings, occurrence, tmp_path):
    import subprocess
    import sys
    import zipfile

    clue = raise_clue(occurrence, at=NOW)
    bundle = Bundle.objects.create(matter_id=clue.pk, asked_by=cast.head, count=4)
    make_here(bundle)
    assert bundle.state == "ready"
    with zipfile.ZipFile(file_of(bundle)) as archive:
        archive.extractall(tmp_path / "out")
    command = [sys.executable, "-I", "verify.py", "--manifest", bundle.manifest_sha256]
    told = subprocess.run(
        command, cwd=tmp_path / "out", capture_output=True, text=True, check=False
    )
    assert "全部相符" in told.stdout, told.stdout
    hours = next((tmp_path / "out/files").glob("0001.csv"))
    hours.write_text(hours.read_text().replace("132.0", "49.0"))
    told = subprocess.run(
        command, cwd=tmp_path / "out", capture_output=True, text=True, check=False
    )
    assert "files/0001.csv" in told.stdout


def test_an_occurrence_says_what_it_is_about(occurrence):
    with pytest.raises(ValueError, match="not after it began"):
        dataclasses.replace(occurrence, until=occurrence.since)
    with pytest.raises(ValueError, match="say which factor"):
        dataclasses.replace(occurrence, sentence="")
