"""Order a device to do something, and follow the exchange."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhihuan.bureau.acquisition import ordering
from zhihuan.bureau.acquisition.models import CommandStep, DeviceCommand
from zhihuan.bureau.acquisition.ordering import edition_of, orders_for
from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.models import Device, MonitoringPoint
from zhihuan.hj212.codes import command as command_code
from zhihuan.hj212.codes import exe_rtn, qn_rtn
from zhihuan.hj212.orders import Order, Parameter
from zhihuan.web.commands.order_form import OrderForm
from zhihuan.web.keyset_page import keyset_page
from zhihuan.web.live.reading import point_for
from zhihuan.web.permission import requires
from zhihuan.web.raw_bytes import ShownBytes, shown
from zhihuan.web.sent import sent

_VIEW = "acquisition.view_devicecommand"
_may_view = requires(_VIEW)
_may_order = requires(ordering.ORDER)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of an exchange, as the page shows it."""

    step: CommandStep
    direction: str
    name: str
    meaning: str
    shown: ShownBytes | None


@require_safe
@never_cache
@_may_view
def commands(request: HttpRequest) -> HttpResponse:
    """The orders within one's scope, newest first."""
    page = keyset_page(request, _listed(request.user))
    context = {"section": "commands", "page": page, "rows": _named(page.rows), "query": ""}
    return render(request, "commands/list.html", context)


def _listed(user: Any) -> Any:
    rows = scope_of(user, _VIEW).filter(DeviceCommand.objects.all())
    return rows.select_related("device__point").order_by("-id")


def _named(found: list[DeviceCommand]) -> list[tuple[DeviceCommand, str]]:
    return [(command, name_of(command)) for command in found]


def name_of(command: DeviceCommand) -> str:
    """The order in words; its code when the table does not know it."""
    device = command.device
    row = command_code(command.code, edition_of(device), "host", device.system_type)
    return row.name if row else command.code


@require_safe
@never_cache
@_may_view
def point_commands(request: HttpRequest, code: str) -> HttpResponse:
    """The orders to a point's devices, and what can be ordered."""
    point = point_for(request.user, code)
    page = keyset_page(request, _listed(request.user).filter(device__point=point))
    context = {
        "section": "live",
        "point": point,
        "page": page,
        "rows": _named(page.rows),
        "offers": _offers(request.user, point),
        "query": "",
    }
    return render(request, "commands/point.html", context)


@dataclass(frozen=True, slots=True)
class Offer:
    """One order a person may give to a device, titled in the device's edition."""

    code: str
    group: str
    title: str
    help: str
    caution: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class DeviceOffers:
    """A device and what can be ordered from it."""

    device: Device
    offers: list[Offer]


def _offers(user: Any, point: MonitoringPoint) -> list[DeviceOffers]:
    found = [
        DeviceOffers(device, [_offer(each, device) for each in orders_for(device, user)])
        for device in point.devices.in_use(timezone.localdate())
    ]
    return [each for each in found if each.offers]


def _offer(found: Order, device: Device) -> Offer:
    return Offer(
        code=found.code,
        group=found.group,
        title=found.title(edition_of(device)),
        help=found.help,
        caution=found.caution,
        sensitive=found.code in ordering.SENSITIVE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_may_view
@_may_order
def order(request: HttpRequest, mn: str, code: str) -> HttpResponse:
    """The form of one order; posting it queues the order."""
    within = scope_of(request.user, ordering.ORDER).filter(Device.objects.select_related("point"))
    device = get_object_or_404(within, mn=mn)
    found = next((each for each in orders_for(device, request.user) if each.code == code), None)
    if found is None:
        messages.error(
            request, _("不能向该设备下达这条命令：设备已停用，协议版本没有，或没有权限。")
        )
        return redirect("point-commands", code=device.point.code)
    form = _form(request, device, found.parameters(edition_of(device)))
    if request.method == "POST" and form.is_valid():
        command = _placed(request, device, code, form)
        if command is not None:
            messages.success(request, _("命令已提交，等待设备应答。"))
            return redirect("command", pk=command.pk)
    context = {
        "section": "live",
        "device": device,
        "point": device.point,
        "offer": _offer(found, device),
        "row": found.row(edition_of(device), device.system_type),
        "form": form,
    }
    return render(request, "commands/order.html", context)


def _form(request: HttpRequest, device: Device, parameters: Sequence[Parameter]) -> OrderForm:
    factors = list(device.point.factors.values_list("factor", flat=True))
    return OrderForm(parameters, factors, sent(request))


def _placed(
    request: HttpRequest, device: Device, code: str, form: OrderForm
) -> DeviceCommand | None:
    giver = _giver(request, form.cleaned_data["reason"])
    try:
        return ordering.place(device, code, form.values(), giver)
    except ValidationError as error:
        form.refuse(error)
        return None


@require_safe
@never_cache
@_may_view
def command(request: HttpRequest, pk: int) -> HttpResponse:
    """One order and its exchange, step by step."""
    found = get_object_or_404(_listed(request.user), pk=pk)
    context = {
        "section": "commands",
        "command": found,
        "name": name_of(found),
        "steps": [_step(step) for step in found.steps.all()],
    }
    template = "commands/command.html#exchange" if request.htmx else "commands/command.html"
    return render(request, template, context)


def _step(step: CommandStep) -> StepRow:
    return StepRow(
        step=step,
        direction=str(CommandStep.Direction(step.direction).label),
        name=step.get_step_display(),
        meaning=_meaning(step),
        shown=shown(step.raw) if step.raw else None,
    )


def _meaning(step: CommandStep) -> str:
    if step.code is None:
        return ""
    look_up = {CommandStep.Name.QN_RTN: qn_rtn, CommandStep.Name.EXE_RTN: exe_rtn}.get(step.step)
    found = look_up(step.code) if look_up else None
    return f"{step.code}（{found.name}）" if found else str(step.code)


@require_POST
@_may_view
@_may_order
def command_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an order that no gateway has taken."""
    within = scope_of(request.user, ordering.ORDER).filter(_listed(request.user))
    found = get_object_or_404(within, pk=pk)
    if ordering.cancel(found, _giver(request)):
        messages.success(request, _("命令已撤销。"))
    else:
        messages.error(request, _("命令已被网关领取或已结束，不能撤销。"))
    return redirect("command", pk=pk)


def _giver(request: HttpRequest, reason: str = "") -> ordering.Giver:
    return ordering.Giver(request.user, reason, request.META.get("REMOTE_ADDR", ""))
