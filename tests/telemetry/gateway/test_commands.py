"""Ordered commands reach the device, and every step of the exchange is kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from zhihuan.hj212 import DeviceProfile, Message, Version, frame
from zhihuan.hj212.codes import Edition
from zhihuan.hj212.commands import SetClock, parse_command
from zhihuan.hj212.exchange import Timing, answer_request, report_result
from zhihuan.hj212.orders import prepare
from zhihuan.telemetry.gateway import command_run
from zhihuan.telemetry.ports import OrderedCommand

CLOCK = "SystemTime=20260601120000"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """For exchanges in which nothing comes; all others wait as in earnest, however slow the machine."""
    monkeypatch.setattr(command_run, "TIMING", Timing(0.4, 2))


@pytest.fixture
def rather_impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """For exchanges that break off after the first answer, which must be in time."""
    monkeypatch.setattr(command_run, "TIMING", Timing(3, 2))


async def online(rig: Any, **fields: Any) -> tuple[str, Any]:
    """A device that is connected and has reported."""
    mn = rig.device(**fields)
    await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn))
    assert (await peer.answer()).cn == "9014"
    return mn, peer


def order(rig: Any, mn: str, cn: str, cp: str = "", **fields: Any) -> str:
    command = OrderedCommand(f"order-{mn}-{cn}", mn, cn, cp, **fields)
    rig.outbox.waiting.append(command)
    return command.id


async def result(rig: Any, command_id: str) -> Any:
    await rig.until(lambda: command_id in rig.outbox.finished)
    return rig.outbox.finished[command_id]


def steps(rig: Any, command_id: str) -> list[str]:
    return [step.step.value for step in rig.outbox.steps[command_id]]


def answers(request: Message, *, accept: int = 1, done: int = 1) -> tuple[bytes, bytes]:
    return answer_request(request, accept).encode(), report_result(request, done).encode()


async def test_setting_the_clock(rig: Any) -> None:
    mn, peer = await online(rig)
    command = order(rig, mn, "1012", CLOCK)
    request = await peer.answer()
    assert (request.cn, request.mn, request.st) == ("1012", mn, "32")
    assert request.get("SystemTime") == "20260601120000"
    assert request.flag == 5
    peer.send(*answers(request))
    ended = await result(rig, command)
    assert (ended.step, ended.code, ended.qn) == ("done", 1, request.qn)
    assert steps(rig, command) == ["sent", "qn_rtn", "exe_rtn"]
    sent, accepted, _ = rig.outbox.steps[command]
    assert sent.raw == request.raw + b"\r\n"
    assert accepted.code == 1
    assert b"CN=9011" in accepted.raw


async def test_a_clock_ordered_without_a_time_is_set_to_the_time_of_sending(rig: Any) -> None:
    mn, peer = await online(rig)
    before = datetime.now(UTC).replace(microsecond=0)
    command = order(rig, mn, "1012", prepare("SetClock", {}, Edition.HJ2017).cp)
    request = await peer.answer()
    sent = parse_command(request, sender="host")
    assert isinstance(sent, SetClock)
    assert before <= sent.system_time <= datetime.now(UTC)
    peer.send(*answers(request))
    assert (await result(rig, command)).step == "done"


async def test_history_data_is_stored_acknowledged_and_part_of_the_exchange(rig: Any) -> None:
    mn, peer = await online(rig)
    command = order(rig, mn, "2051", "BeginTime=20260601000000;EndTime=20260601001000")
    request = await peer.answer()
    accept, done = answers(request)
    peer.send(accept, rig.upload(mn, f"DataTime={rig.wire_time()};w01018-Avg=3", CN="2051"))
    assert (await peer.answer()).cn == "9014"
    peer.send(done)
    ended = await result(rig, command)
    assert ended.step == "done"
    assert steps(rig, command) == ["sent", "qn_rtn", "data", "exe_rtn"]
    # the first upload, 9011, the data, 9012
    await rig.until(lambda: len(rig.frames(mn)) == 4)


async def test_a_value_asked_for_comes_back(rig: Any) -> None:
    mn, peer = await online(rig)
    command = order(rig, mn, "1061")
    request = await peer.answer()
    accept, done = answers(request)
    value = f"QN={request.qn};ST=32;CN=1061;PW=123456;MN={mn};Flag=4;CP=&&RtdInterval=30&&"
    peer.send(accept, frame(value.encode()), done)
    await result(rig, command)
    assert steps(rig, command) == ["sent", "qn_rtn", "reply", "exe_rtn"]
    assert b"RtdInterval=30" in rig.outbox.steps[command][2].raw


async def test_a_refusal_is_kept_with_its_code(rig: Any) -> None:
    mn, peer = await online(rig)
    command = order(rig, mn, "1012", CLOCK)
    peer.send(answers(await peer.answer(), accept=3)[0])
    ended = await result(rig, command)
    assert (ended.step, ended.code) == ("failed", 3)
    assert "refused" in ended.detail


@pytest.mark.usefixtures("impatient")
async def test_an_unanswered_command_is_sent_again_with_the_same_qn_then_fails(rig: Any) -> None:
    mn, peer = await online(rig)
    command = order(rig, mn, "1012", CLOCK)
    requests = [await peer.answer() for _ in range(3)]
    assert len({request.raw for request in requests}) == 1
    ended = await result(rig, command)
    assert ended.step == "failed"
    assert "no answer" in ended.detail
    assert steps(rig, command).count("resent") == 2


@pytest.mark.usefixtures("rather_impatient")
async def test_a_command_accepted_but_never_done_fails_without_a_re_send(rig: Any) -> None:
    mn, peer = await online(rig)
    command = order(rig, mn, "1012", CLOCK)
    peer.send(answers(await peer.answer())[0])
    ended = await result(rig, command)
    assert ended.step == "failed"
    assert "resent" not in steps(rig, command)


async def test_an_expired_command_is_never_sent(rig: Any) -> None:
    mn, peer = await online(rig)
    command = order(rig, mn, "1012", CLOCK, expires=datetime.now(UTC) - timedelta(seconds=1))
    ended = await result(rig, command)
    assert "expired" in ended.detail
    await peer.silence(0.2)


@pytest.mark.parametrize(
    ("cn", "cp", "complaint"),
    [
        ("1012", "", "SystemTime"),
        ("1002", "", "no such command"),
        ("1012", "nonsense", "key=value"),
    ],
)
async def test_a_command_that_makes_no_sense_is_never_sent(
    rig: Any, cn: str, cp: str, complaint: str
) -> None:
    mn, peer = await online(rig)
    ended = await result(rig, order(rig, mn, cn, cp))
    assert ended.step == "failed"
    assert complaint in ended.detail
    await peer.silence(0.2)


async def test_commands_for_one_device_wait_for_each_other(rig: Any) -> None:
    mn, peer = await online(rig)
    first, second = order(rig, mn, "1012", CLOCK), order(rig, mn, "1061")
    request = await peer.answer()
    assert request.cn == "1012"
    await peer.silence(0.2)
    peer.send(*answers(request))
    await result(rig, first)
    request = await peer.answer()
    assert request.cn == "1061"
    peer.send(*answers(request))
    assert (await result(rig, second)).step == "done"


async def test_a_command_goes_over_the_connection_the_device_opened_last(rig: Any) -> None:
    mn, old = await online(rig)
    new = await rig.connect()
    new.send(rig.upload(mn))
    await new.answer()
    order(rig, mn, "1012", CLOCK)
    assert (await new.answer()).cn == "1012"
    await old.silence(0.1)


async def test_a_command_waits_until_its_device_connects(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    command = order(rig, mn, "1012", CLOCK)
    await asyncio.sleep(0.3)
    assert rig.outbox.waiting
    peer = await rig.connect()
    peer.send(rig.upload(mn))
    assert [(await peer.answer()).cn for _ in range(2)] == ["9014", "1012"]
    assert command not in rig.outbox.finished


async def test_a_2005_device_answers_with_qn_inside_cp(rig: Any) -> None:
    mn, peer = await online(rig, profile=DeviceProfile(version=Version.V2005))
    command = order(rig, mn, "1012", CLOCK)
    request = await peer.answer()
    assert request.flag == 3
    for cn, name in (("9011", "QnRtn"), ("9012", "ExeRtn")):
        peer.send(frame(f"ST=91;CN={cn};CP=&&QN={request.qn};{name}=1&&".encode()))
    assert (await result(rig, command)).step == "done"


async def test_stopping_the_gateway_ends_running_commands(gateway_with: Any) -> None:
    async with gateway_with() as rig:
        mn, peer = await online(rig)
        command = order(rig, mn, "1012", CLOCK)
        await peer.answer()
    assert rig.outbox.finished[command].detail == "the gateway was stopped"


async def test_a_device_that_asks_gets_its_clock_set(rig: Any) -> None:
    """HJ 212-2017, C.4: 1013, 9013, then 1012 from the host."""
    mn, peer = await online(rig)
    peer.send(rig.upload(mn, " ", CN="1013"))
    answer, request = await peer.answers(2)
    assert (answer.cn, request.cn) == ("9013", "1012")
    assert (request.get("SystemTime") or "")[:8] == rig.wire_time()[:8]
    peer.send(*answers(request))
    await rig.until(lambda: rig.gateway.metrics.commands["done"] == 1)


async def test_a_failing_outbox_does_not_stop_reception(rig: Any) -> None:
    rig.outbox.due = lambda mns: 1 / 0
    mn, peer = await online(rig)
    await asyncio.sleep(0.2)
    peer.send(rig.upload(mn))
    assert (await peer.answer()).cn == "9014"
