"""Answers in each edition's own form, compared with what the annexes print."""

from __future__ import annotations

from typing import Any

import pytest

from zhihuan.hj212 import DeviceProfile, Version, decode_frame, frame
from zhihuan.hj212.codes import Edition
from zhihuan.hj212.commands import AskHourData, Clock, HourData, SetClock, SetKey
from zhihuan.hj212.exchange import (
    answer_data,
    answer_notice,
    answer_request,
    at_sending,
    draft,
    reply,
    report_result,
)

Wire = Any
OLD = "QN=20040516010101001;ST=32;CN={cn};PW=123456;MN=88888880000001;Flag={flag};CP=&&{cp}&&"
NEW = "QN=20160801085857223;ST=32;CN={cn};PW=123456;MN=010000A8900016F000169DC0;Flag={flag};CP=&&{cp}&&"


def _segment(wire_bytes: bytes) -> str:
    return wire_bytes[6:-6].decode()


def test_2017_answers_are_those_of_annex_c(wire: Wire) -> None:
    asked = wire.read(frame(NEW.format(cn="1011", flag=5, cp="").encode()))
    head = "QN=20160801085857223;ST=91;CN={};PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&{}&&"
    assert _segment(answer_request(asked, 1).encode()) == head.format(9011, "QnRtn=1")
    assert _segment(report_result(asked, 1).encode()) == head.format(9012, "ExeRtn=1")
    assert _segment(answer_notice(asked).encode()) == head.format(9013, "")
    assert _segment(answer_data(asked).encode()) == head.format(9014, "")


def test_2005_answers_carry_qn_inside_cp_as_annex_c_prints(wire: Wire) -> None:
    asked = wire.read(frame(OLD.format(cn="1072", flag=3, cp="PW=654321").encode()))
    assert _segment(answer_request(asked, 1).encode()) == (
        "ST=91;CN=9011;PW=123456;MN=88888880000001;Flag=0;CP=&&QN=20040516010101001;QnRtn=1&&"
    )
    assert _segment(report_result(asked, 1).encode()) == (
        "ST=91;CN=9012;PW=123456;MN=88888880000001;CP=&&QN=20040516010101001;ExeRtn=1&&"
    )
    event = wire.read(frame(OLD.format(cn="2072", flag=0, cp="AlarmTime=20040506010101").encode()))
    assert _segment(answer_notice(event).encode()) == (
        "ST=91;CN=9013;PW=123456;MN=88888880000001;Flag=0;CP=&&QN=20040516010101001&&"
    )
    stop = wire.read(
        frame(b"QN=20040516010101001;ST=32;CN=2012;PW=123456;MN=88888880000001;CP=&&&&")
    )
    assert _segment(answer_notice(stop).encode()) == (
        "ST=91;CN=9013;PW=123456;MN=88888880000001;CP=&&QN=20040516010101001&&"
    )


def test_2005_data_answer_names_cn_and_part_only(wire: Wire) -> None:
    data = wire.read(frame(OLD.format(cn="2051", flag=1, cp="DataTime=20040516021000").encode()))
    assert _segment(answer_data(data).encode()) == (
        "ST=91;CN=9014;CP=&&QN=20040516010101001;CN=2051&&"
    )
    part = wire.read(
        frame(
            b"ST=32;CN=2051;QN=20040516010101001;PW=123456;MN=88888880000001;PNO=1;PNUM=1;"
            b"CP=&&DataTime=20040516021000&&"
        )
    )
    assert _segment(answer_data(part).encode()) == (
        "ST=91;CN=9014;CP=&&QN=20040516010101001;CN=2051;PNO=1;PNUM=1&&"
    )


def test_2005_reply_carries_qn_inside_cp(wire: Wire) -> None:
    asked = wire.read(frame(OLD.format(cn="1011", flag=3, cp="").encode()))
    assert _segment(reply(asked, Clock(system_time=wire.noon)).encode()) == (
        "ST=32;CN=1011;PW=123456;MN=88888880000001;"
        "CP=&&QN=20040516010101001;SystemTime=20240601120000&&"
    )


