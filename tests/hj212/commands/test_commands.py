"""Particular commands: traps of editions, lenient reading, strict printing."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal

import pytest

from zhihuan.hj212 import BEIJING, DeviceProfile, Message, decode_frame, frame
from zhihuan.hj212.codes import Edition
from zhihuan.hj212.commands import (
    AskClock,
    AskHourData,
    AskRunTimeData,
    Calibrate,
    Clock,
    CommandError,
    ConditionData,
    DataAnswer,
    DeviceInfo,
    HourData,
    InfoValue,
    PeriodReading,
    RealTimeData,
    RealTimeReading,
    SampleNow,
    SetClock,
    SetKey,
    SetMinuteInterval,
    SetPassword,
    SetRealTimeInterval,
    SetSamplingHours,
    SetTimeouts,
    StandardCheckData,
    UnknownCommand,
    answered_qn,
    command_of,
    parse_command,
)

NOON = datetime(2024, 6, 1, 12, tzinfo=BEIJING)
MN = "MN=010000A8900016F000169DC0"


def read(segment: str, *, surface_water: bool = False) -> Message:
    message = decode_frame(frame(segment.encode()), DeviceProfile(surface_water=surface_water))
    assert isinstance(message, Message), message
    return message


def sent(
    cn: str, cp: str, *, flag: int = 5, st: str = "32", surface_water: bool = False
) -> Message:
    head = f"QN=20240601085857223;ST={st};CN={cn};PW=123456;{MN};Flag={flag}"
    return read(f"{head};CP=&&{cp}&&", surface_water=surface_water)


def test_passwords_and_keys_use_each_editions_key_and_stay_out_of_the_repr() -> None:
    body = SetPassword(password="654321")
    assert body.to_cp(Edition.HJ2005) == "PW=654321"
    assert body.to_cp(Edition.HJ2017) == "NewPW=654321"
    assert "654321" not in repr(body)
    key = SetKey(created_at="20240601085857223", new_key="a8Fk39dLq0Zx7Wvb")
    assert key.to_cp(2) == "SKCreateTime=20240601085857223,NewSK=a8Fk39dLq0Zx7Wvb"
    assert "a8Fk" not in repr(key)


@pytest.mark.parametrize("password", ["12345", "1234567", "12 456", "密码密码密码", "12;456"])
def test_a_password_that_is_not_six_letters_or_digits_is_never_sent(password: str) -> None:
    with pytest.raises(CommandError, match="NewPW"):
        SetPassword(password=password).to_cp(Edition.HJ2017)


def test_a_time_is_sent_in_beijing_time_whatever_its_zone() -> None:
    body = SetClock(system_time=datetime(2024, 6, 1, 4, tzinfo=UTC))
    assert body.to_cp(1) == "SystemTime=20240601120000"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(CommandError, match="须带时区"):
        SetClock(system_time=datetime(2024, 6, 1, 4)).to_cp(1)  # noqa: DTZ001 - the fault itself


@pytest.mark.parametrize(
    "cp", ["PolID=w01018;CstartTime=000000;Ctime=02", "polid=w01018,CstartTime=000000,CTIME=2"]
)
def test_keys_are_read_in_any_case_and_behind_any_separator(cp: str) -> None:
    body = parse_command(sent("3016", cp))
    assert body.to_cp(1) == "PolId=w01018;CstartTime=000000;CTime=2"
    assert body.start == time(0)  # type: ignore[attr-defined]


def test_begin_and_end_are_separated_as_each_edition_prints() -> None:
    hours = AskHourData(begin=NOON, end=NOON)
    assert hours.to_cp(Edition.HJ2005) == "BeginTime=20240601120000,EndTime=20240601120000"
    assert hours.to_cp(Edition.HJ2017) == "BeginTime=20240601120000;EndTime=20240601120000"
    assert "," in AskRunTimeData(begin=NOON, end=NOON).to_cp(Edition.HJ2017)


def test_a_span_that_ends_before_it_begins_is_not_sent() -> None:
    with pytest.raises(CommandError, match="截止时间早于开始时间"):
        AskHourData(begin=NOON, end=NOON.replace(hour=11)).to_cp(1)


@pytest.mark.parametrize(
    ("body", "edition", "said"),
    [
        (SetRealTimeInterval(interval_seconds=29), Edition.HJ2017, "不能小于 30 s"),
        (SetRealTimeInterval(interval_seconds=3601), Edition.HJ2017, "不能大于 3600 s"),
        (SetMinuteInterval(interval_minutes=7), Edition.HJ2017, "只能取 1、2、3"),
        (SetTimeouts(timeout_seconds=0, resends=3), Edition.HJ2017, "1～99"),
        (SampleNow(instrument="w01018x"), Edition.HJ2017, "最多 6 个字符"),
        (Calibrate(instrument="w01018", calibration_type=2), Edition.HJ2025, "允许 0～1"),
        (SetSamplingHours(instrument="101", hours=(25,)), Edition.HJ2005, "24"),
    ],
)
def test_a_value_out_of_range_is_not_sent_and_the_message_says_the_range(
    body: SetRealTimeInterval, edition: Edition, said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        body.to_cp(edition)
    (problem,) = body.problems(edition)
    assert problem.clause


def test_an_interval_of_5_seconds_is_2005s_right() -> None:
    assert SetRealTimeInterval(interval_seconds=5).to_cp(Edition.HJ2005) == "RtdInterval=5"


def test_sampling_hours_of_2005_repeat_behind_commas() -> None:
    body = SetSamplingHours(instrument="101", hours=(4, 10, 14, 16))
    assert body.to_cp(0) == "PolId=101,CTime=04,CTime=10,CTime=14,CTime=16"


def test_decimals_keep_their_zeros_and_never_get_an_exponent() -> None:
    body = parse_command(
        sent(
            "2061", "DataTime=20240601120000;w01018-Cou=63.0,w01018-Avg=-0.00000001,w01018-Max=1e3"
        )
    )
    assert isinstance(body, HourData)
    (reading,) = body.readings
    assert (reading.total, reading.average) == (Decimal("63.0"), Decimal("-0.00000001"))
    assert body.to_cp(1) == (
        "DataTime=20240601120000;w01018-Cou=63.0,w01018-Avg=-0.00000001,w01018-Max=1000"
    )


@pytest.mark.parametrize("text", ["--", "NaN", "inf", "1_0", "９", "1e999999999", "abc", ""])
def test_a_value_that_is_no_number_is_kept_as_sent(text: str) -> None:
    body = parse_command(sent("2011", f"DataTime=20240601120000;w01018-Rtd={text},w01018-Flag=D"))
    assert isinstance(body, RealTimeData)
    assert body.readings == (RealTimeReading(code="w01018", mark="D", extra=(("Rtd", text),)),)


def test_a_17_digit_time_is_read_to_the_second() -> None:
    body = parse_command(sent("2011", "DataTime=20160824003817000;LA-Rtd=50.1"))
    assert isinstance(body, RealTimeData)
    assert body.data_time == datetime(2016, 8, 24, 0, 38, 17, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("cn", "cp", "key"),
    [
        ("1062", "", "RtdInterval"),
        ("1062", "RtdInterval=abc", "RtdInterval"),
        ("1062", "RtdInterval=30.5", "RtdInterval"),
        ("2051", "BeginTime=20240601;EndTime=20240601", "BeginTime"),
        ("1012", "SystemTime=20240231000000", "SystemTime"),
        ("3016", "PolId=w01018;CstartTime=250000;CTime=2", "CstartTime"),
    ],
)
def test_a_field_that_cannot_be_read_is_named_with_its_cn(cn: str, cp: str, key: str) -> None:
    with pytest.raises(CommandError) as caught:
        parse_command(sent(cn, cp), sender="host")
    assert (caught.value.cn, caught.value.key) == (cn, key)


def test_what_no_class_declares_is_kept_and_sent_again() -> None:
    body = parse_command(sent("9014", "QnRtn=1;UTP=abc"))
    assert isinstance(body, DataAnswer)
    assert body.extra == (("QnRtn", "1"), ("UTP", "abc"))
    assert body.to_cp(1) == "QnRtn=1;UTP=abc"


def test_an_undefined_cn_is_kept_whole() -> None:
    body = parse_command(sent("7777", "a=1;w01018-Rtd=2"))
    assert body == UnknownCommand(extra=(("a", "1"), ("w01018-Rtd", "2")))


@pytest.mark.parametrize(
    ("cn", "cp", "flag", "st", "surface_water", "expected"),
    [
        ("2062", "DataTime=20240601120000;w21003-Check=0.5,w21003-StandardValue=0.5,w21003-Flag=N", 9, "21", True, StandardCheckData),
        ("2011", "DataTime=20240601120000;p99101-Rtd=St", 9, "45", False, ConditionData),
        ("1011", "PolId=w01018", 5, "32", False, AskClock),
        ("1011", "SystemTime=20240601120000", 4, "32", False, Clock),
    ],
)  # fmt: skip
def test_edition_st_and_cp_decide_what_a_cn_means(
    cn: str, cp: str, flag: int, st: str, surface_water: bool, expected: type
) -> None:
    assert (
        type(parse_command(sent(cn, cp, flag=flag, st=st, surface_water=surface_water))) is expected
    )


def test_device_information_keeps_which_instrument_each_value_is_about() -> None:
    cp = "DataTime=20240601120000;PolId=w01018,i12001-Info=1,i12002-Info=0;PolId=w21003,i12001-Info=0"
    body = parse_command(sent("3020", cp, flag=9, st="21", surface_water=True))
    assert isinstance(body, DeviceInfo)
    assert [(v.instrument, v.code, v.value) for v in body.values] == [
        ("w01018", "i12001", "1"),
        ("w01018", "i12002", "0"),
        ("w21003", "i12001", "0"),
    ]
    assert body.to_cp(Edition.SURFACE_WATER) == cp


def test_a_log_may_hold_any_separator_between_its_slashes() -> None:
    value = InfoValue(code="i11001", value="//清洗;管路,a=b//", instrument="w01018")
    body = DeviceInfo(data_time=NOON, values=(value,))
    cp = body.to_cp(1)
    assert cp == "DataTime=20240601120000;PolId=w01018;i11001-Info=//清洗;管路,a=b//"
    again = parse_command(sent("3020", cp))
    assert again == body
    assert value.text == "清洗;管路,a=b"


@pytest.mark.parametrize("log", ["//" + "日" * 300 + "//", "//a&&b//", "//a//b//", "//a\r\nb//"])
def test_a_log_that_would_break_the_frame_or_is_too_long_is_not_sent(log: str) -> None:
    body = DeviceInfo(data_time=NOON, values=(InfoValue(code="i11001", value=log),))
    with pytest.raises(CommandError, match="日志"):
        body.to_cp(1)


def test_a_text_that_would_break_the_grammar_is_not_sent() -> None:
    for bad in ("w1;x", "a=b", "a,b", "a&&", "a\r\nb", " a"):
        with pytest.raises(CommandError, match="保留字符"):
            SampleNow(instrument=bad).to_cp(1)
        with pytest.raises(CommandError):
            HourData(data_time=NOON, readings=(PeriodReading(code=bad, average=Decimal(1)),)).to_cp(
                1
            )
        with pytest.raises(CommandError):
            SampleNow(instrument="w01018", extra=(("k", bad),)).to_cp(1)


def test_a_reading_without_any_value_is_not_sent() -> None:
    with pytest.raises(CommandError, match="没有任何数值"):
        HourData(data_time=NOON, readings=(PeriodReading(code="w01018"),)).to_cp(1)


def test_the_qn_answered_is_found_in_head_or_cp() -> None:
    old = read("ST=91;CN=9012;PW=123456;MN=88888880000001;CP=&&QN=20040516010101001;ExeRtn=1&&")
    assert answered_qn(old) == "20040516010101001"
    assert parse_command(old).extra == ()
    assert answered_qn(sent("9012", "ExeRtn=1")) == "20240601085857223"


def test_a_sub_field_sent_twice_opens_a_second_group_and_loses_nothing() -> None:
    body = parse_command(sent("2011", "DataTime=20240601120000;LA-Rtd=50.1,LA-Flag=N;LA-Rtd=60.2"))
    assert isinstance(body, RealTimeData)
    assert [(r.code, r.value, r.mark) for r in body.readings] == [
        ("LA", Decimal("50.1"), "N"),
        ("LA", Decimal("60.2"), ""),
    ]


@pytest.mark.parametrize("cn", ["1011", "1061", "1063", "2011", "2051", "3017", "3019", "3020"])
def test_an_empty_cp_of_a_cn_both_sides_use_is_a_request(cn: str) -> None:
    row = command_of(sent(cn, ""))
    assert row is not None
    assert row.sender == "host" or cn in {
        "2051",
        "3017",
        "3019",
        "3020",
    }  # these ask with parameters
