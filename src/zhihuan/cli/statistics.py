"""``zhihuan statistics``: compute our hours and days, compare them, find gaps, rate transmission."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import click

_BEIJING = timezone(timedelta(hours=8))
_FORMATS = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")
_KINDS = click.Choice(["minute", "hour", "day"])


@click.group("statistics")
def command() -> None:
    """Our own statistics beside the devices': compute, compare, gaps, transmission, rules.

    Times are Beijing time; spans include their beginning and exclude their end.
    """


def _of_store(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options every question to the store has."""
    options = [
        click.option(
            "--store", "store_url", required=True, help="chdb:///folder or clickhouse://…"
        ),
        click.option(
            "--devices",
            "devices_file",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="YAML or CSV file of devices; without it, the platform's registry.",
        ),
        click.option(
            "--from",
            "start",
            required=True,
            type=click.DateTime(_FORMATS),
            help="Begin, Beijing time.",
        ),
        click.option(
            "--to", "end", required=True, type=click.DateTime(_FORMATS), help="End, not included."
        ),
        click.option("--mn", "mns", multiple=True, help="Only this device. Repeatable."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@command.command("compute")
@_of_store
def compute(**asked: Any) -> None:
    """Compute hours and days of the span (whole days) and write those that changed."""
    from zhihuan.telemetry.aggregation.recompute import recompute

    with _opened(asked) as (store, devices, start, end):
        done = recompute(store, devices, start, end)
    click.echo(
        f"{done.written} rows written, {done.unchanged} unchanged"
        + (f", {done.left_out} input rows lie before every edition" if done.left_out else "")
    )


@command.command("compare")
@_of_store
@click.option(
    "--kind",
    type=click.Choice(["hour", "day"]),
    default="hour",
    show_default=True,
    help="Which statistics to pair.",
)
@click.option("--limit", default=50, show_default=True, help="Rows of the table at most.")
def compare(kind: str, limit: int, **asked: Any) -> None:
    """List where a device's hours or days differ from ours beyond the tolerance."""
    from zhihuan.telemetry.aggregation.comparison import compare as compared

    with _opened(asked) as (store, devices, start, end):
        result = compared(store, _kind(kind), start, end, mns=sorted(devices))
    _table(
        "设备值与平台值不一致",
        ["设备", "因子", "时间", "量", "设备值", "平台值", "相对偏差", "有效", "规则"],
        [
            [one.mn, one.factor, _shown(one.time), one.quantity, f"{one.theirs:g}",
             f"{one.ours:g}", f"{one.relative:.2%}", "是" if one.valid else "否", one.rule]
            for one in result.differences[:limit]
        ],
    )  # fmt: skip
    click.echo(
        f"{len(result.differences)} differences in {result.pairs} pairs; "
        f"{result.only_theirs} only the device's, {result.only_ours} only ours"
    )


@command.command("gaps")
@_of_store
@click.option("--kind", type=_KINDS, default="minute", show_default=True, help="Kind of data.")
def gaps(kind: str, **asked: Any) -> None:
    """List the periods that devices owe and did not send."""
    from zhihuan.telemetry.gap_scan import device_gaps

    with _opened(asked) as (store, devices, start, end):
        found = device_gaps(store, devices, _kind(kind), start, end)
    _table(
        "缺失数据",
        ["设备", "起", "止", "缺失条数", "间隔（秒）"],
        [
            [gap.mn, _shown(gap.start), _shown(gap.last), str(gap.missing), str(gap.interval)]
            for gap in found
        ],
    )
    click.echo(f"{len(found)} gaps, {sum(gap.missing for gap in found)} periods missing")


@command.command("transmission")
@_of_store
@click.option("--kind", type=_KINDS, default="hour", show_default=True, help="Kind of data.")
def transmission(kind: str, **asked: Any) -> None:
    """The effective transmission rate of each device and factor, with what it is counted from."""
    from zhihuan.telemetry.transmission import whole
    from zhihuan.telemetry.transmission_report import DueSpan, transmission_of

    with _opened(asked) as (store, devices, start, end):
        rows = transmission_of(store, devices, DueSpan(_kind(kind), start, end))
    total = whole(row.figures for row in rows)
    _table(
        "数据传输有效率",
        ["设备", "因子", "应传", "实传", "有效", "传输率", "有效率", "传输有效率"],
        [_rates(row.mn, row.factor, row.figures) for row in rows] + [_rates("合计", "", total)],
    )


@command.command("rules")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; today without it.")
def rules(on: datetime | None) -> None:
    """The validity rules in force on a day: value, clause, and how sure we are of it."""
    from zhihuan.standards.data_validity import Subject, rules_on
    from zhihuan.standards.errors import OutsideEditionsError

    day = (on or datetime.now(_BEIJING)).date()
    lines: list[list[str]] = []
    for subject in Subject:
        try:
            found = rules_on(subject, day)
        except OutsideEditionsError as error:
            lines.append([str(subject), "—", "", str(error), ""])
            continue
        lines += [
            [found.id, name, _value(edition.value), str(edition.reference), edition.confidence]
            for name, edition in found.editions.items()
        ]
    _table(f"{day} 适用的数据有效性规则", ["规则", "项目", "取值", "依据", "可信程度"], lines)


@contextmanager
def _opened(asked: Mapping[str, Any]) -> Iterator[tuple[Any, Mapping[str, Any], int, int]]:
    """The store, the chosen devices and the span in epoch seconds."""
    from zhihuan.telemetry.aggregation.devices import monitored
    from zhihuan.telemetry.store import StoreError, open_store

    start, end = (int(asked[key].replace(tzinfo=_BEIJING).timestamp()) for key in ("start", "end"))
    if start >= end:
        raise click.UsageError("--from must lie before --to")
    devices = monitored(_directory(asked["devices_file"]))
    unknown = sorted(set(asked["mns"]) - devices.keys())
    if unknown:
        raise click.UsageError(f"not registered or not enabled: {', '.join(unknown)}")
    chosen = {mn: devices[mn] for mn in asked["mns"] or devices}
    try:
        store = open_store(asked["store_url"])
        try:
            store.migrate()
            yield store, chosen, start, end
        finally:
            store.close()
    except StoreError as error:
        raise click.ClickException(str(error)) from error


def _directory(path: Path | None) -> Mapping[str, Any]:
    if path is not None:
        from zhihuan.telemetry.gateway.files import FileDirectory

        return FileDirectory(path).snapshot()
    from zhihuan.web.start import set_up

    set_up()
    from zhihuan.bureau.acquisition.directory import RegistryDirectory

    return RegistryDirectory().snapshot()


def _kind(name: str) -> Any:
    from zhihuan.telemetry.kinds import Kind

    return Kind[name.upper()]


def _rates(mn: str, factor: str, figures: Any) -> list[str]:
    rates = (figures.transmission_rate, figures.validity_rate, figures.effective_rate)
    counts = (figures.due, figures.received, figures.valid)
    return [mn, factor or "—", *map(str, counts), *(_percent(rate) for rate in rates)]


def _percent(rate: float) -> str:
    return "—" if rate != rate else f"{rate:.2%}"  # noqa: PLR0124 - NaN: nothing was due


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    return str(value)


def _shown(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, _BEIJING):%Y-%m-%d %H:%M}"


def _table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, title=title)
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(*row)
    Console().print(table)
