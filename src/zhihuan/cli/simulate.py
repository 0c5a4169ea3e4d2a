"""``zhihuan simulate``: devices that report to a gateway over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from zhihuan.telemetry.simulator.fleet import Fleet
    from zhihuan.telemetry.simulator.spec import DeviceSpec

_EPILOG = """\b
Examples:
  zhihuan simulate --to 127.0.0.1:9212 --devices 200
  zhihuan simulate --devices 50 --speed 60 --for 600 --fault byte_flip=0.01 --truth truth.jsonl
  zhihuan simulate --play noise_1min=noise.csv --play river_15min=river.csv
  zhihuan simulate --devices 1000 --write-devices devices.yaml --only-write
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--to",
    "address",
    default="127.0.0.1:9212",
    show_default=True,
    help="Host and port of the gateway.",
)
@click.option(
    "--devices", "count", default=20, show_default=True, help="How many devices to invent."
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    help="Only this kind of device; may be repeated. flue_gas, wastewater, ambient_air, river, noise, voc, power.",
)
@click.option(
    "--seed",
    default=2026,
    show_default=True,
    help="Everything follows from it: the same seed, the same values.",
)
@click.option(
    "--fleet",
    "fleet_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Simulate the devices of this fleet file instead of inventing some.",
)
@click.option(
    "--for", "seconds", type=float, help="Stop after this many real seconds. Default: until Ctrl-C."
)
@click.option("--speed", default=1.0, show_default=True, help="Simulated seconds in a real second.")
@click.option(
    "--start",
    "start_text",
    help="Simulated beginning, Beijing time, 2026-01-31T08:00. Default: now.",
)
@click.option(
    "--realtime",
    "realtime_seconds",
    type=click.IntRange(1, 3600),
    help="Seconds between real-time reports of every device.",
)
@click.option(
    "--minute",
    "minute_minutes",
    type=click.IntRange(1, 30),
    help="Minutes of a minute report of every device.",
)
@click.option(
    "--window", default=4, show_default=True, help="Frames each device may have under way."
)
@click.option(
    "--ack-timeout",
    "ack_seconds",
    type=float,
    help="Real seconds to wait for an answer. Default: what the host set, 10.",
)
@click.option(
    "--heartbeat",
    "heartbeat_seconds",
    default=0.0,
    show_default=True,
    help="Seconds between heartbeats (9015); 0 for none.",
)
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="KIND=RATE",
    help="Fault of the wire and its chance for each frame; may be repeated. --list-faults shows all.",
)
@click.option(
    "--data-fault",
    "data_faults",
    multiple=True,
    metavar="KIND[:AMOUNT]=SHARE",
    help="Fault of the data on this share of the devices, for the whole run; may be repeated.",
)
@click.option(
    "--truth",
    "truth_path",
    type=click.Path(path_type=Path),
    help="Append every injected fault to this file (JSON lines).",
)
@click.option(
    "--ledger",
    "ledger_path",
    type=click.Path(path_type=Path),
    help="Append every acknowledged frame to this file (CSV).",
)
@click.option(
    "--play",
    "plays",
    multiple=True,
    metavar="MAP=CSV",
    help="Play a recorded series, one device for each station in it; may be repeated. Packaged maps: cems_turbine_hourly, cnemc_air_hourly, cnemc_water_daily, guangdong_water_4h, noise_1min, noise_1s, river_15min, sewage_daily, sewage_inflow_hourly.",
)
@click.option(
    "--play-map",
    "play_map",
    help="A map for all --play files: a packaged name or a YAML file of your own.",
)
@click.option(
    "--write-devices",
    "devices_path",
    type=click.Path(path_type=Path),
    help="Write the devices file for zhihuan gateway --devices.",
)
@click.option(
    "--write-fleet",
    "write_fleet_path",
    type=click.Path(path_type=Path),
    help="Write the fleet file for --fleet.",
)
@click.option("--only-write", is_flag=True, help="Write the files and stop.")
@click.option("--list-faults", is_flag=True, help="Show all faults and stop.")
@click.option("--quiet", is_flag=True, help="No progress display.")
@click.option("--with-parent", is_flag=True, hidden=True, help="Stop when the parent process ends.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def command(**options: Any) -> None:
    """Simulate devices that report in HJ 212 over real TCP connections.

    Values are synthetic and follow from the seed. Devices of mixed editions (2005, 2017, 2025,
    surface water) report real-time, minute, hour and day data, answer the host's commands, send
    again what is not acknowledged and make up for what was missed.
    """
    from zhihuan.telemetry.simulator.fleet_file import write_devices, write_fleet

    if options["list_faults"]:
        _list_faults()
        return
    try:
        prepared = _prepare(options)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    specs = prepared[0]
    if options["devices_path"]:
        write_devices(options["devices_path"], specs)
        click.echo(f"wrote {len(specs)} devices to {options['devices_path']}", err=True)
    if options["write_fleet_path"]:
        write_fleet(options["write_fleet_path"], specs)
        click.echo(f"wrote {len(specs)} devices to {options['write_fleet_path']}", err=True)
    if not options["only_write"]:
        _simulate(options, *prepared)


def _list_faults() -> None:
    from zhihuan.telemetry.simulator.faults import data, wire

    for option, explained in (("--fault", wire.EXPLAINED), ("--data-fault", data.EXPLAINED)):
        click.echo(f"{option}:")
        for kind, note in explained.items():
            click.echo(f"  {kind:28s}{note}")


def _prepare(
    options: dict[str, Any],
) -> tuple[list[DeviceSpec], dict[str, Any], Any, dict[str, float]]:
    """Specs, plants by MN, the clock, and the rates of wire faults."""
    from dataclasses import replace

    from zhihuan.telemetry.simulator.clock import SimulationClock
    from zhihuan.telemetry.simulator.data_fault_plan import struck_by
    from zhihuan.telemetry.simulator.faults.wire import parse_rates
    from zhihuan.telemetry.simulator.fleet_file import read_fleet
    from zhihuan.telemetry.simulator.mixture import mixed_fleet
    from zhihuan.telemetry.simulator.playback_fleet import playing_devices

    rates = parse_rates(options["faults"])
    clock = SimulationClock(_start(options["start_text"]), options["speed"])
    plants: dict[str, Any] = {}
    if options["plays"]:
        specs, plants = playing_devices(
            options["plays"], options["play_map"], int(clock.now()), options["seed"]
        )
    elif options["fleet_path"]:
        specs = read_fleet(options["fleet_path"])
    else:
        specs = mixed_fleet(options["count"], options["seed"], options["kinds"])
    changed = {
        name: options[name] for name in ("realtime_seconds", "minute_minutes") if options[name]
    }
    specs = [replace(spec, **changed) for spec in specs]
    horizon = (options["seconds"] or 86_400.0) * options["speed"]
    specs = struck_by(specs, options["data_faults"], clock.now(), horizon, options["seed"])
    return specs, plants, clock, rates


def _start(text: str | None) -> float | None:
    from datetime import datetime

    from zhihuan.hj212.message import BEIJING

    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=BEIJING).timestamp()
    except ValueError as error:
        raise ValueError(f"--start {text!r} is no time; write 2026-01-31T08:00") from error


