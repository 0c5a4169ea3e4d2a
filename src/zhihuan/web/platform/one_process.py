"""Web, gateway and periodic work around one store, in one process or with pages in processes of their own.

Only one process may open an embedded store, so this is how a laptop or a small bureau runs; page processes
(ZHIHUAN_PAGE_PROCESSES) reach it through this one. Where a cluster and PostgreSQL are shared, ZHIHUAN_PARTS
leaves parts to other machines. Parts
start in the order in which they need each other and stop in the reverse: the gateway finishes what
it has taken before the store closes.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from prometheus_client import CollectorRegistry

from zhihuan.bureau.access.rates import forget_past
from zhihuan.bureau.acquisition import outbox
from zhihuan.bureau.acquisition.directory import RegistryDirectory
from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.acquisition.journal import ConnectionTable
from zhihuan.bureau.acquisition.order_book import AutomaticOrders
from zhihuan.bureau.acquisition.outbox import CommandTable
from zhihuan.bureau.acquisition.quarantine import QuarantineTable
from zhihuan.bureau.acquisition.retention import delete_expired
from zhihuan.bureau.acquisition.seals import SealTable
from zhihuan.bureau.acquisition.store import close_store, engine_of_the_store, the_store
from zhihuan.bureau.audit.anchors import drop_anchor
from zhihuan.bureau.audit.sealing import seal_missed, seal_new
from zhihuan.telemetry.gateway import Gateway, GatewayPorts
from zhihuan.telemetry.kept_directory import KeptDirectory
from zhihuan.telemetry.periodic import telemetry_jobs
from zhihuan.telemetry.scheduler import PeriodicJob, Scheduler
from zhihuan.telemetry.store.journal.gauges import journal_registry
from zhihuan.telemetry.store.opening import JOURNAL, embedded_folder
from zhihuan.web.backup.restoring import refuse_half_restored
from zhihuan.web.environment import BadSettingError
from zhihuan.web.live.board import board
from zhihuan.web.operations.exported import export, withdraw
from zhihuan.web.platform.addresses import Address, cannot_listen, read_address
from zhihuan.web.platform.compliance_jobs import compliance_jobs
from zhihuan.web.platform.exceedance_jobs import exceedance_jobs
from zhihuan.web.platform.gateway_settings import gateway_settings
from zhihuan.web.platform.inbox_jobs import inbox_jobs, renewal_job
from zhihuan.web.platform.matter_jobs import following_job, matter_jobs
from zhihuan.web.platform.one_scheduler import Turn, by_turns
from zhihuan.web.platform.page_processes import PageProcesses
from zhihuan.web.platform.preparation import (
    Say,
    fill_search_index,
    forget_connections,
    migrate_database,
    note_clocks,
    note_to_dos,
)
from zhihuan.web.platform.sum_jobs import sum_jobs
from zhihuan.web.platform.vault_jobs import vault_jobs
from zhihuan.web.platform.web_server import WebServer, listen
from zhihuan.web.platform.webhook_jobs import webhook_jobs


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the running platform is reached. gateway: None where this process takes no devices."""

    web: str
    gateway: Address | None


