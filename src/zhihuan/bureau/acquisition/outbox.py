"""The outbox of commands as the gateways see it: safe with several of them at once.

Whoever changes a row's status from queued to claimed in one conditional UPDATE has it; everybody
else sees zero rows changed. No lock is held while a device is talking.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Iterator

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from zhihuan.bureau.acquisition import effects
from zhihuan.bureau.acquisition.clean_text import clean
from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.acquisition.masking import masked
from zhihuan.bureau.acquisition.models import CommandStep, DeviceCommand
from zhihuan.bureau.registry.sealing import SealBrokenError
from zhihuan.hj212.exchange import DEFAULT_TIMING
from zhihuan.telemetry.ports import ExchangeStep, OrderedCommand, Step

_log = logging.getLogger(__name__)

#: A claimed command without any step for this long was lost with its gateway: longer than any
#: exchange may last, for a device that works on a sample is silent for most of it.
ABANDONED_AFTER = dt.timedelta(seconds=DEFAULT_TIMING.limit_seconds) + dt.timedelta(minutes=5)
#: How many names one query asks for: under every engine's limit of parameters.
_ASKED_AT_ONCE = 500
_Status = DeviceCommand.Status
_UNOPENABLE = "指令参数无法解封（密封密钥已更换或缺失），命令未下发；请恢复密封密钥后重新下达"


class CommandTable:
    """Implements ``telemetry.ports.CommandOutbox``."""

    @fresh_connection
    def due(self, mns: Collection[str]) -> list[OrderedCommand]:
        """The oldest unclaimed, unexpired command of each of these MNs.

        An MN with a command in progress has to wait: a device answers one exchange at a time.
        An order whose sealed parameters no key opens is closed as failed: the others go on.
        """
        if not _waiting().exists():
            return []
        busy = frozenset(_open(_Status.CLAIMED).values_list("mn", flat=True))
        wanted = sorted(frozenset(mns) - busy)
        due = (_ordered_or_failed(command) for command in _oldest(wanted))
        return [ordered for ordered in due if ordered is not None]

    @fresh_connection
    def claim(self, command_id: str, gateway: str) -> bool:
        now = timezone.now()
        mine = _open(_Status.QUEUED).filter(pk=int(command_id), expires_at__gt=now)
        taken = mine.update(status=_Status.CLAIMED, gateway=clean(gateway, 80), claimed_at=now)
        return taken == 1

    @fresh_connection
    def record(self, command_id: str, step: ExchangeStep) -> None:
        with transaction.atomic():
            _keep(int(command_id), step)

    @fresh_connection
    def finish(self, command_id: str, result: ExchangeStep) -> None:
        """Close the command; what it changed on the device is changed in the registry too.

        A command that was closed meanwhile stays as it was closed; the step is kept beside it.
        """
        with transaction.atomic():
            _keep(int(command_id), result)
            done = result.step == Step.DONE
            _open(_Status.CLAIMED).filter(pk=int(command_id)).update(
                status=_Status.DONE if done else _Status.FAILED,
                finished_at=result.at,
                outcome=clean(result.detail, 300),
            )
            if done:
                effects.apply(int(command_id))


@fresh_connection
def sweep(now: dt.datetime | None = None) -> int:
    """Close what nobody will finish: expired orders, and exchanges lost with their gateway.

    Returns how many were closed. Run every minute or so by whoever serves.
    """
    now = now or timezone.now()
    expired = _open(_Status.QUEUED).filter(expires_at__lte=now)
    closed = expired.update(
        status=_Status.EXPIRED, finished_at=now, outcome="设备在有效期内未连接，命令未下发"
    )
    silent_since = now - ABANDONED_AFTER
    lost = _open(_Status.CLAIMED).filter(claimed_at__lte=silent_since)
    active = CommandStep.objects.filter(at__gt=silent_since).values("command_id")
    return closed + lost.exclude(pk__in=active).update(
        status=_Status.FAILED, finished_at=now, outcome="网关中断，交互未完成，结果未知"
    )


def _open(status: DeviceCommand.Status) -> QuerySet[DeviceCommand]:
    return DeviceCommand.objects.filter(status=status)


def _waiting() -> QuerySet[DeviceCommand]:
    return _open(_Status.QUEUED).filter(expires_at__gt=timezone.now())


def _oldest(mns: list[str]) -> Iterator[DeviceCommand]:
    """The first waiting command of each MN, however many wait for devices that are not here."""
    for start in range(0, len(mns), _ASKED_AT_ONCE):
        of_these = _waiting().filter(mn__in=mns[start : start + _ASKED_AT_ONCE])
        first = of_these.order_by().values("mn").annotate(first=Min("id")).values("first")
        # the ids are read first: a subquery would be planned over the whole table
        ids = [row["first"] for row in first]
        yield from DeviceCommand.objects.filter(pk__in=ids).select_related("device").order_by("id")


def _ordered_or_failed(command: DeviceCommand) -> OrderedCommand | None:
    try:
        return _ordered(command)
    except SealBrokenError as error:
        _log.error("command %s for %s: %s", command.pk, command.mn, error)
        _open(_Status.QUEUED).filter(pk=command.pk).update(
            status=_Status.FAILED, finished_at=timezone.now(), outcome=_UNOPENABLE
        )
        return None


def _ordered(command: DeviceCommand) -> OrderedCommand:
    return OrderedCommand(
        id=str(command.pk),
        mn=command.mn,
        cn=command.code,
        cp=command.cp,
        st=command.device.system_type,
        ordered_by=command.orderer,
        reason=command.reason,
        expires=command.expires_at,
    )


def _keep(command_id: int, step: ExchangeStep) -> None:
    CommandStep.objects.create(
        command_id=command_id,
        at=step.at,
        step=step.step.value,
        qn=clean(step.qn, 20),
        code=step.code,
        raw=masked(step.raw),
        detail=clean(step.detail, 500),
    )
    learned = _learned(step)
    if learned:
        DeviceCommand.objects.filter(pk=command_id).update(**learned)


def _learned(step: ExchangeStep) -> dict[str, object]:
    """What this step tells about the whole command."""
    if step.step == Step.QN_RTN:
        return {"qn_rtn": step.code}
    if step.step == Step.EXE_RTN:
        return {"exe_rtn": step.code}
    if step.step == Step.SENT:
        return {"qn": clean(step.qn, 20)}
    return {}
