"""``zhihuan demo``: the synthetic city, live, on embedded engines, in one command."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from zhihuan.demo.house import Furnishing

_HOME = "./var/demo"
_DATABASES = ("ZHIHUAN_DATABASE_URL", "ZHIHUAN_STORE_URL")
_STOP_SECONDS = 8
# so that the quarantine page has something to show
_FAULTS = ("byte_flip=0.001", "junk=0.0005", "lost_ack=0.001")
_START = "from zhihuan.cli import main; main()"


@click.command()
@click.option(
    "--points",
    default=260,
    show_default=True,
    type=click.IntRange(7, 10_000),
    help="Monitoring points of the city.",
)
@click.option(
    "--days",
    default=3.0,
    show_default=True,
    type=click.FloatRange(0, 90),
    help="Days of past hour and day data to fill in; minutes for the last day.",
)
@click.option("--seed", default=2024, show_default=True, help="Another seed, another city.")
@click.option(
    "--web",
    default="127.0.0.1:8000",
    show_default=True,
    envvar="ZHIHUAN_WEB_ADDRESS",
    show_envvar=True,
    help="For browsers.",
)
@click.option(
    "--gateway",
    default="127.0.0.1:9212",
    show_default=True,
    envvar="ZHIHUAN_GATEWAY_ADDRESS",
    show_envvar=True,
    help="For devices.",
)
@click.option(
    "--use-configured-databases",
    is_flag=True,
    help="Put the demo where ZHIHUAN_DATABASE_URL and ZHIHUAN_STORE_URL lead; refused otherwise.",
)
@click.option("--only-prepare", is_flag=True, help="Prepare the home and stop.")
def command(**options: Any) -> None:
    """Start the platform with a synthetic Zhongshan that reports to it over TCP.

    The first start prepares databases, points, accounts and past data in ZHIHUAN_HOME (default
    ./var/demo); later starts take seconds. Ctrl-C stops the platform and the devices. Everything
    shown is synthetic (模拟数据).
    """
    if not options["use_configured_databases"]:
        _refuse_configured_databases()
    os.environ.setdefault("ZHIHUAN_HOME", _HOME)
    os.environ["ZHIHUAN_WEB_ADDRESS"] = options["web"]
    os.environ["ZHIHUAN_GATEWAY_ADDRESS"] = options["gateway"]
    os.environ["ZHIHUAN_PARTS"] = "gateway,scheduler"
    from zhihuan.demo.house import Furnishing

    wanted = Furnishing(options["points"], options["days"], options["seed"], int(time.time()))
    home = _prepare(wanted)
    if not options["only_prepare"]:
        sys.exit(_run(home))


def _refuse_configured_databases() -> None:
    """These variables most often lead to a real installation: nothing there is touched unasked."""
    given = [name for name in _DATABASES if os.environ.get(name)]
    if given:
        raise click.ClickException(
            f"{' and '.join(given)} set: the demo lives on its own databases in ZHIHUAN_HOME and does "
            "not touch configured ones; unset, or add --use-configured-databases if that database is "
            "for the demo alone"
        )


def _prepare(wanted: Furnishing) -> Path:
    from zhihuan.demo.house import furnish
    from zhihuan.telemetry.store import StoreError
    from zhihuan.web.environment import BadSettingError
    from zhihuan.web.start import set_up

    try:
        set_up()
        from django.conf import settings

        from zhihuan.demo.load import OccupiedHomeError

        with _progress() as progress:
            _city, new = furnish(settings.ZHIHUAN_HOME, wanted, progress)
    except (BadSettingError, StoreError, OccupiedHomeError, OSError) as error:
        raise click.ClickException(str(error)) from error
    word = "prepared" if new else "found"
    click.echo(f"{word} the demo in {settings.ZHIHUAN_HOME}")
    return Path(settings.ZHIHUAN_HOME)


@contextlib.contextmanager
def _progress():  # type: ignore[no-untyped-def]  # a generator of the callback below
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, int] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield progress


def _run(home: Path) -> int:
    """Serve, with the devices in a child process that ends with us; the exit code."""
    from zhihuan.cli.serve import run

    children: list[subprocess.Popen[bytes]] = []
    log = home / "demo-platform.log"
    said = _quiet_stderr(log)

    async def when_up(web: str, host: str, port: int) -> None:
        children.append(_start_devices(home, f"{host}:{port}"))
        _tell(web, home)

    try:
        code = run(when_up)
        if code:
            click.echo(_last_line(log, said))
        return code
    finally:
        for child in children:
            _stop(child)


def _quiet_stderr(log: Path) -> int:
    """Send this process's log to a file, so that what to look at stays on the screen; the file's
    length before."""
    with log.open("ab") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())
        return file.tell()


def _last_line(log: Path, since: int) -> str:
    lines = log.read_bytes()[since:].decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"stopped; see {log}"


def _start_devices(home: Path, address: str) -> subprocess.Popen[bytes]:
    from zhihuan.demo.house import fleet_path

    fleet = str(fleet_path(home))
    arguments = ["simulate", "--to", address, "--fleet", fleet, "--quiet", "--with-parent"]
    arguments += [f"--fault={fault}" for fault in _FAULTS]
    with (home / "demo-simulator.log").open("ab") as output:
        # a session of its own: Ctrl-C in the terminal is for us, we tell the child
        return subprocess.Popen(  # noqa: S603 - our own command, no shell
            [sys.executable, "-c", _START, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _tell(web: str, home: Path) -> None:
    from zhihuan.bureau.people.roles import ROLES
    from zhihuan.demo.packaged import packaged

    table = packaged("accounts")
    click.echo(f"\n  打开  {web}   （全部为模拟数据）")
    click.echo(f"  演示账号（密码均为 {table['password']}）：")
    for entry in (*table["accounts"], table["officer"], table["enterprise"]):
        click.echo(f"    {entry['username']:11s}{ROLES[entry['role']].name}：{entry['shows']}")
    click.echo(
        "  先看监测（duty）：一张图上的四种状态 → 点开一个“超标”点位的曲线与限值 → 原始报文 → 下发“提取实时数据”\n"
        "  再看办案：超标告警（duty）→ 线索池、待办（head）→ 行政处罚案件、执法统计（leader）→ 本企业（enterprise）"
    )
    click.echo(f"  日志：{home}/demo-platform.log，{home}/demo-simulator.log\n  Ctrl-C 停止。\n")
