"""From messages to rows: what is stored under which time, kind, factor and unit, and what is not."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest

from zhihuan.hj212 import DeviceProfile, Message, Version, decode_frame, frame
from zhihuan.telemetry.digest import frame_id, sm3
from zhihuan.telemetry.intake import DeviceIntake, ValueFault, _shared_plan
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.ports import RegisteredDevice
from zhihuan.telemetry.refusals import Refusal
from zhihuan.telemetry.rows import Batch
from zhihuan.telemetry.store.inserts import batch_inserts

MN = "010000A8900016F000169DC0"
RECEIVED = int(datetime(2026, 6, 1, 4, 0, 5, tzinfo=UTC).timestamp() * 1000)


def message(
    cp: str, *, cn: str = "2051", st: str = "32", flag: str = "Flag=5;", **kwargs: Any
) -> Message:
    head = f"QN=20260601120001000;ST={st};CN={cn};PW=123456;MN={MN};{flag}"
    decoded = decode_frame(frame(f"{head}CP=&&{cp}&&".encode()), **kwargs)
    assert isinstance(decoded, Message), decoded
    return decoded


def take(
    decoded: Message, device: RegisteredDevice | None = None
) -> tuple[list[dict[str, Any]], list[ValueFault], Batch]:
    """Rows as dicts, faults, and the batch itself."""
    batch = Batch()
    intake = DeviceIntake(device or RegisteredDevice(MN))
    count, faults = intake.take(decoded, RECEIVED, sm3(decoded.raw), batch)
    batch.measurements.check()
    batch.frames.check()
    names = batch.measurements.__dataclass_fields__
    columns = [getattr(batch.measurements, name) for name in names]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    assert len(rows) == count
    return rows, list(faults), batch


def test_a_minute_frame_becomes_a_row_per_factor() -> None:
    cp = (
        "DataTime=20260601115900;w01018-Min=20.1,w01018-Avg=21.5,w01018-Max=30,w01018-Flag=N;"
        "w00000-Avg=3.2,w00000-Cou=192.5,w00000-Flag=D"
    )
    rows, faults, _ = take(message(cp))
    assert faults == []
    cod, flow = rows
    assert (cod["factor"], cod["kind"], cod["flag"]) == ("w01018", Kind.MINUTE, "N")
    assert (cod["value"], cod["minimum"], cod["maximum"]) == (21.5, 20.1, 30.0)
    assert math.isnan(cod["total"])
    assert (flow["value"], flow["total"], flow["flag"]) == (3.2, 192.5, "D")
    assert all(math.isnan(flow[name]) for name in ("minimum", "maximum", "zs_value"))
    assert cod["mn"] == flow["mn"] == MN


def test_wire_time_is_beijing_time() -> None:
    rows, _, _ = take(message("DataTime=20260601000000;w01018-Avg=1"))
    assert rows[0]["time"] == int(datetime(2026, 5, 31, 16, tzinfo=UTC).timestamp())


def test_the_frame_is_kept_as_received_under_its_hash() -> None:
    decoded = message("DataTime=20260601115900;w01018-Avg=1")
    rows, _, batch = take(decoded)
    assert batch.frames.raw == [decoded.raw]
    assert batch.frames.sm3 == [sm3(decoded.raw)]
    assert rows[0]["frame_id"] == batch.frames.frame_id[0] == frame_id(sm3(decoded.raw))
    assert rows[0]["received"] == batch.frames.received[0] == RECEIVED
    assert (batch.frames.cn, batch.frames.st) == (["2051"], ["32"])
    assert batch.frames.qn == ["20260601120001000"]


def test_converted_values_of_flue_gas_have_their_own_columns() -> None:
    cp = "DataTime=20260601110000;a21026-Avg=10,a21026-ZsAvg=12.5,a21026-ZsMin=11,a21026-ZsMax=14,a21026-Flag=N"
    (row,), _, _ = take(message(cp, cn="2061", st="31"))
    assert (row["kind"], row["zs_value"], row["zs_minimum"], row["zs_maximum"]) == (
        Kind.HOUR, 12.5, 11.0, 14.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cn", "st", "cp", "kind", "factor", "value"),
    [
        ("2011", "32", "w01018-Rtd=7.5", Kind.REALTIME, "w01018", 7.5),
        ("2031", "32", "w01018-Avg=7.5", Kind.DAY, "w01018", 7.5),
        ("2021", "32", "SB1-RS=1", Kind.EQUIPMENT_STATE, "SB1", 1.0),
        ("2041", "32", "SB1-RT=1.1", Kind.EQUIPMENT_HOURS, "SB1", 1.1),
        ("2031", "23", "Leq-DayData=55.5", Kind.DAY, "Leq-DayData", 55.5),
    ],
)
def test_the_command_decides_the_kind(
    cn: str, st: str, cp: str, kind: Kind, factor: str, value: float
) -> None:
    (row,), faults, _ = take(message(f"DataTime=20260601000000;{cp}", cn=cn, st=st))
    assert (row["kind"], row["factor"], row["value"]) == (kind, factor, value)
    assert faults == []


def test_a_number_that_is_none_is_told_and_the_rest_is_stored() -> None:
    cp = "DataTime=20260601115900;w01018-Avg=abc,w01018-Max=5,w01018-Flag=N;w21003-Avg=0.5,w21003-Flag=N"
    rows, faults, batch = take(message(cp))
    assert [fault.reason for fault in faults] == [Refusal.BAD_NUMBER]
    assert "w01018 value 'abc'" in faults[0].detail
    assert math.isnan(rows[0]["value"])
    assert rows[0]["maximum"] == 5.0
    assert rows[1]["value"] == 0.5
    assert len(batch.frames) == 1


@pytest.mark.parametrize(
    "text", ["1_000", "inf", "nan", "NaN", "１２", "1.2.3", "--", "0x10", "1e999"]
)
def test_what_only_a_programming_language_reads_as_a_number_is_refused(text: str) -> None:
    (row,), faults, _ = take(message(f"DataTime=20260601115900;w01018-Avg={text}"))
    assert math.isnan(row["value"])
    assert [fault.reason for fault in faults] == [Refusal.BAD_NUMBER]


@pytest.mark.parametrize(
    ("text", "value"), [("-1.5", -1.5), ("+2", 2.0), (".5", 0.5), ("007", 7.0), ("1e2", 100.0)]
)
def test_odd_but_clear_numbers_are_taken(text: str, value: float) -> None:
    (row,), faults, _ = take(message(f"DataTime=20260601115900;w01018-Avg={text}"))
    assert (row["value"], faults) == (value, [])


def test_a_number_sent_empty_is_missing_not_wrong() -> None:
    (row,), faults, _ = take(message("DataTime=20260601115900;w01018-Avg=,w01018-Flag=B"))
    assert math.isnan(row["value"])
    assert (row["flag"], faults) == ("B", [])


@pytest.mark.parametrize("text", ["", "2026060111590", "20261301000000", "20260601115960", "now"])
def test_a_time_that_is_none_stops_the_rows_not_the_frame(text: str) -> None:
    rows, faults, batch = take(message(f"DataTime={text};w01018-Avg=1"))
    assert rows == []
    assert [fault.reason for fault in faults] == [Refusal.BAD_TIME]
    assert len(batch.frames) == 1
    assert batch.frames.data_time == [0]


@pytest.mark.parametrize("text", ["19991231235959", "20260603120000", "99991231000000"])
def test_a_time_that_cannot_be_is_told(text: str) -> None:
    rows, faults, _ = take(message(f"DataTime={text};w01018-Avg=1"))
    assert rows == []
    assert [fault.reason for fault in faults] == [Refusal.IMPLAUSIBLE_TIME]


def test_a_vendors_code_waits_for_its_alias() -> None:
    cp = "DataTime=20260601115900;PM25-Avg=35,PM25-Flag=N;a34002-Avg=50,a34002-Flag=N"
    rows, faults, _ = take(message(cp, st="22"))
    assert [row["factor"] for row in rows] == ["a34002"]
    assert [(fault.reason, fault.subject) for fault in faults] == [(Refusal.UNKNOWN_FACTOR, "PM25")]
    device = RegisteredDevice(MN, aliases={"PM25": "a34004"})
    rows, faults, _ = take(message(cp, st="22"), device)
    assert [row["factor"] for row in rows] == ["a34004", "a34002"]
    assert faults == []


def test_a_code_in_the_standards_form_is_taken_though_no_table_has_it() -> None:
    (row,), faults, _ = take(message("DataTime=20260601115900;a99999-Avg=1"))
    assert (row["factor"], faults) == ("a99999", [])


class TestOldCodes:
    """HJ/T 212-2005 annex B: 020 is mercury in mg/L, today w20111 in µg/L; 011 is COD."""

    CP = "DataTime=20260601115900;011-Avg=30,011-Cou=2;020-Avg=0.0005,020-Cou=0.001"

    def test_are_converted_for_a_device_that_speaks_2005(self) -> None:
        (cod, mercury), faults, _ = take(message(self.CP, flag=""))
        assert (cod["factor"], cod["value"], cod["total"]) == ("w01018", 30.0, 2.0)
        assert (mercury["factor"], mercury["value"], mercury["total"]) == ("w20111", 0.5, 1.0)
        assert faults == []

    def test_are_converted_for_a_device_registered_as_2005(self) -> None:
        device = RegisteredDevice(MN, profile=DeviceProfile(version=Version.V2005))
        (_, mercury), _, _ = take(message(self.CP), device)
        assert (mercury["factor"], mercury["value"]) == ("w20111", 0.5)

    def test_are_not_guessed_for_any_other_device(self) -> None:
        rows, faults, _ = take(message(self.CP))
        assert [row["factor"] for row in rows] == ["w01018"]  # same unit then and now
        assert [(f.reason, f.subject) for f in faults] == [(Refusal.AMBIGUOUS_OLD_CODE, "020")]


def test_a_condition_of_production_becomes_the_mark() -> None:
    cp = "DataTime=20260601115900;p99101-Rtd=St;p99102-Rtd=1"
    (stopped, number), faults, _ = take(message(cp, cn="2011", st="45", flag="Flag=9;"))
    assert math.isnan(stopped["value"])
    assert (stopped["flag"], number["value"], faults) == ("St", 1.0, [])


def test_a_factor_sent_twice_makes_one_row() -> None:
    rows, _, _ = take(message("DataTime=20260601115900;w01018-Avg=1;w01018-Avg=2"))
    assert [(row["factor"], row["value"]) for row in rows] == [("w01018", 1.0)]


def test_a_command_nobody_defines_is_kept_and_told() -> None:
    rows, faults, batch = take(message("x=1", cn="8051"))
    assert rows == []
    assert [fault.reason for fault in faults] == [Refusal.UNKNOWN_CONTENT]
    assert faults[0].standing
    assert len(batch.frames) == 1


def test_answers_and_notices_are_frames_without_rows_or_faults() -> None:
    for cn, cp in (("9011", "QnRtn=1"), ("9012", "ExeRtn=1"), ("9015", ""), ("1013", "")):
        rows, faults, batch = take(message(cp, cn=cn, st="91", flag="Flag=9;"))
        assert (rows, faults, len(batch.frames)) == ([], [], 1), cn


def test_bytes_that_are_no_text_do_not_reach_the_store_as_text() -> None:
    segment = (
        f"QN=20260601120001000;ST=32;CN=2051;PW=123456;MN={MN};Flag=5;"
        "CP=&&DataTime=20260601115900;w01018-Avg=1,w01018-Flag="
    ).encode() + b"\xff\xfe&&"
    decoded = decode_frame(frame(segment))
    assert isinstance(decoded, Message)
    (row,), _, batch = take(decoded)
    row["flag"].encode()  # would raise on what the wire left behind
    assert batch.frames.raw[0] == decoded.raw


def test_thousands_of_layouts_of_one_device_do_not_pile_up() -> None:
    intake, batch = DeviceIntake(RegisteredDevice(MN)), Batch()
    for number in range(2000):
        decoded = message(f"DataTime=20260601115900;a{number:05d}-Avg=1")
        intake.take(decoded, RECEIVED, bytes(32), batch)
    assert len(batch.measurements) == 2000
    assert len(intake._layouts) <= 64


@pytest.mark.parametrize("year", ["0001", "1900", "1969", "2107", "9999"])
def test_a_frame_of_a_time_no_store_can_hold_is_kept_without_it(year: str) -> None:
    rows, faults, batch = take(message(f"DataTime={year}0101000000;w01018-Avg=1"))
    assert rows == []
    assert [fault.reason for fault in faults] == [Refusal.IMPLAUSIBLE_TIME]
    assert batch.frames.data_time == [0]
    batch_inserts(batch)  # the store takes it


def test_a_frame_of_a_thousand_unknown_codes_is_told_in_few_words() -> None:
    cp = ";".join(f"x{number}q-Avg=1" for number in range(800))
    _, faults, _ = take(message(f"DataTime=20260601115900;{cp}"))
    assert len(faults) == 33
    assert faults[-1].detail == "and 768 more unread codes"


@pytest.mark.parametrize("odd", [";".join(["a99999-Avg=1"] * 300), f"{'k' * 5000}-Avg=1"])
def test_layouts_of_unusual_size_are_not_shared(odd: str) -> None:
    known = _shared_plan.cache_info().currsize
    take(message(f"DataTime=20260601115900;{odd}"))
    assert _shared_plan.cache_info().currsize == known


def test_a_number_beyond_all_measure_is_a_fault_and_no_infinity() -> None:
    for code in ("w01018", "020"):  # 020: scaled
        rows, faults, _ = take(message(f"DataTime=20260601115900;{code}-Avg={'9' * 400}", flag=""))
        assert math.isnan(rows[0]["value"])
        assert [fault.reason for fault in faults] == [Refusal.BAD_NUMBER]


def test_the_mean_counts_for_a_period_though_an_instant_is_sent_before_it() -> None:
    cp = "DataTime=20260601115900;w01018-Rtd=1,w01018-Avg=2"
    assert [row["value"] for row in take(message(cp, cn="2061"))[0]] == [2.0]
    assert [row["value"] for row in take(message(cp, cn="2011"))[0]] == [1.0]


def test_digits_of_other_scripts_make_no_standard_code() -> None:
    _, faults, _ = take(message("DataTime=20260601115900;a２１０２６-Avg=3"))
    assert [fault.reason for fault in faults] == [Refusal.UNKNOWN_FACTOR]
