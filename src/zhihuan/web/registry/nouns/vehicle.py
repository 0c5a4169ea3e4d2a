"""Vehicles."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.models import Vehicle
from zhihuan.web.components.table import Blank
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import BatchAct, ChoiceFilter, Column, FlagFilter, Listing, TextFilter
from zhihuan.web.registry.forms.vehicle import VehicleForm
from zhihuan.web.registry.noun import Noun
from zhihuan.web.registry.nouns.links import page_of

_VIEW, _CHANGE = "registry.view_vehicle", "registry.change_vehicle"


def _rows(user: Any) -> QuerySet[Vehicle]:
    return scope_of(user, _VIEW).filter(Vehicle.objects.select_related("owner"))


VEHICLES = Listing(
    name="vehicles",
    title=_("车辆"),
    scope=_rows,
    columns=(
        Column("plate", _("号牌号码"), Kind.CODE, sort="plate", link=page_of("vehicles")),
        Column("use", _("用途"), value=lambda r: r.get_use_display(), sort="use"),
        Column("owner", _("所属单位"), width=36),
        Column("fuel", _("燃料"), value=lambda r: r.get_fuel_display(), sort="fuel"),
        Column("stage", _("排放阶段"), value=lambda r: r.get_stage_display(), sort="stage"),
        Column("vin", _("车辆识别代号"), Kind.CODE, width=22, shown=False),
        Column("scrapped_on", _("报废日期"), Kind.DAY, sort="scrapped_on"),
    ),
    filters=(
        TextFilter("q", _("号牌或所属单位"), fields=("plate", "vin", "owner__name")),
        ChoiceFilter("use", _("用途"), options=Vehicle.Use.choices),
        ChoiceFilter("fuel", _("燃料"), options=Vehicle.Fuel.choices),
        FlagFilter("running", _("只看未报废"), only=Q(scrapped_on__isnull=True)),
    ),
    order="plate",
    acts=(BatchAct(_("批量修改"), "registry-batch-vehicles", _CHANGE),),
    blank=Blank(_("还没有登记车辆")),
)


def _facts(row: Vehicle) -> list[Term]:
    return [
        Term(_("用途"), row.get_use_display()),
        Term(_("所属单位"), row.owner),
        Term(_("车辆识别代号"), row.vin, Kind.CODE),
        Term(_("燃料"), row.get_fuel_display()),
        Term(_("排放阶段"), row.get_stage_display()),
        Term(_("报废日期"), row.scrapped_on, Kind.DAY, reason=_("在用")),
    ]


VEHICLE = Noun(
    code="vehicles",
    model=Vehicle,
    one=_("车辆"),
    key="plate",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    form=VehicleForm,
    batch=("use", "fuel", "stage", "scrapped_on"),
    listing=VEHICLES,
    facts=_facts,
    related=("owner",),
)
NOUNS = (VEHICLE,)
