from __future__ import annotations

import pytest

from zhihuan.hj212.decoder import decode_frame
from zhihuan.hj212.encoder import encode
from zhihuan.hj212.message import Message
from zhihuan.hj212.profile import DeviceProfile, Version
from zhihuan.telemetry.simulator.answers.command import Answer
from zhihuan.telemetry.simulator.answers.judging import answer
from zhihuan.telemetry.simulator.answers.rules import RULES, RULES_OF
from zhihuan.telemetry.simulator.clock import SimulationClock
from zhihuan.telemetry.simulator.logger import Logger
from zhihuan.telemetry.simulator.spec import DeviceSpec

NOON = 1_773_979_200  # 2026-03-20 12:00 Beijing time
MN = "010000A8900016F000169DC0"
FLAGS = {"2005": 3, "2017": 5, "2025": 9}


def logger(edition: str = "2017", kind: str = "wastewater", **more: object) -> Logger:
    return Logger(DeviceSpec(MN, kind, Version[f"V{edition}"], **more), SimulationClock(NOON))


def command(cn: str, cp: str = "", *, edition: str = "2017", pw: str = "123456") -> Message:
    frame = encode(qn="20260320120000000", st="32", cn=cn, mn=MN, pw=pw, flag=FLAGS[edition], cp=cp)
    message = decode_frame(frame, DeviceProfile())
    assert isinstance(message, Message)
    return message


def ask(device: Logger, cn: str, cp: str = "", **more: str) -> Answer:
    return answer(device, command(cn, cp, edition=device.spec.version.year, **more))


def test_a_wrong_password_is_refused_as_such() -> None:
    found = ask(logger(), "1011", pw="654321")
    assert (found.qn_rtn, found.exe_rtn) == (3, None)


@pytest.mark.parametrize(("edition", "code"), [("2017", 8), ("2025", 8), ("2005", 2)])
def test_an_unknown_command_is_refused_in_the_editions_terms(edition: str, code: int) -> None:
    found = ask(logger(edition), "3099")
    assert (found.qn_rtn, found.exe_rtn) == (code, None)


def test_the_clock_is_told_and_set() -> None:
    device = logger()
    assert ask(device, "1011").reply == "SystemTime=20260320120000"
    ask(device, "1012", "SystemTime=20260320130000")
    assert ask(device, "1011").reply.startswith("SystemTime=2026032013000")
    assert ask(device, "1011", "PolId=w01018").reply.startswith("PolId=w01018;SystemTime=")


def test_an_instruments_clock_is_not_the_loggers() -> None:
    device = logger()
    ask(device, "1012", "PolId=w01018;SystemTime=20200101000000")
    assert ask(device, "1011").reply == "SystemTime=20260320120000"


@pytest.mark.parametrize(
    ("cn", "cp", "changed"),
    [
        ("1000", "OverTime=7;ReCount=2", ("overtime_seconds", 7)),
        ("1062", "RtdInterval=30", ("realtime_seconds", 30)),
        ("1064", "MinInterval=5", ("minute_minutes", 5)),
    ],
)
def test_settings_are_set(cn: str, cp: str, changed: tuple[str, int]) -> None:
    device = logger()
    assert ask(device, cn, cp).exe_rtn == 1
    assert getattr(device.settings, changed[0]) == changed[1]


@pytest.mark.parametrize(
    ("cn", "cp"),
    [
        ("1000", "OverTime=0;ReCount=3"),
        ("1000", "OverTime=5"),
        ("1012", "SystemTime=20261320130000"),
        ("1062", "RtdInterval=5"),
        ("1062", "RtdInterval=soon"),
        ("1064", "MinInterval=7"),
        ("1072", "NewPW=12345"),
        ("2051", "BeginTime=20260320110000"),
        ("2051", "BeginTime=20260320110000;EndTime=20260320100000"),
        ("3012", "PolId=w99999"),
        ("3021", "PolId=w01018;InfoId=i13004"),
    ],
)
def test_a_value_out_of_range_changes_nothing_and_is_a_bad_condition(cn: str, cp: str) -> None:
    device = logger()
    before = repr(device.settings)
    assert ask(device, cn, cp).exe_rtn == 3
    assert repr(device.settings) == before


def test_a_new_password_is_valid_only_after_the_exchange() -> None:
    device = logger()
    assert ask(device, "1072", "NewPW=abc123").exe_rtn == 1
    assert device.settings.password == "123456"
    device.exchange_ended()
    assert device.settings.password == "abc123"
    assert ask(device, "1011", pw="123456").qn_rtn == 3
    assert ask(device, "1011", pw="abc123").qn_rtn == 1


