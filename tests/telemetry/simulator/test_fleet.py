"""Devices against a host, over real sockets."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from zhihuan.hj212.profile import DeviceProfile, Version
from zhihuan.telemetry.digest import frame_id, sm3
from zhihuan.telemetry.simulator.clock import SimulationClock
from zhihuan.telemetry.simulator.delivery import Deliverer
from zhihuan.telemetry.simulator.faults.data import DataFault, DataFaultKind
from zhihuan.telemetry.simulator.faults.truth import TruthLog, read_truth
from zhihuan.telemetry.simulator.faults.wire import WireFaults
from zhihuan.telemetry.simulator.fleet import Fleet, FleetOptions
from zhihuan.telemetry.simulator.ledger import FrameLedger, read_ledger
from zhihuan.telemetry.simulator.logger import Logger
from zhihuan.telemetry.simulator.mixture import mixed_fleet
from zhihuan.telemetry.simulator.spec import DeviceSpec
from zhihuan.telemetry.simulator.surroundings import Surroundings

START = 1_773_936_000.0  # 2026-03-20 00:00 Beijing time
MN = "010000A8900016F000169DC0"
WATER = DeviceSpec(MN, "wastewater", Version.V2017, fleet_seed=3)


def options(speed: float = 120.0, **more: object) -> FleetOptions:
    """Two simulated minutes a second, impatient."""
    return FleetOptions(
        clock=SimulationClock(START, speed), ack_seconds=0.3, reconnect_seconds=0.05, **more
    )


@asynccontextmanager
async def running(host, *specs: DeviceSpec, **more: object) -> AsyncIterator[Fleet]:
    fleet = Fleet(specs, "127.0.0.1", host.port, options(**more))
    task = asyncio.ensure_future(fleet.run())
    try:
        yield fleet
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        fleet.stop()


async def test_a_device_reports_on_schedule_and_is_acknowledged(host) -> None:
    async with running(host, WATER, speed=1200.0) as fleet:
        await host.until(lambda: host.heard("2061"))
        await host.until(lambda: fleet.options.ledger.counts["acked"] > 5)
    assert host.messages[0].cn == "2081"
    assert {message.data_time for message in host.heard("2061")} == {"20260320000000"}
    minutes = [message.data_time for message in host.heard("2051")]
    assert minutes[:3] == ["20260320000000", "20260320001000", "20260320002000"]
    assert host.errors == []


async def test_an_unacknowledged_frame_is_sent_again_with_the_same_bytes(host) -> None:
    host.deaf = True
    async with running(host, WATER) as fleet:
        await host.until(lambda: len(host.messages) >= 4)
        first = host.messages[0]
        host.deaf = False
        await host.until(lambda: fleet.options.ledger.counts["acked"] >= 3)
    again = [message for message in host.messages if message.qn == first.qn]
    assert len(again) >= 2
    assert {message.raw for message in again} == {first.raw}


async def test_after_the_last_try_the_device_connects_again_and_makes_up_for_it(host) -> None:
    host.deaf = True
    spec = replace(WATER, version=Version.V2025, reports=("minute",))
    async with running(host, spec, speed=1200.0, announce=False) as fleet:
        await host.until(lambda: host.connections >= 2)
        host.deaf = False
        await host.until(lambda: any(message.rf for message in host.messages))
        await host.until(lambda: fleet.options.ledger.counts["back_filled"] > 0)
    assert "20260320000000" in {message.data_time for message in host.messages if message.rf}


async def test_the_ledger_names_exactly_the_frames_that_were_acknowledged(host, tmp_path) -> None:
    path = tmp_path / "acked.csv"
    async with running(host, WATER, ledger=FrameLedger(path)) as fleet:
        await host.until(lambda: fleet.options.ledger.counts["acked"] >= 5)
    entries = list(read_ledger(path))
    heard = {message.qn: message for message in host.messages}
    assert len(entries) == fleet.options.ledger.counts["acked"]
    for entry in entries:
        assert entry.frame_id == frame_id(sm3(heard[entry.qn].raw))
        assert entry.cn == heard[entry.qn].cn


async def test_a_command_is_answered_in_order_under_its_own_number(host) -> None:
    qn = "20260320000100000"
    async with running(host, WATER):
        await host.until(lambda: host.messages)
        host.order(MN, "1061", qn=qn)
        await host.until(lambda: host.heard("9012"))
    talk = [message for message in host.messages if message.qn == qn]
    assert [message.cn for message in talk] == ["9011", "1061", "9012"]
    assert talk[0].get("QnRtn") == "1"
    assert talk[1].get("RtdInterval") == "60"
    assert talk[2].get("ExeRtn") == "1"
    assert {message.flag for message in talk} == {4}


async def test_a_command_that_comes_twice_is_carried_out_once(host) -> None:
    qn = "20260320000100000"
    async with running(host, WATER):
        await host.until(lambda: host.messages)
        host.order(MN, "3015", qn=qn)
        await host.until(lambda: host.heard("9012"))
        host.order(MN, "3015", qn=qn)
        await host.until(lambda: len(host.heard("9012")) == 2)
    assert len(host.heard("3015")) == 1
    assert len({message.raw for message in host.heard("9012")}) == 1


async def test_history_comes_with_numbers_of_its_own_between_9011_and_9012(host) -> None:
    qn = "20260320000100000"
    async with running(host, WATER):
        await host.until(lambda: host.messages)
        host.order(MN, "2061", "BeginTime=20260319200000;EndTime=20260319230000", qn=qn)
        await host.until(lambda: host.heard("9012"))
    asked = host.heard("2061")[:4]
    assert [message.data_time[8:10] for message in asked] == ["20", "21", "22", "23"]
    assert qn not in {message.qn for message in asked}
    place = [message.cn for message in host.messages]
    assert place.index("9011") < place.index("2061") < place.index("9012")


async def test_a_wrong_password_is_refused_over_the_wire(host) -> None:
    async with running(host, WATER):
        await host.until(lambda: host.messages)
        host.order(MN, "1011", qn="20260320000100000", pw="000000")
        await host.until(lambda: host.heard("9011"))
        await asyncio.sleep(0.1)
    assert host.heard("9011")[0].get("QnRtn") == "3"
    assert host.heard("9012") == []


async def test_2005_puts_the_number_of_an_answer_into_cp(host) -> None:
    spec = replace(WATER, mn="44200000000001", version=Version.V2005)
    async with running(host, spec):
        await host.until(lambda: host.messages)
        host.order(spec.mn, "1011", qn="20260320000100000", flag=3)
        await host.until(lambda: host.heard("9012"))
    (answer,) = host.heard("9011")
    assert answer.get("QN") == "20260320000100000"
    assert b"##" in answer.raw
    assert answer.raw.index(b"CP=") < answer.raw.index(b"QN=")


async def test_first_contact_takes_the_number_the_host_assigns(host) -> None:
    spec = replace(WATER, version=Version.V2025, hardware_serial="6970000000001ABCDEFG1234")
    given = "FFFFFFFFFFFFFFFFFFFFFFFF"
    async with running(host, spec):
        await host.until(lambda: host.heard("1001"))
        host.order(
            given, "1002", "i23005-Info=6970000000001ABCDEFG1234", qn="20260320000100000", flag=9
        )
        await host.until(lambda: host.heard("2011"))
    assert host.heard("1001")[0].mn == ""
    assert host.heard("1001")[0].groups[0].subs["Info"] == "6970000000001ABCDEFG1234"
    assert {message.mn for message in host.heard("2011")} == {given}


async def test_heartbeats_are_sent_and_their_answers_waited_for(host) -> None:
    async with running(host, WATER, heartbeat_seconds=30.0) as fleet:
        await host.until(lambda: len(host.heard("9015")) >= 2)
    assert fleet.options.ledger.counts["heartbeats"] >= 2


async def test_a_device_whose_clock_jumped_is_put_right_by_the_host(host) -> None:
    skew = DataFault(DataFaultKind.CLOCK_SKEW, MN, int(START), int(START) + 10**6, amount=3600.0)
    async with running(host, replace(WATER, faults=(skew,)), speed=1.0):
        await host.until(lambda: host.messages)
        assert host.messages[0].qn[:10] == "2026032001"
        host.order(MN, "1012", "SystemTime=20260320000030", qn="20260320000100000")
        await host.until(lambda: host.heard("9012"))
        host.order(MN, "1011", qn="20260320000100001")
        await host.until(lambda: host.heard("1011"))
    assert host.heard("1011")[0].get("SystemTime").startswith("202603200000")


async def test_an_outage_is_made_up_for_and_a_gap_is_not(host) -> None:
    outage = DataFault(DataFaultKind.OUTAGE, MN, int(START) + 900, int(START) + 2000)
    gap = DataFault(DataFaultKind.GAP, MN, int(START) + 3000, int(START) + 3600)
    spec = replace(WATER, faults=(outage, gap), reports=("minute",))
    async with running(host, spec, speed=1200.0, announce=False):
        await host.until(lambda: len({m.data_time for m in host.heard("2051")}) >= 6)
    times = {message.data_time[8:12] for message in host.heard("2051")}
    assert {"0000", "0010", "0020", "0030", "0040"} <= times
    assert "0050" not in times


CONNECTION_FAULTS = {
    "reset": lambda host, fleet: host.connections >= 2,
    "idle_without_fin": lambda host, fleet: len(host.open) >= 2,
    "duplicate_after_reconnect": lambda host, fleet: fleet.options.ledger.counts["duplicated"] >= 1,
    "lost_ack": lambda host, fleet: (
        max(Counter(m.qn for m in host.messages).values(), default=0) >= 2
    ),
    "old_data_time": lambda host, fleet: any(m.data_time[:4] == "2025" for m in host.messages),
    "slow_reader": lambda host, fleet: fleet.options.truth.counts["slow_reader"] >= 1,
    "twin_connection": lambda host, fleet: len(host.open) >= 2,
    "half_frame": lambda host, fleet: fleet.options.ledger.counts["resent"] >= 1,
    "byte_flip": lambda host, fleet: len(host.errors) >= 1,
    "glue": lambda host, fleet: fleet.options.truth.counts["glue"] and len(host.messages) > 3,
}


@pytest.mark.parametrize("kind", list(CONNECTION_FAULTS))
async def test_a_fault_of_the_wire_happens_and_is_on_the_answer_sheet(host, kind, tmp_path) -> None:
    truth = TruthLog(tmp_path / "truth.jsonl")
    rate = 1.0 if kind == "twin_connection" else 0.5
    async with running(host, WATER, wire_rates={kind: rate}, truth=truth, speed=600.0) as fleet:
        await host.until(lambda: CONNECTION_FAULTS[kind](host, fleet))
    assert {entry["kind"] for entry in read_truth(tmp_path / "truth.jsonl")} == {kind}
    assert truth.counts[kind] >= 1


async def test_several_devices_share_one_connection(host) -> None:
    fleet = [replace(WATER, mn=f"{number:024X}") for number in range(1, 5)]
    async with running(host, *fleet, wire_rates={"shared_connection": 1.0}):
        await host.until(lambda: len({message.mn for message in host.messages}) == 4)
        assert host.connections == 1


async def test_a_lost_part_leaves_the_others(host) -> None:
    spec = replace(WATER, most_cp_bytes=200)
    async with running(host, spec, wire_rates={"lost_part": 1.0}):
        await host.until(lambda: len(host.heard("2011")) >= 2)
    first = [m for m in host.heard("2011") if m.data_time == host.heard("2011")[0].data_time]
    assert 0 < len({m.pno for m in first}) < first[0].pnum


async def test_minutes_out_of_order_all_arrive(host) -> None:
    spec = replace(WATER, reports=("minute",))
    async with running(host, spec, speed=2400.0, announce=False, wire_rates={"out_of_order": 0.4}):
        await host.until(lambda: len({m.data_time for m in host.heard("2051")}) >= 10)
    times = [message.data_time for message in host.heard("2051")]
    assert times != sorted(times)


async def test_a_fleet_of_all_kinds_runs_and_stops_without_an_error(host) -> None:
    specs = [replace(s, key=None) for s in mixed_fleet(40, 5)]
    async with running(host, *specs, speed=60.0):
        await host.until(lambda: len({message.mn for message in host.messages}) == 40, 30.0)
    assert host.errors == []
    assert all(isinstance(message.version, Version) for message in host.messages)


async def test_encrypted_devices_are_read_with_their_keys(host) -> None:
    key = b"k3y-of-this-test"
    host.profile = DeviceProfile(version=Version.V2025, encrypted=True, keys=(key,))
    async with running(host, replace(WATER, version=Version.V2025, key=key)):
        await host.until(lambda: host.heard("2011"))
    assert all(message.encrypted for message in host.heard("2011"))
    assert host.errors == []


async def test_a_silent_device_never_connects(host) -> None:
    async with running(host, replace(WATER, silent=True), replace(WATER, mn="A" * 24)):
        await host.until(lambda: host.messages)
    assert {message.mn for message in host.messages} == {"A" * 24}


async def test_without_a_host_the_fleet_keeps_trying_and_stops_when_told() -> None:
    server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    fleet = Fleet([WATER], "127.0.0.1", port, options())
    await fleet.run_for(0.4)
    assert fleet.options.ledger.counts["connect_failed"] >= 2


async def test_a_stop_is_not_lost_when_an_answer_comes_at_the_same_moment() -> None:
    logger = Logger(WATER, SimulationClock(START))
    around = Surroundings(dial=asyncio.Event)  # never dialled
    deliverer = Deliverer(logger, around, WireFaults({}, 1, TruthLog(), MN))
    waiter = asyncio.get_running_loop().create_future()
    waiting = asyncio.ensure_future(deliverer.answered(waiter))
    await asyncio.sleep(0)
    waiter.set_result(None)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