class OneProcess:
    """``await start()``, later ``await stop()``; both once, in the loop that serves the gateway."""

    def __init__(self, settings: Any, say: Say) -> None:
        self._say = say
        self._settings = settings
        self._name = settings.ZHIHUAN_GATEWAY_NAME or socket.gethostname()
        self._gateway_settings = gateway_settings(settings, self._name)
        self._gateway_address = Address(self._gateway_settings.host, self._gateway_settings.port)
        self._web_address = read_address("ZHIHUAN_WEB_ADDRESS", settings.ZHIHUAN_WEB_ADDRESS)
        self._gateway: Gateway | None = None
        self._scheduler: Scheduler | None = None
        self._turn = Turn()
        self._directory = KeptDirectory(RegistryDirectory())
        self._web: WebServer | PageProcesses | None = None

    async def start(self) -> Addresses:
        """Everything is up when this returns. What fails is raised, and what had started stops."""
        try:
            return await self._start()
        except BaseException:
            await self.stop()
            raise

    async def _start(self) -> Addresses:
        await asyncio.to_thread(self._prepare)
        listening = listen(self._web_address)
        self._web = self._pages(listening)
        parts = self._settings.ZHIHUAN_PARTS
        devices = await self._start_gateway() if "gateway" in parts else None
        if "scheduler" in parts:
            everywhere = (renewal_job(), following_job())
            self._scheduler = Scheduler([*by_turns(self._jobs(), self._turn), *everywhere])
            self._scheduler.start()
        export(*self._registries())
        await asyncio.to_thread(self._web.start)
        return Addresses(Address(*listening.getsockname()[:2]).url(), devices)

    def _pages(self, listening: socket.socket) -> WebServer | PageProcesses:
        count = self._settings.ZHIHUAN_PAGE_PROCESSES
        return (
            PageProcesses(count, listening, engine_of_the_store())
            if count
            else WebServer(listening)
        )

    async def _start_gateway(self) -> Address:
        gateway = self._new_gateway()
        try:
            await gateway.start()
        except OSError as error:
            setting = "ZHIHUAN_GATEWAY_ADDRESS"
            raise cannot_listen(setting, self._gateway_address, error) from error
        self._gateway = gateway  # from here on there is something to stop
        return Address(self._gateway_address.host, gateway.port)

    def _registries(self) -> list[CollectorRegistry]:
        found = self._journal()
        if self._scheduler is not None:
            found.insert(0, self._scheduler.registry)
        if self._gateway is not None:
            found.insert(0, self._gateway.metrics.registry)
        return found

    def when_failed(self, tell: Callable[[], None]) -> None:
        """Call ``tell`` when the gateway breaks by a fault of its own; then stop and start anew."""
        if self._gateway is not None:
            self._gateway.failed.add_done_callback(lambda _failed: tell())

    def failure(self) -> BaseException | None:
        """Why the gateway broke; None while it has not."""
        failed = self._gateway.failed if self._gateway is not None else None
        return failed.result() if failed is not None and failed.done() else None

    async def stop(self) -> None:
        """Stop in reverse order. Harmless when nothing, or only a part, had started."""
        if self._web is not None:
            await asyncio.to_thread(self._web.stop)
        if self._scheduler is not None:
            await asyncio.to_thread(self._scheduler.stop, 10)
            await asyncio.to_thread(self._turn.give_up)
        if self._gateway is not None:
            await self._gateway.stop()
        withdraw()
        await asyncio.to_thread(close_store)

    @fresh_connection
    def _prepare(self) -> None:
        refuse_half_restored(self._settings.ZHIHUAN_HOME, BadSettingError)
        migrate_database(self._say)
        fill_search_index(self._say)
        note_to_dos(self._say)
        note_clocks(self._say)
        if "gateway" in self._settings.ZHIHUAN_PARTS:
            forget_connections(self._name)
        the_store()  # opens and migrates it; raises when another process holds it
        board().snapshot()  # the first page need not wait for the registry to be read

    def _new_gateway(self) -> Gateway:
        ports = GatewayPorts(
            store=the_store(),
            directory=self._directory,
            quarantine=QuarantineTable(),
            outbox=CommandTable(),
            journal=ConnectionTable(self._name),
        )
        return Gateway(ports, self._gateway_settings)

    def _journal(self) -> list[CollectorRegistry]:
        folder = embedded_folder(self._settings.ZHIHUAN_STORE_URL)
        return [] if folder is None else [journal_registry(folder / JOURNAL)]

    def _jobs(self) -> list[PeriodicJob]:
        return [
            *telemetry_jobs(
                the_store(),
                self._directory,
                orders=AutomaticOrders(),
                state=self._settings.ZHIHUAN_HOME / "statistics.json",
                ledger=SealTable(),
            ),
            PeriodicJob("outbox", 60, _sweep_outbox, title="关闭过期和中断的命令"),
            PeriodicJob("quarantine", 3600, self._sweep_quarantine, title="删除到期的隔离报文"),
            PeriodicJob("audit-blocks", 60, _seal_audit, title="封存审计记录"),
            PeriodicJob(
                "audit-anchor", 86_400, self._anchor_audit, title="补封漏封的审计记录，记下锚点"
            ),
            PeriodicJob("api-rates", 3600, _forget_rates, title="删除过去的调用计数"),
            *webhook_jobs(),
            *matter_jobs(),
            *sum_jobs(),
            *vault_jobs(self._settings),
            *inbox_jobs(self._settings.ZHIHUAN_MESSAGE_DAYS),
            *compliance_jobs(),
            *exceedance_jobs(),
        ]

    def _sweep_quarantine(self) -> dict[str, object]:
        deleted = delete_expired(timezone.now(), self._settings.ZHIHUAN_QUARANTINE_DAYS)
        return {"deleted": deleted} if deleted else {}

    @fresh_connection
    def _anchor_audit(self) -> dict[str, object]:
        missed = seal_missed()
        number = drop_anchor(self._settings.ZHIHUAN_HOME / "audit-anchors.jsonl")
        return {"missed": missed, "block": number} if number else {}


@fresh_connection
def _seal_audit() -> dict[str, object]:
    sealed = seal_new()
    return {"sealed": sealed} if sealed else {}


def _sweep_outbox() -> dict[str, object]:
    closed = outbox.sweep()
    return {"closed": closed} if closed else {}


@fresh_connection
def _forget_rates() -> dict[str, object]:
    forgotten = forget_past()
    return {"forgotten": forgotten} if forgotten else {}
