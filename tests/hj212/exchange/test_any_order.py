"""Whatever happens in whatever order: no exchange raises, and every one ends."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.hj212 import Message
from zhihuan.hj212.codes import Edition
from zhihuan.hj212.commands import (
    AskHourData,
    Body,
    Clock,
    HourData,
    RealTimeData,
    SetClock,
    StartRealTimeData,
    StopRealTimeData,
)
from zhihuan.hj212.exchange import (
    Action,
    Draft,
    Exchange,
    Execute,
    Send,
    Timing,
    answer_data,
    answer_notice,
    answer_request,
    draft,
    report_result,
)

Wire = Any
TIMING = Timing(10.0, resends=3, limit_seconds=300.0)
EDITIONS = st.sampled_from(list(Edition))

_HOST_INPUTS = [
    "tick",
    "9011",
    "9011no",
    "9012",
    "9012no",
    "9013",
    "9014",
    "data",
    "stranger",
    "start",
]
_DEVICE_INPUTS = ["start", "tick", "again", "accept", "refuse", "value", "data", "silent data", "finish", "9014", "stranger"]  # fmt: skip
_STEPS = st.floats(min_value=0.0, max_value=15.0)


def _first(wire: Wire, edition: Edition, kind: str) -> tuple[Exchange, Message]:
    bodies: dict[str, Body] = {
        "set": SetClock(system_time=wire.noon),
        "history": AskHourData(begin=wire.noon, end=wire.noon),
        "stream": StartRealTimeData(),
        "stop": StopRealTimeData(),
        "upload": RealTimeData(data_time=wire.noon),
    }
    if edition is Edition.SURFACE_WATER and kind == "stop":
        kind = "set"
    sender = "device" if kind == "upload" else "host"
    exchange = Exchange.ordering(
        bodies[kind], wire.address(edition), qn=wire.qn, sender=sender, timing=TIMING
    )
    (first,) = wire.sent(exchange.start(0.0))
    return exchange, wire.over(first, edition)


def _incoming(wire: Wire, heard: Message, edition: Edition, name: str) -> Message:
    hour = HourData(data_time=wire.noon)
    frames: dict[str, Draft] = {
        "9011": answer_request(heard, 1),
        "9011no": answer_request(heard, 2),
        "9012": report_result(heard, 1),
        "9012no": report_result(heard, 100),
        "9013": answer_notice(heard),
        "9014": answer_data(heard),
        "data": draft(hour, wire.address(edition), sender="device", qn=wire.qn),
        "stranger": draft(hour, wire.address(edition), sender="device", qn="20990101000000000"),
    }
    return wire.over(frames[name], edition)


@settings(max_examples=150, deadline=None)
@given(
    EDITIONS,
    st.sampled_from(["set", "history", "stream", "stop", "upload"]),
    st.lists(st.tuples(st.sampled_from(_HOST_INPUTS), _STEPS), max_size=25),
)
def test_the_side_that_begins_never_raises_and_always_ends(
    wire: Wire, edition: Edition, kind: str, inputs: list[tuple[str, float]]
) -> None:
    exchange, heard = _first(wire, edition, kind)
    now, repeated = 0.0, []
    for name, step in inputs:
        now += step
        if name == "tick":
            repeated += exchange.tick(now)
        elif name == "start":
            assert wire.sent(exchange.start(now)) == []
        else:
            exchange.receive(_incoming(wire, heard, edition, name), now)
    repeated += _run_out(exchange, now)
    _resent_as_first_sent(repeated, heard, edition, wire)
    assert exchange.outcome is not None
    assert exchange.resent <= TIMING.resends


@settings(max_examples=150, deadline=None)
@given(EDITIONS, st.lists(st.tuples(st.sampled_from(_DEVICE_INPUTS), _STEPS), max_size=25))
def test_the_device_asked_never_raises_always_ends_and_executes_once(
    wire: Wire, edition: Edition, inputs: list[tuple[str, float]]
) -> None:
    _, request = _first(wire, edition, "history")
    device = Exchange.answering(request, TIMING)
    actions: list[Action] = [*device.start(0.0)]
    now = 0.0
    for name, step in inputs:
        now += step
        actions += _do(wire, device, request, edition, name, now)
    actions += _run_out(device, now)
    assert device.outcome is not None
    assert sum(isinstance(a, Execute) for a in actions) <= 1
    answers = {a.draft.encode() for a in actions if isinstance(a, Send) and a.draft.cn == "9011"}
    results = {a.draft.encode() for a in actions if isinstance(a, Send) and a.draft.cn == "9012"}
    assert len(answers) == 1  # one verdict, however often it is told
    assert len(results) <= 1


@settings(max_examples=60, deadline=None)
@given(EDITIONS, st.lists(st.tuples(st.sampled_from(_DEVICE_INPUTS), _STEPS), max_size=12))
def test_a_duplicate_of_the_request_is_always_answered_once_there_is_a_verdict(
    wire: Wire, edition: Edition, inputs: list[tuple[str, float]]
) -> None:
    _, request = _first(wire, edition, "history")
    device = Exchange.answering(request, TIMING)
    device.start(0.0)
    now = 0.0
    for name, step in inputs:
        now += step
        _do(wire, device, request, edition, name, now)
    again = wire.sent(device.receive(request, now))
    if device.state == "judging":
        assert again == []
    else:
        assert again[0].cn == "9011"


def _do(
    wire: Wire, device: Exchange, request: Message, edition: Edition, name: str, now: float
) -> list[Action]:
    hour = draft(
        HourData(data_time=wire.noon),
        wire.address(edition),
        sender="device",
        qn=wire.qn,
        answer=name == "data",
    )
    if name in {"9014", "stranger"}:
        return device.receive(_incoming(wire, request, edition, name), now)
    acts = {
        "start": lambda: device.start(now),
        "tick": lambda: device.tick(now),
        "again": lambda: device.receive(request, now),
        "accept": lambda: device.accept(now),
        "refuse": lambda: device.refuse(2, now),
        "value": lambda: device.value(Clock(system_time=wire.noon), now),
        "data": lambda: device.data(hour, now),
        "silent data": lambda: device.data(hour, now),
        "finish": lambda: device.finish(1, now),
    }
    return acts[name]()


def _run_out(exchange: Exchange, now: float) -> list[Action]:
    """Let time pass until nothing is due; it must end within the whole exchange's limit."""
    actions: list[Action] = []
    for _ in range(100):
        if exchange.deadline is None:
            return actions
        now = max(now, exchange.deadline)
        actions += exchange.tick(now)
    raise AssertionError("the exchange does not end")


def _resent_as_first_sent(
    actions: list[Action], heard: Message, edition: Edition, wire: Wire
) -> None:
    for action in actions:
        if isinstance(action, Send) and action.again:
            assert wire.over(action.draft, edition).raw == heard.raw
