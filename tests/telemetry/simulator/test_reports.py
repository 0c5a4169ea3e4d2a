from __future__ import annotations

import re
from dataclasses import replace

import pytest

from zhihuan.hj212.decoder import Decoder
from zhihuan.hj212.message import Message
from zhihuan.hj212.profile import Version
from zhihuan.telemetry.simulator.clock import SimulationClock
from zhihuan.telemetry.simulator.faults.data import DataFault, DataFaultKind
from zhihuan.telemetry.simulator.frames import FrameWriter
from zhihuan.telemetry.simulator.kinds import KINDS, kind_spec
from zhihuan.telemetry.simulator.logger import Logger
from zhihuan.telemetry.simulator.reports import Reporter, wire_time
from zhihuan.telemetry.simulator.spec import DeviceSpec
from zhihuan.telemetry.simulator.wire_factors import number, wire_factor

MIDNIGHT = 1_773_936_000  # 2026-03-20 00:00 Beijing time
MN = "010000A8900016F000169DC0"
OLD_MN = "44200024000001"
EDITIONS = [(kind, edition) for kind in KINDS for edition in kind_spec(kind).system_types]


def device(kind: str, edition: str = "2017", **more: object) -> DeviceSpec:
    surface = edition == "surface_water"
    version = Version.V2025 if surface else Version[f"V{edition}"]
    mn = OLD_MN if version is Version.V2005 else MN
    return DeviceSpec(mn, kind, version, surface_water=surface, fleet_seed=3, **more)


def writer(spec: DeviceSpec, now: float = MIDNIGHT + 100_000) -> tuple[Logger, FrameWriter]:
    logger = Logger(spec, SimulationClock(now))
    return logger, FrameWriter(logger)