def _simulate(
    options: dict[str, Any],
    specs: list[DeviceSpec],
    plants: dict[str, Any],
    clock: Any,
    rates: dict[str, float],
) -> None:
    from zhihuan.telemetry.simulator.faults.truth import TruthLog
    from zhihuan.telemetry.simulator.fleet import Fleet, FleetOptions
    from zhihuan.telemetry.simulator.ledger import FrameLedger

    host, _, port = options["address"].rpartition(":")
    if not port.isdigit():
        raise click.ClickException(
            f"--to {options['address']!r}: expected host:port, such as 127.0.0.1:9212"
        )
    ledger, truth = FrameLedger(options["ledger_path"]), TruthLog(options["truth_path"])

    async def run() -> None:
        fleet = Fleet(
            specs,
            host or "127.0.0.1",
            int(port),
            FleetOptions(
                clock=clock,
                ledger=ledger,
                truth=truth,
                wire_rates=rates,
                ack_seconds=options["ack_seconds"],
                window=options["window"],
                heartbeat_seconds=options["heartbeat_seconds"],
                seed=options["seed"],
            ),
            plants=plants,
        )
        await _run_shown(fleet, options)

    _uvloop_run(run())
    _summarise(ledger, truth, as_json=options["as_json"])


def _uvloop_run(work: Any) -> None:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


async def _run_shown(fleet: Fleet, options: dict[str, Any]) -> None:
    running = asyncio.ensure_future(fleet.run())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, running.cancel)
    if options["seconds"]:
        loop.call_later(options["seconds"], running.cancel)
    showing = asyncio.gather(_show(fleet, options), _watch_parent(running, options))
    try:
        with contextlib.suppress(asyncio.CancelledError):
            await running
    finally:
        showing.cancel()
        await asyncio.gather(showing, return_exceptions=True)
        fleet.stop()
        await asyncio.sleep(0.05)  # let the closing handshakes out


async def _watch_parent(running: asyncio.Future[None], options: dict[str, Any]) -> None:
    """Devices must not outlive the demo that started them, however it ended."""
    parent = os.getppid()
    while options["with_parent"]:
        await asyncio.sleep(1.0)
        if os.getppid() != parent:
            running.cancel()


async def _show(fleet: Fleet, options: dict[str, Any]) -> None:
    """A line that is kept up to date while the simulation runs."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if options["quiet"] or not console.is_terminal:
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=options["seconds"])
        counts, seconds = fleet.options.ledger.counts, 0.0
        before = 0
        while True:
            rate, before = (counts["acked"] - before) / 0.5, counts["acked"]
            text = (
                f"{fleet.connected} connected · sent {counts['sent']} · acked {counts['acked']} "
                f"({rate:.0f}/s) · resent {counts['resent']} · faults {fleet.options.truth.counts.total()}"
            )
            progress.update(task, description=text, completed=seconds)
            await asyncio.sleep(0.5)
            seconds += 0.5


def _summarise(ledger: Any, truth: Any, *, as_json: bool) -> None:
    from zhihuan.telemetry.simulator.ledger import percentile

    summary = {
        "frames": dict(sorted(ledger.counts.items())),
        "faults": dict(sorted(truth.counts.items())),
        "ack_ms": {
            f"p{part}": round(1000 * percentile(ledger.ack_seconds, part), 1) for part in (50, 99)
        },
    }
    if as_json:
        click.echo(json.dumps(summary))
        return
    for title, counts in summary.items():
        click.echo(f"{title}: " + (", ".join(f"{k} {v}" for k, v in counts.items()) or "none"))
