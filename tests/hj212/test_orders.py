"""Orders: a form can be built from them, wrong input is told in Chinese, right input is a frame."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from zhihuan.hj212 import BEIJING, DeviceProfile, Message, decode_frame
from zhihuan.hj212.codes import Edition, command, commands
from zhihuan.hj212.codes.source import rows
from zhihuan.hj212.commands import SetClock, parse_command
from zhihuan.hj212.commands.slots import BODIES
from zhihuan.hj212.exchange import Address, Exchange, command_draft
from zhihuan.hj212.orders import Order, OrderError, order, orders, prepare

EVERY = [
    pytest.param(found, edition, id=f"{found.code}-{edition.value}")
    for found in orders()
    for edition in found.editions
]


def _filled(found: Order, edition: Edition) -> dict[str, object]:
    """Every input filled with something its edition allows, as a person would type it."""
    typed: dict[str, object] = {}
    for parameter in found.parameters(edition):
        low = str(parameter.minimum or 1)
        typed[parameter.name] = {
            "factor": "w01018",
            "factors": "101 102",
            "integer": low,
            "integers": "4，10 14",
            "decimal": "1.5",
            "time": "2026-11-23 08:00",
            "clock": "08:00",
            "choice": parameter.choices[0][0] if parameter.choices else "",
            "info_code": "i12001",
            "secret": "a8Fk39dLq0Zx7Wvb"[: parameter.maximum],
            "text": "20261123080000000" if parameter.key == "SKCreateTime" else "0100",
        }[parameter.kind]
    return typed


@pytest.mark.parametrize(("found", "edition"), EVERY)
def test_every_order_can_be_filled_in_sent_and_read_by_a_device(
    found: Order, edition: Edition
) -> None:
    st = (
        "44" if found.code == "AskPowerData" else "21" if edition is Edition.SURFACE_WATER else "32"
    )
    prepared = prepare(found.code, _filled(found, edition), edition, st=st)
    row = command(prepared.cn, edition, "host", st)
    assert row is not None
    address = Address("010000A8900016F000169DC0", st, edition)
    draft = command_draft(row, prepared.cp, address, qn="20240601085857223", at=datetime.now(UTC))
    exchange = Exchange.sending(draft, prepared.exchange)
    assert exchange.start(0.0)
    heard = decode_frame(
        draft.encode(), DeviceProfile(surface_water=edition is Edition.SURFACE_WATER)
    )
    assert isinstance(heard, Message)
    body = parse_command(heard, sender="host")
    assert isinstance(body, BODIES[found.code])
    assert not body.extra
    assert prepared.title == row.name


@pytest.mark.parametrize(("found", "edition"), EVERY)
def test_every_required_input_is_asked_for_by_its_chinese_name(
    found: Order, edition: Edition
) -> None:
    wanted = {p.name: p.label for p in found.parameters(edition) if p.required}
    if not wanted:
        assert prepare(found.code, {}, edition, st="44").cn
        return
    with pytest.raises(OrderError) as caught:
        prepare(found.code, {}, edition, st="44")
    assert set(caught.value.problems) == set(wanted)
    for name, label in wanted.items():
        assert caught.value.problems[name] == f"请填写{label}"


@pytest.mark.parametrize("found", orders(), ids=lambda o: o.code)
def test_every_order_is_described_for_people(found: Order) -> None:
    assert found.group
    assert found.source.clause
    for edition in found.editions:
        assert found.title(edition)
        row = found.row(edition, "44")
        assert row is not None
        assert row.sender == "host"
        for parameter in found.parameters(edition):
            assert parameter.clause, parameter
            assert any("\u4e00" <= c <= "\u9fff" for c in parameter.label), parameter


def test_every_host_command_can_be_ordered_but_the_table_of_limits() -> None:
    askable = {
        row.body for row in commands() if row.sender == "host" and row.kind in {"request", "notice"}
    }
    assert askable - {found.code for found in orders()} == {"SetAlarmLimits"}


def test_the_commands_the_bureau_needs_are_there() -> None:
    have = {found.row(e).cn for e in Edition for found in orders(e) if found.row(e)}  # type: ignore[union-attr]
    assert have >= {
        "1012",
        "1062",
        "1064",
        "2011",
        "2051",
        "2061",
        "2031",
        "3020",
        "3019",
        "1011",
        "3012",
        "3022",
        "3011",
        "3024",
        "1072",
        "1014",
    }


def test_order_rows_are_not_repeated() -> None:
    codes = [row["body"] for row in rows("orders")]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("code", "values", "problems"),
    [
        ("SetRealTimeInterval", {"interval_seconds": "5"}, {"interval_seconds": "不能小于 30 s"}),
        ("SetRealTimeInterval", {"interval_seconds": "abc"}, {"interval_seconds": "须为整数，现为“abc”"}),
        ("SetMinuteInterval", {"interval_minutes": "7"}, {"interval_minutes": "只能取"}),
        ("AskHourData", {"begin": "昨天", "end": "2026-11-23"}, {"begin": "须为时间"}),
        ("AskHourData", {"begin": "2026-11-23T10:00", "end": "2026-11-23T08:00"}, {"end": "早于"}),
        ("AskDeviceInfo", {"info": "i11001"}, {"begin": "提取日志", "end": "提取日志"}),
        ("SampleNow", {"instrument": "w01018", "bottle": "1"}, {"bottle": "没有这个参数"}),
        ("SetKey", {"new_key": "0000000000000000"}, {"new_key": "过于规律"}),
        ("SetKey", {"new_key": "0123456789abcdef"}, {"new_key": "过于规律"}),
        ("SetKey", {"new_key": "short"}, {"new_key": "至少 16 个字符"}),
        ("SetPassword", {"password": "密码密码密码"}, {"password": "字"}),
        ("SetSamplingCycle", {"instrument": "w01018", "start": "25:00", "cycle_hours": "2"}, {"start": "须为时刻"}),
        ("StartSpikeRecovery", {"instrument": "w01018", "volume_ml": "x"}, {"volume_ml": "须为数字"}),
        ("StartSpikeRecovery", {"instrument": "w01018", "volume_ml": "-1"}, {"volume_ml": "不能小于"}),
        ("Nonsense", {}, {"": "没有命令"}),
    ],
)  # fmt: skip
def test_wrong_input_is_told_in_chinese_at_the_right_parameter(
    code: str, values: dict[str, Any], problems: dict[str, str]
) -> None:
    found = order(code)
    editions = found.editions if found else (Edition.HJ2017,)
    edition = Edition.HJ2017 if Edition.HJ2017 in editions else editions[0]
    with pytest.raises(OrderError) as caught:
        prepare(code, values, edition, st="32")
    assert set(caught.value.problems) == set(problems)
    for name, part in problems.items():
        assert part in caught.value.problems[name]


def test_a_command_another_edition_has_is_refused_by_name() -> None:
    with pytest.raises(OrderError, match="HJ 212-2017 没有命令 启动自动标样核查"):
        prepare("StartStandardCheck", {"instrument": "w01018"}, Edition.HJ2017)


def test_a_clock_is_set_to_the_time_of_sending_not_of_ordering() -> None:
    prepared = prepare("SetClock", {}, Edition.HJ2017)
    assert prepared.cp == "SystemTime={now}"
    row = command("1012", Edition.HJ2017, "host")
    assert row is not None
    address = Address("010000A8900016F000169DC0", "32", Edition.HJ2017)
    at = datetime(2026, 11, 23, 12, 0, 1, 5000, tzinfo=UTC)
    draft = command_draft(row, prepared.cp, address, qn="20240601085857223", at=at)
    heard = decode_frame(draft.encode())
    assert isinstance(heard, Message)
    assert parse_command(heard) == SetClock(system_time=at.replace(microsecond=0))


def test_a_time_without_a_zone_is_beijing_time_and_ready_values_pass() -> None:
    ready = datetime(2026, 11, 23, 0, tzinfo=UTC)
    one = prepare("SetClock", {"system_time": "2026-11-23T08:00"}, Edition.HJ2017)
    two = prepare("SetClock", {"system_time": ready}, Edition.HJ2017)
    three = prepare("SetClock", {"system_time": "2026-11-23T00:00:00+00:00"}, Edition.HJ2017)
    assert one.cp == two.cp == three.cp == "SystemTime=20261123080000"
    assert ready.astimezone(BEIJING).hour == 8


def test_3011_asks_for_zero_or_span_in_2025_only() -> None:
    calibrate = order("Calibrate")
    assert calibrate is not None
    names = {e: [p.name for p in calibrate.parameters(e)] for e in (Edition.HJ2017, Edition.HJ2025)}
    assert names == {
        Edition.HJ2017: ["instrument"],
        Edition.HJ2025: ["instrument", "calibration_type"],
    }
    (_, kind) = calibrate.parameters(Edition.HJ2025)
    assert kind.choices == (("0", "零点校准与调整"), ("1", "量程校准与调整"))


def test_a_2005_device_hears_the_old_code_of_a_factor() -> None:
    assert prepare("SampleNow", {"instrument": "w01018"}, Edition.HJ2005).cp == "PolId=011"
    assert prepare("SampleNow", {"instrument": "011"}, Edition.HJ2005).cp == "PolId=011"
    asked = prepare("AskAlarmLimits", {"factors": "w01018 a21026"}, Edition.HJ2005)
    assert asked.cp == "PolId=011;PolId=02"
    assert prepare("SampleNow", {"instrument": "w01018"}, Edition.HJ2017).cp == "PolId=w01018"