@pytest.mark.parametrize(
    ("flag", "edition", "answered"),
    [
        (9, Edition.HJ2025, 8),
        (8, Edition.HJ2025, 8),
        (5, Edition.HJ2017, 4),
        (7, Edition.HJ2017, 4),
    ],
)
def test_the_answer_has_the_peers_version_bits_and_nothing_else(
    wire: Wire, flag: int, edition: Edition, answered: int
) -> None:
    asked = wire.read(
        frame(NEW.format(cn="2011", flag=flag, cp="DataTime=20160801085857").encode())
    )
    assert answer_data(asked).flag == answered
    assert wire.over(answer_data(asked), edition).cn == "9014"


@pytest.mark.parametrize(("flag", "answered"), [(9, 8), (8, 8), (5, 4)])
def test_a_surface_water_station_hears_the_version_it_said(
    wire: Wire, flag: int, answered: int
) -> None:
    text = NEW.replace("ST=32", "ST=21").format(cn="2061", flag=flag, cp="DataTime=20160801080000")
    heard = wire.read(frame(text.encode()), Edition.SURFACE_WATER)
    assert answer_data(heard).flag == answered


@pytest.mark.parametrize(
    "head",
    [
        "QN=1617936069734;ST=21;CN=2011;PW=123456;MN=DXCBZ000000005;Flag=5",
        "ST=32;CN=2011;PW=;MN=010000A8900016F000169DC0;Flag=5",
        "QN=20160801085857223;ST=A1;CN=2011;MN=LD 13;Flag=5",
        "QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=排口1号;Flag=7",
        "QN=x;ST=32;CN=2011;PW=123456;MN=a#b;Flag=1",
    ],
)
def test_the_oddest_head_can_be_answered_and_gets_its_own_qn_back(wire: Wire, head: str) -> None:
    data = wire.read(frame(f"{head};CP=&&DataTime=20160801085857&&".encode()))
    for answer in (answer_data(data), answer_notice(data), answer_request(data, 2)):
        heard = wire.read(answer.encode())
        assert (heard.qn or heard.get("QN") or "") == data.qn
        assert heard.cn == answer.cn


def test_a_duplicate_gets_the_same_bytes(wire: Wire) -> None:
    data = wire.read(frame(NEW.format(cn="2011", flag=5, cp="DataTime=20160801085857").encode()))
    assert answer_data(data).encode() == answer_data(data).encode()


def test_the_time_of_sending_is_put_where_a_kept_order_asks_for_it(wire: Wire) -> None:
    assert at_sending("SystemTime={now}", wire.noon) == "SystemTime=20240601120000"
    assert at_sending("SKCreateTime={now_ms},NewSK=x", wire.noon).startswith(
        "SKCreateTime=20240601120000000,"
    )
    assert at_sending("RtdInterval=30", wire.noon) == "RtdInterval=30"


def test_a_device_registered_as_2017_is_answered_as_2017_whatever_its_flag(wire: Wire) -> None:
    text = NEW.format(cn="2011", flag=1, cp="DataTime=20160801085857")
    data = decode_frame(frame(text.encode()), DeviceProfile(version=Version.V2017))
    assert answer_data(data).flag == 4


def test_data_keys_and_device_information_are_confidential_a_request_for_data_is_not(
    wire: Wire,
) -> None:
    to = wire.address(Edition.HJ2025)
    hour = HourData(data_time=wire.noon)
    ask = AskHourData(begin=wire.noon, end=wire.noon)
    key = SetKey(created_at=wire.qn, new_key="a8Fk39dLq0Zx7Wvb")
    clock = SetClock(system_time=wire.noon)
    frames = [(hour, "device"), (ask, "host"), (key, "host"), (clock, "host")]
    secret = [draft(b, to, sender=s, qn=wire.qn).confidential for b, s in frames]
    assert secret == [True, False, True, False]
