"""Devices. Their passwords and keys stand in no column, fact or file."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.models import Device
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import BatchAct, ChoiceFilter, Column, FlagFilter, Listing, TextFilter
from zhihuan.web.registry.forms.device import DeviceForm
from zhihuan.web.registry.noun import Act, Noun, Part
from zhihuan.web.registry.nouns.links import page_of
from zhihuan.web.registry.nouns.todo_filter import todo_filter, todo_marks
from zhihuan.web.registry.nouns.towns import town_filter

_VIEW, _CHANGE = "registry.view_device", "registry.change_device"


def _rows(user: Any) -> QuerySet[Device]:
    rows = Device.objects.select_related("point__town")
    return scope_of(user, _VIEW).filter(rows)


def _use(row: Device) -> Status:
    if row.in_use(timezone.localdate()):
        return Status(StatusKind.DONE, _("在用"))
    return Status(StatusKind.VOID, _("停用"))


def _version(row: Device) -> Any:
    return _("按数据包判断") if row.version is None else row.get_version_display()


def _point_url(row: Device) -> str:
    from zhihuan.web.registry.nouns import noun_of

    return noun_of("points").url_of(row.point)


DEVICE_COLUMNS = (
    Column("mn", _("设备编号（MN）"), Kind.CODE, sort="mn", link=page_of("devices"), width=28),
    Column("version", _("协议版本"), value=_version, sort="version"),
    Column("system_type", _("系统编码"), Kind.CODE, sort="system_type"),
    Column("placed", _("安装于本点位"), Kind.DAY, sort="placed"),
    Column("use", _("使用"), Kind.STATUS, value=_use),
)  # fmt: skip

DEVICES = Listing(
    name="devices",
    title=_("数采仪"),
    scope=_rows,
    columns=(
        *DEVICE_COLUMNS,
        Column("point", _("监测点位"), value=lambda r: r.point.name, link=_point_url, width=36),
        Column("town", _("镇街"), value=lambda r: r.point.town),
        Column("logger_id", _("数采仪标识"), Kind.CODE, width=28, shown=False),
        Column("registered", _("登记日期"), Kind.DAY, sort="registered", shown=False),
        Column("retired", _("停用日期"), Kind.DAY, sort="retired", shown=False),
    ),
    filters=(
        TextFilter("q", _("MN、点位名称或编码"), fields=("mn", "point__name", "point__code")),
        town_filter(_VIEW, "point__town"),
        ChoiceFilter("version", _("协议版本"), options=Device.Version.choices),
        FlagFilter("unused", _("只看停用"), only=Q(enabled=False) | Q(retired__isnull=False)),
        todo_filter(Device),
    ),
    marks=todo_marks(Device),
    order="mn",
    acts=(BatchAct(_("批量修改"), "registry-batch-devices", _CHANGE),),
    blank=Blank(_("还没有登记数采仪")),
)


def _facts(row: Device) -> list[Term]:
    return [
        Term(_("监测点位"), row.point.name, url=_point_url(row)),
        Term(_("安装于本点位日期"), row.placed, Kind.DAY),
        Term(_("数采仪标识"), row.logger_id, Kind.CODE),
        Term(_("系统编码"), row.system_type, Kind.CODE),
        Term(_("协议版本"), _version(row)),
        Term(_("地表水自动监测协议"), row.surface_water, Kind.FLAG),
        Term(_("CRC 算法"), row.get_crc_display()),
        Term(_("宽松解析"), row.lenient, Kind.FLAG),
        Term(_("加密传输（SM4）"), row.encrypted, Kind.FLAG),
        Term(_("访问密码"), _("已设置") if row.sealed_password else "", reason=_("未设置")),
        Term(_("密钥"), _("已设置") if row.sealed_keys else "", reason=_("未设置")),
        Term(_("实时数据间隔"), row.realtime_seconds, Kind.NUMBER, unit="s"),
        Term(_("分钟数据间隔"), row.minute_minutes, Kind.NUMBER, unit="min"),
        Term(_("登记日期"), row.registered, Kind.DAY),
        Term(_("停用日期"), row.retired, Kind.DAY, reason=_("在用")),
    ]


def _move_url(row: Device) -> str:
    return reverse("registry-move", args=[row.mn])


DEVICE = Noun(
    code="devices",
    model=Device,
    one=_("数采仪"),
    key="mn",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    form=DeviceForm,
    batch=("version", "crc", "lenient", "realtime_seconds", "minute_minutes", "enabled", "retired"),
    listing=DEVICES,
    facts=_facts,
    related=("point__town",),
    acts=(Act(_("移到其他点位"), _move_url, _CHANGE),),
    parts=(
        Part(
            _("曾用点位"),
            lambda r: r.past_placements.select_related("point").order_by("-placed"),
            (
                Column("point", _("监测点位"), link=_point_url, width=36),
                Column("placed", _("安装日期"), Kind.DAY),
                Column("removed", _("移出前最后一日"), Kind.DAY),
                Column("why", _("移出原因"), width=30),
            ),
            _VIEW,
            _("一直安装在现点位。"),
        ),
        Part(
            _("厂家代码对照"),
            lambda r: r.aliases.order_by("alias"),
            (
                Column("alias", _("厂家代码"), Kind.CODE),
                Column("factor", _("标准代码"), Kind.CODE),
            ),
            _VIEW,
            _("设备按标准代码上报，无需对照。"),
        ),
    ),
)
NOUNS = (DEVICE,)