@pytest.mark.parametrize(("kind", "edition"), EDITIONS)
def test_the_codec_reads_what_every_kind_of_device_writes(kind: str, edition: str) -> None:
    spec = device(kind, edition)
    logger, frames = writer(spec)
    decoder = Decoder(spec.registered().profile)
    for name in ("realtime", "minute", "hour", "day"):
        report = logger.report(name, MIDNIGHT)
        assert report is not None
        for frame in frames.report(report):
            (message,) = decoder.feed(frame.data)
            assert isinstance(message, Message), message
            assert (message.st, message.mn) == (spec.st, spec.mn)
            assert (
                message.cn
                == {"realtime": "2011", "minute": "2051", "hour": "2061", "day": "2031"}[name]
            )
            assert message.data_time == "20260320000000"
            assert [note for note in message.notes if note != "surface_water"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_history_is_what_was_reported(kind: str) -> None:
    logger, _frames = writer(device(kind))
    for name, step in (("minute", 600), ("hour", 3600), ("day", 86_400)):
        reports = {
            report.time: report for report in logger.history(name, MIDNIGHT, MIDNIGHT + 90_000)
        }
        for start in list(reports)[:: max(1, len(reports) // 5)]:
            assert logger.report(name, start) == reports[start]
            assert (start - MIDNIGHT) % step == 0


def test_history_includes_both_bounds_and_no_period_that_has_not_ended() -> None:
    logger, _frames = writer(device("noise"), now=MIDNIGHT + 7_300)
    hours = [report.time for report in logger.history("hour", MIDNIGHT, MIDNIGHT + 7_200)]
    assert hours == [MIDNIGHT, MIDNIGHT + 3600]
    assert [r.time for r in logger.history("hour", MIDNIGHT, MIDNIGHT)] == [MIDNIGHT]


def test_2005_speaks_in_its_own_codes_and_units() -> None:
    report = Reporter(replace(device("flue_gas", "2005"), mn=MN)).realtime(MIDNIGHT)
    sent = dict(re.findall(r"(\w+)-Rtd=([-\d.]+)", ";".join(report.groups)))
    assert set(sent) == {"01", "02", "03", "B02", "S01", "S02", "S03", "S08", "S05"}
    modern = dict(
        re.findall(
            r"(\w+)-Rtd=([-\d.]+)", ";".join(Reporter(device("flue_gas")).realtime(MIDNIGHT).groups)
        )
    )
    # S08 was in MPa, a01013 is in kPa
    assert float(sent["S08"]) == pytest.approx(float(modern["a01013"]) / 1000, abs=1e-6)
    assert sent["02"] == modern["a21026"]


def test_a_factor_that_2005_does_not_know_is_not_sent() -> None:
    assert wire_factor("w01010", Version.V2005) is None
    assert wire_factor("w01018", Version.V2005).code == "011"


def test_a_vendors_code_replaces_the_standard_one() -> None:
    report = Reporter(device("wastewater", aliases={"w01018": "COD"})).realtime(MIDNIGHT)
    assert report.groups[0].startswith("COD-Rtd=")


def test_an_analyser_in_cycles_says_when_the_sample_was_taken() -> None:
    report = Reporter(device("wastewater")).realtime(MIDNIGHT + 3 * 3600)
    assert "w01018-SampleTime=20260320020000" in report.groups[0]
    earlier = Reporter(device("wastewater")).realtime(MIDNIGHT + 2 * 3600 + 60)
    assert earlier.groups[0] == report.groups[0]


def test_nothing_is_reported_about_a_gap() -> None:
    gap = DataFault(DataFaultKind.GAP, MN, MIDNIGHT + 3600, MIDNIGHT + 7200)
    logger, _frames = writer(device("wastewater", faults=(gap,)))
    assert logger.report("realtime", MIDNIGHT + 4000) is None
    assert [r.time for r in logger.history("hour", MIDNIGHT, MIDNIGHT + 10_000)] == [
        MIDNIGHT,
        MIDNIGHT + 7200,
    ]


def test_numbers_are_plain_decimals() -> None:
    assert number(0.5, 0) == "0"
    assert number(1.5, 0) == "2"
    assert number(-0.0004, 3) == "0.000"
    assert number(-0.12, 2) == "-0.12"
    assert number(1e-9, 4) == "0.0000"
    assert number(123456789.0, 1) == "123456789.0"


def test_every_frame_has_a_number_of_its_own_and_they_rise() -> None:
    logger, frames = writer(device("noise"))
    report = logger.report("realtime", MIDNIGHT)
    numbers = [frames.report(report)[0].qn for _ in range(500)]
    assert len(set(numbers)) == 500
    assert numbers == sorted(numbers)
    assert all(len(qn) == 17 and qn.isdigit() for qn in numbers)


def test_a_clock_that_was_set_back_shows_in_the_numbers() -> None:
    logger, frames = writer(device("noise"))
    before = frames.plain("9015", "").qn
    logger.set_clock(MIDNIGHT)
    after = frames.plain("9015", "").qn
    assert after[:12] == "202603200000"
    assert after < before


def test_a_long_report_is_split_at_groups_and_every_part_has_its_time() -> None:
    spec = device("flue_gas", most_cp_bytes=300)
    logger, frames = writer(spec)
    report = logger.report("minute", MIDNIGHT)
    decoder = Decoder(spec.registered().profile)
    messages = [message for frame in frames.report(report) for message in decoder.feed(frame.data)]
    assert len(messages) > 2
    assert {message.pnum for message in messages} == {len(messages)}
    assert [message.pno for message in messages] == list(range(1, len(messages) + 1))
    assert {message.data_time for message in messages} == {"20260320000000"}
    assert len({message.qn for message in messages}) == len(messages)
    codes = [group.code for message in messages for group in message.groups]
    assert codes == list(kind_spec("flue_gas").default_factors())


@pytest.mark.parametrize("form", ["raw", "text"])
def test_an_encrypted_device_is_read_with_its_key_only(form: str) -> None:
    spec = device("wastewater", "2025", key=b"k3y-of-this-test", cipher_form=form)
    logger, frames = writer(spec)
    (frame,) = frames.report(logger.report("realtime", MIDNIGHT))
    assert b"w01018" not in frame.data
    assert (b"{0x" in frame.data) is (form == "text")
    (message,) = Decoder(spec.registered().profile).feed(frame.data)
    assert isinstance(message, Message)
    assert message.encrypted
    assert message.groups[0].code == "w01018"
    wrong = replace(spec, key=b"another key here")
    assert not any(
        isinstance(event, Message) for event in Decoder(wrong.registered().profile).feed(frame.data)
    )


def test_a_bare_2005_logger_sends_neither_number_nor_flag() -> None:
    logger, frames = writer(device("wastewater", "2005", wants_ack=False))
    (frame,) = frames.report(logger.report("realtime", MIDNIGHT))
    assert b"QN=" not in frame.data
    assert b";Flag=" not in frame.data


def test_back_filled_data_say_so_in_2025_and_nowhere_else() -> None:
    for edition, expected in (("2025", True), ("2017", False)):
        logger, frames = writer(device("wastewater", edition))
        report = logger.report("hour", MIDNIGHT)
        (late,) = frames.report(report, back_filled=True)
        (live,) = frames.report(report)
        assert (b";RF=1;CP=" in late.data) is expected
        assert b"RF=" not in live.data


def test_wire_time_is_beijing_time() -> None:
    assert wire_time(MIDNIGHT) == "20260320000000"


def test_a_report_worked_out_ahead_is_the_one_asked_for_alone() -> None:
    gap = DataFault(DataFaultKind.GAP, MN, MIDNIGHT + 300, MIDNIGHT + 600)
    spec = device("flue_gas", faults=(gap,))
    ahead, alone = Logger(spec, SimulationClock(MIDNIGHT)), Reporter(spec)
    for moment in range(MIDNIGHT, MIDNIGHT + 3600, 60):
        assert ahead.report("realtime", moment) == alone.realtime(moment)
    assert ahead.report("realtime", MIDNIGHT + 360) is None
