"""A 2025 logger without an MN shows its hardware, is answered, and gets the MN registered for it."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from zhihuan.hj212 import frame
from zhihuan.hj212.exchange import answer_request, report_result
from zhihuan.telemetry.gateway.first_contact import by_logger_id
from zhihuan.telemetry.ports import RegisteredDevice

_SERIAL = itertools.count(1)


def serial() -> str:
    return f"LOGGER{next(_SERIAL):06d}"


def first_contact(
    rig: Any, hardware: str, pw: str = "123456", cn: str = "1001", mn: str = ""
) -> bytes:
    cp = f"i23005-Info={hardware};i23006-Info=CPU1;i23007-Info=00-00-00-00-00-01"
    head = f"QN={rig.qn()};ST=91;CN={cn};PW={pw};MN={mn};Flag=9"
    return frame(f"{head};CP=&&{cp}&&".encode())


async def test_a_registered_logger_is_answered_and_then_given_its_mn(rig: Any) -> None:
    hardware = serial()
    mn = rig.device(logger_id=hardware)
    await rig.known()
    peer = await rig.connect()
    peer.send(first_contact(rig, hardware))
    answer, request = await peer.answers(2)
    assert (answer.cn, answer.mn) == ("9013", "")
    assert (request.cn, request.mn, request.flag) == ("1002", mn, 9)
    assert [(group.code, group.subs) for group in request.groups] == [
        ("i23005", {"Info": hardware})
    ]
    peer.send(answer_request(request, 1).encode(), report_result(request, 1).encode())
    await rig.until(lambda: rig.gateway.metrics.commands["done"] == 1)
    peer.send(rig.upload(mn, Flag="9"))
    assert (await peer.answer()).cn == "9014"
    await rig.until(lambda: len(rig.frames(mn)) == 4)  # the notice, 9011, 9012, the data
    notes = [(note.event, note.mn) for note in rig.journal.items if note.event == "number_asked"]
    assert notes == [("number_asked", mn)]


async def test_a_logger_may_answer_before_it_uses_its_mn(rig: Any) -> None:
    hardware = serial()
    rig.device(logger_id=hardware)
    await rig.known()
    peer = await rig.connect()
    peer.send(first_contact(rig, hardware))
    _, request = await peer.answers(2)
    for cn, result in (("9011", "QnRtn"), ("9012", "ExeRtn")):
        bare = f"QN={request.qn};ST=91;CN={cn};PW=123456;MN=;Flag=8;CP=&&{result}=1&&"
        peer.send(frame(bare.encode()))
    await rig.until(lambda: rig.gateway.metrics.commands["done"] == 1)


async def test_hardware_nobody_registered_is_quarantined_with_its_id_and_gets_nothing(
    rig: Any,
) -> None:
    hardware = serial()
    peer = await rig.connect()
    peer.send(first_contact(rig, hardware))
    assert await rig.reasons() == ["unknown_logger"]
    assert f"i23005={hardware}" in rig.quarantine.items[0].detail
    await peer.silence()


@pytest.mark.parametrize(
    ("fields", "pw", "reason"),
    [({}, "654321", "wrong_password"), ({"enabled": False}, "123456", "disabled_device")],
)
async def test_a_logger_that_would_be_refused_with_its_mn_is_refused_without(
    rig: Any, fields: dict[str, Any], pw: str, reason: str
) -> None:
    hardware = serial()
    rig.device(logger_id=hardware, **fields)
    await rig.known()
    peer = await rig.connect()
    peer.send(first_contact(rig, hardware, pw))
    assert await rig.reasons() == [reason]
    await peer.silence()


async def test_only_1001_may_come_without_an_mn(rig: Any) -> None:
    hardware = serial()
    rig.device(logger_id=hardware)
    await rig.known()
    peer = await rig.connect()
    peer.send(first_contact(rig, hardware, cn="2011"))
    assert await rig.reasons() == ["missing_mn"]


def test_an_id_registered_twice_is_nobodys() -> None:
    devices = [RegisteredDevice("A", logger_id="X"), RegisteredDevice("B", logger_id="X")]
    devices += [RegisteredDevice("C", logger_id="Y"), RegisteredDevice("D"), RegisteredDevice("E")]
    assert {key: device.mn for key, device in by_logger_id(devices).items()} == {"Y": "C"}
