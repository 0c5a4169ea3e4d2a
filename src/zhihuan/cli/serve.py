"""``zhihuan serve``: the platform on one machine."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import click


@click.command()
@click.option("--listen", metavar="HOST:PORT", help="For browsers. Default: ZHIHUAN_WEB_ADDRESS.")
@click.option(
    "--gateway", metavar="HOST:PORT", help="For devices. Default: ZHIHUAN_GATEWAY_ADDRESS."
)
def command(listen: str | None, gateway: str | None) -> None:
    """Serve pages, devices and periodic work, until SIGINT or SIGTERM.

    ZHIHUAN_PAGE_PROCESSES gives pages processes of their own; ZHIHUAN_PARTS leaves devices or periodic work to other machines of the same installation. Brings both databases up to date first. Exits with 1 and a sentence when it cannot start.
    """
    for name, value in (("ZHIHUAN_WEB_ADDRESS", listen), ("ZHIHUAN_GATEWAY_ADDRESS", gateway)):
        if value:
            os.environ[name] = value
    sys.exit(run())


def run(when_up: Callable[[str, str, int], Awaitable[None]] | None = None) -> int:
    """Serve until told to stop; the exit code. ``when_up`` is awaited with the web address and the
    gateway's host and port once everything listens."""
    from django.db import OperationalError

    from zhihuan.telemetry.store import StoreError
    from zhihuan.web.environment import BadSettingError
    from zhihuan.web.start import set_up

    try:
        set_up()
        return _run_loop(_serve(when_up))
    except OperationalError as error:
        # what the driver says names host and port and reason, no password
        why = " ".join(str(error).split())
        click.echo(
            f"zhihuan cannot serve: the database does not answer ({why}); start it, or correct "
            "ZHIHUAN_DATABASE_URL",
            err=True,
        )
        return 1
    except (BadSettingError, StoreError, OSError) as error:
        click.echo(f"zhihuan cannot serve: {error}", err=True)
        return 1


def _run_loop(work: Coroutine[Any, Any, int]) -> int:
    import uvloop

    from zhihuan.telemetry.logs import write_json_logs
    from zhihuan.web.environment import read

    write_json_logs(read("ZHIHUAN_LOG_LEVEL"))
    return uvloop.run(work)


async def _serve(when_up: Callable[[str, str, int], Awaitable[None]] | None) -> int:
    from django.conf import settings

    from zhihuan.telemetry.gateway.garbage import calm_collector
    from zhihuan.telemetry.gateway.thread_turns import take_short_turns
    from zhihuan.web.platform.one_process import OneProcess

    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    platform = OneProcess(settings, click.echo)
    up = await platform.start()
    click.echo(f"web      {up.web}")
    if up.gateway is not None:
        click.echo(f"devices  {up.gateway.host}:{up.gateway.port} (HJ 212 over TCP)")
    click.echo("Ctrl-C stops.")
    calm_collector()
    take_short_turns()
    platform.when_failed(told.set)
    try:
        if when_up is not None and up.gateway is not None:
            await when_up(up.web, up.gateway.host, up.gateway.port)
        await told.wait()
        click.echo("stopping …")
        failure = platform.failure()
    finally:
        await platform.stop()
    if failure is not None:
        click.echo(
            f"the gateway broke: {failure!r}; what it had not acknowledged, devices keep", err=True
        )
    return 1 if failure is not None else 0
