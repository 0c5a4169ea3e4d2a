"""``zhihuan order``: order a device to do something, and follow the exchange.

The same outbox, rights and audit as the page: the order is given in the name of an account, with a
reason, and the gateway that holds the device's connection carries it out.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from zhihuan.cli._platform import account_named, start
from zhihuan.cli._whence import whence

if TYPE_CHECKING:
    from zhihuan.bureau.acquisition.models import CommandStep, DeviceCommand
    from zhihuan.bureau.registry.models import Device
    from zhihuan.hj212.orders import Order, Parameter

_LOOK_SECONDS = 0.5
_AS = click.option(
    "--as", "username", required=True, metavar="ACCOUNT", help="In whose name; with their rights."
)


@click.group("order")
def command() -> None:
    """Order devices to do something, through the platform's outbox.

    Run it with the environment of the platform (ZHIHUAN_HOME, ZHIHUAN_DATABASE_URL).
    """
    start()


@command.command("list")
@click.argument("mn")
@_AS
def list_orders(mn: str, username: str) -> None:
    """Show what ACCOUNT may order from the device MN, with each order's parameters."""
    from zhihuan.bureau.acquisition.ordering import edition_of, orders_for

    user = account_named(username, active=True)
    device = _device(mn, user)
    edition = edition_of(device)
    offered = orders_for(device, user)
    for each in offered:
        click.echo(f"{each.code}  {each.title(edition)}")
        for parameter in each.parameters(edition):
            click.echo(f"    {_described(parameter)}")
    if not offered:
        raise click.ClickException(
            f"{username} may order nothing from {mn}: the right is missing, or the device is out of use"
        )


@command.command("give")
@click.argument("mn")
@click.argument("code")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@_AS
@click.option("--reason", required=True, help="Kept with the order.")
@click.option("--wait", "seconds", type=float, default=0.0, help="Follow it for so many seconds.")
def give(mn: str, code: str, values: Sequence[str], username: str, **asked: Any) -> None:
    """Give the order CODE to the device MN.

    Codes and names of parameters: `zhihuan order list`. Times without a zone are Beijing's. New
    passwords and keys are asked for, never taken from the command line, where others could read
    them. With --wait the command ends with status 1 unless the device did as ordered.
    """
    from django.core.exceptions import PermissionDenied, ValidationError

    from zhihuan.bureau.acquisition.ordering import Giver, place

    user = account_named(username, active=True)
    device = _device(mn, user)
    typed = _typed(values, _secrets(device, code))
    try:
        placed = place(device, code, typed, Giver(user, asked["reason"], whence()))
    except PermissionDenied:
        raise click.ClickException(f"{username} may not order {code}") from None
    except ValidationError as error:
        raise click.ClickException(_told(error)) from error
    click.echo(f"order {placed.pk}: {placed}")
    if asked["seconds"] and not _followed(placed.pk, asked["seconds"]):
        raise click.exceptions.Exit(1)


@command.command("show")
@click.argument("number", type=int)
@_AS
def show(number: int, username: str) -> None:
    """Show the order NUMBER and every step of its exchange."""
    from zhihuan.bureau.acquisition.models import DeviceCommand
    from zhihuan.bureau.people.scope import scope_of

    user = account_named(username, active=True)
    within = scope_of(user, "acquisition.view_devicecommand").filter(DeviceCommand.objects.all())
    found = within.filter(pk=number).first()
    if found is None:
        raise click.ClickException(f"there is no order {number} that {username} may see")
    _device(found.mn, user)
    click.echo(f"{found}  {_moment(found.ordered_at)}  {found.orderer}：{found.reason}")
    for label, value in found.params.items():
        click.echo(f"    {label}: {value}")
    for step in found.steps.all():
        click.echo(_line(step))
    click.echo(_end(found))


def _device(mn: str, user: Any) -> Device:
    """The device, when its point is within the account's reach."""
    from zhihuan.bureau.people.scope import scope_of
    from zhihuan.bureau.registry.models import Device, MonitoringPoint
    from zhihuan.web.live.reading import VIEW_POINT

    points = scope_of(user, VIEW_POINT).filter(MonitoringPoint.objects.all())
    device = Device.objects.select_related("point").filter(mn=mn, point__in=points).first()
    if device is None:
        raise click.ClickException(f"there is no device {mn} that {user.username} may see")
    return device


def _secrets(device: Device, code: str) -> list[Parameter]:
    from zhihuan.bureau.acquisition.ordering import edition_of
    from zhihuan.hj212.orders import order

    found: Order | None = order(code)
    parameters = found.parameters(edition_of(device)) if found else ()
    return [each for each in parameters if each.kind == "secret"]


def _typed(values: Sequence[str], secrets: Sequence[Parameter]) -> Mapping[str, str]:
    pairs = [value.partition("=") for value in values]
    if odd := [name for name, equals, _ in pairs if not equals]:
        raise click.BadParameter(f"{odd[0]!r} is not NAME=VALUE")
    typed = {name: value for name, _, value in pairs}
    for parameter in secrets:
        if parameter.name in typed:
            raise click.BadParameter(f"{parameter.name} is secret: leave it out, it is asked for")
        typed[parameter.name] = click.prompt(parameter.label, hide_input=True, err=True)
    return typed


def _described(parameter: Parameter) -> str:
    known = f"{parameter.name}=  {parameter.label}"
    if parameter.unit:
        known += f" [{parameter.unit}]"
    if None not in (parameter.minimum, parameter.maximum) and parameter.kind in (
        "integer",
        "decimal",
    ):
        known += f" {parameter.minimum}–{parameter.maximum}"
    if parameter.choices:
        known += " " + ", ".join(f"{value} {name}" for value, name in parameter.choices)
    return known if parameter.required else f"{known} (optional)"


def _told(error: Any) -> str:
    if not hasattr(error, "error_dict"):
        return "; ".join(error.messages)
    return "; ".join(f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())


def _followed(number: int, seconds: float) -> bool:
    """Print each step as it comes; whether the device did as ordered before the time was over."""
    from zhihuan.bureau.acquisition.models import DeviceCommand

    told, end = 0, time.monotonic() + seconds
    while True:
        found = DeviceCommand.objects.get(pk=number)
        steps = list(found.steps.all())
        for step in steps[told:]:
            click.echo(_line(step))
        told = len(steps)
        if not found.is_open or time.monotonic() > end:
            click.echo(_end(found))
            return bool(found.status == DeviceCommand.Status.DONE)
        time.sleep(_LOOK_SECONDS)


def _line(step: CommandStep) -> str:
    code = "" if step.code is None else str(step.code)
    parts = (_moment(step.at), step.get_step_display(), code, step.detail)
    return "    " + "  ".join(part for part in parts if part)


def _end(found: DeviceCommand) -> str:
    returned = f"QnRtn={found.qn_rtn} ExeRtn={found.exe_rtn}"
    return f"{found.get_status_display()}  {returned}  {found.outcome}".rstrip()


def _moment(at: Any) -> str:
    from django.utils import timezone

    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S")