def test_a_new_key_leaves_the_old_one_alive_and_constant_keys_are_refused() -> None:
    device = logger("2025", key=b"0123456789abcdef")
    assert ask(device, "1014", "SKCreateTime=20260320120000000,NewSK=0000000000000000").exe_rtn == 3
    assert ask(device, "1014", "SKCreateTime=20260320120000000,NewSK=fedcba9876543210").exe_rtn == 1
    device.exchange_ended()
    assert device.settings.keys == [b"fedcba9876543210", b"0123456789abcdef"]


def test_history_is_answered_with_data_and_absence_with_no_data() -> None:
    device = logger()
    span = "BeginTime=20260320100000;EndTime=20260320110000"
    reports = list(ask(device, "2061", span).reports)
    assert [report.data_time for report in reports] == ["20260320100000", "20260320110000"]
    assert len(list(ask(device, "2051", span).reports)) == 7
    future = ask(device, "2061", "BeginTime=20270101000000;EndTime=20270101010000")
    assert (future.exe_rtn, list(future.reports)) == (100, [])


def test_the_bounds_may_be_separated_by_a_comma() -> None:
    found = ask(logger(), "2061", "BeginTime=20260320100000,EndTime=20260320110000")
    assert len(list(found.reports)) == 2


def test_real_time_data_are_stopped_and_started() -> None:
    device = logger()
    stopped = ask(device, "2012")
    assert (stopped.qn_rtn, stopped.exe_rtn, device.settings.realtime_on) == (0, None, False)
    ask(device, "2011")
    assert device.settings.realtime_on


def test_power_use_of_a_span_is_history_of_real_time_data() -> None:
    device = logger("2025", kind="power")
    found = ask(device, "2011", "BeginTime=20260320100000;EndTime=20260320101000")
    assert len(list(found.reports)) == 11


def test_a_sample_is_retained_in_the_next_bottle() -> None:
    device = logger()
    first, second = (next(iter(ask(device, "3015").reports)) for _ in range(2))
    assert (first.groups, second.groups) == (("VaseNo=1",), ("VaseNo=2",))


def test_instruments_tell_their_number_state_and_parameters() -> None:
    device = logger()
    serial = ask(device, "3019", "PolId=w01018").reply
    assert serial.startswith("PolId=w01018;w01018-SN=")
    assert len(serial.rpartition("=")[2]) == 24
    assert "i12001-Info=0" in ask(device, "3020", "PolId=w01018").reply
    ask(device, "3021", "PolId=w01018;InfoId=i13004;i13004-Info=168.0")
    assert ask(device, "3020", "PolId=w01018;InfoId=i13004").reply.endswith("i13004-Info=168.0")
    assert ask(device, "3020", "PolId=w01018;InfoId=i99999").exe_rtn == 100


def test_a_log_may_hold_separators_and_still_be_read() -> None:
    device = logger()
    text = ask(device, "3020", "PolId=w01018;InfoId=i11001").reply
    frame = encode(qn="20260320120000000", st="32", cn="3020", mn=MN, flag=4, cp=text)
    message = decode_frame(frame, DeviceProfile())
    assert isinstance(message, Message)
    (group,) = message.groups
    assert ";" in group.subs["Info"]


def test_2005_answers_about_alarm_limits_as_they_were_set() -> None:
    device = logger("2005")
    ask(device, "1022", "101-LowValue=1.1,101-UpValue=9.9")
    assert ask(device, "1021", "PolId=101;PolId=102").reply == (
        "101-LowValue=1.1,101-UpValue=9.9;102-LowValue=0,102-UpValue=0"
    )


def test_surface_water_reads_1014_as_a_question_for_the_clock() -> None:
    device = Logger(
        DeviceSpec(MN, "river", Version.V2025, surface_water=True), SimulationClock(NOON)
    )
    assert answer(device, command("1014", edition="2025")).reply == "SystemTime=20260320120000"


@pytest.mark.parametrize("edition", list(FLAGS))
def test_no_command_makes_a_logger_stumble(edition: str) -> None:
    device = logger(edition)
    for cn in {**RULES, **RULES_OF.get(edition, {})}:
        for cp in ("", "PolId=w01018", "NoSuchField=1"):
            found = ask(device, cn, cp)
            assert found.qn_rtn in (0, 1, 2, 8)
            for _report in found.reports:
                break
