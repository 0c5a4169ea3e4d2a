"""Requests become orders in the device's own edition, and orders read back as the same request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from zhihuan.hj212 import Decoder, Message, encode
from zhihuan.hj212.commands import AskMinuteData, parse_command
from zhihuan.hj212.profile import DeviceProfile, Version
from zhihuan.telemetry.backfill import HistoryRequest, Outcome
from zhihuan.telemetry.backfill_orders import ORDERED_BY, PlacedOrder, order_of, past_request
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.ports import RegisteredDevice

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BEGIN = 1717171200  # 2024-06-01 00:00 in Beijing
REQUEST = HistoryRequest("D", Kind.MINUTE, BEGIN, BEGIN + 59 * 60, 60)


def device(version: Version | None) -> RegisteredDevice:
    return RegisteredDevice("D", profile=DeviceProfile(version=version), system_type="32")


@pytest.mark.parametrize(
    ("version", "cp"),
    [
        (Version.V2017, "BeginTime=20240601000000;EndTime=20240601005900"),  # C.20
        (Version.V2025, "BeginTime=20240601000000;EndTime=20240601005900"),
        (None, "BeginTime=20240601000000;EndTime=20240601005900"),
        (Version.V2005, "BeginTime=20240601000000,EndTime=20240601005900"),
    ],
)
def test_the_order_is_written_as_the_devices_edition_prints_it(
    version: Version | None, cp: str
) -> None:
    order = order_of(REQUEST, device(version), NOW)
    assert (order.cn, order.cp, order.st, order.mn) == ("2051", cp, "32", "D")


def test_the_order_says_who_and_why_in_chinese_and_does_not_live_for_ever() -> None:
    order = order_of(REQUEST, device(None), NOW)
    assert order.ordered_by == ORDERED_BY
    assert order.reason == "自动补传：2024-06-01 00:00 至 2024-06-01 00:59 的分钟数据缺 60 条"
    assert order.expires is not None
    assert NOW < order.expires <= NOW + timedelta(hours=2)


@pytest.mark.parametrize("kind", [Kind.MINUTE, Kind.HOUR, Kind.DAY, Kind.REALTIME])
@pytest.mark.parametrize("version", [Version.V2005, Version.V2017])
def test_an_order_read_back_is_the_request_it_was(kind: Kind, version: Version) -> None:
    request = HistoryRequest("D", kind, BEGIN, BEGIN + 86400, 2)
    order = order_of(request, device(version), NOW)
    past = past_request(PlacedOrder(order.mn, order.cn, order.cp, placed=NOW))
    assert past is not None
    assert (past.mn, past.kind, past.begin, past.end) == ("D", kind, BEGIN, BEGIN + 86400)
    assert (past.outcome, past.finished) == (Outcome.OPEN, 0)


@pytest.mark.parametrize("version", [Version.V2005, Version.V2017, Version.V2025])
def test_a_device_reads_the_order_as_the_span_it_means(version: Version) -> None:
    order = order_of(REQUEST, device(version), NOW)
    frame = encode(
        qn="20240601010000000", st=order.st, cn=order.cn, mn=order.mn, pw="123456",
        flag=5, cp=order.cp,
    )  # fmt: skip
    [message] = Decoder().feed(frame)
    assert isinstance(message, Message)
    asked = parse_command(message, sender="host")
    assert isinstance(asked, AskMinuteData)
    assert (asked.begin.timestamp(), asked.end.timestamp()) == (REQUEST.begin, REQUEST.end)


@pytest.mark.parametrize(
    ("done", "exe_rtn", "outcome"),
    [
        (True, 1, Outcome.ANSWERED),
        (False, 100, Outcome.NO_DATA),
        (True, 100, Outcome.NO_DATA),
        (False, 5, Outcome.FAILED),
        (False, None, Outcome.FAILED),
    ],
)
def test_the_devices_return_code_decides_the_outcome(
    done: bool, exe_rtn: int | None, outcome: Outcome
) -> None:
    order = order_of(REQUEST, device(None), NOW)
    placed = PlacedOrder("D", order.cn, order.cp, NOW, NOW + timedelta(minutes=1), done, exe_rtn)
    past = past_request(placed)
    assert past is not None
    assert past.outcome is outcome
    assert past.finished == int(NOW.timestamp()) + 60


def test_an_order_that_asks_for_no_span_is_no_request() -> None:
    assert past_request(PlacedOrder("D", "1012", "SystemTime=20240601000000", NOW)) is None
    assert past_request(PlacedOrder("D", "2011", "", NOW)) is None
